"""How much a run of tokens says: the grammar of quantities, descended over typed tokens.

    amount   := [sign] leaf [point] [scales] { [linker] leaf scales } [half | tail]
    leaf     := numeral | group                       64,5 · năm trăm bốn mươi chín
    point    := ("phẩy" | "chấm") digits              sáu mươi tư phẩy năm
    scales   := scale+                                nghìn tỷ, trăm triệu; each smaller than the one before
    scale    := chục | trăm | nghìn | ngàn | k | vạn | triệu | tr | tỷ | tỉ | M | G | củ
    half     := "rưỡi"                                2 tỷ rưỡi
    tail     := leaf                                  1tr5 · 109 tỷ 013 · triệu hai · 1 nghìn 1
    amount   := "nửa" scale                           nửa tỷ
    amount   := scale leaf                            triệu hai, nghìn rưỡi: the one is left out
    numeral  := 1110 | 1.110 | 1,110 | 64,5 | 64.5 | 11.150,65 | 1,234.5 | 54 913 | ,77

What one dot or comma means is settled by its digits where they can settle it; where they cannot, every
reading is kept, the likeliest first.
Knows: digits, number words, scales. Does not know: units, dates, whether the number is a figure at all.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from bot.replies import number_words
from bot.replies.normalise import fold, vocabulary
from bot.replies.tokens import Kind, Token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.replies.normalise import Normalised

_HUNDRED, _THOUSAND, _TEN_THOUSAND = Decimal(100), Decimal(1000), Decimal(10_000)
_MILLION, _BILLION = Decimal(10**6), Decimal(10**9)
_SCALES = {
    "chục": Decimal(10),
    "trăm": _HUNDRED,
    "nghìn": _THOUSAND,
    "ngàn": _THOUSAND,
    "nghàn": _THOUSAND,
    "vạn": _TEN_THOUSAND,
    "triệu": _MILLION,
    "tr": _MILLION,
    "trđ": _MILLION,
    "tỷ": _BILLION,
    "tỉ": _BILLION,
    "tỷđ": _BILLION,
    "tỉđ": _BILLION,
}
_FOLDED_SCALES = {fold(word): value for word, value in _SCALES.items()}
# No scale before these: tỷ lệ; and without diacritics văn bản, trạm y tế, ngân sách.
_NOT_BEFORE = {
    "tỷ": frozenset({"lệ", "trọng"}),
    "tỉ": frozenset({"lệ", "mỉ"}),
    "ty": vocabulary("lệ trọng cổ tnhh"),
    "ti": vocabulary("vi lệ mỉ"),
    "van": vocabulary("bản phòng hóa nghệ kiện chuyển động"),
    "chuc": vocabulary("danh vụ năng sắc mừng"),
    "tram": vocabulary("y bơm điện biến xá thu"),
    "ngan": vocabulary("sách hàng"),
}
SCALES = frozenset(_FOLDED_SCALES)
_GLUED_SCALES = {"k": _THOUSAND, "M": _MILLION, "G": _BILLION, "K": _THOUSAND}
_SLANG_SCALES = {"củ": _MILLION, "tỏi": _BILLION, "chai": _MILLION}
_HALVES = {"ruoi"}
_POINTS = {"phay", "cham"}
_GLUED_FOLDED = frozenset({"k", "m", "g"})
_GOES_ON = SCALES | _HALVES | _POINTS | {"cu", "toi", "chai"}
_GOES_ON_BESIDE = frozenset("-–/")  # a range, a date, a ratio
_HUNDRED = Decimal(100)
_MONEY_SCALES = {_MILLION, _BILLION}

_DOT_GROUPS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_DOT_GROUPS_COMMA = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+,\d+")
_COMMA_GROUPS_DOT = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+\.\d+")
_COMMA_GROUPS = re.compile(r"[1-9]\d{0,2}(?:,\d{3}){2,}")
_ONE_MARK = re.compile(r"\d*[.,]\d+")
_COMMA_TRIPLE = re.compile(r"[1-9]\d{0,2},\d{3}")
_GROUP_HEAD = re.compile(r"[1-9]\d{0,2}")
_TRIPLE = re.compile(r"\d{3}")


class Number(NamedTuple):
    """An amount over tokens [first, last). `start`..`num_end` frames the number, `end` takes in its scale.

    `readings` are all values it may stand for, likeliest first. `scale` is the scale word as typed, where a
    numeral stands before it; `factor` what it multiplied by.
    """

    first: int
    last: int
    start: int
    num_end: int
    end: int
    readings: tuple[Decimal, ...]
    scale: str = ""
    factor: Decimal = Decimal(1)
    in_words: bool = False
    words: int = 0  # how many number words; a lone one needs evidence from its neighbours

    @property
    def value(self) -> Decimal:
        return self.readings[0]


def read_numeral(text: str) -> tuple[Decimal, ...]:
    """Every value digits with dots and commas may stand for, the likeliest first; () for none."""
    if text.isdecimal():
        return (Decimal(text),)
    if _DOT_GROUPS.fullmatch(text):
        return (Decimal(text.replace(".", "")),)
    if _COMMA_TRIPLE.fullmatch(text):
        return (Decimal(text.replace(",", ".")), Decimal(text.replace(",", "")))
    if _ONE_MARK.fullmatch(text):
        return (Decimal(text.replace(",", ".")),)
    if _DOT_GROUPS_COMMA.fullmatch(text):
        return (Decimal(text.replace(".", "").replace(",", ".")),)
    if _COMMA_GROUPS_DOT.fullmatch(text) or _COMMA_GROUPS.fullmatch(text):
        return (Decimal(text.replace(",", "")),)
    return ()


def is_english(text: str) -> bool:
    """Whether the numeral can only be written the English way: 1,234.5 or 1,234,567."""
    return _COMMA_GROUPS_DOT.fullmatch(text) is not None or _COMMA_GROUPS.fullmatch(text) is not None


def number_at(source: Normalised, tokens: Sequence[Token], at: int) -> Number | None:
    """The longest amount that starts at token `at`."""
    token, following = tokens[at], tokens[at + 1]
    goes_on = following.kind == Kind.NUMERAL or following.word in _GOES_ON
    if (
        token.kind == Kind.NUMERAL
        and not goes_on
        and (following.word not in _GLUED_FOLDED or following.start > token.end)
    ):
        readings = read_numeral(token.word)  # most numbers end here
        return Number(at, at + 1, token.start, token.end, token.end, readings) if readings else None
    return _Descent(source, tokens, at).amount()


class _Leaf(NamedTuple):
    readings: tuple[Decimal, ...]
    end: int
    digits: str = ""  # the numeral as written, "" for words
    words: int = 0
    exact: bool = False


class _Descent:
    """One descent of the grammar over the tokens."""

    def __init__(self, source: Normalised, tokens: Sequence[Token], at: int) -> None:
        self.source = source
        self.tokens = tokens
        self.first = at
        self.at = at
        self.in_words = False
        self.words = 0
        self.scale = ""
        self.factor = Decimal(1)
        self.num_end = 0

    def amount(self) -> Number | None:
        token = self.tokens[self.at]
        if token.kind > Kind.NUMERAL:
            return None
        if token.word == "nua" and token.plain in ("nửa", "nua"):
            return self._half_of_a_scale()
        leaf = self._leaf()
        if leaf is None:
            return self._scale_alone()
        self._take(leaf)
        readings = leaf.readings
        if self.in_words or self.tokens[self.at].word in _POINTS:
            readings = self._with_point(readings)
        factor = self._scales(leaf)
        if factor == 1:
            if self.in_words and self.tokens[self.at].word in _HALVES:
                self._step()
                hundreds = readings[0] > 0 and readings[0] % _HUNDRED == 0  # «trăm rưỡi»
                readings = (readings[0] + (_HUNDRED / 2 if hundreds else Decimal("0.5")),)
            return self._number(readings)
        if len(readings) > 1 and not self.in_words:
            readings = readings[:1]  # a comma before a scale word is a decimal comma: 47,322 tỷ
        return self._number(self._summed(tuple(r * factor for r in readings), factor))

    # The parts of the grammar.

    def _leaf(self) -> _Leaf | None:
        token = self.tokens[self.at]
        if token.kind == Kind.NUMERAL:
            return self._numeral(token)
        group = number_words.group_at(self.tokens, self.at, accented=self.source.accented)
        if group is None:
            return None
        readings = (Decimal(group.value),) if group.also is None else (Decimal(group.value), Decimal(group.also))
        return _Leaf(readings, group.end, words=group.words, exact=group.exact)

    def _last_unit(self) -> _Leaf | None:
        """«một triệu tư»: a word that is a number only at the end of one."""
        word = number_words.word_at(self.tokens, self.at, accented=self.source.accented)
        if word is None or word.part is not number_words.Part.UNIT_ONLY:
            return None
        return _Leaf((Decimal(word.value),), self.at + 1, words=1)

    def _unsaid_one(self) -> _Leaf | None:
        if not self.in_words or self._scale(self.at, glued=False) is None:
            return None
        return _Leaf((Decimal(1),), self.at)

    def _numeral(self, token: Token) -> _Leaf | None:
        text, end = token.word, self.at + 1
        if _GROUP_HEAD.fullmatch(text):  # 54 913
            while self._spaced_triple(end):
                text += self.tokens[end].word
                end += 1
        readings = read_numeral(text)
        return _Leaf(readings, end, digits=text) if readings else None

    def _spaced_triple(self, at: int) -> bool:
        before, token, after = self.tokens[at - 1], self.tokens[at], self.tokens[at + 1]
        return (
            token.kind == Kind.NUMERAL
            and token.start == before.end + 1
            and _TRIPLE.fullmatch(token.word) is not None
            and not (after.kind == Kind.NUMERAL and after.start == token.end + 1 and len(after.word) != 3)
        )

    def _take(self, leaf: _Leaf) -> None:
        self.at = leaf.end
        self.in_words = self.in_words or not leaf.digits
        self.words += leaf.words
        self.num_end = self.tokens[self.at - 1].end

    def _step(self) -> None:
        self.at += 1
        self.num_end = self.tokens[self.at - 1].end

    def _with_point(self, readings: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
        if self.tokens[self.at].word not in _POINTS:
            return readings
        following = self.tokens[self.at + 1]
        if following.kind == Kind.NUMERAL and following.word.isdigit():
            digits, end = following.word, self.at + 2
        else:
            spoken = number_words.digits_after_point(self.tokens, self.at + 1, accented=self.source.accented)
            if spoken is None:
                return readings
            digits, end = spoken
        self.at = end
        self.num_end = self.tokens[end - 1].end
        self.in_words = True
        self.words += 1
        return (readings[0] + Decimal(f"0.{digits}"),)

    def _scales(self, leaf: _Leaf | None) -> Decimal:
        """All scale words from here, multiplied; the first keeps its name."""
        factor = Decimal(1)
        before = Decimal(1)
        while (scale := self._scale(self.at, glued=leaf is not None and bool(leaf.digits))) is not None:
            if scale <= before:
                break
            before = scale
            factor *= scale
            if not self.scale:
                self.scale, self.factor = self._typed(self.at), scale
            elif factor != scale:
                self.scale, self.factor = f"{self.scale} {self._typed(self.at)}", factor
            self.at += 1
        return factor

    def _scale(self, at: int, *, glued: bool) -> Decimal | None:
        token = self.tokens[at]
        if token.kind != Kind.WORD or (token.word == "tr" and self.tokens[at + 2].word == "hop"):
            return None  # «2 tr.hợp» are no millions
        scale = _SCALES.get(token.plain)
        if scale is None and token.plain == token.word:
            scale = _FOLDED_SCALES.get(token.word)
        if scale is not None:
            return None if self.tokens[at + 1].plain in _NOT_BEFORE.get(token.plain, ()) else scale
        if glued and token.start == self.tokens[at - 1].end:
            return _GLUED_SCALES.get(self.source.plain[token.start : token.end])
        if token.plain in _SLANG_SCALES and self.tokens[at + 1].kind != Kind.WORD:
            return _SLANG_SCALES[token.plain]
        return None

    def _summed(self, values: tuple[Decimal, ...], last: Decimal) -> tuple[Decimal, ...]:
        """Further, smaller parts: 1 tỷ 405 triệu, hai triệu lẻ ba nghìn, 2 tỷ rưỡi, 1tr5."""
        while True:
            if self.tokens[self.at].word in _HALVES:
                self._step()
                values = tuple(v + last / 2 for v in values)
                last /= 2
                continue
            back = self._mark()
            linked = number_words.is_linker(self.tokens, self.at, accented=self.source.accented)
            self.at += linked
            leaf = self._leaf() or self._last_unit() or self._unsaid_one()
            if leaf is None:
                self._return(back)
                return values
            glued = self.tokens[self.at].start == self.tokens[self.at - 1].end
            self._take(leaf)
            part = self._with_point(leaf.readings)
            name = self.scale, self.factor
            factor = self._scales(leaf)
            if factor == 1:
                tails = self._tail(leaf, last, linked=linked, glued=glued)
                if not tails:
                    self._return(back)
                    self.scale, self.factor = name
                    return values
                self._compound()
                return tuple(dict.fromkeys(values[0] + tail for tail in tails))
            if factor >= last or part[0] * factor >= last * _THOUSAND:
                self._return(back)
                self.scale, self.factor = name
                return values
            self._compound()
            values = tuple(v + part[0] * factor for v in values)
            last = factor

    def _tail(self, leaf: _Leaf, last: Decimal, *, linked: bool, glued: bool) -> tuple[Decimal, ...]:
        """What a number without a scale adds after one with a scale; () when it is another number."""
        value = leaf.readings[0]
        if value >= last or value != value.to_integral_value():
            return ()
        if leaf.digits:
            return self._digit_tail(leaf.digits, value, last, glued=glued)
        if len(leaf.readings) > 1:
            return leaf.readings
        if linked or leaf.exact or last <= _HUNDRED:
            return (value,)
        if leaf.words == 1 and value < 10:
            rounded = value * last / 10  # triệu hai = 1.200.000
            return (rounded, value) if last <= _TEN_THOUSAND and self.words > 1 else (rounded,)
        if last < _MILLION:
            return (value,)
        if value < _HUNDRED:
            return (value * last / _HUNDRED, value)  # một triệu hai lăm
        return (value, value * last / _THOUSAND)  # một triệu hai trăm: as it is said, or the thousand left out

    def _digit_tail(self, digits: str, value: Decimal, last: Decimal, *, glued: bool) -> tuple[Decimal, ...]:
        if not glued and last in _MONEY_SCALES and self._counts_something():
            return ()  # 200 triệu 02 hộ
        if self.in_words and last <= _HUNDRED:
            return ()  # năm trăm 1 lần
        of_next = value * last / _THOUSAND  # 109 tỷ 013 = 109 tỷ 13 triệu
        rounded = value * last / Decimal(10) ** len(digits)  # 1tr5 = 1.500.000
        if len(digits) == 3:
            return (of_next,)
        if len(digits) > 3:
            return ()
        if last == _THOUSAND and not glued:
            return (rounded, value)  # 1 nghìn 1: 1.100 or 1.001; but 11k5 is 11.500
        if len(digits) == 1 or glued:
            return (rounded,)
        return (rounded, of_next)

    def _counts_something(self) -> bool:
        token = self.tokens[self.at]
        return token.kind == Kind.WORD and token.word not in ("dong", "d", "vnd", "trieu", "nua", "tien", "roi", "thoi")

    def _half_of_a_scale(self) -> Number | None:
        self.at += 1
        self.in_words = True
        self.words = 1
        factor = self._scales(None)
        if factor == 1:
            return None
        self.scale = ""
        self.num_end = self.tokens[self.at - 1].end
        return self._number((factor / 2,))

    def _scale_alone(self) -> Number | None:
        """«triệu hai», «tỷ rưỡi», «trăm nghìn ba»: the one is not said. A scale word is a number only all alone."""
        factor = self._scales(None)
        following = self.tokens[self.at]
        if factor == 1 or (following.kind is Kind.NUMERAL and not self._is_lone_digit(self.at)):
            return None  # «triệu hai», «triệu 2», but not «triệu 549», «triệu 2-3»
        self.in_words = True
        self.words = self.at - self.first
        self._compound()
        values = self._summed((factor,), factor)
        alone = factor >= _HUNDRED and self.first == 0 and self.tokens[self.at].kind == Kind.END
        if values == (factor,) and self.words < 2 and not alone:
            return None
        return self._number(values)

    def _is_lone_digit(self, at: int) -> bool:
        after = self.tokens[at + 1]
        return len(self.tokens[at].word) == 1 and after.word not in _GOES_ON_BESIDE

    # Bookkeeping.

    def _compound(self) -> None:
        self.scale, self.factor = "", Decimal(1)
        self.num_end = self.tokens[self.at - 1].end

    def _mark(self) -> tuple[int, bool, int, int]:
        return self.at, self.in_words, self.words, self.num_end

    def _return(self, mark: tuple[int, bool, int, int]) -> None:
        self.at, self.in_words, self.words, self.num_end = mark

    def _typed(self, at: int) -> str:
        return self.source.plain[self.tokens[at].start : self.tokens[at].end]

    def _number(self, readings: tuple[Decimal, ...]) -> Number:
        if self.in_words:
            self._compound()
        return Number(
            self.first,
            self.at,
            self.tokens[self.first].start,
            self.num_end,
            self.tokens[self.at - 1].end,
            readings,
            self.scale,
            self.factor,
            self.in_words,
            self.words,
        )
