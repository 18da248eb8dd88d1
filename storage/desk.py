"""Everything a reply needs to be understood, on two ways to the database: it is loaded for each message."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from storage import figures, people, plans, questions, reports, requests, texts, walks

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.facts import Extension, Figure, Issue, LiveText, Person
    from storage.database import Reading


@dataclass(frozen=True, slots=True)
class Scope:
    """What a person's departments are asked for; the form knows."""

    indicators: tuple[str, ...]
    sections: tuple[str, ...]


@dataclass(frozen=True, slots=True)
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


async def load_person_desk(
    rx: Reading, channel: str, chat_id: str, periods: tuple[str, str], scope_of: Callable[[Person], Scope]
) -> Desk | None:
    """None for a stranger. `periods` are this one and the one before."""
    chat = {"channel": channel, "chat_id": chat_id}
    found, asked, walked = await rx.batch(
        [(people.AT_ADDRESS, chat), (questions.OPEN_OF_CHAT, chat), (walks.OF_CHAT, chat)]
    )
    persons = people.people_in(found)
    if not persons:
        return None
    scope = scope_of(persons[0])
    period, before = periods
    current, written, previous, planned, issued, extended = await rx.batch(
        [
            (figures.CURRENT_OF, {"period": period, "indicators": scope.indicators}),
            (texts.CURRENT_OF, {"period": period, "sections": scope.sections}),
            (figures.VALUES_OF, {"period": before, "indicators": scope.indicators}),
            (plans.IN_FORCE_OF, {"period": period, "indicators": scope.indicators}),
            (reports.LATEST, {"period": period}),
            (requests.EXTENSIONS_OF, {"period": period}),
        ]
    )
    return Desk(
        person=persons[0],
        figures={row["indicator"]: figures.figure_of(row) for row in current},
        texts=tuple(texts.text_of(row) for row in written),
        previous={row["indicator"]: Decimal(row["value"]) for row in previous},
        plans={row["indicator"]: Decimal(row["value"]) for row in planned},
        question=questions.asked_of(asked[0]) if asked else None,
        walk=walks.walk_of(walked[0]) if walked else None,
        issue=reports.issue_of(issued[0]) if issued else None,
        extensions=tuple(map(requests.extension_of, extended)),
        was_unreachable=found[0]["state_here"] == "suspect",
    )
