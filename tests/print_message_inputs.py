"""Prints docs/message-inputs.md: what each message needs, from the templates' own front matter."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, meta

from bot.rendering.catalogue import COMMON, COMMON_OPTIONAL, READER, environment, shared_piece, word_table
from bot.rendering.messages import Catalogue

if TYPE_CHECKING:
    from bot.rendering.catalogue import Entry

TARGET = Path(__file__).parent.parent / "docs" / "message-inputs.md"
HEAD = """# What each message needs

Printed from the front matter of `templates/messages/*.j2` by `python -m tests.print_message_inputs`; do not edit.

`catalogue.render(id, data, reader, traits)`: `data` maps input names to values. A type with `?` may be left out, `X*` is a
sequence (may be empty). `Line`, `Lines`, `Mark` are `bot.decisions.lines` (mappings with the same names are taken too, so
that data may come back from storage). `moment` is an aware datetime or ISO text, `Decimal` a Decimal, int or text.
`choice` is `{key, label}` or `{key, value, unit}`. `message` is `{id, and that message's inputs}`: its words stand inside and
its choices are taken over. `Lines.n` is the section's place in the unit's own list, 0 where the unit has one section only.

Every message may use, besides: {common} (required where a template names them: see *common* in each row), {optional} (may be left out), and
{reader} (made from the reader, not passed).

| id | to | inputs | common | answers |
|---|---|---|---|---|
"""


def printed_inputs(catalogue: Catalogue) -> str:
    head = HEAD.replace("{common}", _names(COMMON)).replace("{optional}", _names(COMMON_OPTIONAL))
    head = head.replace("{reader}", ", ".join(f"`{n}`" for n in READER))
    env = environment(word_table())
    return head + "".join(
        _row(entry, names_used(entry, env))
        for entry in sorted(catalogue.entries.values(), key=lambda e: ("/" in e.id, e.id))
    )


def names_used(entry: Entry, env: Environment) -> frozenset[str]:
    """Names a message's words and labels mention, those of shared pieces included."""
    labels = "".join(label.text for label in (*entry.choices, *entry.offers))
    return _mentioned(entry.source + labels, env) | {entry.choices_from, entry.embeds} - {""}


def _mentioned(source: str, env: Environment) -> frozenset[str]:
    tree = env.parse(source)
    names = frozenset(meta.find_undeclared_variables(tree))
    return names.union(
        *(_mentioned(shared_piece(name) or "", env) for name in meta.find_referenced_templates(tree) if name)
    )


def _names(common: dict[str, str]) -> str:
    return ", ".join(f"`{name}` ({told.replace('str: ', '')})" for name, told in common.items())


def _row(entry: Entry, used: frozenset[str]) -> str:
    inputs = "<br>".join(f"`{name}` {told}".replace("|", "\\|") for name, told in entry.inputs.items()) or "–"
    common = ", ".join(n for n in COMMON if n in used and n not in entry.inputs) or "–"
    answers = [f"c: {', '.join(label.key for label in entry.choices)}"] if entry.choices else []
    answers += [f"c: each of `{entry.choices_from}`"] if entry.choices_from else []
    answers += [f"c: those of `{entry.embeds}`"] if entry.embeds else []
    answers += [f"o: {', '.join(label.key for label in entry.offers)}"] if entry.offers else []
    return f"| {entry.id} | {', '.join(entry.to)} | {inputs} | {common} | {'; '.join(answers) or '–'} |\n"


if __name__ == "__main__":
    TARGET.write_text(printed_inputs(Catalogue.load()), encoding="utf-8")
