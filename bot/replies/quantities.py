"""One walk over a reply: every amount with its unit, sign, qualifier and neighbours, and every number that is none.

    quantity := [qualifier] [sign] amount [unit] ["rưỡi"]
    range    := quantity ("-" | "đến") quantity          2-3 tấn
    ratio    := quantity … "/" quantity                  549/650 ha, 02 ca/0 ca
    times    := "gấp" (amount "lần" | "đôi" | "rưỡi")

Knows: where amounts stand and how they hang together. Does not know: roles, labels, indicators.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.facts import Qualifier
from bot.replies import dates, distractors, number_words
from bot.replies.normalise import vocabulary
from bot.replies.numbers import Number, number_at, read_numeral
from bot.replies.reading import NotAFigure
from bot.replies.tokens import Kind
from bot.replies.units import DONG, PERCENT, Unit, unit_at

if TYPE_CHECKING:
    from bot.replies.scene import Scene

TIMES = "lần"
_QUALIFIERS = {
    "tren": Qualifier.OVER,
    "hon": Qualifier.OVER,
    ">": Qualifier.OVER,
    "gan": Qualifier.UNDER,
    "duoi": Qualifier.UNDER,
    "<": Qualifier.UNDER,
    "khoang": Qualifier.ABOUT,
    "chung": Qualifier.ABOUT,
    "tam": Qualifier.ABOUT,
    "do": Qualifier.ABOUT,
    "~": Qualifier.ABOUT,
    "≈": Qualifier.ABOUT,
    "xi": Qualifier.ABOUT,
    "uoc": Qualifier.ESTIMATED,
}
_TWO_WORD_QUALIFIERS = {
    "it nhat": Qualifier.AT_LEAST,
    "khong duoi": Qualifier.AT_LEAST,
    "toi thieu": Qualifier.AT_LEAST,
    "khong it hon": Qualifier.AT_LEAST,
    "do chung": Qualifier.ABOUT,
    "khoang chung": Qualifier.ABOUT,
    "tam khoang": Qualifier.ABOUT,
    "xap xi": Qualifier.ABOUT,
    "uoc tinh": Qualifier.ESTIMATED,
    "uoc dat": Qualifier.ESTIMATED,
    "uoc khoang": Qualifier.ABOUT,
    "uoc chung": Qualifier.ABOUT,
    "uoc thuc hien": Qualifier.ESTIMATED,
}
_QUALIFIER_AS_WRITTEN = {"tam": "tầm", "do": "độ", "chung": "chừng", "khoang": "khoảng", "gan": "gần", "duoi": "dưới", "uoc": "ước"}
_MONEY_SCALES = (Decimal(10**6), Decimal(10**9))
_AFTER_MONEY = vocabulary("đồng đ tiền nữa rồi thôi a ạ ah nhé lk luỹ lũy đạt so cho từ của và với là thì")
_RANGE_MARKS = frozenset({"-", "den", "toi"})
_SEGMENT_ENDS = frozenset({",", ";", ".", "(", ")", ":"})
_THRESHOLD_ENDS = frozenset({"len", "xuong"})
_IDIOMS = {  # a lone number word and the noun that makes an idiom of it
    "một": "số bộ phần cửa cách lần nữa vài ít chút loạt trong mặt chiều giống lòng khi nửa đời mình cái thời",
    "hai": "bên chiều mặt cùng đầu bà vợ mẹ bố",
    "ba": "mẹ má con bà lô hoa",
    "bốn": "mùa phía bề bên",
    "năm": "học nay qua trước ngoái sau tới này",
    "chín": "muồi rộ vàng đỏ muộn sớm",
    "mười": "mươi",
}
_IDIOM_NOUNS = {word: vocabulary(nouns) for word, nouns in _IDIOMS.items()}
_PLAIN_NUMBER_WORDS = frozenset({"hai", "ba", "bon", "bay", "chin", "muoi", "mot"})  # safe without diacritics
_NOT_BEFORE_NUMBER_WORD = {
    "năm": vocabulary("trong cả đầu cuối giữa hằng hàng mỗi từng của mấy nhiều các những qua sau trước hết đến"),
    "chín": vocabulary("lúa quả cây ngô mận đang đã sắp"),
    "ba": vocabulary("bánh"),
}
_COUNTED_TIMES = {"doi": Decimal(2), "ruoi": Decimal("1.5")}
_VAGUE_HEADS = frozenset({"hang", "vai", "may", "dam"})
_VAGUE_TAILS = vocabulary("chục trăm nghìn ngàn vạn triệu tỷ tỉ")
_SPLIT_LIST = re.compile(r"\d+(?:\.\d{3})*")


@dataclass(slots=True)
class Quantity:
    """An amount in the making. Token positions: [first, last) with everything that belongs to it."""

    number: Number
    first: int
    last: int
    readings: tuple[Decimal, ...]
    unit: str = ""
    known_unit: bool = False
    measure: bool = False
    qualifier: Qualifier | None = None
    range_to: Decimal | None = None
    ratio: Quantity | None = None
    part: bool = False  # the left side of a ratio
    zero: bool = False  # said in words: «không phát sinh»

    @property
    def is_percent(self) -> bool:
        return self.unit == PERCENT


@dataclass(slots=True)
class Findings:
    quantities: list[Quantity] = field(default_factory=list)
    distractors: list[tuple[NotAFigure, int, int]] = field(default_factory=list)
    vague: list[tuple[int, int]] = field(default_factory=list)  # «hàng chục», «vài»


def find(scene: Scene) -> Findings:
    """Everything with a number in it, left to right."""
    return _Walk(scene).findings


class _Walk:
    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.tokens = scene.tokens
        self.accented = scene.source.accented
        self.findings = Findings()
        starts = number_words.STARTS if self.accented else number_words.STARTS_FOLDED
        self.at = 0
        tokens = self.tokens
        while (kind := tokens[self.at].kind) is not Kind.END:
            if kind is Kind.NUMERAL:
                self._numeral()
                continue
            if kind is Kind.WORD:
                word = tokens[self.at].word
                if word in distractors.WORDS and self._claimed(distractors.at_word(scene, self.at)):
                    continue
                key = tokens[self.at].plain if self.accented else word
                if (key in starts or word in _SCALE_STARTS) and self._number_words():
                    continue
                if word == "gap" and self._times():
                    continue
                if word in _VAGUE_HEADS:
                    self._vague()
            self.at += 1

    def _claimed(self, claim: dates.Claim | None) -> bool:
        if claim is None:
            return False
        kind, last = claim
        self.findings.distractors.append((kind, self.at, last))
        self.at = last
        return True

    # Numbers in digits.

    def _numeral(self) -> None:
        if self._claimed(distractors.at_numeral(self.scene, self.at)):
            return
        number = number_at(self.scene.source, self.tokens, self.at)
        if number is None:
            self._split_list()
        elif dates.period_word(self.scene, number.last):
            self._claimed((NotAFigure.PERIOD, dates.after_period(self.scene, number.last + 1)))
        else:
            self._take(number)

    def _split_list(self) -> None:
        """«81,77,9»: digits that make no number together."""
        token = self.tokens[self.at]
        self.at += 1
        for part in _SPLIT_LIST.finditer(token.word):
            readings = read_numeral(part[0])
            start, end = token.start + part.start(), token.start + part.end()
            if readings:
                number = Number(self.at - 1, self.at, start, end, end, readings)
                self.findings.quantities.append(Quantity(number, self.at - 1, self.at, readings))

    # Numbers in words.

    def _number_words(self) -> bool:
        number = number_at(self.scene.source, self.tokens, self.at)
        if number is None:
            return False
        if dates.period_word(self.scene, number.last):
            return self._claimed((NotAFigure.PERIOD, dates.after_period(self.scene, number.last + 1)))
        if self._is_name(number):
            return self._claimed((NotAFigure.NAME, number.last))
        if number.words == 1 and number.last == number.first + 1 and not self._stands_alone(number):
            return False
        ends_in_year = self.tokens[number.last - 1].word == "nam" and number.last - number.first > 1
        if ends_in_year and not self._whole_text(number) and unit_at(self.scene.source, self.tokens, number.last) is None:
            return self._claimed((NotAFigure.PERIOD, dates.after_period(self.scene, number.last)))
        self._take(number)
        return True

    def _whole_text(self, number: Number) -> bool:
        return number.first == 0 and self.tokens[number.last].kind is Kind.END

    def _is_name(self, number: Number) -> bool:
        """«Năm Căn», «Một Ngàn», «Phạm Văn Hai»: capitals where no sentence begins, or two in a row."""
        scene = self.scene
        if not scene.is_capital(number.first) or (scene.is_upper(number.first) and len(scene.typed(number.first)) > 1):
            return False
        inside = not scene.opens_sentence(number.first)
        if inside and scene.is_capital(number.first - 1) and not scene.opens_sentence(number.first - 1):
            return True
        return scene.is_capital(number.last) and not scene.is_upper(number.last) and number.words == 1

    def _stands_alone(self, number: Number) -> bool:
        """Whether a single number word counts here: «hai hội nghị» does, «một số» and «ba mẹ» do not."""
        scene, at = self.scene, number.first
        token, following = self.tokens[at], self.tokens[number.last]
        if self._whole_text(number):
            return True
        if number.value == 0 or scene.word(at - 1) in _NOT_BEFORE_NUMBER_WORD.get(token.plain, ()):
            return False
        if self.accented:
            if following.word in _IDIOM_NOUNS.get(token.plain, ()):
                return False
        elif token.word not in _PLAIN_NUMBER_WORDS or following.word in ("con", "bo", "ba"):
            return False
        if following.kind is Kind.WORD:
            unit = unit_at(scene.source, self.tokens, number.last, only_known=True)
            return unit is not None or self._in_a_row(following.word)
        return self._in_a_row("")

    def _in_a_row(self, following: str) -> bool:
        """«bốn tư đúng hạn, một quá hạn»: numbers in words before it make it one too."""
        if not self.findings.quantities or self.scene.word(self.at - 1) != ",":
            return False
        last = self.findings.quantities[-1]
        return last.number.in_words and self.at - last.last <= len("a b c") and following not in ("so", "bo", "phan")

    def _times(self) -> bool:
        """gấp đôi, gấp rưỡi, gấp 1,5 lần, gấp ba."""
        following = self.tokens[self.at + 1]
        value = _COUNTED_TIMES.get(following.word)
        if value is not None:
            last = self.at + 2
            start, end = self.tokens[self.at].start, following.end
            number = Number(self.at, last, start, end, end, (value,), in_words=True)
        else:
            found = number_at(self.scene.source, self.tokens, self.at + 1)
            if found is None:
                return False
            number = found._replace(first=self.at, start=self.tokens[self.at].start)
            last = found.last
            if self.scene.word(last) == "lan":
                number = number._replace(num_end=self.tokens[last].end, end=self.tokens[last].end)
                last += 1
            elif not found.in_words:
                return False
        quantity = Quantity(number, self.at, last, number.readings, TIMES, known_unit=True)
        self._qualify(quantity)
        self.findings.quantities.append(quantity)
        self.at = last
        return True

    def _vague(self) -> None:
        following = self.tokens[self.at + 1]
        if following.word in _VAGUE_TAILS:
            self.findings.vague.append((self.at, self.at + 2))
            self.at += 1
        elif self.tokens[self.at].plain in ("vài", "mấy", "dăm", "vai") and following.word not in ("gio", "hom", "ngay") and self.scene.unit(self.at + 1) is not None:
            self.findings.vague.append((self.at, self.at + 1))

    # What belongs to a number.

    def _take(self, number: Number) -> None:
        scene = self.scene
        quantity = Quantity(number, number.first, number.last, number.readings)
        self._with_unit(quantity)
        if scene.word(quantity.last) == "ruoi" and quantity.unit:
            quantity.readings = tuple(r + number.factor / 2 for r in quantity.readings)
            quantity.last += 1
        self._with_sign(quantity)
        self._qualify(quantity)
        if self._is_threshold(quantity):
            self.findings.distractors.append((NotAFigure.NAME, number.first, quantity.last))
            self.at = quantity.last
            return
        self._with_stray_space(quantity)
        self._linked(quantity)
        self.at = quantity.last
        if not self._is_standard(quantity):
            self.findings.quantities.append(quantity)

    def _with_unit(self, quantity: Quantity) -> None:
        number = quantity.number
        money = number.factor in _MONEY_SCALES or (number.factor == 1 and number.value >= 10**6 and number.last - number.first > 1)
        unit = unit_at(self.scene.source, self.tokens, number.last, only_known=money)
        if number.scale.lower().endswith("đ") or (money and unit is None):
            if self._may_be_schools(number):
                quantity.readings = (*quantity.readings, *(r / number.factor for r in quantity.readings))
                return
            quantity.unit, quantity.known_unit, quantity.measure = DONG, True, True
            if self.scene.word(quantity.last) == "." and self.scene.word(quantity.last + 1) in ("d", "dong"):
                quantity.last += 2  # tr.đ
            return
        if unit is not None:
            self._set_unit(quantity, unit)

    def _may_be_schools(self, number: Number) -> bool:
        """«3 tr đã bàn giao»: a lone «tr» before other words may be trường."""
        following = self.tokens[number.last]
        glued = self.scene.glued(number.last - 1)
        return number.scale == "tr" and not glued and following.kind is Kind.WORD and following.word not in _AFTER_MONEY

    def _set_unit(self, quantity: Quantity, unit: Unit) -> None:
        quantity.unit, quantity.known_unit, quantity.measure = unit.name, unit.known, unit.measure
        quantity.last = max(quantity.last, unit.last)

    def _with_sign(self, quantity: Quantity) -> None:
        scene, first = self.scene, quantity.first
        before = scene.word(first - 1)
        if before == "am" and self.tokens[first - 1].plain == "âm":
            negative = True
        elif before == "-":
            alone = first == 1 and self.tokens[quantity.last].kind is Kind.END
            negative = alone or (scene.glued(first) and scene.word(first - 2) in ("(", ":", "la"))
        else:
            return
        if negative:
            quantity.first -= 1
            values = tuple(-r for r in quantity.readings)
            bullet = before == "-" and scene.word(first - 2) not in ("(", ":", "la")
            quantity.readings = (*values, *quantity.readings) if bullet else values

    def _qualify(self, quantity: Quantity) -> None:
        scene = self.scene
        at = quantity.first - 1
        if at < 0 or self.tokens[at].kind not in (Kind.WORD, Kind.MARK):
            return
        if scene.word(at) == "=" and scene.word(at - 1) in (">", "<"):
            quantity.qualifier = Qualifier.AT_LEAST if scene.word(at - 1) == ">" else Qualifier.UNDER
            quantity.first = at - 1
            return
        if scene.word(at) == "≥":
            quantity.qualifier, quantity.first = Qualifier.AT_LEAST, at
            return
        two = f"{scene.word(at - 1)} {scene.word(at)}"
        three = f"{scene.word(at - 2)} {two}"
        qualifier = _TWO_WORD_QUALIFIERS.get(two) or _TWO_WORD_QUALIFIERS.get(three)
        if qualifier is not None:
            quantity.qualifier, quantity.first = qualifier, at - (2 if three in _TWO_WORD_QUALIFIERS else 1)
            return
        word = scene.word(at)
        qualifier = _QUALIFIERS.get(word)
        if qualifier is None or (self.accented and self.tokens[at].plain != _QUALIFIER_AS_WRITTEN.get(word, self.tokens[at].plain)):
            return
        if word == "do" and not self.accented:
            return
        if word == "hon" and scene.word(at - 1) in ("thap", "cao", "it", "nhieu"):
            return  # «thấp hơn 75,5%» compares
        if scene.word(at - 1) in ("cay", "trong", "lam") and word == "tren" and quantity.measure:
            return  # «gieo cấy trên 153ha»: on, not over
        quantity.qualifier, quantity.first = qualifier, at
        if scene.word(at - 1) == "uoc":
            quantity.first = at - 1

    def _is_threshold(self, quantity: Quantity) -> bool:
        """«khám thai từ 4 lần trở lên đạt 86,9%»: part of a name when another number stands in the same breath."""
        scene, last = self.scene, quantity.last
        bounded = scene.word(last) == "tro" and scene.word(last + 1) in _THRESHOLD_ENDS
        if bounded:
            quantity.last += 2
        lower = quantity.qualifier is Qualifier.AT_LEAST and not quantity.is_percent
        below = scene.word(quantity.first) == "duoi" and not quantity.is_percent
        named = scene.word(last) == "la" and scene.is_numeral(last + 1) and not quantity.measure and bool(quantity.unit)
        if named:  # «tổng số học sinh 03 cấp học là 418»
            return True
        if not bounded and not lower and not below:
            return False
        other = self._number_before(quantity.first) or self._number_after(quantity.last)
        if not other and bounded:
            quantity.qualifier = Qualifier.AT_LEAST if scene.word(last + 1) == "len" else None
        return other

    def _is_standard(self, quantity: Quantity) -> bool:
        """«42 xã đạt 19/19 tiêu chí», «12 xã đạt từ 12 đến 14 tiêu chí»: what was met, not how many there are."""
        first, part = quantity.first, quantity.ratio
        if part is not None:
            first = part.first
            if part.readings != quantity.readings or quantity.is_percent:
                return False
        elif quantity.range_to is None or quantity.is_percent:
            return False
        before = self.scene.word(first - 1)
        if before != "dat" and not (before == "tu" and self.scene.word(first - 2) == "dat"):
            return False
        if not self._number_before(first):
            return False
        if part is not None:
            self.findings.quantities.remove(part)
        self.findings.distractors.append((NotAFigure.NAME, first, quantity.last))
        return True

    def _number_before(self, at: int) -> bool:
        for back in range(at - 1, -1, -1):
            token = self.tokens[back]
            if token.kind is Kind.NUMERAL:
                return True
            if token.kind is Kind.BREAK or token.word in _SEGMENT_ENDS:
                return False
        return False

    def _number_after(self, at: int) -> bool:
        while self.tokens[at].kind in (Kind.WORD, Kind.NUMERAL):
            if self.tokens[at].kind is Kind.NUMERAL:
                return True
            at += 1
        return False

    def _with_stray_space(self, quantity: Quantity) -> None:
        """«8 6/132», «549 650»: digits side by side are one number or two; both stay open."""
        found, number = self.findings.quantities, quantity.number
        if number.in_words or number.factor != 1:
            return
        spaced = number.last - number.first > 1 and self.tokens[number.first + 1].kind is Kind.NUMERAL
        if spaced and (quantity.measure or not quantity.unit) and not number.words:
            head = read_numeral(self.tokens[number.first].word)
            quantity.readings = (*quantity.readings, *head)
            return
        if not found or found[-1].unit or found[-1].last != quantity.first or found[-1].number.in_words:
            return
        before = found[-1]
        digits = self.tokens[before.first].word + self.tokens[quantity.first].word
        if before.last - before.first == 1 and self.tokens[quantity.first - 1].kind is Kind.NUMERAL and digits.isdecimal():
            found.pop()
            quantity.first = before.first
            quantity.number = number._replace(first=before.first, start=before.number.start)
            quantity.readings = (Decimal(digits), *quantity.readings)

    # How quantities hang together.

    def _linked(self, quantity: Quantity) -> None:
        if not self.findings.quantities:
            return
        joint = quantity.first - 1
        before = self.findings.quantities[-1]
        word = self.scene.word(joint)
        if word == "/":
            whole = self._before_bracket(joint - 1) if self.scene.word(joint - 1) == ")" else before
            if whole is not None and whole.ratio is None and self._same_breath(whole, joint):
                self._ratio(whole, quantity)
        elif before.last == joint and word in _RANGE_MARKS and self._is_range(before, quantity, word):
            self._range(before, quantity)
        elif self._spoken_ratio(before, quantity):
            quantity.first, quantity.qualifier = quantity.number.first, None
            self._ratio(before, quantity)
        elif before.last == joint and word == "va" and self.scene.word(before.first - 1) == "giua":
            self._range(before, quantity)

    def _before_bracket(self, closing: int) -> Quantity | None:
        """The quantity before a bracket that ends at `closing`: 176 đơn (160 khiếu nại, 16 tố cáo)/221 đơn."""
        opening = closing
        while opening >= 0 and self.scene.word(opening) != "(":
            opening -= 1
        return next((q for q in reversed(self.findings.quantities) if q.last == opening), None)

    def _same_breath(self, before: Quantity, joint: int) -> bool:
        if self.scene.word(joint - 1) == ")":
            return True
        return all(self.tokens[i].kind is Kind.WORD for i in range(before.last, joint))

    def _ratio(self, part: Quantity, whole: Quantity) -> None:
        part.ratio, whole.ratio, part.part = whole, part, True
        if whole.unit == "kế hoạch":
            whole.unit, whole.known_unit = "", False  # «đạt 3/4 kế hoạch» counts no plans
        if part.number.factor == 1 and whole.number.factor != 1 and not part.unit and not part.number.words:
            part.readings = tuple(r * whole.number.factor for r in part.readings)
        if not part.unit and not whole.is_percent:
            part.unit, part.known_unit, part.measure = whole.unit, whole.known_unit, whole.measure
        elif not whole.unit:
            whole.unit, whole.known_unit, whole.measure = part.unit, part.known_unit, part.measure

    def _spoken_ratio(self, before: Quantity, quantity: Quantity) -> bool:
        """«năm trăm bốn mươi chín trên sáu trăm năm mươi»."""
        spoken = before.number.in_words and quantity.number.in_words
        return spoken and before.last == quantity.first and quantity.qualifier is Qualifier.OVER and not before.ratio

    def _is_range(self, before: Quantity, quantity: Quantity, word: str) -> bool:
        if before.ratio is not None or before.number.in_words != quantity.number.in_words:
            return False
        factor = quantity.number.factor if before.number.factor == 1 else Decimal(1)
        if before.readings[0] * factor >= quantity.readings[0]:
            return False
        if not before.unit:
            return True
        same = before.unit == quantity.unit
        return same and (word != "-" or self.scene.word(before.first - 1) == "tu") and self.scene.word(before.first - 1) in ("tu", "giua", "khoang")

    def _range(self, before: Quantity, quantity: Quantity) -> None:
        """The lower end takes over what the upper end brings, and stands for both."""
        if before.number.factor == 1 and quantity.number.factor != 1:
            before.readings = tuple(r * quantity.number.factor for r in before.readings)
        quantity.range_to = quantity.readings[0]
        quantity.readings = before.readings
        number = before.number._replace(
            last=quantity.number.last,
            num_end=quantity.number.num_end,
            end=quantity.number.end,
            scale=quantity.number.scale,
            factor=quantity.number.factor,
        )
        quantity.number, quantity.first, quantity.qualifier = number, before.first, before.qualifier
        self.findings.quantities.pop()


_SCALE_STARTS = frozenset({"nua", "trieu", "ty", "ti", "nghin", "ngan", "nghan"})
