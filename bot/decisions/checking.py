"""Checks that do not hold, as people meet them: a question to the author, a point on the office's list, a kept number.

Knows: findings and what the office let stand. Does not know: the rules (`bot.checks`), the sentences (templates).
A question is about the department's own figures; no other department's figure is ever in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from bot.checks.finding import Evidence
from bot.checks.run import run_checks
from bot.decisions.listing import place_in_report
from bot.replies.reading import Candidate, Mode, ProblemCode, Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.checks.finding import Finding
    from bot.decisions.desk import Desk
    from bot.facts import Figure
    from bot.forms.model import Form

HARD = "hard"
ABOUT_SECTION = frozenset({"sum", "balance", "parts_le", "numbering", "heading_told", "repeated", "contrary"})
SAME_FACT = frozenset({"same_fact", "equal_counts"})


@dataclass(frozen=True, slots=True)
class Kept:
    """The office's word that a number stands: why, and who said so."""

    operands: str
    why: str
    name: str


@dataclass(frozen=True, slots=True)
class Point:
    """One finding with its number on the office's list. `operands` tell whether a word of the office is about it."""

    n: int
    finding: Finding
    title: str
    section: str
    operands: str
    kept: Kept | None = None

    @property
    def is_open(self) -> bool:
        return self.kept is None

    @property
    def is_hard(self) -> bool:
        return self.finding.severity == HARD

    @property
    def key(self) -> str:
        return key_of(self.finding)

    def told(self) -> dict[str, object]:
        """As templates show it; `_check.j2` makes its sentence of `kind` and `data`."""
        data = {name: _decimal(text) for name, text in self.finding.data.items()}
        named = {"n": self.n, "title": self.title, "section": self.section}
        kept = {"why": self.kept.why if self.kept else "", "name": self.kept.name if self.kept else ""}
        return {**named, **kept, "kind": self.finding.kind, "data": data}


def key_of(finding: Finding) -> str:
    """Rules about words may find something in several sections."""
    return f"{finding.check}@{finding.sections[0]}" if finding.sections else finding.check


def points(
    form: Form, findings: Iterable[Finding], figures: Mapping[str, Figure], kept: Mapping[str, Kept]
) -> tuple[Point, ...]:
    """All findings, numbered in the order of their gravity. What was kept keeps its number."""
    found = []
    for n, finding in enumerate(findings, start=1):
        operands = operands_of(finding, figures)
        word = kept.get(key_of(finding))
        held = word if word is not None and word.operands == operands else None
        found.append(Point(n, finding, _title(form, finding), _place(form, finding), operands, held))
    return tuple(found)


def operands_of(finding: Finding, figures: Mapping[str, Figure]) -> str:
    """What a kept word is about: with other values, or other words, it is worth nothing."""
    values = [f"{i}={f.value.normalize():f}" for i in finding.indicators if (f := figures.get(i)) and f.value]
    return "; ".join(values + [f"{name}={text}" for name, text in sorted(finding.data.items())])


def _title(form: Form, finding: Finding) -> str:
    if finding.kind in ABOUT_SECTION or not finding.indicators:
        section = form.sections.get(finding.sections[0]) if finding.sections else None
        return (section.short or section.title) if section is not None else form.title
    short = form.indicators[finding.indicators[0]].short
    return short[:1].upper() + short[1:]


def _place(form: Form, finding: Finding) -> str:
    """As the report numbers it: the office reads it beside the draft."""
    return ", ".join(place_in_report(form, form.sections[s]) or s for s in finding.sections[:2])


def questions_after(desk: Desk, changed: Iterable[str], asked: Sequence[Question]) -> tuple[Question, ...]:
    """What the author is asked about figures that just changed. `desk` holds them; `asked` is asked already."""
    rules = [rule for rule in desk.form.rules_about(changed) if rule.severity == HARD]
    if not rules:
        return ()
    doubtful = {i for question in asked for i in question.indicators}
    period = desk.moments.period
    texts = tuple(desk.texts.values())
    evidence = Evidence(period.monday, period.sunday, desk.values, desk.previous, texts)
    found: list[Question] = []
    for finding in run_checks(desk.form, evidence, rules):
        question = question_of(desk.form, finding, desk.departments, desk.values)
        if question is None or doubtful & set(question.indicators):
            continue
        doubtful |= set(question.indicators)
        found.append(question)
    return tuple(found)


def question_of(
    form: Form, finding: Finding, departments: Sequence[str], figures: Mapping[str, Figure]
) -> Question | None:
    """The question to a department, or None where there is none that shows its own figures only."""
    own = [i for i in finding.indicators if form.owner_of(i) in departments]
    if "missing" in finding.data or not own:
        return None
    if len(own) < len(finding.indicators):
        is_one_fact = finding.kind in SAME_FACT
        return Question(Mode.CONFIRM, ProblemCode.CROSS_SECTION_CONFLICT, tuple(own[:1])) if is_one_fact else None
    told, data = finding.indicators, finding.data
    if finding.kind == "balance":
        known = {"expected": data.get("expected", data["least"]), "balance": "1"}
        return _asked(ProblemCode.SUM_MISMATCH, told, known | ({} if "expected" in data else {"at_least": "1"}))
    if finding.kind == "sum":
        known = {"expected": data["added"], "balance": "", "at_least": ""}
        return _asked(ProblemCode.SUM_MISMATCH, (*told[1:], told[0]), known)
    if finding.kind == "percent":
        return _asked(ProblemCode.PERCENT_MISMATCH, told, {})
    if finding.kind == "cumulative_continues":
        known = {"value": data["week"], "total_last": data["before"], "total_now": data["cumulative"]}
        return _asked(ProblemCode.PERIOD_MISMATCH, told, known)
    if finding.kind == "cumulative_ge_week":
        week = figures[told[0]].value
        candidate = Candidate("as_written", told[0], week, form.indicators[told[0]].unit)
        quote = f"{data['week']}"
        return Question(Mode.CONFIRM, ProblemCode.CUMULATIVE_LT_WEEK, told, (candidate,), quote)
    return None


def _asked(code: ProblemCode, indicators: tuple[str, ...], data: Mapping[str, str]) -> Question:
    return Question(Mode.CONFIRM, code, indicators, data=data)


def _decimal(text: str) -> object:
    try:
        return Decimal(text)
    except InvalidOperation:
        return text
