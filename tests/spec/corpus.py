"""The corpus of replies: what is typed, and what must come of it. One file a topic under replies/.

in / part / unit        the section (and paragraph) asked, or the department
previous stored open    what the reader may lean on
stores                  exactly these values, nothing else
stores_at_most          nothing but these; with stores_at_least, at least those
derives holds confirms  values that follow; indicators asked and not stored; stored and asked
code intents no_data    of the first question; kinds that must be among those noted; said to be unknown
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

from bot.replies.reading import Context, Mode, ProblemCode

REPLIES = Path(__file__).parent / "replies"
LAST_WEEK = Path(__file__).parent / "last_week.toml"  # last week's values and the plans, where a topic has them


def corpus() -> list[dict]:
    found = []
    known = tomllib.loads(LAST_WEEK.read_text(encoding="utf-8"))
    for path in sorted(REPLIES.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        shared = {"previous": known} if table.get("last_week") else {}
        for number, case in enumerate(table["case"], 1):
            found.append({"id": f"{path.stem}-{number}", **shared, **case})
    return found


def context_of(case: dict, form) -> Context:
    unit = case.get("unit")
    sections = tuple(s.id for s in form.sections_of(unit)) if unit else (case["in"],)
    return Context(
        sections=sections,
        part=case.get("part"),
        department=unit,
        week=case.get("week", "08-14/6/2026"),
        previous=_values(case, "previous"),
        stored=_values(case, "stored"),
        open=tuple(case.get("open", ())),
    )


def _values(case: dict, key: str) -> dict[str, Decimal]:
    return {name: Decimal(value) for name, value in case.get(key, {}).items()}


def faults(case: dict, reading) -> list[str]:
    """What is wrong with a reading of a case; [] when nothing is."""
    found = []
    stored = {f.indicator: f for f in reading.figures}
    at_most = _values(case, "stores_at_most") if "stores_at_most" in case else _values(case, "stores")
    at_least = case.get("stores_at_least", list(case.get("stores", {})))
    for name, figure in stored.items():
        if at_most.get(name) != figure.value:
            found.append(f"stored {name} = {figure.value}")
    found += [f"not stored: {name}" for name in at_least if name not in stored]
    asked = {i: q for q in reversed(reading.questions) for i in q.indicators if q.mode is not Mode.REMIND}
    for name in case.get("holds", ()):
        if name not in asked or asked[name].mode is not Mode.HOLD or name in stored:
            found.append(f"not held: {name}")
    for name in case.get("confirms", ()):
        if name not in asked or asked[name].mode is not Mode.CONFIRM or not stored[name].provisional:
            found.append(f"not to be confirmed: {name}")
    codes = [q.code.value for q in reading.questions]
    if "code" in case and case["code"] not in codes:
        found.append(f"asked {codes}, not {case['code']}")
    if "holds" not in case and "confirms" not in case and "stores" in case and "code" not in case:
        needless = [q for q in reading.questions if q.mode is not Mode.REMIND and q.code is not ProblemCode.NO_DATA]
        found += [f"needless question: {q.code.value} {q.indicators}" for q in needless]
    derived = dict(reading.derived)
    found += [f"derived {n} is {derived.get(n)}" for n, v in _values(case, "derives").items() if derived.get(n) != v]
    intents = {i.kind.value for i in reading.intents}
    found += [f"no intent {kind}" for kind in case.get("intents", ()) if kind not in intents]
    found += [f"not marked unknown: {name}" for name in case.get("no_data", ()) if name not in reading.no_data]
    return found
