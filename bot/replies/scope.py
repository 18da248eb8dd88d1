"""What a reply may speak of: the indicators within reach, compiled once, and how they hang together.

Knows: the form. Does not know: replies.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from bot.forms.model import PercentKind, Role, Source
from bot.replies.label_index import LabelIndex, build_index, weights_of
from bot.replies.parts import PartName, names_of_writers, part_names
from bot.replies.unit_fit import is_measure

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.forms.model import CheckRule, Form, Indicator
    from bot.replies.label_index import Likeness

_HOME, _AWAY, _ASKED = 1.04, 0.96, 1.02
_SUMMARY, _RESTATED = 1.08, 0.97  # said again in the summary: where both are in reach, the first place is meant
RULES = frozenset({"balance", "same_fact", "week_vs_average"})


class FormTables(NamedTuple):
    """What every scope of a form shares.

    whole_of  done -> its plan or total; percent_of  done -> its percent; total_of  flow -> its running total
    likeness  `LabelIndex.likeness`, which remembers: the same labels are sent every week
    """

    form: Form
    weights: Mapping[str, float]
    whole_of: Mapping[str, str]
    percent_of: Mapping[str, str]
    total_of: Mapping[str, str]
    likeness: Callable[..., Mapping[int, Likeness]]


def tables_of(form: Form, remembered: int) -> FormTables:
    """The form compiled, once for all its scopes; what so many sets of words could name is remembered."""
    likeness = lru_cache(maxsize=remembered)(LabelIndex.likeness)
    return FormTables(form, weights_of(form), _wholes(form), _percents(form), _totals(form), likeness)


@dataclass(frozen=True, slots=True)
class Scope:
    """Indicators a reply may answer. Places are positions in `index.indicators`.

    home      the sections asked of this person now; the rest of the department is in reach too
    whole_of, percent_of, total_of, likeness: see `FormTables`
    """

    form: Form
    index: LabelIndex
    place: Mapping[str, int]
    home: frozenset[int]
    nearness: tuple[float, ...]  # by place: own section, asked, restated
    whole_of: Mapping[str, str]
    percent_of: Mapping[str, str]
    total_of: Mapping[str, str]
    parts: Mapping[tuple[str, ...], PartName]  # names of paragraphs that different organisations write
    writers: Mapping[str, Sequence[list[str]]]  # what those who answer are called, by the first word
    rules: tuple[CheckRule, ...]  # those of the form's rules that a reply is held against
    share_of: Mapping[str, Indicator]  # done -> its percent of plan, which follows from its sides
    nouns: frozenset[str]  # what is counted here
    lone_units: frozenset[str]  # measures that one matter in reach alone is counted in
    likeness: Callable[..., Mapping[int, Likeness]]

    def indicator(self, place: int) -> Indicator:
        return self.index.indicators[place]

    def get(self, indicator: str) -> Indicator:
        return self.form.indicators[indicator]


def make_scope(
    tables: FormTables, sections: tuple[str, ...], department: str | None, part: str | None, also: tuple[str, ...] = ()
) -> Scope:
    """Everything in reach of a person who answers `sections` (all, when there are none) for these departments."""
    departments = (department, *also) if department is not None else ()
    writers = names_of_writers(tables.form, sections, department)
    return _scope(tables, _within(tables.form, sections, departments, part), sections, part, writers)


def outside(tables: FormTables, scope: Scope) -> Scope:
    """Everything out of reach, for noticing a message meant for somebody else."""
    return _scope(tables, [i for i in tables.form.indicators.values() if i.id not in scope.place], (), None, {})


def _scope(
    tables: FormTables,
    within: list[Indicator],
    sections: tuple[str, ...],
    part: str | None,
    writers: Mapping[str, Sequence[list[str]]],
) -> Scope:
    form = tables.form
    index = build_index(form, within, tables.weights)
    home = frozenset(
        at
        for at, i in enumerate(index.indicators)
        if (not sections or i.section in sections) and (part is None or i.part in (None, part))
    )
    summaries = _summaries(index, home)
    within_ids = {i.id for i in index.indicators}
    return Scope(
        form=form,
        index=index,
        place={indicator.id: at for at, indicator in enumerate(index.indicators)},
        home=home,
        nearness=tuple(_nearness(i, at in home, at in summaries) for at, i in enumerate(index.indicators)),
        whole_of=tables.whole_of,
        percent_of=tables.percent_of,
        total_of=tables.total_of,
        parts=part_names(form, sections or tuple(form.sections)) if part is None else {},
        writers=writers,
        rules=tuple(r for r in form.checks if r.kind in RULES and not within_ids.isdisjoint(r.indicators)),
        share_of={i.numerator: i for i in index.indicators if i.percent_kind is PercentKind.OF_PLAN and i.numerator},
        nouns=frozenset(i.unit for i in index.indicators if not is_measure(i.unit)),
        lone_units=_lone_units(index),
        likeness=tables.likeness,
    )


def _within(form: Form, sections: tuple[str, ...], departments: tuple[str, ...], part: str | None) -> list[Indicator]:
    if not sections:
        return list(form.indicators.values())
    if departments:
        found = [i for i in form.indicators.values() if form.owner_of(i.id) in departments]
    else:
        answering = _departments(form, sections, part)
        found = [
            i
            for i in form.indicators.values()
            if (i.section in sections and (part is None or i.part in (None, part))) or form.owner_of(i.id) in answering
        ]
    near = [i for i in found if i.source is not Source.RESTATED or i.section in sections]
    return sorted(near, key=lambda i: i.section not in sections)


def _departments(form: Form, sections: tuple[str, ...], part: str | None) -> set[str]:
    """Who answers these sections, so that the rest of what they answer is in reach too."""
    known = [form.sections[s] for s in sections if s in form.sections]
    if part is not None:
        return {p.department for section in known for p in section.parts if p.id == part}
    return {section.department for section in known}


def _wholes(form: Form) -> dict[str, str]:
    """From percents that name both sides, else the only plan or total of the group in the same unit."""
    found: dict[str, str] = {}
    for indicator in form.indicators.values():
        if indicator.numerator and indicator.denominator and _is_whole(form.indicators.get(indicator.denominator)):
            found[indicator.numerator] = indicator.denominator
    for indicator in form.indicators.values():
        if indicator.id in found or indicator.role in (Role.PERCENT, Role.PLAN):
            continue
        wholes = [
            i.id
            for i in form.indicators.values()
            if i.group == indicator.group and i.id != indicator.id and i.unit == indicator.unit and _is_whole(i)
        ]
        taken = set(found.values())
        if len(wholes) == 1 and not _is_whole(indicator) and wholes[0] not in taken:
            found[indicator.id] = wholes[0]
    return found


def _is_whole(indicator: Indicator | None) -> bool:
    return indicator is not None and (
        indicator.role is Role.PLAN or (indicator.role is Role.OTHER and indicator.source is not Source.ASKED)
    )


def _percents(form: Form) -> dict[str, str]:
    found = {i.numerator: i.id for i in form.indicators.values() if i.role is Role.PERCENT and i.numerator}
    for indicator in form.indicators.values():
        if indicator.role is Role.PERCENT or indicator.id in found or _is_whole(indicator):
            continue
        percents = [i.id for i in form.indicators.values() if i.group == indicator.group and i.role is Role.PERCENT]
        if len(percents) == 1 and percents[0] not in found.values():
            found[indicator.id] = percents[0]
    return found


def _nearness(indicator: Indicator, at_home: bool, comes_first: bool) -> float:
    worth = _HOME if at_home else _AWAY
    if indicator.source is Source.RESTATED:
        worth *= _SUMMARY if comes_first else _RESTATED
    return worth * _ASKED if indicator.source is Source.ASKED else worth


def _summaries(index: LabelIndex, home: frozenset[int]) -> frozenset[int]:
    """Restated here and asked elsewhere: in their own section they come first."""
    asked = {index.indicators[at].group for at in home if index.indicators[at].source is not Source.RESTATED}
    return frozenset(
        at for at in home if index.indicators[at].source is Source.RESTATED and index.indicators[at].group not in asked
    )


def _lone_units(index: LabelIndex) -> frozenset[str]:
    groups: dict[str, set[str]] = {}
    for indicator in index.indicators:
        if is_measure(indicator.unit) and indicator.role is not Role.PERCENT:
            groups.setdefault(indicator.unit, set()).add(indicator.group)
    return frozenset(unit for unit, found in groups.items() if len(found) == 1)


def _totals(form: Form) -> dict[str, str]:
    return {i.adds: i.id for i in form.indicators.values() if i.adds}
