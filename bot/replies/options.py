"""What each claim could be: indicators it may answer, with how much speaks for each.

    score = likeness × unit × role × nearness (asked, open, own section)

Knows: one claim at a time. Does not know: which other claims want the same indicator; `bot.replies.assign` does.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from bot.forms.model import PercentKind, Role, Source
from bot.replies.claims import Sort
from bot.replies.cues import Cue
from bot.replies.normalise import fold
from bot.replies.unit_fit import Fit, Measured, measure

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from decimal import Decimal

    from bot.forms.model import Indicator
    from bot.replies.claims import Claim
    from bot.replies.label_index import Likeness
    from bot.replies.scope import Scope

# Members by name: looked up on their class, each costs more than the comparison it serves.
_NUMBER, _RATIO, _PERCENT, _ZERO, _CHANGE = Sort.NUMBER, Sort.RATIO, Sort.PERCENT, Sort.ZERO, Sort.CHANGE
_PLAIN = frozenset({Sort.NUMBER, Sort.CHANGE, Sort.RATIO})
_A_PERCENT, _A_PLAN, _A_WEEK, _A_STATE, _A_TOTAL = Role.PERCENT, Role.PLAN, Role.WEEK, Role.SNAPSHOT, Role.OTHER
_CONFLICT, _OTHER, _UNSAID, _SAME = Fit.CONFLICT, Fit.OTHER, Fit.UNSAID, Fit.SAME
_A_CASE = Role.OTHER
_ASKED, _RESTATED = Source.ASKED, Source.RESTATED
_OF_WHOLE = (Cue.PLAN, Cue.TOTAL)
_BY_SCORE = attrgetter("score")
LEAST = 0.25
_WHOLE = 100
_A_NOUN = 2  # letters; «l» is short for anything
KEPT = 6
_UNIT = {Fit.SAME: 1.2, Fit.ALIKE: 1.08, Fit.UNSAID: 1.0, Fit.OTHER: 0.55}
_ROLE: Mapping[Cue, Mapping[Role, float]] = {
    Cue.WEEK: {Role.WEEK: 1.15, Role.SNAPSHOT: 0.97, Role.OTHER: 0.95, Role.CUMULATIVE: 0.6, Role.PLAN: 0.25},
    Cue.CUMULATIVE: {Role.WEEK: 0.4, Role.SNAPSHOT: 1.0, Role.OTHER: 0.9, Role.CUMULATIVE: 1.15, Role.PLAN: 0.25},
    Cue.PLAN: {Role.WEEK: 0.2, Role.SNAPSHOT: 0.2, Role.OTHER: 0.5, Role.CUMULATIVE: 0.2, Role.PLAN: 1.2},
    Cue.DONE: {Role.PLAN: 0.2},
    Cue.MONTH: {Role.WEEK: 0.4, Role.CUMULATIVE: 0.5, Role.SNAPSHOT: 0.9, Role.PLAN: 0.25},
    Cue.TOTAL: {Role.OTHER: 1.1, Role.PLAN: 1.1},
    Cue.LAST: dict.fromkeys(Role, 0.0),
}
_NO_CUE: Mapping[Role, float] = {Role.PLAN: 0.25}
_HINTS: Mapping[Cue, Mapping[Role, float]] = {
    Cue.WEEK: {Role.WEEK: 1.05, Role.PLAN: 0.25},
    Cue.CUMULATIVE: {Role.CUMULATIVE: 1.05, Role.WEEK: 0.9, Role.PLAN: 0.25},
}
_WEEK_OVER_PLAN: Mapping[Role, float] = {Role.CUMULATIVE: 0.95}
_ANY: Mapping[Role, float] = {}
_OPEN = 1.06
_NO_WHOLE = 0.7
_OTHER_ROLE = 0.9
_LIGHT_NAME, _ABRUPT, _NOT_YET = 1.5, 0.6, 0.3
_OF_A_PERCENT = 1.3
_LONE_UNIT = 1.25
_USUAL_ZERO, _RARE_ZERO = 1.1, 0.85


class Option(NamedTuple):
    """One indicator a claim may answer. `whole` is the indicator of the right side of a slash."""

    place: int
    score: float
    value: Decimal
    fit: Fit
    likeness: Likeness
    whole: int | None = None


class Options(NamedTuple):
    """The best few of a claim; `clash` is the likeliest indicator whose unit the written one contradicts."""

    best: tuple[Option, ...]
    clash: Option | None = None


NONE = Options(())


def options_of(scope: Scope, claim: Claim, focus: Collection[str]) -> Options:
    """Indicators this claim may answer, the best first."""
    found: list[Option] = []
    clash: Option | None = None
    units: dict[str, Measured] = {}
    share = 0.0  # how well the words fit a percent, which a plain number cannot be
    sort, mention = claim.sort, claim.mention
    role_worth, doubted = _role_worth(claim), claim.abrupt or claim.not_yet
    for place, likeness in _likeness(scope, claim).items():
        indicator = scope.index.indicators[place]
        if not _may_be(scope, claim, indicator):
            if indicator.role is _A_PERCENT:
                share = max(share, likeness.score)
            continue
        unit = indicator.unit
        measured = units.get(unit)
        if measured is None:
            measured = units[unit] = measure(mention, unit)
        fit, value = measured
        if fit is _UNSAID and claim.whole is not None:
            fit = measure(claim.whole, unit).fit
        score = _lessened(claim, likeness) if doubted else likeness.score
        score *= _worth(role_worth, indicator) if indicator.role_alt else role_worth.get(indicator.role, 1.0)
        if fit is _CONFLICT or (fit is _OTHER and _is_another_thing(scope, claim, place)):
            if clash is None or score > clash.score:
                clash = Option(place, score, value, fit, likeness)
            continue
        score *= scope.nearness[place]
        score *= _zero(indicator) if sort is _ZERO else _UNIT[fit]
        if fit is _SAME and unit in scope.lone_units:
            score *= _LONE_UNIT
        if indicator.id in focus:
            score *= _OPEN
        whole = _whole_of(scope, indicator) if sort is _RATIO else None
        if whole is None and sort is _RATIO:
            score *= _NO_WHOLE
        if score >= LEAST:
            found.append(Option(place, score, value, fit, likeness, whole))
    found.sort(key=_BY_SCORE, reverse=True)
    if found and sort in _PLAIN and share > found[0].likeness.score * _OF_A_PERCENT:
        return Options((), clash)  # «khám thai 4 lần 86,9%»: part of the percent's name
    return Options(tuple(found[:KEPT]), clash)


def _likeness(scope: Scope, claim: Claim) -> Mapping[int, Likeness]:
    return scope.likeness(scope.index, tuple(claim.words.items()), frozenset(claim.own), claim.strange)


def _is_another_thing(scope: Scope, claim: Claim, place: int) -> bool:
    """«phân bón trả chậm cho 60 hộ» where chi hội are counted: no word of the noun is in a name of it."""
    said = fold(claim.mention.unit)
    return len(said) >= _A_NOUN and claim.sort is _NUMBER and not set(said.split()) <= scope.index.words_of[place]


def _whole_of(scope: Scope, indicator: Indicator) -> int | None:
    """The place of what stands right of the stroke."""
    right = scope.whole_of.get(indicator.id)
    return scope.place.get(right) if right is not None else None


def _lessened(claim: Claim, likeness: Likeness) -> float:
    """How much of a name was said, less what speaks against it."""
    base = likeness.score
    if claim.abrupt and likeness.mass < _LIGHT_NAME:
        base *= _ABRUPT
    if claim.not_yet and "chua" not in likeness.name.words:
        base *= _NOT_YET
    return base


def _zero(indicator: Indicator) -> float:
    return _USUAL_ZERO if indicator.usual_zero or indicator.source is _RESTATED else _RARE_ZERO


def _may_be(scope: Scope, claim: Claim, indicator: Indicator) -> bool:
    if claim.part is not None and indicator.part not in (None, claim.part):
        return False
    if claim.sort is _PERCENT:
        if indicator.role is not _A_PERCENT:
            return False
        of_plan = claim.mention.percent_of == "plan"
        return not of_plan or indicator.percent_kind in (PercentKind.OF_PLAN, None) or _has_no_plan(scope, indicator)
    if indicator.role is _A_PERCENT:
        return _says_percent_without_sign(claim, indicator)
    if claim.sort is _RATIO:
        return indicator.role is not _A_PLAN and not _is_total(scope, indicator)
    if claim.sort is _ZERO:
        asked_case = indicator.role is _A_CASE and indicator.source is _ASKED
        return indicator.role is _A_WEEK or indicator.role is _A_STATE or indicator.usual_zero or asked_case
    return not (_is_total(scope, indicator) and claim.cue not in _OF_WHOLE)


def _says_percent_without_sign(claim: Claim, indicator: Indicator) -> bool:
    """«thấp còi 24,19»: a rate that has no number of its own beside it."""
    said = claim.mention
    plain = claim.sort is _NUMBER and claim.parent is None and not said.unit and not said.scale and said.value <= _WHOLE
    return plain and indicator.numerator is None and indicator.percent_kind is PercentKind.RATE


def _has_no_plan(scope: Scope, indicator: Indicator) -> bool:
    """«đạt 98% kế hoạch» of a share nobody plans: people say so all the same."""
    return indicator.percent_kind is not PercentKind.RATE and indicator.numerator not in scope.whole_of


def _is_total(scope: Scope, indicator: Indicator) -> bool:
    return indicator.role is _A_TOTAL and indicator.source is not _ASKED and indicator.id in _wholes(scope)


def _wholes(scope: Scope) -> Collection[str]:
    return scope.whole_of.values()


def _role_worth(claim: Claim) -> Mapping[Role, float]:
    """What the words about time and plan say for indicators of each role; 1 where they say nothing."""
    if claim.sort is _CHANGE:
        return _NO_CUE
    if claim.sort is _PERCENT or claim.sort is _RATIO:
        # Over a plan stands what was done so far, whatever «trong tuần» says; last week's ratio is nobody's.
        if claim.cue is Cue.LAST:
            return _ROLE[Cue.LAST]
        return _WEEK_OVER_PLAN if claim.sort is _RATIO and claim.cue is Cue.WEEK else _ANY
    if claim.cue is not None:
        return _ROLE[claim.cue]
    return _HINTS.get(claim.hint, _NO_CUE) if claim.hint is not None else _NO_CUE


def _worth(by_role: Mapping[Role, float], indicator: Indicator) -> float:
    worth = by_role.get(indicator.role, 1.0)
    for role in indicator.role_alt:
        worth = max(worth, by_role.get(role, 1.0) * _OTHER_ROLE)
    return worth
