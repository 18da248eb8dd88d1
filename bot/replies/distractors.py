"""Numbers that are no figures and no times: documents, laws, ordinals, names, phones, list numbers, citations.

    document := n ["/" y] ("/" | "-") SIGN | document-noun ["số"] n
    law      := ("điều" | "khoản" | "chương") n
    ordinal  := "thứ" n | "khoá" ROMAN
    name     := see `names`
    phone    := nine to eleven digits that start with 0
    list     := n ("." | ")" | "/") at the start of a line | "(" n ";" n … ")"
    citation := "[" n "]"

A known unit right after a number speaks for a figure: «lớp 35 học viên», «tổ 4 người».
Knows: the shapes. Does not know: values, labels, which indicator is asked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.replies import dates, names
from bot.replies.normalise import Vocabulary, fold, phrases, vocabulary
from bot.replies.reading import NotAFigure
from bot.replies.tokens import Kind

if TYPE_CHECKING:
    from bot.replies.dates import Claim
    from bot.replies.scene import Scene

_SIGNS = vocabulary(
    "nq qđ cv tb ct hd kl nđ tt đa kh bc ubnd hđnd ttr gm qc cđ lđ pl đu tw ttg vp ub mttq bch btv ctr qyđ tu bb "
    "gp gcn tl vb"
)
_NUMBERED_PAPERS = phrases("""
nghị quyết, quyết định, chỉ thị, kết luận, công văn, văn bản, thông báo, hướng dẫn, nghị định, thông tư,
đề án, quy định, quy chế, chương trình, tờ trình, báo cáo, công điện, giấy mời, biên bản, thông tri, kế hoạch,
giấy phép, hợp đồng, đoàn kiểm, dự án
""")
_NUMBER_OF = Vocabulary(
    "tổng trong con tỷ tỉ quân dân sĩ sỹ doanh tham đa thiểu chỉ hệ ẩn một các hồ cơ biển"
)  # tổng số, trong số; ho so, co so
_LIKE_NUMBER = frozenset({"sơ", "sở", "sổ"})  # hồ sơ 23, đổi sổ 5
_LAWS = Vocabulary("điều khoản", unsafe="chương")
_PHONE_WORDS = Vocabulary("đt sđt tel dđ phone hotline mobile đtdđ zalo thoại", unsafe="nóng")
_ROMAN = re.compile(r"[IVX]{1,5}")
_ROMAN_AFTER = Vocabulary("khoá khóa đoạn vực cấp kỳ quý thứ hạng loại phần mục lần chương")
_ORDINAL_WORDS = Vocabulary("nhất nhì hai ba tư bốn năm sáu bảy tám chín mười")
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}")
_SUSPECT_AFTER = dates.SHAPES_AFTER | names.BEHIND | {"]", "\u20e3", ";"}
_SUSPECT_BEFORE = frozenset("[^(+") | names.BEFORE | _PHONE_WORDS.folded
_CITING, _STROKES = frozenset("[^"), frozenset("/-")
_BEFORE_PHONE = frozenset({":", *map(fold, _PHONE_WORDS.plain)})
_LONGEST_LIST = 40


def at_word(scene: Scene, at: int) -> Claim | None:
    """What the word at `at` makes of the number after it."""
    word = scene.words[at]
    if word in dates.ANNOUNCERS:
        found = dates.at_word(scene, at)
        if found is not None:
            return found
    if word == "so":
        return _with_those_listed(scene, _numbered(scene, at))
    if word == "thu":
        return _ordinal_words(scene, at)
    if (
        scene.says(at, _LAWS)
        and scene.is_numeral(at + 1)
        and scene.unit(at + 2) is None
        and scene.whole(at + 1) is not None
    ):
        return NotAFigure.LEGAL_REFERENCE, at + 2
    if scene.says(at, _ROMAN_AFTER) and scene.is_word(at + 1) and _ROMAN.fullmatch(scene.typed(at + 1)):
        return NotAFigure.PERIOD if word == "quy" else NotAFigure.ORDINAL, at + 2
    return None


def _with_those_listed(scene: Scene, claim: Claim | None) -> Claim | None:
    """«NQ số 12, 13 và 14»: bare numbers behind a paper's number are papers too."""
    if claim is None or claim[0] is not NotAFigure.DOCUMENT_NUMBER:
        return claim
    last = claim[1]
    while scene.words[last] in (",", "va") and scene.whole(last + 1) is not None:
        following = scene.tokens[last + 2]
        if following.kind == Kind.NUMERAL or (following.kind == Kind.WORD and following.word != "va"):
            break
        last += 2
    return claim[0], last


WORDS = dates.ANNOUNCERS | _LAWS.folded | _ROMAN_AFTER.folded | {"so", "thu"}


def at_numeral(scene: Scene, at: int) -> Claim | None:
    """What the numeral at `at` is, when it is no figure."""
    if not _is_suspect(scene, at):
        return None
    found = _list_number(scene, at) if scene.opens_line(at) else None
    found = found or (_citation(scene, at) if scene.words[at - 1] in _CITING else None)
    if found is None and (scene.words[at][0] in "08" or scene.words[at - 1] in _BEFORE_PHONE):
        found = _phone(scene, at)
    found = found or (_document(scene, at) if scene.words[at + 1] in _STROKES else None)
    found = found or dates.at_numeral(scene, at) or (_listed(scene, at) if scene.words[at - 1] == "(" else None)
    return found or names.at_numeral(scene, at)


def _is_suspect(scene: Scene, at: int) -> bool:
    """A quick look whether any of the shapes is possible at all; most numerals are plain figures."""
    words, token = scene.words, scene.tokens[at]
    before = words[at - 1]
    if words[at + 1] in _SUSPECT_AFTER or before in _SUSPECT_BEFORE or names.is_called(f"{words[at - 2]} {before}"):
        return True
    if (
        token.start == scene.tokens[at - 1].end
        or token.end == scene.tokens[at + 1].start
        or scene.is_capital(at - 1)
        or scene.is_capital(at - 2)
    ):
        return True
    shape = token.word
    if len(shape) > 3 or (shape[0] == "0" and scene.tokens[at + 1].kind == Kind.NUMERAL) or shape.endswith(".0"):
        return True
    return scene.opens_line(at)


def _list_number(scene: Scene, at: int) -> Claim | None:
    word, mark, following = scene.words[at], scene.words[at + 1], scene.tokens[at + 2]
    if _SECTION.fullmatch(word):
        if mark in (".", ")") and following.kind == Kind.WORD:
            return NotAFigure.LIST_NUMBER, at + 2
        capital = scene.is_capital(at + 1) and not scene.is_upper(at + 1)
        unit = scene.unit(at + 1)
        title = unit is None or (not unit.measure and scene.opens_line(at))  # «3.2 Hộ nghèo» over a paragraph
        return (NotAFigure.LIST_NUMBER, at + 1) if capital and title else None
    value = scene.whole(at)
    if value is None or value > _LONGEST_LIST or following.kind > Kind.NUMERAL:
        return None
    apart = following.start > scene.tokens[at + 1].end or following.kind == Kind.WORD
    if mark in (".", ")") and scene.glued(at + 1) and apart:
        return NotAFigure.LIST_NUMBER, at + 2
    if mark in ("/", "-", ":") and scene.glued(at + 1) and following.kind == Kind.WORD and scene.unit(at + 2) is None:
        return NotAFigure.LIST_NUMBER, at + 2
    return (NotAFigure.LIST_NUMBER, at + 2) if mark == "\u20e3" else None


def _citation(scene: Scene, at: int) -> Claim | None:
    opening = scene.words[at - 1] == "[" or (scene.words[at - 1] == "^" and scene.words[at - 2] == "[")
    last = at + 1
    while opening and scene.words[last] in ("-", ",") and scene.is_numeral(last + 1):
        last += 2
    return (NotAFigure.CITATION, last) if opening and scene.words[last] == "]" else None


def _phone(scene: Scene, at: int) -> Claim | None:
    word = scene.words[at]
    announced = scene.says(at - 1, _PHONE_WORDS) or (scene.words[at - 1] == ":" and scene.says(at - 2, _PHONE_WORDS))
    if not (word.startswith("0") or announced or (word.startswith("84") and scene.words[at - 1] == "+")):
        return None
    digits, last = word.replace(".", ""), at + 1
    while True:
        step = 1 if scene.words[last] in ("-", ".") else 0
        if not scene.is_numeral(last + step) or scene.tokens[last + step].start > scene.tokens[last - 1].end + 2:
            break
        digits += scene.words[last + step].replace(".", "")
        last += step + 1
    if not digits.isdecimal() or not (8 if announced else 9) <= len(digits) <= 12:
        return None
    return NotAFigure.PHONE, last


def _document(scene: Scene, at: int) -> Claim | None:
    """57-NQ/TW, 19/2025/NQ-HĐND, 42 – HD/BTCTW, 1719/QĐ-TTg."""
    last = at + 1
    mark = scene.words[last]
    if mark not in ("/", "-"):
        return None
    if mark == "/" and scene.is_numeral(last + 1) and scene.words[last + 2] in ("/", "-"):
        last += 2
    if not scene.is_word(last + 1) or scene.words[last] not in ("/", "-"):
        return None
    sign = scene.words[last + 1]
    followed = scene.words[last + 2] in ("/", "-") and scene.is_word(last + 3) and scene.glued(last + 3)
    if sign in _SIGNS:
        close = followed or scene.is_upper(last + 1) or scene.glued(last + 1)
        if not close or scene.is_numeral(last + 2):
            return None
    elif not (followed and scene.is_upper(last + 1)):
        return None
    last += 2
    while scene.words[last] in ("/", "-") and scene.is_word(last + 1):
        if not scene.is_upper(last + 1) and not (scene.glued(last) and scene.glued(last + 1)):
            break
        last += 2
    return NotAFigure.DOCUMENT_NUMBER, last


def _numbered(scene: Scene, at: int) -> Claim | None:
    """«Văn bản số 160», «bão số 13»; but not «tổng số 52», «sĩ số 35 học sinh»."""
    number = at + 1 + (scene.words[at + 1] == ":")
    if scene.tokens[at].plain in _LIKE_NUMBER:
        return None
    if not scene.is_numeral(number) or scene.says(at - 1, _NUMBER_OF):
        return None
    document = _document(scene, number)
    if document is not None:
        return document
    pair = f"{scene.words[at - 2]} {scene.words[at - 1]}"
    if pair in _NUMBERED_PAPERS or names.cites(scene, at - 1):
        return NotAFigure.DOCUMENT_NUMBER, number + 1
    if number > at + 1 or scene.unit(number + 1) is not None or scene.whole(number) is None:
        return None
    if not scene.is_word(at - 1):
        return None
    return NotAFigure.NAME, number + 1


def _ordinal_words(scene: Scene, at: int) -> Claim | None:
    """thứ nhất, thứ 2, lần thứ ba; «thu 2 triệu» without diacritics is revenue."""
    if scene.source.accented:
        if scene.tokens[at].plain != "thứ":
            return None
    elif scene.words[at - 1] not in ("lan", "hop", "ky") and scene.words[at + 1] != "nhat":
        return None
    if scene.says(at + 1, _ORDINAL_WORDS) or (scene.whole(at + 1) is not None and scene.unit(at + 2) is None):
        return NotAFigure.ORDINAL, at + 2
    return (NotAFigure.ORDINAL, at + 2) if _ROMAN.fullmatch(scene.typed(at + 1)) else None


def _listed(scene: Scene, at: int) -> Claim | None:
    """«3 tiêu chí (12;16;18)»: a bracket of bare numbers names things, it does not count them."""
    if scene.words[at - 1] != "(":
        return None
    last, members = at, 0
    while scene.whole(last) is not None:
        members += 1
        if scene.words[last + 1] == ")":
            return (NotAFigure.LIST_NUMBER, last + 1) if members > 1 else None
        if scene.words[last + 1] not in (";", ",", "va"):
            return None
        last += 2
    return None
