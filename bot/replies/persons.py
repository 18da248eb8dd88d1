"""Names of persons in running text, found cautiously: «ông Nguyễn Văn A», «các đồng chí Lò Văn B, Vù Thị C».

    name  := title run | surname middle run | (a name, then) ("," | "và") surname run
    run   := 1 to 5 words with capitals, up to the first that begins a post, a body or a place

Not a name: a post («đồng chí Bí thư»), a place («đường Nguyễn Văn Trỗi», «Bà Rịa»), a body («chị em Hội Phụ nữ»),
a people («trẻ em Mông»), somebody everybody knows («Bác Hồ»).
Knows: words. Does not know: who these people are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from bot.replies.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

MOST_WORDS = 5
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")  # H'Hen
_BETWEEN = re.compile(r"[ \u00a0]+")
_NEXT = re.compile(r"(?:[ \u00a0]*,[ \u00a0]*|[ \u00a0]+và[ \u00a0]+)")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\n•“\"(–-])\s*$")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _pairs(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(pair.split()) for pair in text.split(","))


_TITLES = _words("ông bà anh chị em cháu cô chú bác thầy")
_COMRADE = ("đồng", "chí")
_SHORT_COMRADE = re.compile(r"đ/c[ \u00a0]*", re.IGNORECASE)
_NOBODY_BEFORE = _words("trẻ chị anh những đàn bà")  # before «em», «chị»: nobody in particular
_PLURALS = _words("các hai ba bốn năm những")
_SURNAMES = _words("""
nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý lí đinh trịnh đào đoàn lâm mai cao hà chu
lương vương trương tạ phùng tô quách thái kiều nông lưu la tống triệu từ tăng thân kim khổng phí lại tiêu cù bế
đồng giáp hứa khúc mạc nghiêm ninh ông phó quản sầm thạch thi tôn trà ung văn viên giàng sùng vàng lò lù má vù
thào hạng hảng mùa cứ tráng lèng ly lầu chang chảo phàn tẩn lồ lùng sần hầu cư thền ma sì seng bàn lục lừu vừ và
vì quàng cà lường tòng hờ mào nùng lèo sín pờ chẻo chíu phà lỳ khoàng tải thàng tung cháng sèn sền pao giáng lìn
vi hoàn chấu sình sồng khang đèo xin cầm bạc sừng vạng giả lềnh mã kha
""")
_MIDDLES = _words("văn thị seo láo mí a mùi mẩy phù sành dỉ chẩn")
_BARE_SURNAMES = frozenset(map(fold, _SURNAMES))  # where nobody typed a mark: «Giang A Phao»
_BARE_MIDDLES = _words("van thi seo lao mi a")
# Behind these stands a person: «đối tượng Thào A Lử», «hộ Phàn Tà Sài».
_ANNOUNCED = _pairs("""
đối tượng, nạn nhân, bị can, bị cáo, học sinh, thí sinh, bệnh nhân, sản phụ, gia đình, công dân, cử tri, nghệ nhân,
chủ hộ, vợ chồng, hội viên, đảng viên, đoàn viên, quần chúng, thanh niên, bị hại, nghi can, thai phụ, cụ ông, cụ bà
""")
_TOLD_OF = re.compile(
    r"\s*[,(]?\s*(?:sinh\s+(?:năm\s+|ngày\s+)?\d|SN\s*\d|\d{1,3}\s+tuổi|trú\s|thường trú|quê\s)"
)  # after a name
# What begins a post, a body or a place: a name ends before it.
_NOT_IN_A_NAME = _words("""
bí phó chủ trưởng thường giám chánh đại chỉ tổng thủ nguyên quyền ủy uỷ hội ban phòng đảng thôn xã huyện tỉnh
phường trạm câu khối đội hợp liên cán lãnh hiệu kế mttq ubnd hđnd ubkt bch tw tp thpt thcs ptdt tncs việt
""")
_TOGETHER = _pairs("""
công an, công đoàn, công ty, công chức, công dân, công nhân, đoàn thanh, đoàn viên, đoàn công, đoàn kiểm,
đoàn giám, đoàn thể, đoàn kinh, đoàn đại, mặt trận, chi bộ, chi hội, chi đoàn, chi cục, chi nhánh, trung tâm,
trung tá, trung úy, trung ương, trung đoàn, trường tiểu, trường mầm, trường phổ, trường học, trường thcs,
trường thpt, trường ptdt, trường chính, trường dân, văn phòng, văn hóa, văn hoá, quân sự, quân đội, quân khu,
thanh niên, thanh tra, phụ nữ, nông dân, cựu chiến, thượng tá, thượng úy, thiếu tá, thiếu úy, thiếu tướng,
bác sĩ, bác sỹ, bộ trưởng, bộ đội, bản nậm, tổ trưởng, tổ dân, tổ chức, lớp trưởng, kiểm tra, tư pháp, tư lệnh,
lực lượng, nhà nước, quốc hội, thành phố, thành viên, an ninh, dân quân, y tế, y sĩ
""")
_PEOPLES = _words("mông hmông dao tày nùng thái kinh giáy mường hoa")
# What is called after somebody, or is a place: the name behind it is nobody's.
_NAMED_AFTER = _words("""
đường phố cầu chợ núi đền chùa đình huyện tỉnh xã phường thôn bản xóm trường thcs thpt ptdt học tiểu mầm quỹ
giải tượng lăng mộ tên gương trào động hồ sông suối khu
""")
_NAMED_AFTER_PAIRS = _pairs("""
thị xã, thành phố, phong trào, giải thưởng, mang tên, tấm gương, mầm non, tiểu học
""")
_BEFORE_A_NAME = _words("thư tịch trưởng phó viên")  # a post's last word
_PLACES = _words("xã phường huyện tỉnh thôn bản")
_POSTS = _words("trưởng phó tịch thư chí")  # «đồng chí Trưởng Công an xã Lò Văn B»
_POST_LENGTH = 6  # words between a post's beginning and the name behind it
_KNOWN_TO_ALL = frozenset({"hồ chí minh", "hồ", "hồ chủ tịch", "táo", "trần văn thời"})


class Named(NamedTuple):
    """A person's name at [start, end), without the title before it."""

    start: int
    end: int
    words: str


class _Token(NamedTuple):
    start: int
    end: int
    word: str

    @property
    def low(self) -> str:
        return self.word.casefold()

    @property
    def is_capital(self) -> bool:
        return self.word[0].isupper()


def persons_in(text: str, known: Collection[str] = ()) -> tuple[Named, ...]:
    """Every name of a person, in order. `known` are names that may stand everywhere, in any case."""
    tokens = [_Token(m.start(), m.end(), m[0]) for m in _WORD.finditer(text)]
    open_to_all = _KNOWN_TO_ALL | {name.casefold() for name in known}
    found: list[Named] = []
    at = 0
    while at < len(tokens):
        run, is_list = _at(text, tokens, at)
        names = list(_listed(text, tokens, run, is_list=is_list)) if run else []
        at = run[1] if run else at + 1
        for first, last in names:
            words = text[tokens[first].start : tokens[last - 1].end]
            if words.casefold() not in open_to_all:
                found.append(Named(tokens[first].start, tokens[last - 1].end, words))
            at = max(at, last)
    return tuple(found)


def masked(name: str) -> str:
    """«N.V.A.» for «Nguyễn Văn A»."""
    return "".join(f"{word[0].upper()}." for word in _WORD.findall(name))


Span = tuple[int, int]


def _at(text: str, tokens: Sequence[_Token], at: int) -> tuple[Span | None, bool]:
    """The run of a name that begins here, or behind the title that stands here; and whether a list may follow."""
    behind = _behind_title(text, tokens, at)
    if behind is not None:
        run = _run(text, tokens, behind)
        is_people = run is not None and run[1] - run[0] == 1 and tokens[behind].low in _PEOPLES
        return (None if is_people else run), at > 0 and tokens[at - 1].low in _PLURALS
    return _untitled(text, tokens, at), False


def _behind_title(text: str, tokens: Sequence[_Token], at: int) -> int | None:
    """Where the name behind a title begins. «Bà Rịa» in the middle of a sentence is a place: titles are small."""
    token, before, after = tokens[at], _low(tokens, at - 1), at + 1
    is_short = token.low == "đ" and _SHORT_COMRADE.match(text, token.start) is not None
    if is_short or (token.low, _low(tokens, at + 1)) == _COMRADE:
        after = at + 2
    elif not _is_title(text, token, before):
        return None
    return after if after < len(tokens) and tokens[after].is_capital and _touch(text, tokens, after) else None


def _is_title(text: str, token: _Token, before: str) -> bool:
    if token.low not in _TITLES or (token.low in ("em", "chị") and before in _NOBODY_BEFORE):
        return False
    return not token.is_capital or _SENTENCE_START.search(text, 0, token.start) is not None


def _run(text: str, tokens: Sequence[_Token], first: int) -> Span | None:
    last = first
    while last < len(tokens) and last - first < MOST_WORDS and tokens[last].is_capital:
        if last > first and not _touch(text, tokens, last):
            break
        if _ends_name(tokens, last):
            break
        last += 1
    return (first, last) if last > first else None


def _ends_name(tokens: Sequence[_Token], at: int) -> bool:
    """A post, a body, a place, or letters that stand for one begin here."""
    token = tokens[at]
    is_abbreviation = len(token.word) > 1 and token.word.isupper() and not _has_upper_neighbour(tokens, at)
    return is_abbreviation or token.low in _NOT_IN_A_NAME or (token.low, _low(tokens, at + 1)) in _TOGETHER


def _has_upper_neighbour(tokens: Sequence[_Token], at: int) -> bool:
    """«NGUYỄN VĂN A» is a name in capitals; «UBND» alone is none."""
    return any(
        0 <= n < len(tokens) and tokens[n].word.isupper() and tokens[n].low in (_SURNAMES | _MIDDLES)
        for n in (at - 1, at, at + 1)
    )


def _untitled(text: str, tokens: Sequence[_Token], at: int) -> Span | None:
    """«Sùng A Páo», «Nguyễn Thị Hoa»; behind a post also «Hoàng Minh Tuấn»."""
    token, before = tokens[at], _low(tokens, at - 1)
    if not token.is_capital or _ends_name(tokens, at):
        return None
    if "'" in token.word or "’" in token.word:
        return _run(text, tokens, at) if token.word[1:2] in ("'", "’") else None  # H'Hen Niê
    if token.low not in _SURNAMES:
        return _without_marks(text, tokens, at)
    is_announced = (_low(tokens, at - 2), before) in _ANNOUNCED
    is_post = before in _PLACES and not _POSTS.isdisjoint(_low(tokens, n) for n in range(at - _POST_LENGTH, at))
    if not (is_post or is_announced) and (
        before in _NAMED_AFTER or (_low(tokens, at - 2), before) in _NAMED_AFTER_PAIRS
    ):
        return None
    run = _run(text, tokens, at)
    if run is None or not (2 if is_announced else 3) <= run[1] - run[0] <= MOST_WORDS:
        return None
    is_told_of = _TOLD_OF.match(text, tokens[run[1] - 1].end) is not None
    if tokens[at + 1].low in _MIDDLES or before in _BEFORE_A_NAME or is_announced or before == "hộ" or is_told_of:
        return run
    return None


def _without_marks(text: str, tokens: Sequence[_Token], at: int) -> Span | None:
    """«Nguyen Van Nam», where none of its words has a mark."""
    if tokens[at].low not in _BARE_SURNAMES or _low(tokens, at + 1) not in _BARE_MIDDLES:
        return None
    run = _run(text, tokens, at)
    if run is None or not 3 <= run[1] - run[0] <= MOST_WORDS:
        return None
    words = [token.low for token in tokens[run[0] : run[1]]]
    return run if all(word == fold(word) for word in words) else None


def _listed(text: str, tokens: Sequence[_Token], run: Span, *, is_list: bool) -> Iterator[Span]:
    """The run, and where a plural stood before it the names that follow: «các đồng chí A, B và C»."""
    yield run
    while is_list:
        joint = _NEXT.match(text, tokens[run[1] - 1].end)
        if joint is None or run[1] >= len(tokens) or tokens[run[1]].start != joint.end():
            return
        following = _run(text, tokens, run[1]) if tokens[run[1]].low in _SURNAMES else None
        if following is None or following[1] - following[0] < 2:
            return
        run = following
        yield run


def _low(tokens: Sequence[_Token], at: int) -> str:
    return tokens[at].low if 0 <= at < len(tokens) else ""


def _touch(text: str, tokens: Sequence[_Token], at: int) -> bool:
    """Only spaces stand between this word and the one before it; after «đ/c» not even these are needed."""
    between = text[tokens[at - 1].end : tokens[at].start]
    return not between or _BETWEEN.fullmatch(between) is not None
