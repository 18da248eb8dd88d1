"""Words and nouns beside a number that speak of another matter than the name it would go by.

    another doing   kiểm tra 4 cơ sở kinh doanh         some of a stock were looked at
    those struck    3 ca ngộ độc                        vụ are counted, not ca
    another number  sinh con thứ 3: 2 trường hợp        the name says «trước 18»

Knows: one claim, the indicator it would answer. Does not know: what becomes of it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bot.forms.model import Role
from bot.replies.claims import Sort
from bot.replies.cues import Cue
from bot.replies.label_index import name_words
from bot.replies.label_words import ABBREVIATIONS
from bot.replies.normalise import fold
from bot.replies.period_said import week_of
from bot.replies.tokens import Kind
from bot.replies.unit_fit import is_measure
from bot.replies.wording import Stop, Worth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.forms.model import Indicator
    from bot.replies.claims import Claim
    from bot.replies.options import Option, Options
    from bot.replies.work import Work

# Members by name: looked up on their class, each costs more than the comparison it serves.
_NUMBER = Sort.NUMBER
_A_WEEK, _A_STATE = Role.WEEK, Role.SNAPSHOT
# So much of a name of weight was said that one more word beside it is a remark; what is done to some of a stock
# («kiểm tra 4 cơ sở kinh doanh») needs more.
_CLEARLY, _CLEARLY_STATE = 1.9, 3.5
_CLEARLY_OF_SEVERAL = 2.3  # such words: «chăm sóc rừng trồng 30 ha»
_WEIGHTY = 2.0  # a name of this weight is clear without its section
_PLACES, _PLACE_NAME = frozenset({"o", "tai", "thon", "ban", "xom", "to"}), 4
_FOR, _NEW, _NEAR = "cho", "moi", 2
_DEALINGS = frozenset({("phoi", "hop"), ("trien", "khai"), ("thuc", "hien"), ("phat", "trien")})
_SEVERAL = 2
_ELSEWHERE = frozenset({("xa", "ben"), ("xa", "khac"), ("huyen", "khac"), ("giap", "ranh")})
_OPENS_ELSEWHERE = frozenset(first for first, _ in _ELSEWHERE)
_INCLUDING = frozenset({"ke", "gom", "ca"})
_GIVING = frozenset({"tang", "trao", "bieu"})
_YEAR, _DIGITS_OF_YEAR = "nam", 4
_COMPARED = frozenset({"so", "voi", "cung", "tu", "sau", "den", "hon", "doan"})
_ROW, _ROW_MARKED = "thu", "thứ"
_SEASONS = frozenset({"he thu", "vu thu", "mua thu"})
_OLD, _OLD_STOCK = frozenset({"ton", "cu"}), frozenset({"ton"})
_LEVELS = frozenset({"tỉnh", "huyện", "tinh", "huyen"})
_LEVELS_FOLDED = frozenset({"tinh", "huyen"})
_TOWARDS = frozenset({"len", "toi", "cho", "tai", "o", "voi", "den", "ngoai", "trong", "toan", "ve", "cap", "do"})
_NAME_BEHIND = 5
_STEPS = 6  # a stock moves by less than a sixth from week to week
_HALF_SAID = 0.7
_MANY = 20  # smaller numbers are often alike by chance
_EVENTS = frozenset(map(fold, ("vụ", "ổ dịch", "tình huống")))  # one of them may strike many
_PERSONS = frozenset(
    map(fold, ("ca", "người", "bệnh nhân", "đối tượng", "em", "cháu", "học sinh", "trẻ", "ng", "lượt", "lượt người"))
)
# People and cases are counted for every matter: another number of them need not be of this one.
COMMON = frozenset(map(fold, ("người", "ng", "lượt", "lượt người", "trường hợp", "ca", "hồ sơ", "hs", "con", "đồng")))
_OF_TELLING = """
báo cáo họp bổ sung thiếu trừ giúp phải quản lý thống kê nhanh đối trung tâm chặt chẽ giải quyết xử lý
"""
_SAYING = frozenset(fold(_OF_TELLING).split())  # of the telling itself, not of what is told


def told_closer(work: Work, parts: Sequence[Claim], option: Option) -> Claim | None:
    """«hs cư trú 30 (29 online)»: the one part has more words of the name."""
    if len(parts) != 1 or not parts[0].own or parts[0].own <= option.likeness.name.words:
        return None
    part = parts[0]
    ours = part.own <= work.scope.index.words_of[option.place] and not part.strange
    return part if ours and part.mention.value < option.value else None


def _says_including(work: Work, part: Claim) -> bool:
    """«85 hs (kể cả 5 hs tuần trước)»."""
    return any(work.analysis.tokens[at].word in _INCLUDING for at in range(max(0, part.first - _NEAR), part.first))


def left_from_before(work: Work, claim: Claim, parts: Sequence[Claim]) -> Claim | None:
    """«tổng số 75 hồ sơ (70 mới, 5 tồn cũ)»: a part of it was there before this week."""
    tokens = work.analysis.tokens
    whole = sum(part.mention.value for part in parts) == claim.mention.value
    for part in parts:
        if part.mention.value < claim.mention.value:
            if part.cue is Cue.LAST and (whole or tokens[claim.last].word in _INCLUDING or _says_including(work, part)):
                return part
            words = {tokens[at].word for at in (*range(max(claim.last, part.first - _NEAR), part.first), part.last)}
            if not words.isdisjoint(_OLD if part.cue is None else _OLD_STOCK):
                return part
    return None


def counts_those_struck(work: Work, claim: Claim, option: Option) -> bool:
    """«3 ca ngộ độc» where vụ are counted: those who were struck, not what struck them."""
    indicator, said = work.scope.indicator(option.place), claim.mention.unit
    if claim.sort is not _NUMBER or not option.value or not said:
        return False
    return option.value > 1 and fold(indicator.unit) in _EVENTS and fold(said) in _PERSONS


def is_of_another_doing(work: Work, claim: Claim, option: Option, indicator: Indicator) -> bool:
    """«phát dọn thực bì 20 ha để trồng rừng», «kiểm tra 4 cơ sở kinh doanh»: words of another matter lead to it.

    A thing named by its noun alone is another's with any such word beside it: «4 nghị quyết của tỉnh».
    """
    if _says_another(work, claim, option):
        return True
    before, after = _odd_places(work, claim, option)
    if option.likeness.recall < _HALF_SAID and _is_doing_of_others(work, claim, option):
        before.append(claim.first - 1)
    if not before:
        if after >= _SEVERAL and not claim.mention.unit and not _is_clear(option, indicator, _CLEARLY):
            return not is_about_as_before(work, option, indicator)  # «kiểm tra 12 công trình đang thi công»
        beside = after or _is_dealt_with(work, claim, option)
        return bool(beside) and _is_noun_alone(claim, indicator) and not is_about_as_before(work, option, indicator)
    given = any(work.wording.tokens[at].word in _GIVING for at in before)  # «tặng quà 334 đối tượng BTXH»
    if given or _lost_its_head(work, claim, option) or _names_another(work, claim, before):
        return True
    if work.analysis.tokens[claim.first - 1].word == _FOR:
        return not _is_clear(option, indicator, _CLEARLY)  # «nước tưới đủ cho 540 ha lúa»
    if _is_narrowed(work, claim, before):
        return not is_about_as_before(work, option, indicator)
    least = _CLEARLY_OF_SEVERAL if _leads(claim, before) else _CLEARLY
    return not (_is_clear(option, indicator, least) or is_about_as_before(work, option, indicator))


def _is_clear(option: Option, indicator: Indicator, least: float) -> bool:
    _, recall, mass, _ = option.likeness
    return recall * mass >= (_CLEARLY_STATE if indicator.role is _A_STATE else least)


def _is_narrowed(work: Work, claim: Claim, odd: list[int]) -> bool:
    """«khám bệnh nghề nghiệp 20», «cây ăn quả ôn đới 320 ha»: the word between the name and the number."""
    stops, last = work.wording.stops, claim.first - 1
    named = [at for at in claim.said if at < claim.first and at not in odd]
    beside = [at for at in named if not any(stops[at : claim.first])]
    if named and not beside:
        return True  # «cư trú: nhập khẩu 3»: the name stands above, the words beside are others
    strange = last in odd and (work.wording.worth[last] == Worth.STRANGE or last - 1 in odd)
    return strange and bool(beside)


def _is_of_something_called(work: Work, claim: Claim, option: Option) -> bool:
    """«đo đạc 3 thửa GPMB»: capitals that no name here has, right behind what is counted."""
    at, wording = claim.last, work.wording
    token = wording.tokens[at]
    if claim.sort is not _NUMBER or claim.unit_at == at or wording.worth[at] != Worth.STRANGE:
        return False
    capitals = work.analysis.source.plain[token.start : token.end].isupper()
    return capitals and option.likeness.name.total < _WEIGHTY and wording.tokens[at + 1].kind != Kind.NUMERAL


def _names_another(work: Work, claim: Claim, odd: list[int]) -> bool:
    """«thu hoạch rau 12 tấn»: the word right before the number is the whole name of another matter."""
    last = claim.first - 1
    tokens = work.wording.tokens
    season = f"{tokens[last - 1].word} {tokens[last].word}" in _SEASONS
    return last in odd and not season and tokens[last].word in work.scope.index.lone_names


def _leads(claim: Claim, odd: list[int]) -> bool:
    """«chăm sóc rừng trồng 30 ha»: two such words right before the name."""
    named = [at for at in claim.said if at < claim.first and at not in odd]
    return bool(named) and {min(named) - 1, min(named) - 2} <= set(odd)


def is_elsewhere(work: Work, claim: Claim) -> bool:
    """«dịch cúm gia cầm ở xã bên 2 ổ»: not of this commune."""
    if _OPENS_ELSEWHERE.isdisjoint(work.analysis.said):
        return False
    words = work.analysis.words[max(0, claim.first - _PLACE_NAME) : claim.first]
    return not _ELSEWHERE.isdisjoint(pairwise(words))


def _is_of_others(work: Work, claim: Claim, option: Option) -> bool:
    """«3 nghị quyết HĐND tỉnh»: not of the commune; «gửi 2 báo cáo lên tỉnh» is."""
    if _LEVELS_FOLDED.isdisjoint(work.analysis.said):
        return False
    tokens, ours = work.analysis.tokens, work.scope.index.words_of[option.place]
    for at in range(claim.unit_at, min(claim.unit_at + _NAME_BEHIND, len(tokens))):
        if work.wording.stops[at] or tokens[at].kind == Kind.NUMERAL:
            return False
        if tokens[at].plain in _LEVELS and tokens[at].word not in ours:
            return tokens[at - 1].word not in _TOWARDS
    return False


def _is_dealt_with(work: Work, claim: Claim, option: Option) -> bool:
    """«phối hợp 1 vụ», «thực hiện 5 nghị quyết», «hội viên mới 8»: not one of those that are asked for."""
    words = work.analysis.words[max(0, claim.first - _NEAR) : claim.first]
    dealt = words[-1:] if words[-1:] == [_NEW] else words if tuple(words) in _DEALINGS else []
    return bool(dealt) and work.scope.index.words_of[option.place].isdisjoint(dealt)


def _says_another_number(work: Work, claim: Claim, option: Option) -> bool:
    """«sinh con thứ 3: 2 trường hợp» where the name says «trước 18»: the number in the name is part of it."""
    name = option.likeness.name.text
    if not any(map(str.isdigit, name)):
        return False
    asked = {digits for word in name.split() if (digits := word.strip("<≥>=t")).isdigit()}
    stops, tokens = work.wording.stops, work.wording.tokens
    first = next((at for at in range(claim.first - 1, -1, -1) if stops[at] >= Stop.CLAUSE), 0)
    last = next((at for at in range(claim.last, len(stops)) if stops[at] >= Stop.CLAUSE), len(stops))
    return bool(asked) and not any(number in tokens[at].word for at in range(first, last) for number in asked)


def _is_one_of_a_row(work: Work, claim: Claim, option: Option) -> bool:
    """«tỷ lệ sinh con thứ 3 là 8%»: of the third, where the name says births."""
    if option.likeness.recall >= 1 or _ROW not in work.analysis.said:
        return False
    tokens, stops = work.wording.tokens, work.wording.stops
    first = next((at for at in range(claim.first - 1, -1, -1) if stops[at] >= Stop.CLAUSE), 0)
    rows = [at for at in range(first + 1, claim.first) if tokens[at].plain == _ROW_MARKED]
    named = option.likeness.name.words
    return any(tokens[at - 1].word in named and tokens[at + 1].kind == Kind.NUMERAL for at in rows)


def _is_of_another_year(work: Work, claim: Claim) -> bool:
    """«cưỡng chế 1 công trình trái phép của năm 2025», told in 2026 and compared with nothing."""
    week = week_of(work.context.week) if _YEAR in work.analysis.said else None
    if week is None:
        return False
    tokens = work.analysis.tokens
    clause = work.analysis.clauses[work.analysis.clause_of[claim.first]]
    for at in range(clause.first, clause.last):
        digits = tokens[at + 1].word
        if tokens[at].word == _YEAR and len(digits) == _DIGITS_OF_YEAR and digits.isdecimal():
            compared = any(tokens[back].word in _COMPARED for back in range(max(clause.first, at - 3), at))
            return int(digits) < week.last.year and not compared
    return False


def _says_another(work: Work, claim: Claim, option: Option) -> bool:
    """What in itself says that another matter is meant."""
    return (
        _says_another_number(work, claim, option)
        or is_elsewhere(work, claim)
        or _is_of_others(work, claim, option)
        or _is_of_something_called(work, claim, option)
        or _is_one_of_a_row(work, claim, option)
        or _is_of_another_year(work, claim)
    )


def odd_beside(work: Work, claim: Claim, option: Option) -> tuple[int, int]:
    """How many words that no name of this matter has stand before the number and behind it."""
    before, after = _odd_places(work, claim, option)
    return len(before), after


def _odd_places(work: Work, claim: Claim, option: Option) -> tuple[list[int], int]:
    """Words that no name of this matter has, with no mark between them and the number."""
    wording, ours = work.wording, work.scope.index.words_of[option.place]
    told_before: tuple[frozenset[str], int] | None = None  # looked for where a word is odd: hardly any is
    before: list[int] = []
    after = 0
    for at in claim.said or _said_before(work, claim):
        named = wording.pieces[at]
        words = named or (wording.tokens[at].word,)
        if (named and not ours.isdisjoint(named)) or wording.tokens[at].word in _SAYING:
            continue
        told, until = told_before = told_before or _told_before(work, claim)
        if at < until and not told.isdisjoint(words):
            continue
        if at >= claim.first:
            after += not any(wording.stops[claim.last : at])
        elif not any(wording.stops[at : claim.first]) and not _is_a_place(work, at):
            before.append(at)
    return before, after


def _told_before(work: Work, claim: Claim) -> tuple[frozenset[str], int]:
    """All names of what the number before was taken for, and how far its words may reach: to the next mark."""
    before = next((c for c in reversed(work.found.claims) if c.last <= claim.first), None)
    taken = next((p for p in reversed(work.proposals) if p.claim is before), None) if before is not None else None
    place = work.scope.place.get(taken.indicator.id) if taken is not None else None
    if before is None or place is None:
        return frozenset(), 0
    stops = work.wording.stops
    until = next((at for at in range(before.last, claim.first) if stops[at]), claim.first)
    return work.scope.index.words_of[place], until


def _is_a_place(work: Work, at: int) -> bool:
    """«tuyên truyền ở Lênh Sui Thàng 120 lượt»: where, not what."""
    tokens = work.analysis.tokens
    return any(tokens[back].word in _PLACES for back in range(max(0, at - _PLACE_NAME), at))


def _is_doing_of_others(work: Work, claim: Claim, option: Option) -> bool:
    """«hồ sơ đất đai nhận 12»: the everyday word right before the number is in names, but in none of this one."""
    pieces = work.wording.pieces[claim.first - 1] if claim.first else ()
    return bool(pieces) and work.scope.index.words_of[option.place].isdisjoint(pieces)


def _lost_its_head(work: Work, claim: Claim, option: Option) -> bool:
    """«nợ xây dựng cơ bản» of «giải ngân xây dựng cơ bản»: another word stands where the name begins."""
    words = name_words(option.likeness.name.text)[0]
    said = next((at for at, word in enumerate(words) if word in claim.words), 0)
    if not said:
        return False
    first = next((a for a in range(claim.first) if words[said] in work.wording.pieces[a]), 0)
    return first > 0 and first - 1 in claim.said


def _said_before(work: Work, claim: Claim) -> list[int]:
    """«khám lưu động 2 thôn 120 người»: a bare number goes on with the words of the one before that found no place."""
    if not work.unresolved or work.unresolved[-1].number != claim.number - 1:
        return []
    before = work.unresolved[-1]
    return [] if any(work.wording.stops[before.last : claim.first]) else [at for at in before.said if at < before.first]


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
    if is_measure(indicator.unit):
        return False
    noun = set(fold(indicator.unit).split())
    return all(word in noun or noun.issuperset(ABBREVIATIONS.get(word, ("",))) for word in claim.own)


def is_about_as_before(work: Work, option: Option, indicator: Indicator) -> bool:
    """A stock moves little from week to week; a week's count may be alike by chance."""
    before = work.value_before(indicator.id)
    if before is None or (indicator.role is _A_WEEK and not is_measure(indicator.unit)):
        return False
    return option.value >= _MANY and abs(option.value - before) * _STEPS <= before
