"""Carries out the form's rules over a period and says which do not hold.

Knows: which rule needs what. Does not know: who is asked, in which words, or whether the office lets a finding stand.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.checks import arithmetic, telling
from bot.checks.arithmetic import COMPARES_WHAT_IS_THERE, Operands
from bot.checks.finding import Finding
from bot.checks.outline import misnumbered
from bot.checks.words import end_of_month, folded, months_counted
from bot.facts import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from decimal import Decimal

    from bot.checks.finding import Evidence
    from bot.forms.model import CheckRule, Form

# Members by name: looked up on their class, each costs more than the comparison it serves.
_VALUE = State.VALUE
SEVERITIES = ("hard", "soft", "info")
NUMBERING = "numbering"
RUNNING_TOTAL = "lũy kế"


def run_checks(form: Form, evidence: Evidence, rules: Iterable[CheckRule] | None = None) -> tuple[Finding, ...]:
    """Every rule that does not hold, the grave ones first, else in the form's order.

    `rules` narrows the look, for example to those about figures that just changed.
    """
    chosen = form.checks if rules is None else rules
    found = [finding for rule in chosen for finding in _of_rule(rule, form, evidence)]
    if rules is None:
        found += _numbering(form, evidence)
    return tuple(sorted(found, key=lambda finding: SEVERITIES.index(finding.severity)))


def _of_rule(rule: CheckRule, form: Form, evidence: Evidence) -> Iterator[Finding]:
    if rule.kind in telling.RULES:
        for wrong in telling.RULES[rule.kind](telling.Told(rule, form, evidence)):
            yield _about_words(rule, form, wrong)
        return
    values = {indicator: _value(indicator, evidence) for indicator in rule.indicators}
    present = {indicator: value for indicator, value in values.items() if value is not None}
    if rule.kind in COMPARES_WHAT_IS_THERE and len(present) > 1:
        values = dict(present)
    absent = [indicator for indicator in values if indicator not in present]
    if absent and rule.when_missing == "ask" and present:
        yield _finding(rule, form, tuple(absent), rule.sections, {"missing": " ".join(absent)})
    if absent and rule.when_missing != "zero":
        return
    operands = Operands(
        values=[arithmetic.ZERO if value is None else value for value in values.values()],
        previous=[evidence.previous.get(indicator) for indicator in values],
        params=rule.params,
        evidence=evidence,
        counted_until=_counted_until(rule, evidence),
    )
    data = arithmetic.RULES[rule.kind](operands)
    if data is not None:
        yield _finding(rule, form, tuple(values), rule.sections, data)


def _about_words(rule: CheckRule, form: Form, wrong: telling.Wrong) -> Finding:
    """A question about words goes to whoever wrote them, not to whoever gave the figures."""
    sections = rule.sections if wrong.text is None else (wrong.text.section,)
    part = wrong.text.part if wrong.text is not None else None
    writers = [form.writer_of(name, part) for name in sections]
    departments = tuple(dict.fromkeys(writer for writer in writers if writer))
    indicators = (wrong.indicator,) if wrong.indicator else rule.indicators
    return Finding(rule.id, rule.severity, rule.kind, indicators, sections, departments, wrong.data)


def _value(indicator: str, evidence: Evidence) -> Decimal | None:
    figure = evidence.figures.get(indicator)
    return figure.value if figure is not None and figure.state is _VALUE else None


def _counted_until(rule: CheckRule, evidence: Evidence) -> date:
    """The end of «lũy kế N tháng» where the section says so, else the end of the week."""
    for text in evidence.texts:
        months = months_counted(folded(text.text), RUNNING_TOTAL) if text.section in rule.sections else None
        if months is not None:
            return min(end_of_month(evidence.last_day.year, months), evidence.last_day)
    return evidence.last_day


def _finding(
    rule: CheckRule, form: Form, indicators: tuple[str, ...], sections: tuple[str, ...], data: dict[str, str]
) -> Finding:
    departments = tuple(dict.fromkeys(form.owner_of(indicator) for indicator in indicators))
    return Finding(rule.id, rule.severity, rule.kind, indicators, sections, departments, data)


def _numbering(form: Form, evidence: Evidence) -> Iterator[Finding]:
    office = next((department.id for department in form.departments.values() if department.is_office), "")
    for wrong in misnumbered(evidence.headings):
        yield Finding(
            check=f"{NUMBERING}:{wrong.parent}",
            severity="soft",
            kind=NUMBERING,
            sections=(wrong.parent,),
            departments=(office,),
            data={"wrong": wrong.wrong, "number": wrong.number},
        )
