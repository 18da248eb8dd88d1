"""What the pictures show: who has reported, indicators against their plans, one indicator's weeks.

Knows: counts, shares, order. Does not know: colours, words, pixels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.checks.values import percent
from bot.facts import State
from bot.forms.model import PercentKind, Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from decimal import Decimal

    from bot.facts import Figure
    from bot.forms.model import Form, Indicator


_REMARK = re.compile(r"\s*\([^)]*\)")
_LONGEST_NAME = 40


class CardState(StrEnum):
    """How far a department is, as the board says it; in the board's order."""

    SILENT = "silent"  # not a word yet
    LATE = "late"  # the deadline has passed and it still owes
    PARTIAL = "partial"
    DOUBTFUL = "doubtful"  # everything given, something in it does not fit
    UNCONFIRMED = "unconfirmed"  # everything given, «xong» not said
    HANDED_IN = "handed_in"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True)
class Card:
    """One department on the board. `owed` names what is missing, shortly («mục 5»)."""

    name: str
    state: CardState
    given: int = 0
    asked: int = 0
    owed: tuple[str, ...] = ()
    promised_until: datetime | None = None
    doubts: int = 0


@dataclass(frozen=True, slots=True)
class Board:
    """The status board of a period at an instant."""

    period: str
    at: datetime
    deadline: datetime
    cards: tuple[Card, ...]

    @property
    def handed_in(self) -> int:
        return sum(card.state is CardState.HANDED_IN for card in self.cards)

    @property
    def unconfirmed(self) -> int:
        """Everything is there, but nobody said so, or something in it does not fit."""
        return sum(card.state in (CardState.UNCONFIRMED, CardState.DOUBTFUL) for card in self.cards)

    @property
    def expected(self) -> int:
        """Departments that owe something at all; one that is excused does not."""
        return sum(card.state is not CardState.WAIVED for card in self.cards)

    @property
    def in_order(self) -> tuple[Card, ...]:
        """Those that need somebody first."""
        places = {state: place for place, state in enumerate(CardState)}
        return tuple(sorted(self.cards, key=lambda card: places[card.state]))


@dataclass(frozen=True, slots=True)
class Bar:
    """One indicator beside its plan. Without a value there is no bar: missing is not zero."""

    label: str
    unit: str
    plan: Decimal | None  # None: the office keeps no plan, the person stated the share
    value: Decimal | None
    percent: Decimal | None  # as printed in the report


@dataclass(frozen=True, slots=True)
class PlanChart:
    """Indicators against plan. `pace` is the share of the year gone, in percent."""

    period: str
    pace: Decimal
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Point:
    period: str
    value: Decimal | None  # None: the report of that week has no such figure


@dataclass(frozen=True, slots=True)
class History:
    """One indicator over weeks, oldest first, with the plan in force at the end."""

    label: str
    unit: str
    department: str
    points: tuple[Point, ...]
    plan: Decimal | None = None


def plan_chart(
    form: Form,
    values: Mapping[str, Figure],
    period: str,
    pace: Decimal,
    plans: Mapping[str, Decimal] | None = None,
) -> PlanChart:
    """Every indicator of the form that has a share of a plan, in the report's order.

    `values` are those the report prints; `plans` are those in force, which it need not print.
    """
    return PlanChart(period, pace, tuple(_bars(form, values, plans or {})))


def name_alone(form: Form, indicator: Indicator) -> str:
    """A name that can be understood without the section above it."""
    label = _REMARK.sub("", indicator.label)
    if len(label) <= _LONGEST_NAME:
        return label
    section = form.sections[indicator.section]
    return f"{indicator.short} ({section.short or section.title})"


def history(form: Form, indicator_id: str, weeks: Sequence[Point], plan: Decimal | None) -> History:
    """The weeks of one indicator, under its own name and its department's."""
    indicator = form.indicators[indicator_id]
    department = form.departments[form.owner_of(indicator_id)].name
    return History(indicator.label, indicator.unit, department, tuple(weeks), plan)


def printed_value(values: Mapping[str, Figure], indicator: str | None) -> Decimal | None:
    """The value the report prints; None where nobody gave one."""
    figure = values.get(indicator or "")
    return figure.value if figure is not None and figure.state is State.VALUE else None


def _bars(form: Form, values: Mapping[str, Figure], plans: Mapping[str, Decimal]) -> Iterator[Bar]:
    for share in form.indicators.values():
        if share.role is not Role.PERCENT or share.percent_kind is not PercentKind.OF_PLAN:
            continue
        done = form.indicators.get(share.numerator or "")
        plan = printed_value(values, share.denominator) or plans.get(share.denominator or "")
        stated = printed_value(values, share.id)
        if done is None or not (plan or stated is not None):
            continue
        value = printed_value(values, done.id)
        if value is None:
            yield Bar(name_alone(form, done), done.unit, plan, None, None)
            continue
        shown = stated if stated is not None else percent(value, plan) if plan else None
        yield Bar(name_alone(form, done), done.unit, plan, value, shown)
