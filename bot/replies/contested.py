"""Numbers that want the same indicator: neither is taken where both have the same claim to it.

Knows: answers and what each claim could be. Does not know: how a value is stored.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bot.replies.believing import is_good
from bot.replies.claims import Sort
from bot.replies.normalise import fold
from bot.replies.odd_words import COMMON, is_elsewhere, odd_beside
from bot.replies.reading import ProblemCode
from bot.replies.unit_fit import Fit, is_measure, measure, plus
from bot.replies.wording import Stop

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.replies.assign import Answer
    from bot.replies.claims import Claim
    from bot.replies.options import Option, Options
    from bot.replies.work import Work

# Members by name: looked up on their class, each costs more than the comparison it serves.
_NUMBER, _CHANGE, _FIT_SAME = Sort.NUMBER, Sort.CHANGE, Fit.SAME
OF_TOP = 0.75  # a claim that had to take much less than it fits best answers nothing
_AS_GOOD = 0.85  # another claim to the same indicator that is nearly as good
_OCCASIONS = frozenset(map(fold, ("buổi", "cuộc", "phiên", "lần", "hội nghị", "hn", "cuộc họp")))
_LONGEST_KIND = 3  # tokens from the comma to the number
_NOT_YET = "chua"
_AND = frozenset({"va", "cung"})


def contested_by(
    work: Work, answers: Sequence[Answer], options: Sequence[Options], holders: dict[int, Answer]
) -> set[int]:
    """Indicators that two claims want equally with different values: neither is stored."""
    found = _counted_further(work, answers, holders)
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
        if is_elsewhere(work, answer.claim):
            continue  # «xã bên cấy 700 ha»
        inherited = answer.claim.is_bare and not top.likeness.name.words <= answer.claim.near.keys()
        if inherited or _is_known_plan(work, top) or _CHANGE in (answer.claim.sort, holder.claim.sort):
            continue
        least = OF_TOP if spoken_against else _AS_GOOD
        listed = _listed_together(answer.claim, top, holder.claim, held)
        named = _is_named_alone(work, answer, top, holder.claim)
        if says_more or listed or named or top.score >= held.score * least:
            found.add(top.place)
            values = [held.value, top.value] if holder.claim.first < answer.claim.first else [top.value, held.value]
            if listed:
                values = list(dict.fromkeys([*values, plus(held.value, top.value)]))
            work.hold(ProblemCode.AMBIGUOUS_NUMBER, (work.scope.indicator(top.place).id,), *values, claim=answer.claim)
    return found


def _are_two_of_one_matter(claim: Claim, other: Claim) -> bool:
    """«cảnh cáo 1 đv, khiển trách 1 đv»: not one told twice, their words differ."""
    counted = bool(claim.mention.unit) and claim.mention.unit == other.mention.unit and bool(claim.mention.value)
    both = claim.sort is _NUMBER is other.sort and bool(claim.own and other.own)
    return counted and both and claim.own.isdisjoint(other.own) and not is_measure(claim.mention.unit)


def _is_known_plan(work: Work, option: Option) -> bool:
    """«Vốn đầu tư công: 21,07 tỷ; giải ngân 1,5 tỷ»: the other number is the plan that is known."""
    whole = work.scope.whole_of.get(work.scope.indicator(option.place).id)
    return whole is not None and work.value_before(whole) == option.value


def _counted_further(work: Work, answers: Sequence[Answer], holders: Mapping[int, Answer]) -> set[int]:
    """Indicators of which one number was taken, though another beside it counts more of the same thing."""
    found: set[int] = set()
    for one, two in pairwise(answers):
        first, second = _held(one, holders), _held(two, holders)
        if first is not None and second is None and _is_one_more(work, two.claim, one.claim):
            option = first
        elif first is None and second is not None and _is_led_to(work, second, one.claim, two.claim):
            option = second
        else:
            continue
        found.add(option.place)
        name = work.scope.indicator(option.place)
        values = [measure(claim.mention, name.unit).value for claim in (one.claim, two.claim)]
        offers = dict.fromkeys([*values, plus(values[0], values[1])])
        work.hold(ProblemCode.AMBIGUOUS_NUMBER, (name.id,), *offers, claim=two.claim)
    return found


def _held(answer: Answer, holders: Mapping[int, Answer]) -> Option | None:
    """What this claim was taken for."""
    option = answer.option
    return option if option is not None and holders.get(option.place) is answer else None


def _is_led_to(work: Work, option: Option, one: Claim, two: Claim) -> bool:
    return _is_added(work, one, two) or _is_only_the_last(work, option, one, two)


def _is_only_the_last(work: Work, option: Option, one: Claim, two: Claim) -> bool:
    """«tuyên truyền 95 lượt đoàn viên, 40 lượt nhân dân»: the words lead to the first of them."""
    heads = {fold(claim.mention.unit).split(" ")[0] for claim in (one, two)}
    led = bool(one.own) and one.own <= work.scope.index.words_of[option.place]
    parted = work.wording.stops[one.last : two.first]
    plain = one.sort is _NUMBER is two.sort and one.cue is two.cue and two.number == one.number + 1
    return plain and led and not two.own and len(heads) == 1 and "" not in heads and parted[-1:] == [Stop.COMMA]


def _is_added(work: Work, one: Claim, two: Claim) -> bool:
    """«120 và 90 lượt người»: a bare number that shares the noun of the next."""
    between = [token.word for token in work.wording.tokens[one.last : two.first]]
    return one.sort is _NUMBER is two.sort and one.unit_at == one.last and between in (["va"], ["+"])


def _is_one_more(work: Work, claim: Claim, other: Claim) -> bool:
    """«01 HN thường kỳ, 01 HN mở rộng», «2 tấn mận, 1 tấn đào»: more of what was just counted, of another kind."""
    unit = claim.mention.unit
    if not unit or unit != other.mention.unit or fold(unit) in COMMON:
        return False
    one, two = other, claim
    if is_measure(unit) and not (two.own and two.own <= one.own and two.strange == 1):
        return False  # «570 ha lúa ruộng, 20 ha lúa nương»
    plain = one.sort is _NUMBER is two.sort and two.parent is one.parent and two.cue in (None, one.cue)
    if _NOT_YET in work.wording.said:
        return False  # «3 thôn đã ký, 1 thôn chưa»
    stops = work.wording.stops[one.last : two.first]
    opens = stops[-1:] == [Stop.COMMA] or work.wording.tokens[two.first - 1].word in _AND
    opens = opens or (two.strange > 0 and fold(unit) in _OCCASIONS and _is_short(work, one, two))
    return plain and opens and max(stops, default=Stop.NONE) < Stop.SENTENCE


def _is_short(work: Work, one: Claim, two: Claim) -> bool:
    """«họp giao ban 1 buổi, chuyên đề 1 buổi»: a word that no name has says of which kind."""
    parted = next((at for at in range(one.last, two.first) if work.wording.stops[at] == Stop.COMMA), two.first)
    return parted < two.first <= parted + _LONGEST_KIND


def _is_named_alone(work: Work, answer: Answer, option: Option, other: Claim) -> bool:
    """«dự 3 cuộc họp, tổ chức 1 hội nghị»: words of the name beside the one, beside the other just what is counted."""
    claim = answer.claim
    plain = claim.sort is _NUMBER is other.sort and claim.cue is other.cue and answer.option is None
    return plain and not other.own and bool(claim.own) and claim.own <= work.scope.index.words_of[option.place]


def _says_more_of_it(work: Work, answer: Answer, option: Option, other: Claim) -> bool:
    """«gplx cấp mới 2, đổi 3»: the words beside the number that was not taken are of the same name, and others."""
    claim = answer.claim
    plain = claim.sort is _NUMBER is other.sort and claim.cue is None is other.cue and answer.option is None
    own = claim.own - claim.above.keys()
    if not plain or not own or claim.strange or not own.isdisjoint(other.own):
        return False
    unit = claim.mention.unit
    if unit and (unit != other.mention.unit or is_measure(unit) or fold(unit) in COMMON):
        return False  # «khiếu nại 1 đơn, kiến nghị 1 đơn» goes on
    return own <= work.scope.index.words_of[option.place]


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
    return both and _NUMBER is claim.sort is other.sort and (claim.cue or claim.hint) is (other.cue or other.hint)
