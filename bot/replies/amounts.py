"""An amount with what belongs to it: unit, «rưỡi» behind the unit, sign, hedge, «trở lên».

    quantity := [hedge] [sign] amount [unit ["rưỡi"]] ["trở lên"]
    hedge    := trên | hơn | gần | khoảng | chừng | tầm | ước | ít nhất | ~ | ≥ …

Knows: the words right before and behind an amount. Does not know: other amounts, roles, labels.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.facts import Qualifier
from bot.replies.normalise import vocabulary
from bot.replies.tokens import Kind
from bot.replies.units import DONG, PERCENT, Unit, per_base, unit_at

if TYPE_CHECKING:
    from bot.replies.numbers import Number
    from bot.replies.scene import Scene

# Members by name: looked up on their class, each costs more than the comparison it serves.
_AT_LEAST = Qualifier.AT_LEAST
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
    "nhat": Qualifier.AT_LEAST,
    "thieu": Qualifier.AT_LEAST,
    "≥": Qualifier.AT_LEAST,
    "tinh": Qualifier.ESTIMATED,
    "dat": Qualifier.ESTIMATED,
    "hien": Qualifier.ESTIMATED,
    "=": Qualifier.AT_LEAST,
}
# Hedges of several words, by their last one; where one word is not enough, the others must stand before it.
_LONGER = {
    "nhat": (("it", "nhat"),),
    "duoi": (("khong", "duoi"),),
    "hon": (("khong", "it", "hon"),),
    "thieu": (("toi", "thieu"),),
    "chung": (("do", "chung"), ("khoang", "chung"), ("uoc", "chung")),
    "khoang": (("tam", "khoang"), ("uoc", "khoang")),
    "xi": (("xap", "xi"),),
    "tinh": (("uoc", "tinh"),),
    "dat": (("uoc", "dat"),),
    "hien": (("uoc", "thuc", "hien"),),
    "=": ((">", "="), ("<", "=")),
}
_NOT_ALONE = frozenset({"nhat", "thieu", "xi", "tinh", "dat", "hien", "="})
_LEAST = frozenset({("khong", "duoi"), ("khong", "it", "hon")})
_AS_WRITTEN = {
    "tam": "tầm",
    "do": "độ",
    "chung": "chừng",
    "khoang": "khoảng",
    "gan": "gần",
    "duoi": "dưới",
    "uoc": "ước",
}
_MONEY_SCALES = (Decimal(10**6), Decimal(10**9))
_AFTER_MONEY = vocabulary("đồng đ tiền nữa rồi thôi a ạ ah nhé lk luỹ lũy đạt so cho từ của và với là thì")
_SEGMENT_ENDS = frozenset({",", ";", ".", "(", ")", ":"})


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

    @property
    def is_percent(self) -> bool:
        return self.unit == PERCENT


def quantity_of(scene: Scene, number: Number) -> Quantity:
    """The number with its unit, sign and hedge."""
    quantity = Quantity(number, number.first, number.last, number.readings)
    _with_unit(scene, quantity)
    if quantity.unit and scene.words[quantity.last] == "ruoi":
        quantity.readings = tuple(r + number.factor / 2 for r in quantity.readings)
        quantity.last += 1
    elif quantity.measure and scene.is_numeral(quantity.last):
        _with_tenth(scene, quantity)
    if scene.words[quantity.first - 1] in ("-", "am"):
        _with_sign(scene, quantity)
    qualify(scene, quantity)
    return quantity


def _with_unit(scene: Scene, quantity: Quantity) -> None:
    number = quantity.number
    compound = number.factor == 1 and number.last - number.first > 1 and number.readings[0] >= _MONEY_SCALES[0]
    money = compound or number.factor in _MONEY_SCALES
    unit = unit_at(scene.source, scene.tokens, number.last, only_known=money)
    if (money and unit is None) or number.scale.lower().endswith("đ"):
        if _may_be_schools(scene, number):
            quantity.readings = (*quantity.readings, *(r / number.factor for r in quantity.readings))
            return
        implied = per_base(
            scene.source, scene.tokens, Unit(quantity.last, scene.tokens[quantity.last - 1].end, DONG, measure=True)
        )
        quantity.unit, quantity.last, quantity.known_unit, quantity.measure = implied.name, implied.last, True, True
        if scene.words[quantity.last] == "." and scene.words[quantity.last + 1] in ("d", "dong"):
            quantity.last += 2  # tr.đ
        return
    if unit is not None:
        quantity.unit, quantity.known_unit, quantity.measure = unit.name, unit.known, unit.measure
        quantity.last = unit.last


def _with_tenth(scene: Scene, quantity: Quantity) -> None:
    """«3 tấn 2» may be 3,2 tấn; or 3 tấn, and two of something else."""
    last = quantity.last
    tenth = scene.whole(last)
    whole = quantity.number.factor == 1 and quantity.readings[0] == quantity.readings[0].to_integral_value()
    if tenth is None or len(scene.words[last]) > 1 or not whole or quantity.is_percent or quantity.unit == DONG:
        return
    value, glued = quantity.readings[0], scene.glued(last)  # 2m5
    apart = scene.unit(last + 1) is not None or scene.words[last + 1] in ("/", "-", "%") or scene.is_numeral(last + 1)
    if apart and not glued:
        return
    tenths = value + Decimal(tenth) / 10
    quantity.readings = (tenths,) if glued else (tenths, value)
    quantity.last += 1


def _may_be_schools(scene: Scene, number: Number) -> bool:
    """«3 tr đã bàn giao»: a lone «tr» before other words may be trường."""
    following = scene.tokens[number.last]
    lone = number.scale == "tr" and not scene.glued(number.last - 1)
    return lone and following.kind == Kind.WORD and following.word not in _AFTER_MONEY


def _with_sign(scene: Scene, quantity: Quantity) -> None:
    first = quantity.first
    before = scene.words[first - 1]
    said = scene.words[first - 2] in ("(", ":", "la")
    if before == "am":
        negative, open_ = scene.tokens[first - 1].plain == "âm", False
    else:
        open_ = not said  # a dash that is the whole of a message may be a bullet
        negative = (scene.glued(first) and said) or (first == 1 and scene.tokens[quantity.last].kind == Kind.END)
    if negative:
        quantity.first -= 1
        values = tuple(-r for r in quantity.readings)
        quantity.readings = (*values, *quantity.readings) if open_ else values


def qualify(scene: Scene, quantity: Quantity) -> None:
    """Take in the hedge before a quantity."""
    at = quantity.first - 1
    word = scene.words[at]
    qualifier = _QUALIFIERS.get(word)
    if qualifier is None:
        return
    for words in _LONGER.get(word, ()):
        if tuple(scene.words[i] for i in range(at + 1 - len(words), at + 1)) == words:
            least = words in _LEAST or words == (">", "=")
            quantity.qualifier = _AT_LEAST if least else Qualifier.UNDER if words == ("<", "=") else qualifier
            quantity.first = at + 1 - len(words)
            return
    if word in _NOT_ALONE or not _hedges(scene, quantity, at):
        return
    quantity.qualifier = qualifier
    quantity.first = at - 1 if scene.words[at - 1] == "uoc" else at


def _hedges(scene: Scene, quantity: Quantity, at: int) -> bool:
    """Whether the word is a hedge here: «cấy trên 153ha» is on, «thấp hơn 75,5%» compares, «đỡ» is no «độ»."""
    word = scene.words[at]
    if scene.accented:
        plain = scene.tokens[at].plain
        if plain != _AS_WRITTEN.get(word, plain):
            return False
    elif word == "do":
        return False
    before = scene.words[at - 1]
    if word == "hon":
        return before not in ("thap", "cao", "it", "nhieu")
    return not (word == "tren" and quantity.measure and before in ("cay", "trong", "lam"))


def is_threshold(scene: Scene, quantity: Quantity) -> bool:
    """«khám thai từ 4 lần trở lên đạt 86,9%»: part of a name, when another number stands in the same breath.

    Takes in «trở lên»; where no other number is near, it is a hedge.
    """
    last = quantity.last
    up = scene.words[last + 1]
    bounded = scene.words[last] == "tro" and up in ("len", "xuong")
    if bounded:
        quantity.last += 2
    if scene.words[last] == "la" and scene.is_numeral(last + 1) and quantity.unit and not quantity.measure:
        return _within_label(scene, quantity.first)
    limits = quantity.qualifier is _AT_LEAST or scene.words[quantity.first] == "duoi"
    if not bounded and (not limits or quantity.is_percent):
        return False
    other = number_before(scene, quantity.first) or _number_after(scene, quantity.last)
    if bounded and not other:
        quantity.qualifier = _AT_LEAST if up == "len" else None
    return other


def number_before(scene: Scene, at: int) -> bool:
    """Whether a numeral stands before `at` in the same breath."""
    for back in range(at - 1, -1, -1):
        token = scene.tokens[back]
        if token.kind == Kind.NUMERAL:
            return True
        if token.kind == Kind.BREAK or token.word in _SEGMENT_ENDS:
            return False
    return False


def _number_after(scene: Scene, at: int) -> bool:
    while scene.tokens[at].kind < Kind.BREAK:
        if scene.tokens[at].kind == Kind.NUMERAL:
            return True
        at += 1
    return False


def _within_label(scene: Scene, at: int) -> bool:
    """«Tổng số học sinh 03 cấp học là 418»: the first number belongs to the name of the second."""
    back = at - 1
    while back >= 0 and (scene.is_word(back) or scene.words[back] == ","):
        if scene.words[back] == "so":
            return True
        back -= 1
    return False
