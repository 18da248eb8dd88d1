"""Numbers that want the same indicator: neither is taken where both have the same claim to it.

Knows: answers and what each claim could be. Does not know: how a value is stored.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.replies.believing import is_good
from bot.replies.claims import Sort
from bot.replies.odd_words import odd_beside
from bot.replies.reading import ProblemCode
from bot.replies.unit_fit import Fit, is_measure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.replies.assign import Answer
    from bot.replies.claims import Claim
    from bot.replies.options import Option, Options
    from bot.replies.work import Work

# Members by name: looked up on their class, each costs more than the comparison it serves.
_NUMBER, _CHANGE, _FIT_SAME = Sort.NUMBER, Sort.CHANGE, Fit.SAME
OF_TOP = 0.75  # a claim that had to take much less than it fits best answers nothing
_AS_GOOD = 0.85  # another claim to the same indicator that is nearly as good


def contested_by(
    work: Work, answers: Sequence[Answer], options: Sequence[Options], holders: dict[int, Answer]
) -> set[int]:
    """Indicators that two claims want equally with different values: neither is stored."""
    found: set[int] = set()
    for answer, option_list in zip(answers, options, strict=True):
        if all(holders.get(option.place, answer) is answer for option in option_list.best):
            continue  # nobody else wants what it could be
        top = _likeliest(work, answer, option_list)
        holder = holders.get(top.place) if top is not None else None
        if top is None or holder is None or holder is answer:
            continue
        held = holder.option
        says_more = _says_more_of_it(work, answer, top, holder.claim)
        measured = top.fit is _FIT_SAME and is_measure(answer.claim.mention.unit)
        if not (says_more or measured or is_good(answer.claim, top)):
            continue
        spoken_against = top is not option_list.best[0]
        settled_elsewhere = (
            not spoken_against and answer.option is not None and answer.option.score >= top.score * OF_TOP
        )
        if held is None or settled_elsewhere or answer.claim.strange:
            continue
        if held.value == top.value and not _are_two_of_one_matter(answer.claim, holder.claim):
            continue
        if answer.claim.is_bare or _CHANGE in (answer.claim.sort, holder.claim.sort):
            continue
        least = OF_TOP if spoken_against else _AS_GOOD
        listed = _listed_together(answer.claim, top, holder.claim, held)
        if says_more or listed or top.score >= held.score * least:
            found.add(top.place)
            values = (held.value, top.value) if holder.claim.first < answer.claim.first else (top.value, held.value)
            work.hold(ProblemCode.AMBIGUOUS_NUMBER, (work.scope.indicator(top.place).id,), *values, claim=answer.claim)
    return found


def _are_two_of_one_matter(claim: Claim, other: Claim) -> bool:
    """«cảnh cáo 1 đv, khiển trách 1 đv»: not one told twice, their words differ."""
    counted = bool(claim.mention.unit) and claim.mention.unit == other.mention.unit and bool(claim.mention.value)
    both = claim.sort is _NUMBER is other.sort and bool(claim.own and other.own)
    return counted and both and claim.own.isdisjoint(other.own) and not is_measure(claim.mention.unit)


def _says_more_of_it(work: Work, answer: Answer, option: Option, other: Claim) -> bool:
    """«gplx cấp mới 2, đổi 3»: the words beside the number that was not taken are of the same name, and others."""
    claim = answer.claim
    plain = claim.sort is _NUMBER is other.sort and claim.cue is None is other.cue and answer.option is None
    if not plain or claim.mention.unit or not claim.own or claim.strange or not claim.own.isdisjoint(other.own):
        return False
    return claim.own <= work.scope.index.words_of[option.place]


def _likeliest(work: Work, answer: Answer, options: Options) -> Option | None:
    """What it would answer: not what its own words speak against, where something else has them all."""
    if not options.best:
        return None
    top = options.best[0]
    if answer.option is top and answer.claim.said and odd_beside(work, answer.claim, top)[0]:
        return next((o for o in options.best[1:] if not odd_beside(work, answer.claim, o)[0]), top)
    return top


def _listed_together(claim: Claim, option: Option, other: Claim, held: Option) -> bool:
    """«mận 1,2 tấn, đào 8 tạ»: two of one measure for one matter; the sum or one of them, who knows."""
    both = option.fit is _FIT_SAME and held.fit is _FIT_SAME and is_measure(claim.mention.unit)
    return both and _NUMBER is claim.sort is other.sort and claim.cue is other.cue
