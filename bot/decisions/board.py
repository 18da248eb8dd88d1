"""Standings as the cards of the status board.

Knows: which card a standing is. Does not know: pictures, words, who was reminded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.periods.standing import Standing
from bot.reports.boards import Board, Card, CardState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from bot.forms.model import Form
    from bot.periods.calendar import Moments
    from bot.periods.standing import DepartmentStanding


def board_of(
    form: Form,
    moments: Moments,
    standings: Iterable[DepartmentStanding],
    now: datetime,
    doubts: Mapping[str, int] | None = None,
) -> Board:
    """The board of all departments but the office's own. `doubts` counts open contradictions by department."""
    counted = doubts or {}
    cards = tuple(
        _card(form, standing, len(standing.doubtful) + counted.get(standing.department, 0))
        for standing in standings
        if not form.departments[standing.department].is_office
    )
    return Board(str(moments.period), now, moments.deadline, cards)


def _card(form: Form, standing: DepartmentStanding, doubts: int) -> Card:
    owed = dict.fromkeys(item.section for item in standing.missing)
    return Card(
        name=form.departments[standing.department].short,
        state=_state(standing, doubts),
        given=standing.given,
        asked=standing.asked,
        owed=tuple(form.sections[section].short or form.sections[section].title for section in owed),
        promised_until=standing.promised_until,
        doubts=doubts,
    )


def _state(standing: DepartmentStanding, doubts: int) -> CardState:
    if standing.standing is Standing.WAIVED:
        return CardState.WAIVED
    if standing.is_silent:
        return CardState.SILENT
    if standing.standing is Standing.LATE:
        return CardState.LATE
    if standing.standing is Standing.CONFIRMED:
        return CardState.HANDED_IN
    if standing.standing is Standing.COMPLETE:
        return CardState.DOUBTFUL if doubts else CardState.UNCONFIRMED
    return CardState.PARTIAL
