"""What a decision may look at: one person's view of one period, loaded before and never changed.

Knows: what is stored for the person's department, last week's values, plans, the open question.
Does not know: where any of it came from; handlers load it.
"""

from __future__ import annotations

from dataclasses import field
from datetime import UTC
from typing import TYPE_CHECKING, Generic, TypeVar

from bot.checks.values import effective
from bot.facts import State
from bot.record import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime, tzinfo
    from decimal import Decimal

    from bot.decisions.outcome import Walk
    from bot.facts import Figure, Issue, LiveText, Person
    from bot.forms.model import Form, Indicator, Section
    from bot.periods.calendar import Moments
    from bot.replies.reading import Question

# Members by name: looked up on their class, each costs more than the comparison it serves.
_WITHDRAWN = State.WITHDRAWN
_OF_FACTS = ("values", "missing", "missing_texts", "owing")  # what follows from figures and texts


_T = TypeVar("_T")


class _Once(Generic[_T]):
    """What follows from a desk, worked out when it is first asked for. `cached_property` takes a lock for it, here."""

    def __init__(self, work: Callable[[Desk], _T]) -> None:
        self.work = work
        self.name = work.__name__
        self.__doc__ = work.__doc__

    def __get__(self, desk: Desk, _owner: type[Desk] | None = None) -> _T:
        found = desk.__dict__[self.name] = self.work(desk)
        return found


@record(slots=False)  # without slots, since what follows from it is worked out once
class Desk:
    """`figures` and `texts` are the current ones of the period, by indicator and by (section, part).

    For a respondent they cover the department; for the office, everything.
    """

    form: Form
    moments: Moments
    now: datetime
    person: Person
    department: str  # the one spoken for
    also: tuple[str, ...] = ()  # further departments of the same person
    office: str = ""  # the office's name
    zone: tzinfo = UTC
    figures: Mapping[str, Figure] = field(default_factory=dict)
    texts: Mapping[tuple[str, str | None], LiveText] = field(default_factory=dict)
    previous: Mapping[str, Decimal] = field(default_factory=dict)
    previous_texts: Mapping[tuple[str, str | None], LiveText] = field(default_factory=dict)
    plans: Mapping[str, Decimal] = field(default_factory=dict)
    question: Question | None = None  # the one that is open in this chat
    question_id: int | None = None
    question_reply: int | None = None
    walk: Walk | None = None
    issue: Issue | None = None  # the latest issue of this period's report
    due: datetime | None = None  # this department's own deadline, extension included
    declared: bool = False
    names: Mapping[int, str] = field(default_factory=dict)  # of colleagues, where a message names them

    @_Once
    def period(self) -> str:
        return str(self.moments.period)

    def name_of(self, person_id: int | None) -> str:
        """Who a figure is from, as far as it is known here."""
        return self.person.name if person_id in (None, self.person.id) else self.names.get(person_id or 0, "")

    @property
    def deadline(self) -> datetime:
        return self.due or self.moments.deadline

    @_Once
    def values(self) -> dict[str, Figure]:
        """Given figures with everything that follows from them."""
        return effective(self.form, self.figures, self.plans, self.previous)

    @_Once
    def asked(self) -> tuple[Indicator, ...]:
        if not self.also:
            return self.form.asked_of(self.department)
        return tuple(i for d in self.departments for i in self.form.asked_of(d))

    @_Once
    def missing(self) -> tuple[Indicator, ...]:
        """Asked and neither given nor said to be unknown."""
        given = {i for i, figure in self.figures.items() if is_given(figure)}
        return tuple([i for i in self.asked if i.id not in given])

    @_Once
    def sections(self) -> tuple[Section, ...]:
        if not self.also:
            return self.form.sections_of(self.department)
        found = {s.id: s for d in self.departments for s in self.form.sections_of(d)}
        return tuple(found.values())

    @_Once
    def departments(self) -> tuple[str, ...]:
        return (self.department, *self.also)

    @property
    def unit(self) -> str:
        """The department's name in titles."""
        return self.form.departments[self.department].short

    @_Once
    def text_places(self) -> tuple[tuple[str, str | None], ...]:
        """Where this department's narrative goes: whole sections it owns, and its parts of others'."""
        places: list[tuple[str, str | None]] = []
        for section in self.sections:
            places += [(section.id, p.id) for p in section.parts if p.department in self.departments]
            if section.department in self.departments and section.asks_text:
                places.append((section.id, None))
        return tuple(dict.fromkeys(places))

    @_Once
    def missing_texts(self) -> tuple[tuple[str, str | None], ...]:
        """Narrative still owed where nothing else speaks for the section: no words, and no figure asked for it."""
        return tuple(p for p in self.text_places if p not in self.texts and not self.form.asks_figures_at(*p))

    @_Once
    def owing(self) -> tuple[str, ...]:
        """The departments of this person that still owe something, in their order."""
        owed = {self.form.owner_of(i.id) for i in self.missing}
        owed |= {self.form.writer_of(*place) for place in self.missing_texts}
        return tuple(d for d in self.departments if d in owed)

    def with_facts(
        self, figures: Iterable[Figure], texts: Mapping[tuple[str, str | None], LiveText] | None = None
    ) -> Desk:
        """The desk as it is once these are stored; `texts` are all there are then."""
        known = {**self.figures, **{f.indicator: f for f in figures}}
        return self._with(figures=known, texts=self.texts if texts is None else texts)

    def without_question(self) -> Desk:
        return self._with(question=None)

    def _with(self, **changed: object) -> Desk:
        """A copy: every reply needs one or two, and `dataclasses.replace` takes a tenth of what deciding takes.

        What was worked out is kept, unless facts are part of it.
        """
        copy = object.__new__(Desk)
        held = copy.__dict__
        held.update(self.__dict__)
        for name in _OF_FACTS:
            held.pop(name, None)
        held.update(changed)
        return copy

    @property
    def is_locked(self) -> bool:
        return self.issue is not None and self.issue.state.value in ("approved", "posted")

    @property
    def is_complete(self) -> bool:
        return not self.missing and not self.missing_texts


def is_given(figure: Figure | None) -> bool:
    return figure is not None and figure.state is not _WITHDRAWN
