"""An indicator's weeks: «SỐ LIỆU giải ngân», and the same in the group.

Knows: which indicator the words mean and how its weeks stand beside each other. Does not know: who may see them.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bot.checks.values import percent
from bot.decisions.listing import companion, main_of
from bot.decisions.naming import indicators_named, near
from bot.decisions.outcome import Answer, Document, Purpose, Say
from bot.facts import State
from bot.forms.model import Role
from bot.reports.boards import Point, history

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from bot.decisions.outcome import To
    from bot.facts import Figure
    from bot.forms.model import Form, Indicator
    from bot.periods.calendar import Period

EFFECT = "history"
MOST_CANDIDATES = 6
FEWEST_COLUMNS = 2
YEAR_LENGTH = 365


@dataclass(frozen=True, slots=True)
class WeekSeen:
    """One period as the reader may see it. `version` is the posted issue it stands in."""

    period: Period
    values: Mapping[str, Figure]
    version: int | None = None


def which(form: Form, words: str, to: To, common: Mapping[str, object], key: str) -> Indicator | Say:
    """The one indicator these words mean, or what is said where they mean none or several."""
    among = form.indicators.values()
    found = {i.id: i for i in (main_of(form, i) for i in indicators_named(words, among))}
    if len(found) == 1:
        return next(iter(found.values()))
    if not found:
        return Say("indicator_unknown", to, {**common, "words": words, "near": near(words, among)}, dedup=key)
    shorts = [i.short for i in found.values()]
    candidates = [{"key": i.id, "label": _label(form, i, shorts)} for i in list(found.values())[:MOST_CANDIDATES]]
    answers = {str(c["key"]): Answer(effect=EFFECT, data={"indicator": str(c["key"])}) for c in candidates}
    told = {**common, "words": words, "candidates": candidates}
    return Say("pick_indicator", to, told, Purpose.QUESTION, key, answers)


def _label(form: Form, indicator: Indicator, shorts: Sequence[str]) -> str:
    """The unit's name goes with a name that two units have."""
    is_shared = shorts.count(indicator.short) > 1
    return (
        f"{indicator.short} ({form.departments[form.owner_of(indicator.id)].short})" if is_shared else indicator.short
    )


def shown(
    form: Form,
    indicator: Indicator,
    weeks: Sequence[WeekSeen],
    to: To,
    common: Mapping[str, object],
    key: str,
    earlier: int = 0,
) -> Say:
    """The weeks, newest first, with the plan, the pace and where the figures came from. `earlier`: weeks left out."""
    plan = _plan(form, indicator, weeks[0].values) if weeks else None
    rows = [_row(indicator, week, plan) for week in weeks]
    told = {
        "label": indicator.label if len(indicator.label) <= len(indicator.short) else indicator.short,
        "measure": indicator.unit or None,
        "plan": plan,
        "weeks": rows,
        "pace": _pace(rows) if rows and rows[0]["period"] == common.get("period") else None,
        "earlier": earlier,
        "elapsed": _elapsed(weeks[0].period.sunday) if weeks and plan is not None else None,
        "source": form.departments[form.owner_of(indicator.id)].short,
        "version": weeks[0].version if weeks else None,
    }
    return Say("history", to, {**common, **told}, dedup=key, document=_picture(form, indicator, rows, plan))


def _picture(
    form: Form, indicator: Indicator, rows: Sequence[Mapping[str, Any]], plan: Decimal | None
) -> Document | None:
    """The weeks as columns; of a single one the words say as much."""
    points = [Point(row["period"], row["value"]) for row in reversed(rows)]
    if sum(point.value is not None for point in points) < FEWEST_COLUMNS:
        return None
    return Document("history", points[-1].period, picture=history(form, indicator.id, points, plan))


def _plan(form: Form, indicator: Indicator, values: Mapping[str, Figure]) -> Decimal | None:
    beside = companion(form, indicator, Role.PLAN)
    found = values.get(beside.id) if beside is not None and not indicator.is_flow else None
    return found.value if found is not None else None


def _row(indicator: Indicator, week: WeekSeen, plan: Decimal | None) -> dict[str, object]:
    found = week.values.get(indicator.id)
    value = found.value if found is not None and found.state is State.VALUE else None
    pct = percent(value, plan) if value is not None and plan else None
    return {"period": str(week.period), "value": value, "pct": pct, "posted": week.version is not None}


def _pace(rows: Sequence[Mapping[str, object]]) -> str | None:
    """Against the week before, where both are known."""
    values = [row["value"] for row in rows[:2]]
    match values:
        case [Decimal() as now, Decimal() as before]:
            return "same" if now == before else "rose" if now > before else "fell"
        case _:
            return None


def _elapsed(day: date) -> Decimal:
    """How much of the year has passed, in percent."""
    return Decimal(day.timetuple().tm_yday * 100) / YEAR_LENGTH
