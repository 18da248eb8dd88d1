"""Words and nouns beside a number that speak of another matter than the name it would go by.

    another doing   kiểm tra 4 cơ sở kinh doanh         some of a stock were looked at
    another thing   phân bón trả chậm cho 60 hộ         chi hội are counted, not hộ
    another number  sinh con thứ 3: 2 trường hợp        the name says «trước 18»

Knows: one claim, the indicator it would answer. Does not know: what becomes of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.forms.model import Role
from bot.replies.claims import Sort
from bot.replies.normalise import fold
from bot.replies.unit_fit import Fit, is_known_noun, is_measure
from bot.replies.wording import Stop

if TYPE_CHECKING:
    from bot.forms.model import Indicator
    from bot.replies.claims import Claim
    from bot.replies.options import Option, Options
    from bot.replies.work import Work

# Members by name: looked up on their class, each costs more than the comparison it serves.
_NUMBER, _FIT_OTHER = Sort.NUMBER, Fit.OTHER
_A_WEEK, _A_STATE = Role.WEEK, Role.SNAPSHOT
# So much of a name of weight was said that one more word beside it is a remark; what is done to some of a stock
# («kiểm tra 4 cơ sở kinh doanh») needs more.
_CLEARLY, _CLEARLY_STATE = 1.9, 3.5
_WEIGHTY = 2.0  # a name of this weight is clear without its section
_MANY = 20  # smaller numbers are often alike by chance
_EVENTS = frozenset(map(fold, ("vụ", "ổ dịch", "tình huống")))  # one of them may strike many
_PERSONS = frozenset(map(fold, ("ca", "người", "bệnh nhân", "đối tượng", "em", "cháu", "học sinh", "trẻ", "ng")))
_OF_TELLING = """
báo cáo bổ sung thiếu trừ giúp phải quản lý thống kê nhanh đối trung tâm chặt chẽ giải quyết xử lý
"""
_SAYING = frozenset(fold(_OF_TELLING).split())  # of the telling itself, not of what is told


def counts_another_thing(work: Work, claim: Claim, option: Option) -> bool:
    """«phân bón trả chậm cho 60 hộ» where chi hội are counted, «3 ca ngộ độc» where vụ are: not the thing asked for."""
    indicator, said = work.scope.indicator(option.place), claim.mention.unit
    if claim.sort is not _NUMBER or not option.value or not said:
        return False
    if option.fit is _FIT_OTHER:
        is_thing = said in work.scope.nouns or is_known_noun(said)
        return is_thing and not set(fold(said).split()) <= work.scope.index.words_of[option.place]
    return option.value > 1 and fold(indicator.unit) in _EVENTS and fold(said) in _PERSONS


def is_of_another_doing(work: Work, claim: Claim, option: Option, indicator: Indicator) -> bool:
    """«phát dọn thực bì 20 ha để trồng rừng», «kiểm tra 4 cơ sở kinh doanh»: words of another matter lead to it.

    A thing named by its noun alone is another's with any such word beside it: «4 nghị quyết của tỉnh».
    """
    if _says_another_number(work, option):
        return True
    before, after = odd_beside(work, claim, option)
    if not before and not (after and _is_noun_alone(claim, indicator)):
        return False
    _, recall, mass, _ = option.likeness
    clear = recall * mass >= (_CLEARLY_STATE if indicator.role is _A_STATE else _CLEARLY)
    return not clear and not is_about_as_before(work, option, indicator)


def _says_another_number(work: Work, option: Option) -> bool:
    """«sinh con thứ 3: 2 trường hợp» where the name says «trước 18»: the number in the name is part of it."""
    asked = {word for word in option.likeness.name.text.split() if word.isdigit()}
    return bool(asked) and asked.isdisjoint(token.word for token in work.analysis.tokens)


def odd_beside(work: Work, claim: Claim, option: Option) -> tuple[int, int]:
    """Words that no name of this matter has, with no mark between them and the number: before it, behind it."""
    wording, ours = work.wording, work.scope.index.words_of[option.place]
    told = next((c.named for c in reversed(work.found.claims) if c.last <= claim.first), frozenset())
    before = after = 0
    for at in claim.said:
        words = wording.pieces[at] or (wording.tokens[at].word,)
        if not ours.isdisjoint(words) or wording.tokens[at].word in _SAYING or not told.isdisjoint(words):
            continue
        if at < claim.first:
            before += not any(wording.stops[at : claim.first])
        else:
            after += not any(wording.stops[claim.last : at])
    return before, after


def of_the_matter_before(work: Work, claim: Claim, option: Option, options: Options) -> Option | None:
    """«kỷ luật 1 đv, tổ chức đảng 0»: the section of the number just told has a name with these words as well."""
    before = next((p for p in reversed(work.proposals) if p.claim is not None), None)
    if before is None or before.claim is None or option.likeness.name.total >= _WEIGHTY:
        return None
    said, section = before.claim, before.indicator.section
    if said.last > claim.first or work.scope.indicator(option.place).section == section:
        return None
    if max(work.wording.stops[said.last : claim.first], default=Stop.NONE) >= Stop.CLAUSE:
        return None
    words = claim.own or set(claim.near)
    for other in options.best[1:]:
        if work.scope.indicator(other.place).section == section and words <= work.scope.index.words_of[other.place]:
            return other
    return None


def _is_noun_alone(claim: Claim, indicator: Indicator) -> bool:
    return claim.own <= set(fold(indicator.unit).split())


def is_about_as_before(work: Work, option: Option, indicator: Indicator) -> bool:
    """A stock moves little from week to week; a week's count may be alike by chance."""
    before = work.value_before(indicator.id)
    if before is None or (indicator.role is _A_WEEK and not is_measure(indicator.unit)):
        return False
    return option.value >= _MANY and before <= 2 * option.value <= 4 * before
