"""Numbers that belong to a name: ordinals, cited papers, places, varieties, standards, ages, letters and digits.

    ordinal  := ("đợt" | "mức" | "lần" | "lớp" | …) n ["-" n]
    cited    := ("Nghị quyết" | "Chỉ thị" | "đề án" | …) n
    name     := CAPITALS n | n CAPITAL-LETTER | place n | n "tuổi" | n ".0" | "giống" … n | "Km" n "+" n | standard n

A known unit right behind the number speaks for a figure: «lớp 35 học viên», «tổ 4 người».
Knows: the words around one number. Does not know: values, labels.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.replies.normalise import Vocabulary, fold, phrases, vocabulary
from bot.replies.nouns import TWO
from bot.replies.reading import NotAFigure
from bot.replies.tokens import Kind

if TYPE_CHECKING:
    from bot.replies.dates import Claim
    from bot.replies.scene import Scene

# Papers that are called by their number; the others are counted as often: «thông báo 3», «dự án 5».
_CALLED_BY_NUMBER = phrases("""
nghị quyết, quyết định, chỉ thị, kết luận, nghị định, thông tư, đề án, quy định, chương trình, hướng dẫn, quy chế
""")
_UNDER = Vocabulary("theo hiện tại khai của với và số")  # theo Nghị quyết 57, thực hiện Chỉ thị 10
_PAPER_ABBREVIATIONS = Vocabulary("nq qđ cv nđ tt luật")
_ORDINALS = Vocabulary(
    "đợt lớp mức mục khóa khoá vòng lục vực cấp", unsafe="hạng kỳ bước phần bảng chương tầng lần đoạn độ kíp"
)
_AFTER_SCHOOL_LEVEL = frozenset({"nha", "vien", "duong", "do", "tinh", "truong", "loai"})  # nhà cấp 4, trường cấp 2
_PLACES = Vocabulary("thôn xóm ấp phường quận khoảnh ngách hẻm kiệt ql tl", unsafe="bản tổ khu lô ngõ phố đội cụm lộ")
_ROADS = frozenset({"duong tinh", "duong huyen", "tinh lo", "huyen lo", "huong lo"})  # đường tỉnh 151
_LABELS_IN_CAPITALS = Vocabulary("lk kh th sl ct bc tc ps tn gq dt")
_STANDARDS = frozenset({"iso", "tcvn", "qcvn", "haccp"})
_BEHIND_SLOGAN = vocabulary("không sạch cùng tự rõ")  # «5 không, 3 sạch»
_SLOGANS = frozenset({"trao", "hinh", "cham", "dong", '"'})
_BEFORE_AGE = frozenset({"truoc", "trc", "duoi", "tren", "tu", "<", ">", "≤", "≥"})
_UNIT_LETTERS = frozenset({"M", "K", "L"})
_VERSION = re.compile(r"\d\.0")
_PARAGRAPH = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}")
_LAST_GRADE, _LAST_ORDINAL, _MAX_AGE = 12, 40, 120
_UNTIL = frozenset({"-", "den"})

BEFORE = frozenset({"-", *(road.split()[1] for road in _ROADS)}) | {
    fold(word) for words in (_ORDINALS, _PLACES, _PAPER_ABBREVIATIONS) for word in words.plain
}  # what may stand before such a number
BEHIND = frozenset({"tuoi", "t", "-", "den"}) | _BEHIND_SLOGAN


def is_called(pair: str) -> bool:
    """Whether two words name a paper that is called by its number."""
    return pair in _CALLED_BY_NUMBER


def cites(scene: Scene, at: int) -> bool:
    """Whether the word at `at` is short for a paper: QĐ số 168."""
    return scene.says(at, _PAPER_ABBREVIATIONS)


def at_numeral(scene: Scene, at: int) -> Claim | None:
    """The name the numeral at `at` belongs to."""
    found = _named(scene, at)
    if found is None and scene.words[at + 1] in BEHIND:
        found = _age(scene, at) or _slogan(scene, at)
    if found is None or found[1] != at + 1 or scene.words[at + 1] != "-" or scene.whole(at + 2) is None:
        return found
    return found[0], at + 3 if scene.unit(at + 3) is None else at + 1  # trường cấp 1-2


def _named(scene: Scene, at: int) -> Claim | None:
    if scene.words[at].endswith(".0") and _VERSION.fullmatch(scene.words[at]) and scene.unit(at + 1) is None:
        return NotAFigure.NAME, at + 1
    if scene.is_word(at + 1) and _letter_behind(scene, at):
        return NotAFigure.NAME, at + 2
    before = at - 1
    if not scene.is_word(before):
        return _hyphenated(scene, at)
    if scene.glued(at):
        return _glued(scene, at)
    if scene.words[before] in _STANDARDS:
        return NotAFigure.NAME, at + 3 if scene.words[at + 1] == ":" and scene.is_numeral(at + 2) else at + 1
    if scene.says(before, _ORDINALS) and _PARAGRAPH.fullmatch(scene.words[at]) and not scene.counts(at + 1):
        return NotAFigure.ORDINAL, at + 1  # mục 1.2
    return _announced(scene, at)


def _announced(scene: Scene, at: int) -> Claim | None:
    before, pair = at - 1, f"{scene.words[at - 2]} {scene.words[at - 1]}"
    capitals = scene.is_capital(before) or scene.is_capital(at - 2)
    if scene.words[before] not in BEFORE and not capitals and pair not in _CALLED_BY_NUMBER:
        return None  # a quick look: most words announce nothing
    if scene.whole(at) is None or scene.unit(at + 1) is not None or scene.words[at + 1] in ("/", "%"):
        return None
    if _is_cited(scene, at, pair) or (scene.says(before, _PAPER_ABBREVIATIONS) and scene.is_upper(before)):
        return NotAFigure.DOCUMENT_NUMBER, at + 1
    if scene.says(before, _ORDINALS) and _is_ordinal(scene, at):
        return NotAFigure.ORDINAL, at + 1
    place = (scene.says(before, _PLACES) and pair not in TWO) or pair in _ROADS or _part_of_place(scene, at)
    return (NotAFigure.NAME, at + 1) if place or _variety(scene, at) else None


def _is_cited(scene: Scene, at: int, pair: str) -> bool:
    if pair not in _CALLED_BY_NUMBER:
        return False
    written_as_one = scene.is_capital(at - 2) or scene.words[at].startswith("0")
    return written_as_one or scene.says(at - 3, _UNDER) or scene.words[at + 1] in ("ve", "cua")


def _is_ordinal(scene: Scene, at: int) -> bool:
    word, value = scene.words[at - 1], scene.whole(at) or 0
    if word == "cap":
        return value <= 4 and scene.words[at - 2] in _AFTER_SCHOOL_LEVEL
    if word == "luc" and scene.words[at - 2] != "phu":
        return False  # «trích lục 2» counts; «phụ lục 2» is a name
    if word == "lop":
        return value <= _LAST_GRADE and not scene.opens_sentence(at - 1)
    return value < _LAST_ORDINAL


def _letter_behind(scene: Scene, at: int) -> bool:
    """Quốc lộ 4D, lớp 1A, 4G."""
    if not scene.glued(at + 1):
        return False
    letter = scene.typed(at + 1)
    alone = len(letter) == 1 and letter.isupper() and letter not in _UNIT_LETTERS
    return alone and scene.whole(at) is not None


def _hyphenated(scene: Scene, at: int) -> Claim | None:
    """Covid-19, K-15."""
    if scene.words[at - 1] != "-" or not scene.glued(at) or not scene.glued(at - 1) or not scene.is_word(at - 2):
        return None
    if scene.words[at - 2] == "covid" or (scene.is_upper(at - 2) and not scene.says(at - 2, _LABELS_IN_CAPITALS)):
        return (NotAFigure.NAME, at + 1) if scene.unit(at + 1) is None else None
    return None


def _glued(scene: Scene, at: int) -> Claim | None:
    """CT10, HL12; but «lua549» and «KH650» are labels with their figure."""
    before = at - 1
    if scene.says(before, _LABELS_IN_CAPITALS):
        return (NotAFigure.NAME, at + 1) if scene.words[before] == "ct" and scene.unit(at + 1) is None else None
    if scene.words[before] == "km":
        paved = scene.words[at + 1] == "+" and scene.is_numeral(at + 2)
        return NotAFigure.NAME, at + 3 if paved else at + 1  # Km12+300
    if scene.words[before] in ("m", "cm") and scene.words[at] in ("2", "3"):
        return NotAFigure.NAME, at + 1
    return (NotAFigure.NAME, at + 1) if scene.is_upper(before) else None


def _part_of_place(scene: Scene, at: int) -> bool:
    """«thôn Đắk Kinh 1», «Đắk Kinh 1 (4,28ha)»."""
    first = at - 1
    while scene.is_capital(first) and at - first <= 4:
        first -= 1
    capitals = at - 1 - first
    if capitals == 0 or scene.words[at].startswith("0") or len(scene.words[at]) > 2:
        return False
    if scene.says(first, _PLACES):
        return True
    return capitals > 1 and scene.words[at + 1] == "(" and scene.is_numeral(at + 2) and scene.unit(at + 3) is not None


def _variety(scene: Scene, at: int) -> bool:
    """giống OM 18, OM 5451, Đài thơm 8."""
    if not (scene.is_capital(at - 1) or scene.is_capital(at - 2)):
        return False
    for back in range(at - 1, max(at - 16, -1), -1):
        if scene.words[back] == "giong":
            return True
        if scene.words[back] in (";", ".") or scene.tokens[back].kind == Kind.BREAK:
            return False
    return False


def _age(scene: Scene, at: int) -> Claim | None:
    """18 tuổi, 15-49 tuổi, trước 18t, tuổi từ 18 đến 25."""
    value = scene.whole(at)
    if value is None or value > _MAX_AGE:
        return None
    last = at + 1
    if scene.words[last] in _UNTIL and scene.whole(last + 1) is not None:
        if scene.pairs[at - 2] == "tuoi tu":
            return NotAFigure.NAME, last + 2
        last += 2
    if scene.words[last] == "tuoi":
        return NotAFigure.NAME, last + 1
    short = scene.words[last] == "t" and scene.glued(last) and scene.words[at - 1] in _BEFORE_AGE
    return (NotAFigure.NAME, last + 1) if short and value >= 10 else None


def _slogan(scene: Scene, at: int) -> Claim | None:
    """Slogans count nothing: phong trào "5 không, 3 sạch", mô hình 5 tự 5 cùng."""
    if scene.words[at + 1] not in _BEHIND_SLOGAN:
        return None
    for back in range(at - 1, max(at - 8, -1), -1):
        if scene.words[back] in _SLOGANS:
            return NotAFigure.NAME, at + 2
        if scene.words[back] in (".", ";") or scene.tokens[back].kind == Kind.BREAK:
            return None
    return None
