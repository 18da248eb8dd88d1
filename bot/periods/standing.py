"""Where every department and section stands (tình trạng nộp): computed from facts, never stored.

Knows: what was asked and what was given by an instant.
Does not know: who was reminded, how it is shown, whether figures agree with each other.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.facts import PostRole, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from bot.facts import Declaration, Extension, Figure, Leave, LiveText, Person, Promise, Waiver
    from bot.forms.model import Form


class Standing(StrEnum):
    """How far a department is with its part."""

    AWAITED = "awaited"  # nothing yet, the deadline is ahead
    PARTIAL = "partial"  # something, or handed in with gaps
    COMPLETE = "complete"  # everything given, «xong» not said: counts as handed in
    CONFIRMED = "confirmed"  # everything given and said to be complete
    LATE = "late"  # its deadline has passed and it still owes
    WAIVED = "waived"  # excused by the office


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a department owes: an indicator's figure, or the words of a section (or of its part in one)."""

    section: str
    indicator: str | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What one department is asked for, in the report's order."""

    department: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class PeriodFacts:
    """What is stored for one period. Histories are oldest first; `doubtful` are indicators held by an open question."""

    figures: Sequence[Figure] = ()
    texts: Sequence[LiveText] = ()
    declarations: Sequence[Declaration] = ()
    waivers: Sequence[Waiver] = ()
    extensions: Sequence[Extension] = ()
    promises: Sequence[Promise] = ()
    doubtful: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SectionStanding:
    section: str
    standing: Standing
    asked: int
    given: int
    missing: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class DepartmentStanding:
    """One department in one period, as seen at an instant.

    asked, given  figures only, as people count them («19/26 số liệu»)
    missing       what is still owed, in the report's order; «chưa có số» is an answer and not in it
    owed_now      `missing` without what was promised for a later hour
    people        who answers for it now, by id; empty when nobody is enrolled
    """

    department: str
    standing: Standing
    deadline: datetime
    asked: int = 0
    given: int = 0
    missing: tuple[Item, ...] = ()
    owed_now: tuple[Item, ...] = ()
    doubtful: tuple[str, ...] = ()
    no_data: tuple[str, ...] = ()
    sections: tuple[SectionStanding, ...] = ()
    people: tuple[int, ...] = ()
    is_silent: bool = False  # not a word of it yet
    is_declared: bool = False  # handed in, maybe with gaps
    is_extended: bool = False
    extended_at: datetime | None = None  # when the later deadline was granted
    completed_at: datetime | None = None  # when it was first handed in
    promised_until: datetime | None = None

    @property
    def is_handed_in(self) -> bool:
        """Nothing more is asked of it, for now."""
        return self.is_declared or self.standing in (Standing.COMPLETE, Standing.CONFIRMED)

    @property
    def is_on_time(self) -> bool:
        return self.completed_at is not None and self.completed_at <= self.deadline


def asked_of(form: Form, department: str) -> Asked:
    """What a department owes: every asked figure, and words where a section (or part) of its own asks for no figure."""
    figures: dict[tuple[str, str | None], list[Item]] = defaultdict(list)
    for indicator in form.asked_of(department):
        place = (indicator.section, _own_part(form, indicator.section, indicator.part, department))
        figures[place].append(Item(indicator.section, indicator.id, place[1]))
    items: list[Item] = []
    for section in form.sections_of(department):
        if section.department == department:
            own = figures.get((section.id, None), [])
            items += own or ([Item(section.id)] if section.asks_text else [])
        for part in section.parts:
            if part.department == department:
                items += figures.get((section.id, part.id)) or [Item(section.id, part=part.id)]
    return Asked(department, tuple(items))


def _own_part(form: Form, section: str, part: str | None, department: str) -> str | None:
    """The part, where it is another department's paragraph or this one's; None for the section's own words."""
    parts = form.sections[section].parts
    return part if any(p.id == part and p.department == department for p in parts) else None


def standings(
    asked: Iterable[Asked],
    facts: PeriodFacts,
    deadline: datetime,
    now: datetime,
    people: Mapping[str, tuple[int, ...]] | None = None,
) -> tuple[DepartmentStanding, ...]:
    """Where each department stands, in the order of `asked`. `people` comes from `answering`."""
    look = _Look(facts)
    seats = people or {}
    return tuple(_department(one, look, deadline, now, seats.get(one.department, ())) for one in asked)


@dataclass(slots=True)
class _Look:
    """The facts of a period, arranged for asking."""

    facts: PeriodFacts
    current: dict[str, Figure] = field(init=False)
    since: dict[str, datetime | None] = field(init=False)  # when it was first answered after it was last missing
    texts: dict[tuple[str, str | None], LiveText] = field(init=False)

    def __post_init__(self) -> None:
        self.current, self.since, self.texts = {}, {}, {}
        for figure in self.facts.figures:
            self.current[figure.indicator] = figure
            if figure.state is State.WITHDRAWN:
                self.since.pop(figure.indicator, None)
            else:
                self.since.setdefault(figure.indicator, figure.at)
        for text in self.facts.texts:
            self.texts.setdefault((text.section, text.part), text)

    def is_answered(self, item: Item) -> bool:
        if item.indicator is None:
            return (item.section, item.part) in self.texts
        return item.indicator in self.since

    def answered_at(self, item: Item) -> datetime | None:
        if item.indicator is None:
            return self.texts[item.section, item.part].at
        return self.since[item.indicator]

    def is_value(self, indicator: str) -> bool:
        found = self.current.get(indicator)
        return found is not None and found.state is State.VALUE


def _department(
    asked: Asked, look: _Look, deadline: datetime, now: datetime, people: tuple[int, ...]
) -> DepartmentStanding:
    name, facts = asked.department, look.facts
    missing = tuple(item for item in asked.items if not look.is_answered(item))
    indicators = [item.indicator for item in asked.items if item.indicator is not None]
    declarations = [d for d in facts.declarations if d.department == name]
    extension = next((e for e in reversed(facts.extensions) if e.department == name and e.granted), None)
    own_deadline = deadline if extension is None else max(deadline, extension.until)
    is_waived = any(w.department == name for w in facts.waivers)
    is_heard = any((item.section, item.part) in look.texts for item in asked.items)
    is_silent = bool(missing) and len(missing) == len(asked.items) and not declarations and not is_heard
    standing = _standing(
        is_waived=is_waived,
        is_complete=not missing,
        is_declared=bool(declarations),
        is_silent=is_silent,
        is_past=now >= own_deadline,
    )
    promised = [p for p in facts.promises if p.department == name and p.until > now]
    return DepartmentStanding(
        department=name,
        standing=standing,
        deadline=own_deadline,
        asked=len(indicators),
        given=sum(look.is_value(indicator) for indicator in indicators),
        missing=missing,
        owed_now=tuple(item for item in missing if not _is_promised(item, promised)),
        doubtful=tuple(indicator for indicator in indicators if indicator in facts.doubtful),
        no_data=tuple(i for i in indicators if i in look.since and not look.is_value(i)),
        sections=_sections(asked, look, standing),
        people=people,
        is_silent=is_silent,
        is_declared=bool(declarations),
        is_extended=own_deadline > deadline,
        extended_at=None if extension is None else extension.at,
        completed_at=_completed_at(asked, look, missing, declarations),
        promised_until=max((p.until for p in promised), default=None),
    )


def _standing(*, is_waived: bool, is_complete: bool, is_declared: bool, is_silent: bool, is_past: bool) -> Standing:
    if is_waived:
        return Standing.WAIVED
    if is_complete:
        return Standing.CONFIRMED if is_declared else Standing.COMPLETE
    if is_declared:
        return Standing.PARTIAL
    if is_past:
        return Standing.LATE
    return Standing.AWAITED if is_silent else Standing.PARTIAL


def _is_promised(item: Item, promised: Sequence[Promise]) -> bool:
    return any(not promise.sections or item.section in promise.sections for promise in promised)


def _sections(asked: Asked, look: _Look, whole: Standing) -> tuple[SectionStanding, ...]:
    by_section: dict[str, list[Item]] = {}
    for item in asked.items:
        by_section.setdefault(item.section, []).append(item)
    return tuple(_section(section, items, look, whole) for section, items in by_section.items())


def _section(section: str, items: list[Item], look: _Look, whole: Standing) -> SectionStanding:
    missing = tuple(item for item in items if not look.is_answered(item))
    indicators = [item.indicator for item in items if item.indicator is not None]
    standing = whole
    if whole is not Standing.WAIVED and not missing:
        standing = whole if whole is Standing.CONFIRMED else Standing.COMPLETE
    elif whole in (Standing.PARTIAL, Standing.AWAITED):
        standing = Standing.AWAITED if len(missing) == len(items) else Standing.PARTIAL
    return SectionStanding(section, standing, len(indicators), sum(look.is_value(i) for i in indicators), missing)


def _completed_at(
    asked: Asked, look: _Look, missing: tuple[Item, ...], declarations: Sequence[Declaration]
) -> datetime | None:
    """When nothing more was owed, or when it was first declared, whichever was earlier."""
    moments = [declaration.at for declaration in declarations[:1]]
    if not missing:
        answered = [at for at in map(look.answered_at, asked.items) if at is not None]
        moments += [max(answered)] if answered else []
    return min(moments, default=None)


@dataclass(frozen=True, slots=True)
class Completeness:
    """The two numbers of the board and the digest: how many are in, and how many were in by their deadline."""

    expected: int
    complete: int
    on_time: int


def completeness(all_standings: Iterable[DepartmentStanding]) -> Completeness:
    """Count over departments that were not waived."""
    counted = [one for one in all_standings if one.standing is not Standing.WAIVED]
    return Completeness(
        expected=len(counted),
        complete=sum(not one.missing for one in counted),
        on_time=sum(not one.missing and one.is_on_time for one in counted),
    )


def answering(people: Iterable[Person], leaves: Sequence[Leave], day: str) -> dict[str, tuple[int, ...]]:
    """Who answers for each department on a local ISO day: its respondents, else substitutes, else deputies.

    Somebody on leave is replaced by the substitute who was named; without one, the department's deputies stand in, and
    where there are none, whoever is away is asked all the same: a part is never asked of nobody.
    """
    away = {
        leave.person_id: leave.substitute_id
        for leave in leaves
        if leave.confirmed and leave.since <= day <= leave.until
    }
    seats: dict[str, list[int]] = defaultdict(list)
    deputies: dict[str, list[int]] = defaultdict(list)
    absent: dict[str, list[int]] = defaultdict(list)
    for person in people:
        for post in person.posts:
            if post.role is PostRole.LEADER:
                continue
            chosen = away.get(person.id, person.id)
            if post.role is PostRole.DEPUTY:
                deputies[post.department] += [person.id] if person.id not in away else []
            elif chosen is not None and (chosen == person.id or chosen not in away):
                seats[post.department].append(chosen)
            else:
                absent[post.department].append(person.id)
    departments = dict.fromkeys((*seats, *deputies, *absent))
    return {d: tuple(dict.fromkeys(seats[d] or deputies[d] or absent[d])) for d in departments}
