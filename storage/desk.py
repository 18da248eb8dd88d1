"""Everything a reply needs to be understood: who writes, what stands, what is open. It is loaded for each message.

What few messages change (people, last week, plans, the issue, extensions) is remembered until it is written; so is each
figure and each section's texts.
"""

from __future__ import annotations

from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.record import record
from storage import figures, people, plans, questions, reports, requests, texts, walks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.facts import Extension, Figure, Issue, LiveText, Person
    from storage.database import Reading


@record
class Scope:
    """What a person's departments are asked for; the form knows."""

    indicators: tuple[str, ...]
    sections: tuple[str, ...]


@record
class Desk:
    """`figures` and `texts` are the current ones of this period, `previous` the values of the one before."""

    person: Person
    figures: Mapping[str, Figure]
    texts: tuple[LiveText, ...]
    previous: Mapping[str, Decimal]
    plans: Mapping[str, Decimal]
    question: questions.Asked | None
    walk: walks.Walk | None
    issue: Issue | None = None  # the newest of this period
    extensions: tuple[Extension, ...] = ()  # of this period, everybody's
    was_unreachable: bool = False  # the last message could not be delivered where this one comes from


@record
class _Around:
    previous: Mapping[str, Decimal]
    plans: Mapping[str, Decimal]
    issue: Issue | None
    extensions: tuple[Extension, ...]


async def load_person_desk(
    rx: Reading, channel: str, chat_id: str, periods: tuple[str, str], scope_of: Callable[[Person], Scope]
) -> Desk | None:
    """None for a stranger. `periods` are this one and the one before."""
    who = await _remembered_person(rx, channel, chat_id)
    if who is None:
        return None
    person, was_unreachable = who
    scope, (period, _) = scope_of(person), periods
    around = await _remembered_around(rx, scope, periods)
    return Desk(
        person=person,
        figures=await figures.current_of(rx, period, scope.indicators),
        texts=await texts.current_of(rx, period, scope.sections),
        previous=around.previous,
        plans=around.plans,
        question=await questions.open_question(rx, channel, chat_id),
        walk=await walks.find(rx, channel, chat_id),
        issue=around.issue,
        extensions=around.extensions,
        was_unreachable=was_unreachable,
    )


async def _remembered_person(rx: Reading, channel: str, chat_id: str) -> tuple[Person, bool] | None:
    """Who writes from there, and whether they could not be reached; None for a stranger."""

    async def read() -> tuple[Person, bool] | None:
        rows = await rx.all(people.AT_ADDRESS, {"channel": channel, "chat_id": chat_id})
        found = people.people_in(rows)
        return (found[0], rows[0]["state_here"] == "suspect") if found else None

    return await rx.remembered(("person", channel, chat_id), ("people", "posts", "addresses"), read)


async def chats_of(rx: Reading, person_id: int) -> tuple[tuple[str, str], ...]:
    """Every chat a person writes from, the preferred one first; remembered until an address changes."""

    async def read() -> tuple[tuple[str, str], ...]:
        return tuple((a.channel, a.chat_id) for a in await people.addresses_of(rx, person_id))

    return await rx.remembered(("chats", person_id), ("addresses",), read)


async def _remembered_around(rx: Reading, scope: Scope, periods: tuple[str, str]) -> _Around:
    """What stands beside this week's figures and is seldom written."""
    period, before = periods

    async def read() -> _Around:
        previous, planned, issued, extended = await rx.batch(
            [
                (figures.VALUES_OF, {"period": before, "indicators": scope.indicators}),
                (plans.IN_FORCE_OF, {"period": period, "indicators": scope.indicators}),
                (reports.LATEST, {"period": period}),
                (requests.EXTENSIONS_OF, {"period": period}),
            ]
        )
        return _Around(
            previous=MappingProxyType({row["indicator"]: Decimal(row["value"]) for row in previous}),
            plans=MappingProxyType({row["indicator"]: Decimal(row["value"]) for row in planned}),
            issue=reports.issue_of(issued[0]) if issued else None,
            extensions=tuple(map(requests.extension_of, extended)),
        )

    sources = (f"figures:{before}", "plans", "issues", "issue_states", "extensions")
    return await rx.remembered(("around", periods, scope), sources, read)
