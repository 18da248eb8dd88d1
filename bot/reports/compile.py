"""Submissions into a report: every section as blocks, with what nobody gave shown as a gap.

Knows: where words and figures of a section go, footnotes, what is missing. Does not know: Jinja, files, layout.
A section's own words come first; figures that these words leave out follow in the form's prose; without any words the
prose stands alone. No value is printed that nobody gave and that follows from nothing given.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.checks.values import agrees, effective, percent
from bot.facts import Figure, Origin, State
from bot.forms.model import Role, Source
from bot.reports.assemble import Material, assemble
from bot.reports.model import Report
from bot.reports.numbers import Printed, in_report, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal

    from bot.facts import LiveText
    from bot.forms.model import Form, Indicator, Section
    from bot.reports.model import Block, Letterhead, Note, Paragraph
    from bot.reports.slots import ReportWords

    Prose = Callable[[Section, Mapping[str, Printed], Mapping[str, str]], str]


@dataclass(frozen=True, slots=True)
class Submissions:
    """What was handed in for a period: the current figure of every indicator, the texts in the order they came."""

    figures: Mapping[str, Figure] = field(default_factory=dict)
    texts: tuple[LiveText, ...] = ()
    plans: Mapping[str, Decimal] = field(default_factory=dict)
    previous: Mapping[str, Decimal] = field(default_factory=dict)


def compile_report(
    form: Form,
    submissions: Submissions,
    letterhead: Letterhead,
    *,
    period: str,
    version: int,
    prose: Prose,
    words: ReportWords,
) -> Report:
    """The report of `period` from what was given so far. `prose` renders a section's prose with marks."""
    values = printable(form, submissions)
    printed = {i: _printed(form.indicators[i], figure, words) for i, figure in values.items()}
    facts = week_facts(period) | {"place": letterhead.place}
    blocks: list[Block] = []
    notes: list[Note] = []
    for section in form.sections.values():
        material = Material(
            section=section,
            texts=tuple(t for t in submissions.texts if t.section == section.id),
            figures=values,
            indicators=form.indicators,
            printed=printed,
            render=_renderer(prose, section, facts),
            words=words,
        )
        block, found = assemble(material)
        blocks.append(block)
        notes += found
    shown = _shown(blocks, notes)
    return Report(
        period=period,
        version=version,
        title=form.title,
        letterhead=letterhead,
        blocks=tuple(blocks),
        notes=tuple(notes),
        figures={i: figure for i, figure in values.items() if i in shown},
        missing_departments=missing_departments(form, submissions),
        missing_indicators=missing_indicators(form, submissions),
    )


def printable(form: Form, submissions: Submissions) -> dict[str, Figure]:
    """Every value the report may print: given, kept, computed, and said again in the summary.

    A stated percent stands while it agrees with its operands once rounded as written; else the computed one does.
    """
    given = {i: f for i, f in submissions.figures.items() if f.origin is not Origin.COMPUTED and i in form.indicators}
    found = effective(form, given, submissions.plans, submissions.previous)
    for indicator in form.indicators.values():
        part, whole = found.get(indicator.numerator or ""), found.get(indicator.denominator or "")
        stated = found.get(indicator.id)
        if indicator.role is Role.PERCENT and stated and stated.value is not None and part and whole:
            if part.value is None or not whole.value or agrees(stated.value, part.value, whole.value):
                continue
            found[indicator.id] = Figure(
                indicator.id, stated.period, percent(part.value, whole.value), origin=Origin.COMPUTED
            )
        elif indicator.source is Source.RESTATED and indicator.restates in found:
            found[indicator.id] = replace(found[indicator.restates], indicator=indicator.id)
    return found


def missing_indicators(form: Form, submissions: Submissions) -> tuple[str, ...]:
    """Asked for, not given and not following from what was given, in the report's order. «Chưa có số» is not given."""
    values = printable(form, submissions)
    return tuple(i.id for i in form.indicators.values() if i.source is Source.ASKED and i.id not in values)


def missing_departments(form: Form, submissions: Submissions) -> tuple[str, ...]:
    """Departments that gave nothing at all, in the form's order."""
    heard = {form.owner_of(i) for i, f in submissions.figures.items() if i in form.indicators and _is_given(f)}
    owners = {p.id: p.department for s in form.sections.values() for p in s.parts}
    for text in submissions.texts:
        if text.text.strip() and text.section in form.sections:
            heard.add(owners.get(text.part or "", form.sections[text.section].department))
    return tuple(d for d in form.departments if d not in heard and form.sections_of(d))


def week_facts(period: str) -> dict[str, str]:
    """The days of a week like 2026-W23 as prose names them."""
    year, week = period.split("-W")
    first = date.fromisocalendar(int(year), int(week), 1)
    last = first + timedelta(days=6)
    short = f"{first.day:02}" if first.month == last.month else _day(first)
    return {"first_day": _day(first), "first_day_short": short, "last_day": f"{_day(last)}/{last.year}"}


def _renderer(prose: Prose, section: Section, facts: Mapping[str, str]) -> Callable[[Mapping[str, Printed]], str]:
    def render(values: Mapping[str, Printed]) -> str:
        return prose(section, values, facts)

    return render


def _day(day: date) -> str:
    """01/6, 05/02: months 1 and 2 have two digits, the others one."""
    return f"{day.day:02}/{day.month:02}" if day.month <= 2 else f"{day.day:02}/{day.month}"


def _printed(indicator: Indicator, figure: Figure, words: ReportWords) -> Printed:
    value = figure.value
    if value is None:
        raise ValueError(f"{indicator.id} has no value to print")
    hedge = words.qualifiers.get(figure.qualifier.value, "") if figure.qualifier else ""
    text = plain(value) if indicator.unit == "%" else in_report(value, indicator.unit)
    return Printed(value, text, f"{hedge} " if hedge else "")


def _is_given(figure: Figure | None) -> bool:
    return figure is not None and figure.state is State.VALUE and figure.value is not None


def _shown(blocks: list[Block], notes: list[Note]) -> set[str]:
    paragraphs: list[Paragraph] = [p for block in blocks for p in block.paragraphs]
    paragraphs += [p for note in notes for p in note.paragraphs]
    return {piece.ref for paragraph in paragraphs for piece in paragraph.pieces if piece.ref}
