"""Any span of weeks as one file: the figures with their sources, and what was changed.

Knows: what is stored of those weeks. Does not know: who asked, on the chat or on the command line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.checks.ledger import carried
from bot.checks.values import effective
from bot.decisions import exporting
from bot.decisions.exporting import Change, Said
from bot.facts import State
from bot.rendering.table_files import Sheet, to_csv, to_xlsx
from storage import events, figures, people, plans

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

    from bot.decisions.exporting import Range
    from bot.facts import Figure
    from bot.forms.model import Form
    from bot.periods.calendar import Period
    from storage.database import Reading


@dataclass(frozen=True, slots=True)
class Tables:
    """What the rows need: the form, the words of columns and states, local time."""

    form: Form
    words: Mapping[str, Mapping[str, Any]]
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class Found:
    """Current figures, every version of them, and revised plans."""

    current: tuple[Said, ...]
    versions: tuple[Said, ...]
    changes: tuple[Change, ...]


async def load(rx: Reading, form: Form, wanted: Range) -> Found:
    """Everything told in these weeks, and what follows from it."""
    traced = await figures.told(rx, str(wanted.first), str(wanted.last))
    versions = tuple(
        Said(t.figure, t.full_name or t.person_name, f"{t.channel}/{t.message_id}" if t.message_id else "")
        for t in traced
    )
    given = {(s.figure.period, s.figure.indicator): s for s in versions}
    current = [s for s in given.values() if s.figure.state is not State.WITHDRAWN]
    changes: list[Change] = []
    for period in wanted.periods:
        mine = {i: s.figure for (p, i), s in given.items() if p == str(period)}
        if mine:
            current += [Said(f) for f in await _computed(rx, form, period, mine)]
        changes += await _plan_changes(rx, str(period))
    return Found(tuple(current), versions, tuple(changes))


async def _computed(rx: Reading, form: Form, period: Period, given: Mapping[str, Figure]) -> list[Figure]:
    """What follows from the figures that were given: percents, totals, plans in force."""
    in_force = {i: p.value for i, p in (await plans.in_force(rx, str(period))).items()}
    previous = carried(form, await figures.values_of(rx, str(period.previous)), str(period))
    return [f for i, f in effective(form, given, in_force, previous).items() if i not in given]


async def _plan_changes(rx: Reading, period: str) -> list[Change]:
    names = {p.id: p.full_name or p.name for p in await people.all_people(rx)}
    return [
        Change(period, e.subject, e.old, e.new, names.get(e.person_id or 0, ""), e.at, e.why)
        for e in await events.of_period(rx, period)
        if e.what == "plan_revised"
    ]


def changes_of(tables: Tables, found: Found) -> list[tuple[exporting.Cell, ...]]:
    return exporting.change_rows(tables.form, found.versions, found.changes, tables.words, tables.zone)


def file_of(tables: Tables, found: Found, kind: str) -> bytes:
    """Excel with a sheet of figures and one of changes, or the figures alone as CSV. Takes its time: in a thread."""
    told = tables.words
    rows = exporting.figure_rows(tables.form, found.current, told, tables.zone)
    sheet = Sheet(told["sheet"]["figures"], tuple(told["column"]["figures"]), rows)
    if kind == exporting.CSV:
        return to_csv(sheet)
    changes = Sheet(told["sheet"]["changes"], tuple(told["column"]["changes"]), changes_of(tables, found))
    return to_xlsx((sheet, changes))
