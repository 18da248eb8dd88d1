"""Pictures for a phone held upright: the status board, indicators against plan, one indicator's weeks.

Knows: which words stand on them. Does not know: colours and places (templates/reports/*.typ).
"""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from bot.checks.values import percent as share_of
from bot.rendering.filters import amount, day_month, local, number, percent, stamp, week, week_days_year, whole_percent
from bot.rendering.typesetting import Sheet, set_png
from bot.reports.boards import CardState
from bot.reports.clean import clean_line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.reports.boards import Bar, Board, Card, History, PlanChart, Point

_OWED_SHOWN = 4
_FULL = Decimal(100)
_PLAN_IN_SIGHT = Decimal("0.4")  # the plan's line is drawn where the columns reach this share of it


def board_png(board: Board) -> bytes:
    """Departments and their states, those that need somebody first."""
    words = _words()["board"]
    done, expected = board.handed_in, board.expected
    data = {
        "title": words["title"],
        "subtitle": words["subtitle"].format(
            week=week(board.period), days=week_days_year(board.period), at=_moment(board.at)
        ),
        "deadline": words["deadline"].format(at=_moment(board.deadline)),
        "total": words["total"].format(done=done, all=expected),
        "share": done / expected if expected else 1,
        "share_given": board.unconfirmed / expected if expected else 0,
        "cards": [_card(card) for card in board.in_order],
    }
    return set_png(Sheet("board.typ", data))


def plan_png(chart: PlanChart) -> bytes:
    """A bar for every indicator, the plan at 100 %, the pace of the year beside it."""
    words = _words()["plan"]
    data = {
        "title": words["title"],
        "subtitle": words["subtitle"].format(week=week(chart.period), days=week_days_year(chart.period)),
        "pace_words": words["pace"].format(pace=whole_percent(chart.pace)),
        "pace": float(chart.pace),
        "legend": [words[f"legend_{name}"] for name in ("met", "on", "behind", "plan", "pace")],
        "bars": [_bar(bar, chart.pace, words) for bar in chart.bars],
    }
    return set_png(Sheet("plan.typ", data))


def history_png(history: History) -> bytes:
    """A column for every week; a week without a figure has no column."""
    words = _words()["history"]
    values = [point.value for point in history.points if point.value is not None]
    highest = max([*values, Decimal(0)])
    plan = history.plan or None
    in_sight = plan is not None and highest >= plan * _PLAN_IN_SIGHT
    top = max(highest, plan) if plan is not None and in_sight else highest
    latest = history.points[-1].value if history.points else None
    told = ""
    if plan is not None and latest is not None:
        share = percent(share_of(latest, plan))
        told = words["plan"].format(plan=amount(plan, history.unit), percent=share)
    data = {
        "title": clean_line(history.label),
        "subtitle": words["subtitle"].format(department=clean_line(history.department), unit=clean_line(history.unit)),
        "plan_words": told,
        "plan_label": words["line"].format(plan=number(plan)) if plan is not None else "",
        "plan": float(plan / top) if plan is not None and in_sight and top else None,
        "columns": [_column(point, top, words) for point in history.points],
    }
    return set_png(Sheet("history.typ", data))


def _card(card: Card) -> dict[str, Any]:
    words = _words()
    told = words["board"]
    notes = [told["figures"].format(given=card.given, asked=card.asked) if card.asked else told["words_only"]]
    if card.state is CardState.WAIVED or (card.state is CardState.HANDED_IN and card.given >= card.asked):
        notes = []  # its word says it all
    if card.doubts:
        notes.append(told["doubts"].format(count=card.doubts))
    if card.owed:
        names = ", ".join(clean_line(name) for name in card.owed[:_OWED_SHOWN])
        rest = len(card.owed) - _OWED_SHOWN
        more = " " + told["more"].format(count=rest) if rest > 0 else ""
        notes.append(told["owed"].format(names=names) + more)
    if card.promised_until is not None:
        notes.append(told["promised"].format(at=_moment(card.promised_until)))
    return {
        "name": clean_line(card.name),
        "state": str(card.state),
        "word": words["state"][str(card.state)],
        "note": " · ".join(notes),
        "share": card.given / card.asked if card.asked else None,
    }


def _bar(bar: Bar, pace: Decimal, words: Mapping[str, str]) -> dict[str, Any]:
    label = clean_line(bar.label)
    plan = amount(bar.plan, bar.unit) if bar.plan is not None else ""
    only_plan = words["only_plan"].format(plan=plan) if plan else ""
    written = {"label": label[:1].upper() + label[1:], "plan_words": only_plan}
    if bar.value is None or bar.percent is None:
        return {**written, "value": words["missing"], "percent": "", "share": None, "tone": "missing"}
    tone = "met" if bar.percent >= _FULL else "on" if bar.percent >= pace else "behind"
    value = f"{number(bar.value)}/{plan}" if plan else amount(bar.value, bar.unit)
    return {**written, "value": value, "percent": percent(bar.percent), "share": float(bar.percent), "tone": tone}


def _column(point: Point, top: Decimal, words: Mapping[str, str]) -> dict[str, Any]:
    name = words["week"].format(week=week(point.period))
    if point.value is None:
        return {"week": name, "value": words["missing"], "share": None}
    return {"week": name, "value": number(point.value), "share": float(point.value / top) if top else 0}


def _moment(at: datetime) -> str:
    return f"{stamp(at)}, {day_month(local(at))}"


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("templates") / "words" / "pictures.toml").read_text(encoding="utf-8"))
