"""What decisions look at, loaded from the database: one person's desk, or the whole office's view of a period.

Decides nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.checks.ledger import carried
from bot.checks.values import effective
from bot.decisions.desk import Desk
from bot.decisions.outcome import Walk
from bot.facts import State
from storage import desk as stored
from storage import figures, people, plans, questions, texts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from decimal import Decimal

    from bot.facts import Extension, Figure, LiveText, Person
    from bot.forms.model import Form
    from handlers.kit import Kit
    from handlers.weeks import Week
    from storage.database import Reading, Transaction


async def desk_at(kit: Kit, tx: Transaction, channel: str, chat_id: str, now: datetime) -> Desk | None:
    """The desk of whoever writes from there; None for a stranger. Who writes is reachable again."""
    week = kit.weeks.at(now)
    periods = week.names
    found = await stored.load_person_desk(tx, channel, chat_id, periods, lambda person: scope_of(kit, person))
    if found is None:
        return None
    if found.was_unreachable:
        await people.mark_active(tx, channel, chat_id, now)
    departments = found.person.departments or (office_of(kit),)
    own_places = places_of(kit, departments) if found.texts else frozenset()
    question = found.question or await _asked_elsewhere(tx, found.person, (channel, chat_id))
    return Desk(
        form=kit.form,
        moments=week.moments,
        now=now,
        person=found.person,
        department=departments[0],
        also=departments[1:],
        office=kit.settings.office.name,
        zone=kit.settings.schedule.zone,
        figures=found.figures,
        texts={(t.section, t.part): t for t in found.texts if (t.section, t.part) in own_places},
        previous=carried(kit.form, found.previous, periods[0]),
        plans=found.plans,
        question=question.question if question is not None else None,
        question_id=question.id if question is not None else None,
        question_reply=question.reply_id if question is not None else None,
        walk=Walk(found.walk.steps, found.walk.position) if found.walk is not None else None,
        issue=found.issue,
        due=_due(found.extensions, departments),
    )


def _due(extensions: Sequence[Extension], departments: Sequence[str]) -> datetime | None:
    """The hour that was granted to all departments of a person; the usual one where one of them was granted none."""
    own = [max((e.until for e in extensions if e.department == d and e.granted), default=None) for d in departments]
    granted = [until for until in own if until is not None]
    return min(granted) if len(granted) == len(own) else None


async def _asked_elsewhere(tx: Transaction, person: Person, here: tuple[str, str]) -> questions.Asked | None:
    """One person on two channels: what was asked in one chat may be answered from the other."""
    for there in await stored.chats_of(tx, person.id):
        if there != here and (found := await questions.open_question(tx, *there)) is not None:
            return found
    return None


def office_of(kit: Kit) -> str:
    """The Party office's own department."""
    return next(d.id for d in kit.form.departments.values() if d.is_office)


def scope_of(kit: Kit, person: Person) -> stored.Scope:
    departments = person.departments or (office_of(kit),)
    if len(departments) == 1:
        return stored.Scope(*kit.form.ids_of(departments[0]))
    of_each = [kit.form.ids_of(d) for d in departments]
    indicators = tuple(i for ids, _ in of_each for i in ids)
    return stored.Scope(indicators, tuple(dict.fromkeys(s for _, ids in of_each for s in ids)))


def places_of(kit: Kit, departments: Sequence[str]) -> frozenset[tuple[str, str | None]]:
    """Where these departments' words stand; the other parts of a section they share are somebody else's."""
    sections = [s for d in departments for s in kit.form.sections_of(d)]
    parts = {(s.id, p.id) for s in sections for p in s.parts if p.department in departments}
    return frozenset(parts | {(s.id, None) for s in sections if s.department in departments})


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything that is stored of a period."""

    week: Week
    figures: dict[str, Figure]
    texts: dict[tuple[str, str | None], LiveText]
    previous: dict[str, Decimal]
    plans: dict[str, Decimal]

    @property
    def values(self) -> dict[str, Figure]:
        return {i: f for i, f in self.figures.items() if f.state is State.VALUE}


async def whole_period(rx: Reading, week: Week, form: Form | None = None) -> Whole:
    """All figures and texts of a period, with last week's values and the plans in force."""
    period, before = week.names
    previous = await figures.values_of(rx, before)
    return Whole(
        week=week,
        figures=await figures.current(rx, period),
        texts=await texts.current(rx, period),
        previous=previous if form is None else carried(form, previous, period),
        plans={i: p.value for i, p in (await plans.in_force(rx, period)).items()},
    )


def desk_in(kit: Kit, whole: Whole, person: Person, department: str, now: datetime) -> Desk:
    """One department's desk cut out of the whole period."""
    mine = {i.id for i in kit.form.indicators_of(department)}
    own_places = places_of(kit, (department,))
    return Desk(
        form=kit.form,
        moments=whole.week.moments,
        now=now,
        person=person,
        department=department,
        office=kit.settings.office.name,
        zone=kit.settings.schedule.zone,
        figures={i: f for i, f in whole.figures.items() if i in mine},
        texts={place: t for place, t in whole.texts.items() if place in own_places},
        previous={i: v for i, v in whole.previous.items() if i in mine},
        plans=whole.plans,
    )


def with_computed(kit: Kit, whole: Whole) -> dict[str, Figure]:
    """Given figures with everything that follows from them, for the report."""
    return effective(kit.form, whole.values, whole.plans, whole.previous)
