"""What a number counts: the words right after it.

    unit    := measure [ "/" base ]* | noun [ "/" base ]* | "%" | "phần trăm" | "đ/c"
    measure := ha | tấn | m2 | đồng | …            a short closed list
    noun    := known count noun | one or two unknown lower-case words
    base    := ha | năm | tháng | tuần | hộ | người | km² | …

Knows: where a unit ends. Does not know: what the number means.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.replies.normalise import Vocabulary, fold, vocabulary
from bot.replies.nouns import LONGER, MEASURES, ONE, OPENS_LONGER, PAIRED, SQUARE_OR_CUBIC, TWO
from bot.replies.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.replies.normalise import Normalised
    from bot.replies.tokens import Token

PERCENT = "%"
DONG = "đồng"
_BASES = vocabulary(
    "ha m m2 km km2 năm tháng tuần ngày giờ hộ người khẩu kg tấn tạ sào lượt ca lần xe con vụ đợt cây học sinh "
    "buổi lớp xã thôn quý s giây"
)
# Words that go on with the sentence: no unit starts here.
_NOT_A_UNIT = Vocabulary(
    "có các những mỗi đã đang sẽ bị được là và với cho của trong ngoài trên dưới đúng quá trước sau so theo tại "
    "từ đến tới về do vì như mắc đạt bằng tăng giảm chiếm tương này kia ấy nhé ạ à thôi rồi nữa đều cũng vẫn mới "
    "hoàn chưa không ko k lk kh luỹ lũy kế tổng phát đang để nên nhưng còn vượt ước thì mà hoặc hay gồm ở qua tức "
    "cùng nhằm đối riêng vào tiền x lên xuống ra nha nhen nghen anh chị thêm tuy chủ cả hết nào đó đây kèm tiếp "
    "ngay nếu giải thu chi tiếp hiện tính nghỉ ghi xong rằng cao thấp hơn nhất đủ thuộc bao giữa trở nhỏ lớn bình "
    "dự th đc chứ giữ nâng trả"
)
_UNIT_ANYWAY = frozenset({"con", "em", "ca"})  # without diacritics «con» may be còn; after a number it is the animal
_ABBREVIATED = {"ng": "người", "nguoi": "người", "con": "con"}
_LIVESTOCK = {"suc": {"gia": "con"}, "cam": {"gia": "con"}}
_FOLDED_MEASURES = {fold(word): name for word, name in MEASURES.items()}


_SHORT_FORMS = frozenset({"th", "tr", "dc", "phan", "d"})  # TH, đ/c, phần trăm
_TOO_SHORT = frozenset({"g", "l", "do", "cong", "diem"})  # without diacritics, and apart: other words


class Unit(NamedTuple):
    """A unit over tokens [first, last). `known` is False for an open-ended guess."""

    last: int
    end: int
    name: str
    known: bool = True
    measure: bool = False


def unit_at(source: Normalised, tokens: Sequence[Token], at: int, *, only_known: bool = False) -> Unit | None:
    """The unit that starts at token `at`, if words of a unit stand there."""
    token = tokens[at]
    if token.kind == Kind.MARK:
        return Unit(at + 1, token.end, PERCENT, measure=True) if token.word in ("%", "‰") else _dollars(tokens, at)
    if token.kind != Kind.WORD:
        return None
    found = None
    if token.word in _SHORT_FORMS:
        found = _short_form(source, tokens, at) or _percent_in_words(tokens, at) or _comrade(tokens, at)
    found = found or _measure(source, tokens, at) or _noun(source, tokens, at)
    if found is None and not only_known:
        found = _guess(source, tokens, at)
    if found is None:
        return None
    joint = tokens[found.last].word
    if joint == ",":
        return _paired(source, tokens, at, found)
    return found if joint not in ("/", "-") else _per(source, tokens, found)


def per_base(source: Normalised, tokens: Sequence[Token], unit: Unit) -> Unit:
    """The unit with what it is counted per: 38,5 tr/người/năm."""
    return _per(source, tokens, unit) if tokens[unit.last].word == "/" else unit


def _dollars(tokens: Sequence[Token], at: int) -> Unit | None:
    return Unit(at + 1, tokens[at].end, "USD", measure=True) if tokens[at].word == "$" else None


def _percent_in_words(tokens: Sequence[Token], at: int) -> Unit | None:
    if tokens[at].word == "phan" and tokens[at + 1].word == "tram":
        return Unit(at + 2, tokens[at + 1].end, PERCENT, measure=True)
    return None


def _comrade(tokens: Sequence[Token], at: int) -> Unit | None:
    if tokens[at].word == "d" and tokens[at + 1].word == "/" and tokens[at + 2].word == "c":
        return Unit(at + 3, tokens[at + 2].end, "đồng chí")
    return None


def _short_form(source: Normalised, tokens: Sequence[Token], at: int) -> Unit | None:
    """«5 TH», «15 đc»: with words behind them they are thực hiện and được."""
    token, following = tokens[at], tokens[at + 1]
    if token.word == "tr" and following.word == "." and tokens[at + 2].word == "hop":
        return Unit(at + 3, tokens[at + 2].end, "trường hợp")
    if following.kind < Kind.BREAK:
        return None
    if token.word == "th" and source.plain[token.start] == "T":
        return Unit(at + 1, token.end, "trường hợp")
    return Unit(at + 1, token.end, "đồng chí") if token.word == "dc" else None


def _measure(source: Normalised, tokens: Sequence[Token], at: int) -> Unit | None:
    token = tokens[at]
    name = _FOLDED_MEASURES.get(token.word)
    if name is None or f"{token.word} {tokens[at + 1].word}" in TWO:
        return None
    glued = token.start == tokens[at - 1].end
    if source.accented and token.plain not in MEASURES and not glued:
        return None  # «ta», «da», «dong»: other words
    if not source.accented and not glued and token.word in _TOO_SHORT:
        return None
    last, end = at + 1, token.end
    if token.word == "hec" and tokens[last].word in ("ta", "-"):
        last += 2 if tokens[last].word == "-" else 1
        end = tokens[last - 1].end
    elif token.word in SQUARE_OR_CUBIC and tokens[last].word in ("2", "3") and tokens[last].start == end:
        end = tokens[last].end
        name += source.plain[token.end : end]
        last += 1
    elif token.word == "do" and tokens[last].word == "la":
        last, end = last + 1, tokens[last].end
    return Unit(last, end, name, measure=True)


def _noun(source: Normalised, tokens: Sequence[Token], at: int) -> Unit | None:
    one, second = tokens[at], tokens[at + 1]
    if second.kind == Kind.WORD:
        two = f"{one.word} {second.word}"
        for last in (at + 4, at + 3) if one.word in OPENS_LONGER else ():
            if " ".join([token.word for token in tokens[at:last]]) in LONGER:
                return _named(source, tokens, at, last)
        if two in TWO:
            return _named(source, tokens, at, at + 2)
    key = one.plain if source.accented else one.word
    if key in ONE.within(accented=source.accented) and (one.word in _UNIT_ANYWAY or not _goes_on(source, one)):
        return _named(source, tokens, at, at + 1)
    return None


def _goes_on(source: Normalised, token: Token) -> bool:
    key = token.plain if source.accented else token.word
    return key in _NOT_A_UNIT.within(accented=source.accented)


def _guess(source: Normalised, tokens: Sequence[Token], at: int) -> Unit | None:
    """One or two words of a noun nobody listed."""
    token, second = tokens[at], tokens[at + 1]
    if _goes_on(source, token) or len(token.word) < 2 or second.kind == Kind.NUMERAL:
        return None
    if source.plain[token.start].isupper() and not source.plain[token.start : token.end].isupper():
        return None
    if source.plain[token.start : token.end].isupper():
        return _named(source, tokens, at, at + 1, known=False)
    if (
        second.kind == Kind.WORD
        and not _goes_on(source, second)
        and not source.plain[second.start].isupper()
        and tokens[at + 2].kind != Kind.NUMERAL
    ):
        return _named(source, tokens, at, at + 2, known=False)
    return _named(source, tokens, at, at + 1, known=False)


def _named(source: Normalised, tokens: Sequence[Token], at: int, last: int, *, known: bool = True) -> Unit:
    start, end = tokens[at].start, tokens[last - 1].end
    typed = source.plain[start:end]
    name = (
        _ABBREVIATED.get(tokens[at].word)
        if last == at + 1
        else _LIVESTOCK.get(tokens[at + 1].word, {}).get(tokens[at].word)
    )
    return Unit(last, end, name or (typed if typed.isupper() else typed.lower()), known)


def _paired(source: Normalised, tokens: Sequence[Token], at: int, unit: Unit) -> Unit:
    """«01 tin, bài», «gia súc, gia cầm»: two nouns that are said as one."""
    for last in (unit.last + 3, unit.last + 2):
        if " ".join(token.word for token in tokens[at:last]) in PAIRED:
            return _named(source, tokens, at, last)
    return unit


def _per(source: Normalised, tokens: Sequence[Token], unit: Unit) -> Unit:
    """tạ/ha, đồng/hộ/tháng, tấn-km."""
    last = unit.last
    while tokens[last].word in ("/", "-") and tokens[last + 1].kind == Kind.WORD:
        if tokens[last + 1].word not in _BASES or (tokens[last].word == "-" and tokens[last + 1].word != "km"):
            break
        last += 2
        if tokens[last].word in ("2", "3") and tokens[last].start == tokens[last - 1].end:
            last += 1
    if last == unit.last:
        return unit
    end = tokens[last - 1].end
    per = "".join(source.plain[unit.end : end].lower().split())  # «triệu đồng/ năm»
    return unit._replace(last=last, end=end, name=unit.name + per)
