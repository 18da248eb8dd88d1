"""How a quantity hangs together with the one before it.

    ratio    549/650 ha · 02 ca/0 ca · năm trăm trên sáu trăm · 176 đơn (…)/221 đơn
    range    2-3 tấn · 20 đến 30 · giữa 5 và 7
    astray   8 6/132 · 549 650: one number or two, and so both
    standard «42 xã đạt 19/19 tiêu chí»: what was met, not how many there are

Knows: marks and words between two amounts. Does not know: which side is the plan.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from bot.facts import Qualifier
from bot.replies.amounts import number_before
from bot.replies.numbers import read_numeral
from bot.replies.tokens import Kind

if TYPE_CHECKING:
    from bot.replies.amounts import Quantity
    from bot.replies.scene import Scene

_RANGE_MARKS = frozenset({"-", "den", "toi"})
_RANGE_OPENERS = ("tu", "giua", "khoang")
_FARTHEST_BRACKET = 60  # tokens
_OR = frozenset({"hay", "hoac"})  # «92 hay 95»: one of the two
_ENDS_TOTAL = frozenset({"tong", "so", "cong", "bo"})
_OF_TOTAL = frozenset({"tren tong", "tren tong so", "tren tong cong", "trong tong so", "trong tong", "tren toan bo"})


def join(scene: Scene, earlier: list[Quantity], quantity: Quantity) -> None:
    """Link the quantity with the last of `earlier`; a range takes that one over."""
    _with_stray_space(scene, earlier, quantity)
    if not earlier:
        return
    before, joint = earlier[-1], quantity.first - 1
    word = scene.words[joint]
    if word == "/":
        part = _before_bracket(scene, earlier, joint - 1) if scene.words[joint - 1] == ")" else before
        if part is not None and part.ratio is None and _same_breath(scene, part, joint):
            _ratio(part, quantity)
    elif before.last == joint:
        between = word == "va" and scene.words[before.first - 1] == "giua"
        between = between or (word in _OR and before.ratio is None and not quantity.is_percent)
        if between or (word in _RANGE_MARKS and _is_range(scene, before, quantity, word)):
            _range(before, quantity)
            earlier.pop()
    elif word in _ENDS_TOTAL and _is_of_total(scene, before, quantity):
        _ratio(before, quantity)
    elif _is_spoken_ratio(before, quantity):
        quantity.first, quantity.qualifier = quantity.number.first, None
        _ratio(before, quantity)


def is_standard(scene: Scene, quantity: Quantity) -> bool:
    """«42 xã đạt 19/19 tiêu chí», «12 xã đạt từ 12 đến 14 tiêu chí»: the joined quantity names what was met."""
    first, part = quantity.first, quantity.ratio
    if part is not None:
        first = part.first
        if part.readings != quantity.readings:
            return False
    elif quantity.range_to is None:
        return False
    before = scene.words[first - 1]
    met = before == "dat" or (before == "tu" and scene.words[first - 2] == "dat")
    return met and not quantity.is_percent and number_before(scene, first)


def _with_stray_space(scene: Scene, earlier: list[Quantity], quantity: Quantity) -> None:
    number, tokens = quantity.number, scene.tokens
    if number.in_words or number.factor != 1:
        return
    if number.last - number.first > 1:
        if (
            tokens[number.first + 1].kind == Kind.NUMERAL
            and (quantity.measure or not quantity.unit)
            and not number.words
        ):
            quantity.readings = (*quantity.readings, *read_numeral(tokens[number.first].word))
        return
    if not earlier or earlier[-1].last != quantity.first:
        return
    before = earlier[-1]
    bare = not before.unit and not before.number.in_words and before.last - before.first == 1
    digits = tokens[before.first].word + tokens[quantity.first].word
    if bare and tokens[before.first].kind == Kind.NUMERAL and digits.isdecimal():
        earlier.pop()
        quantity.first = before.first
        quantity.number = number._replace(first=before.first, start=before.number.start)
        quantity.readings = (Decimal(digits), *quantity.readings)
        if before.ratio is not None:  # «549/65 0»
            quantity.ratio, quantity.part, before.ratio.ratio = before.ratio, before.part, quantity


def _before_bracket(scene: Scene, earlier: list[Quantity], closing: int) -> Quantity | None:
    opening = closing
    while opening >= 0 and scene.words[opening] != "(" and closing - opening < _FARTHEST_BRACKET:
        opening -= 1
    return next((q for q in reversed(earlier[-8:]) if q.last == opening), None)


def _same_breath(scene: Scene, part: Quantity, joint: int) -> bool:
    if scene.words[joint - 1] == ")":
        return True
    return all(scene.tokens[i].kind == Kind.WORD for i in range(part.last, joint))


def _ratio(part: Quantity, whole: Quantity) -> None:
    """Unit and scale are said once, mostly on the right."""
    part.ratio, whole.ratio, part.part = whole, part, True
    if whole.unit == "kế hoạch":
        whole.unit, whole.known_unit = "", False  # «đạt 3/4 kế hoạch» counts no plans
    if part.number.factor == 1 and whole.number.factor != 1 and not part.unit and not part.number.words:
        part.readings = tuple(r * whole.number.factor for r in part.readings)
    if not part.unit and not whole.is_percent:
        part.unit, part.known_unit, part.measure = whole.unit, whole.known_unit, whole.measure
    elif not whole.unit:
        whole.unit, whole.known_unit, whole.measure = part.unit, part.known_unit, part.measure


def _is_spoken_ratio(before: Quantity, quantity: Quantity) -> bool:
    """«năm trăm bốn chín trên sáu trăm năm mươi», «549 trên 650 ha», «1 tỷ trên 21 tỷ 070 triệu»."""
    if before.last != quantity.first or quantity.qualifier is not Qualifier.OVER or before.ratio is not None:
        return False
    if before.number.in_words or quantity.number.in_words:
        return before.number.in_words and quantity.number.in_words
    scaled = before.number.factor == 1 or quantity.number.factor != 1 or bool(quantity.unit)
    return before.unit in ("", quantity.unit) and scaled and before.readings[0] <= quantity.readings[0]


def _is_of_total(scene: Scene, before: Quantity, quantity: Quantity) -> bool:
    """«715 đv trên tổng 730», «65 hồ sơ trong tổng số 70»: of a whole said behind it."""
    if " ".join(scene.words[before.last : quantity.first]) not in _OF_TOTAL or before.ratio is not None:
        return False
    counted = quantity.unit in ("", before.unit) or not before.unit
    plain = not (before.is_percent or quantity.is_percent or before.number.in_words or quantity.number.in_words)
    return counted and plain and before.readings[0] <= quantity.readings[0]


def _is_range(scene: Scene, before: Quantity, quantity: Quantity, word: str) -> bool:
    if before.ratio is not None or before.number.in_words != quantity.number.in_words:
        return False
    factor = quantity.number.factor if before.number.factor == 1 else Decimal(1)
    if before.readings[0] * factor >= quantity.readings[0]:
        return False
    if not before.unit:
        return True
    opener = scene.words[before.first - 1]
    return before.unit == quantity.unit and opener in _RANGE_OPENERS and (word != "-" or opener == "tu")


def _range(before: Quantity, quantity: Quantity) -> None:
    """The lower end takes over what the upper end brings, and stands for both."""
    upper = quantity.number
    if before.number.factor == 1 and upper.factor != 1:
        before.readings = tuple(r * upper.factor for r in before.readings)
    quantity.range_to = quantity.readings[0]
    quantity.readings = before.readings
    quantity.number = before.number._replace(
        last=upper.last, num_end=upper.num_end, end=upper.end, scale=upper.scale, factor=upper.factor
    )
    quantity.first, quantity.qualifier = before.first, before.qualifier
