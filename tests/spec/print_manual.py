"""Prints docs/reply-language.md: what people may type, from the corpora under tests/spec.

python -m tests.spec.print_manual            writes it; a test compares it
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).parent
TARGET = HERE.parents[1] / "docs" / "reply-language.md"
HEAD = """# What people may type

Printed from the corpora under `tests/spec` by `python -m tests.spec.print_manual`; do not edit. Every line is a test.

"""
NUMBERS = """## Numbers in a text

No form is needed for these: what numbers does a text hold, and what are they?

"""
REPLIES = """## Replies to a section

Against the form of the commune's Party committee: what is stored, what is asked. `stored` names indicators of the form.

"""


def manual() -> str:
    parts = [HEAD, NUMBERS]
    parts += [number_topic(topic) for topic in loaded("numbers")]
    replies = loaded("replies")
    if replies:
        parts += [REPLIES, *(reply_topic(topic) for topic in replies)]
    return "".join(parts).rstrip("\n") + "\n"


def loaded(folder: str) -> list[dict]:
    return [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted((HERE / folder).glob("*.toml"))]


def number_topic(topic: dict) -> str:
    if "requirements" not in topic:
        return ""
    lines = [f"### {topic['title']}", "", topic["about"], ""]
    for key, text in topic["requirements"].items():
        lines += [f"**{key}** {text}", "", "| typed | read as |", "|---|---|"]
        lines += [row(case) for case in topic.get("case", ()) if case["requirement"] == key]
        for none in topic.get("none", ()):
            if none["requirement"] == key:
                kind = none.get("kind", "").replace("_", " ")
                lines.append(f"| {typed(none['texts'])} | no figure{f' ({kind})' if kind else ''} |")
        lines.append("")
    return "\n".join(lines) + "\n"


def row(case: dict) -> str:
    return f"| {typed(case.get('spellings', [case.get('text', '')]))} | {meaning(case)} |"


def typed(texts: list[str]) -> str:
    return " · ".join(f"`{visible(text)}`" for text in texts)


def visible(text: str) -> str:
    """Characters that a table cannot show."""
    for char, shown in (
        ("\n", "⏎"),
        ("\t", "⇥"),
        ("|", "¦"),
        ("\u200b", ""),
        ("\u200d", ""),
        ("\ufeff", ""),
        ("\u00a0", " "),
        ("\u202f", " "),
    ):
        text = text.replace(char, shown)
    return text or " "


def meaning(case: dict) -> str:
    if "zeros" in case:
        return "; ".join(f"0 {label}".strip() for label in case["zeros"])
    if "readings" in case:
        return "in doubt: " + " or ".join(shown(reading) for reading in case["readings"])
    if "value" in case:
        hedge = f" ({case['qualifier'].replace('_', ' ')})" if "qualifier" in case else ""
        return f"{shown(case['value'])} {case.get('unit', '')}".strip() + hedge
    beside = [case.get(key) or [""] * len(case["values"]) for key in ("units", "roles", "percent_of", "upper")]
    parts = []
    for value, unit, role, share, upper in zip(case["values"], *beside, strict=True):
        said = " ".join(word for word in (role, f"of {share}" if share and share != "rate" else share) if word)
        span = f"{shown(value)}–{shown(upper)}" if upper else shown(value)
        parts.append(f"{span} {unit}".strip() + (f" ({said})" if said else ""))
    return "; ".join(parts)


def shown(value: str) -> str:
    """A value the way it is printed here: 1.110, 64,5."""
    number = Decimal(value)
    whole, _, part = format(number, "f").partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{grouped},{part}" if part else grouped


def reply_topic(topic: dict) -> str:
    lines = [f"### {topic.get('title', topic['topic'].capitalize())}", ""]
    lines += ["| typed | stored | asked |", "|---|---|---|"]
    for case in topic["case"]:
        lines.append(f"| {typed([case['text']])} | {stored(case)} | {asked(case)} |")
    return "\n".join(lines) + "\n\n"


def stored(case: dict) -> str:
    values = case.get("stores") or case.get("stores_at_most") or {}
    return "; ".join(f"{name} {shown(value)}" for name, value in values.items()) or "–"


def asked(case: dict) -> str:
    held, confirmed = case.get("holds", ()), case.get("confirms", ())
    parts = [f"held: {', '.join(held)}"] if held else []
    parts += [f"to confirm: {', '.join(confirmed)}"] if confirmed else []
    return "; ".join(parts) or case.get("code", "–")


if __name__ == "__main__":
    TARGET.write_text(manual(), encoding="utf-8")
