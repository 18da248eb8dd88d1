"""How far a name is believed: much of it said, near enough, and nothing beside it that speaks of another matter.

Knows: one claim, the indicator it would answer, what was left over before it. Does not know: what becomes of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.replies.arithmetic import within_twice
from bot.replies.claims import Claim, Sort
from bot.replies.cues import Cue
from bot.replies.normalise import fold
from bot.replies.odd_words import is_about_as_before
from bot.replies.relations import says_total
from bot.replies.unit_fit import Fit, is_measure
from bot.replies.wording import Stop

if TYPE_CHECKING:
    from bot.forms.model import Indicator
    from bot.replies.options import Option
    from bot.replies.work import Work

# Members by name: looked up on their class, each costs more than the comparison it serves.
_NUMBER, _ZERO = Sort.NUMBER, Sort.ZERO
_FIT_SAME, _FIT_OTHER = Fit.SAME, Fit.OTHER
_CUE_TOTAL = Cue.TOTAL
STORE = 0.42
_ZERO_STORE = 0.45
NAMED = 0.6
_STRICT = 0.7
_HALF, _TELLING_MASS = 0.5, 1.5  # of a name; less says nothing unless these words weigh something
_OTHER_UNIT = 0.55  # «6 tháng» where hội nghị are counted: the label must be very clear
_LIGHT, _FAR_NAME, _FAR_MASS = 1.3, 0.75, 2.5  # of a name that belongs to another section than the one asked
# Said of the number before: «trồng 200 cây, 45 hội viên tham gia», «khởi công 3 công trình, tổng mức đầu tư 4,5 tỷ».
_LEANING = frozenset(fold("tham gia dự số tiền kinh phí trị giá tổng mức vốn đầu tư diện tích sản lượng").split())
_FULLY = 0.8
_MANY = 20  # smaller numbers are often alike by chance
_VAGUE_NAME = 1.6  # a name so light that many matters share its words


def by_heading(work: Work, claim: Claim, option: Option, rival: Option) -> Option | None:
    """«đất đai: hòa giải 2 vụ, vi phạm 0»: of two that fit alike, the one that the words above the list are of."""
    if not claim.above:
        return None
    ours, theirs = (work.scope.index.words_of[o.place] for o in (option, rival))
    one, other = (
        any(word in mine and word not in others for word in claim.above)
        for mine, others in ((ours, theirs), (theirs, ours))
    )
    return None if one == other else option if one else rival


def is_good(claim: Claim, option: Option | None) -> bool:
    if option is None:
        return False
    if claim.strict:
        return option.score >= (_STRICT if option.likeness.recall < 1 else _OTHER_UNIT)
    if claim.sort is _NUMBER and _is_hardly_named(claim, option):
        return False
    return option.score >= (_ZERO_STORE if claim.sort is _ZERO else _OTHER_UNIT if option.fit is _FIT_OTHER else STORE)


def _is_hardly_named(claim: Claim, option: Option) -> bool:
    """«số hóa 60 hồ sơ», «khởi công 2 công trình»: little of a name was said, and it counts no measure of its own."""
    _, recall, mass, _ = option.likeness
    if (option.fit is _FIT_SAME and is_measure(claim.mention.unit)) or (claim.is_bare and claim.cue is not None):
        return False  # «tuần 17 đối tượng, lũy kế 328»
    of_others = claim.strange > 1 and option.fit is _FIT_OTHER  # «tập huấn sổ tay cho 45 bí thư chi bộ»
    little = recall < _HALF and (mass < _TELLING_MASS or _leaves_out_the_gist(claim, option))
    return little or (claim.strange > 0 and recall < NAMED) or of_others


def _leaves_out_the_gist(claim: Claim, option: Option) -> bool:
    """«45 đoàn viên tham gia», of whom the name says that they were taught: its weightiest words were not said."""
    words = [piece for piece in option.likeness.name.pieces if not piece[2]]
    heaviest = max(weight for _, weight, _ in words)
    return not any(claim.words.get(word) for word, weight, _ in words if weight == heaviest)


def strays(work: Work, claim: Claim, option: Option) -> bool:
    """«diện tích 10,5 ha» asked of forests: everyday words do not lead to another section."""
    away = option.place not in work.scope.home
    _, recall, mass, _ = option.likeness
    faint = mass < _LIGHT if not claim.own else recall < _FAR_NAME and mass < _FAR_MASS
    return away and claim.sort is _NUMBER and faint


def echoes(work: Work, claim: Claim) -> bool:
    """«giúp 2 gia đình sửa nhà, 35 ngày công»: all its words are those of a number that was none of ours."""
    before = _stranger_before(work, claim)
    return before is not None and not claim.near and not says_total(work.wording, claim)


def _clause_ends(work: Work, before: Claim, claim: Claim) -> bool:
    return max(work.wording.stops[before.last : claim.first], default=Stop.NONE) >= Stop.CLAUSE


def is_stranger(work: Work, claim: Claim) -> bool:
    """Left over with words no name has, or counting what nothing here is counted in."""
    unit = claim.mention.unit
    other_thing = unit and not is_measure(unit) and work.scope.index.pieces.isdisjoint(fold(unit).split())
    return bool(claim.strange or other_thing)


def _stranger_before(work: Work, claim: Claim) -> Claim | None:
    """The number before one without a matter of its own, where that was left over with strange words."""
    timed = claim.cue not in (None, _CUE_TOTAL)
    if claim.sort is not _NUMBER or timed or not work.unresolved:
        return None
    if not claim.is_bare and _clause_ends(work, work.unresolved[-1], claim):
        return None
    if not claim.is_bare and (claim.strange or not claim.own <= _LEANING | set(fold(claim.mention.unit).split())):
        return None
    before = work.unresolved[-1]
    if before.number != claim.number - 1:
        return None
    return before if is_stranger(work, before) else None


def _is_of_its_own(work: Work, claim: Claim, before: Claim, option: Option) -> bool:
    """«tuyên truyền 3 buổi 210 lượt»: one matter counted twice; «tiếp dân 2 buổi nhận 2 đơn»: named in full itself."""
    if before.own and not before.strange and before.own <= work.scope.index.words_of[option.place]:
        return True
    words = option.likeness.name.words
    if words <= set(fold(claim.mention.unit).split()):
        return _clause_ends(work, before, claim)  # «sinh hoạt CLB 2 buổi, 60 hội viên»: just what is counted
    return option.likeness.recall >= _FULLY and words <= claim.near.keys() and words.isdisjoint(_LEANING)


def may_be_other(work: Work, claim: Claim, option: Option, indicator: Indicator) -> bool:
    """«ngập 12 ha lúa»: words of no name beside a name so light that they may say another matter."""
    before = _stranger_before(work, claim)
    if before is not None and claim.is_bare and _is_of_its_own(work, claim, before, option):
        before = None
    if before is not None and not claim.is_bare and before.own.isdisjoint(work.scope.index.words_of[option.place]):
        return not is_about_as_before(work, option, indicator)
    light = option.likeness.name.total < _VAGUE_NAME or not claim.own
    if before is None and not (claim.strange and light):
        return False
    last = work.value_before(indicator.id)
    known = last is not None and option.value >= _MANY and within_twice(option.value, last)
    if known or option.fit is not _FIT_SAME or is_measure(indicator.unit) or not claim.own:
        return not known
    at_home = map(work.scope.indicator, work.scope.home)
    # «1 ổ dịch» can be one thing alone.
    return any(i.unit == indicator.unit and i.group != indicator.group for i in at_home)
