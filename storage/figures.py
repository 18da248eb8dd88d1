"""Figures, only ever added: the newest of an indicator in a period is the current one.

A current figure may say WITHDRAWN or NO_DATA; only an indicator without a row was never spoken of.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from bot.facts import Figure, Origin, Qualifier, State
from storage.values import decimal_or_none, decimal_text, moment

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime

    from storage.database import Reading, Row, Transaction

STATES = {state.value: state for state in State}
ORIGINS = {origin.value: origin for origin in Origin}
QUALIFIERS: dict[str | None, Qualifier | None] = {None: None} | {q.value: q for q in Qualifier}

RECORD = (
    "INSERT INTO figures (indicator, period, value, state, origin, qualifier, provisional, reply_id, span_start, "
    "span_end, person_id, at, reason, amends) VALUES (:indicator, :period, :value, :state, :origin, :qualifier, "
    ":provisional, :reply_id, :span_start, :span_end, :person_id, :at, :reason, coalesce(:amends, "
    "(SELECT max(id) FROM figures WHERE period = :period AND indicator = :indicator)))"
)
# One seek for each indicator: the time they take does not grow with how often a figure was amended.
CURRENT = """
WITH RECURSIVE given (indicator) AS (
    SELECT min(indicator) FROM figures WHERE period = :period
    UNION ALL
    SELECT (SELECT min(indicator) FROM figures WHERE period = :period AND indicator > g.indicator)
    FROM given AS g WHERE g.indicator IS NOT NULL
)
SELECT f.* FROM given AS g JOIN figures AS f ON f.id = (
    SELECT max(id) FROM figures WHERE period = :period AND indicator = g.indicator
)
"""
CURRENT_OF = """
WITH wanted (indicator) AS (VALUES (:indicators))
SELECT f.* FROM wanted AS w JOIN figures AS f ON f.id = (
    SELECT max(id) FROM figures WHERE period = :period AND indicator = w.indicator
)
"""
VALUES_OF = """
WITH wanted (indicator) AS (VALUES (:indicators))
SELECT f.indicator, f.value FROM wanted AS w JOIN figures AS f ON f.id = (
    SELECT max(id) FROM figures WHERE period = :period AND indicator = w.indicator
) WHERE f.value IS NOT NULL
"""


@dataclass(frozen=True, slots=True, repr=False)
class Trace:
    """Where a figure came from: the message as it was sent, the person, the moment."""

    figure: Figure
    text: str  # "" where no message stands behind it
    person_name: str
    at: datetime
    amended: tuple[Figure, ...]  # what it replaced, the latest first
    full_name: str = ""
    channel: str = ""  # where the message came in
    message_id: str = ""


async def record(tx: Transaction, figures: Sequence[Figure], now: datetime) -> list[int]:
    """Returns the new ids. What a figure amends is filled in where the caller doesn't say; `now` stands in for `at`."""
    added = await tx.insert_all([(RECORD, _params(figure, now)) for figure in figures])
    return [row_id for row_id in added if row_id is not None]


def put(tx: Transaction, figures: Sequence[Figure], now: datetime) -> None:
    """The same for a caller who needs no ids: they go with the block's next statement."""
    for figure in figures:
        then = _learning(tx, figure, now)  # before its place in memory is cleared
        tx.later(RECORD, _params(figure, now), then=then)


def _learning(tx: Transaction, figure: Figure, now: datetime) -> Callable[[int | None], None] | None:
    """Remembers the figure as it will be read back; None where that is not known without a look."""
    before = tx.memory.newest_known("figures", figure.period, figure.indicator)
    if before is None:
        return None
    amends = figure.amends if figure.amends is not None or before[0] is None else before[0].id

    def learn(row_id: int | None) -> None:
        if row_id is not None:
            tx.memory.learn("figures", figure.period, figure.indicator, _read_back(figure, now, amends, row_id))

    return learn


def _read_back(figure: Figure, now: datetime, amends: int | None, row_id: int) -> Figure:
    return Figure(
        figure.indicator,
        figure.period,
        None if figure.value is None else Decimal(decimal_text(figure.value)),
        figure.state,
        figure.origin,
        figure.qualifier,
        figure.provisional,
        figure.reply_id,
        figure.start,
        figure.end,
        figure.person_id,
        (figure.at or now).astimezone(UTC),
        figure.reason,
        amends,
        row_id,
    )


async def current(rx: Reading, period: str, indicators: Collection[str] | None = None) -> dict[str, Figure]:
    """The newest figure of each indicator, whatever its state says; all of the period's, or those asked for."""
    if indicators is not None:
        return await current_of(rx, period, tuple(indicators))
    return {row["indicator"]: figure_of(row) for row in await rx.all(CURRENT, {"period": period})}


async def current_of(rx: Reading, period: str, indicators: Sequence[str]) -> dict[str, Figure]:
    """The newest figure of each of these indicators; those that nobody wrote since are remembered."""

    async def read(unknown: list[str]) -> dict[str, Figure]:
        rows = await rx.all(CURRENT_OF, {"period": period, "indicators": unknown})
        return {row["indicator"]: figure_of(row) for row in rows}

    return await rx.newest("figures", period, indicators, read)


async def values_of(rx: Reading, period: str) -> dict[str, Decimal]:
    """The last value of each indicator that has one."""
    rows = await rx.all(CURRENT, {"period": period})
    return {row["indicator"]: Decimal(row["value"]) for row in rows if row["value"] is not None}


async def history(rx: Reading, indicator: str, periods: Collection[str]) -> dict[str, Figure]:
    """The current figure of an indicator in each of some periods, by period."""
    rows = await rx.all(
        "SELECT * FROM figures WHERE id IN (SELECT max(id) FROM figures WHERE indicator = :indicator "
        "AND period IN (:periods) GROUP BY period) ORDER BY period",
        {"indicator": indicator, "periods": list(periods)},
    )
    return {row["period"]: figure_of(row) for row in rows}


async def versions(rx: Reading, indicator: str, period: str) -> list[Figure]:
    """Every figure ever given for an indicator in a period, the first one first."""
    rows = await rx.all(
        "SELECT * FROM figures WHERE indicator = :indicator AND period = :period ORDER BY id",
        {"indicator": indicator, "period": period},
    )
    return [figure_of(row) for row in rows]


async def of_reply(rx: Reading, reply_id: int) -> list[Figure]:
    """What was read from a message."""
    return [
        figure_of(row)
        for row in await rx.all("SELECT * FROM figures WHERE reply_id = :id ORDER BY id", {"id": reply_id})
    ]


async def find(rx: Reading, figure_id: int) -> Figure | None:
    row = await rx.one("SELECT * FROM figures WHERE id = :id", {"id": figure_id})
    return figure_of(row) if row else None


async def last_amendment(rx: Reading, period: str, person_id: int, but: str) -> Figure | None:
    """A person's newest figure that replaced another one and is still current; not one with the reason `but`."""
    row = await rx.one(
        "SELECT * FROM figures AS f WHERE period = :period AND person_id = :person AND amends IS NOT NULL "
        "AND reason <> :but AND id = (SELECT max(id) FROM figures WHERE period = f.period AND indicator = f.indicator) "
        "ORDER BY id DESC LIMIT 1",
        {"period": period, "person": person_id, "but": but},
    )
    return figure_of(row) if row else None


TRACED = (
    "SELECT f.*, r.text AS reply_text, r.channel AS reply_channel, r.message_id AS reply_message, "
    "p.name AS person_name, p.full_name AS person_full_name FROM figures AS f "
    "LEFT JOIN replies AS r ON r.id = f.reply_id LEFT JOIN people AS p ON p.id = f.person_id "
)


async def trace(rx: Reading, figure_id: int) -> Trace | None:
    row = await rx.one(f"{TRACED} WHERE f.id = :id", {"id": figure_id})
    if row is None:
        return None
    earlier = [f for f in await versions(rx, row["indicator"], row["period"]) if (f.id or 0) < figure_id]
    return _trace(row, tuple(reversed(earlier)))


async def told(rx: Reading, first: str, last: str) -> list[Trace]:
    """Every figure ever given for the periods from `first` to `last`, in the order in which they came."""
    rows = await rx.all(
        f"{TRACED} WHERE f.period BETWEEN :first AND :last ORDER BY f.id", {"first": first, "last": last}
    )
    return [_trace(row, ()) for row in rows]


def _trace(row: Row, amended: tuple[Figure, ...]) -> Trace:
    return Trace(
        figure_of(row),
        row["reply_text"] or "",
        row["person_name"] or "",
        moment(row["at"]),
        amended,
        row["person_full_name"] or "",
        row["reply_channel"] or "",
        row["reply_message"] or "",
    )


def figure_of(row: Row) -> Figure:
    # positional and by table: this runs for every figure of every reply, and costs half of what names do
    return Figure(
        row["indicator"],
        row["period"],
        decimal_or_none(row["value"]),
        STATES[row["state"]],
        ORIGINS[row["origin"]],
        QUALIFIERS[row["qualifier"]],
        bool(row["provisional"]),
        row["reply_id"],
        row["span_start"],
        row["span_end"],
        row["person_id"],
        moment(row["at"]),
        row["reason"],
        row["amends"],
        row["id"],
    )


def _params(figure: Figure, now: datetime) -> dict[str, Any]:
    return {
        "indicator": figure.indicator,
        "period": figure.period,
        "value": figure.value,
        "state": figure.state,
        "origin": figure.origin,
        "qualifier": figure.qualifier,
        "provisional": figure.provisional,
        "reply_id": figure.reply_id,
        "span_start": figure.start,
        "span_end": figure.end,
        "person_id": figure.person_id,
        "at": figure.at or now,
        "reason": figure.reason,
        "amends": figure.amends,
    }
