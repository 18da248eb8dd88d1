"""Whether the unit somebody wrote fits an indicator's unit, and the value in the indicator's unit.

Knows: measures and their factors, count nouns that stand for each other.
Does not know: labels, roles, whether a value is plausible.
"""

from __future__ import annotations

from decimal import Decimal
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from bot.replies.label_words import ABBREVIATIONS
from bot.replies.normalise import fold

if TYPE_CHECKING:
    from bot.replies.reading import Mention


class Fit(IntEnum):
    """How a written unit stands to the indicator's."""

    CONFLICT = 0  # tấn for ha
    OTHER = 1  # another count noun
    UNSAID = 2
    ALIKE = 3  # ca for trường hợp
    SAME = 4


class Measured(NamedTuple):
    fit: Fit
    value: Decimal


PERCENT = "%"
_MEASURES: dict[str, tuple[str, Decimal]] = {
    "ha": ("area", Decimal(1)),
    "m2": ("area", Decimal("0.0001")),
    "m²": ("area", Decimal("0.0001")),
    "km2": ("area", Decimal(100)),
    "km²": ("area", Decimal(100)),
    "sào": ("local area", Decimal(1)),
    "mẫu": ("local area", Decimal(10)),
    "tấn": ("mass", Decimal(1)),
    "tạ": ("mass", Decimal("0.1")),
    "yến": ("mass", Decimal("0.01")),
    "kg": ("mass", Decimal("0.001")),
    "đồng": ("money", Decimal(1)),
    "nghìn đồng": ("money", Decimal(1000)),
    "triệu đồng": ("money", Decimal(10**6)),
    "tỷ đồng": ("money", Decimal(10**9)),
    "USD": ("foreign money", Decimal(1)),
    "km": ("length", Decimal(1000)),
    "m": ("length", Decimal(1)),
    "m3": ("volume", Decimal(1)),
    "m³": ("volume", Decimal(1)),
    "kWh": ("energy", Decimal(1)),
    PERCENT: ("percent", Decimal(1)),
}
_FAMILIES = (
    (
        "người, lao động, đối tượng, lượt người, hội viên, lượt hội viên, đảng viên, cán bộ, công chức, cán "
        "bộ công chức, học sinh, em, cháu, trẻ, trẻ em, bé, đồng chí, thanh thiếu nhi, quần chúng, quần chúng "
        "ưu tú, trường hợp, ca, chị, chị em, lượt, người dân, đoàn viên, thanh niên, thiếu nhi, nhân khẩu, "
        "công dân, bệnh nhân, lượt khám, viên chức, sinh viên"
    ),
    "trường hợp, ca, vụ, vụ việc, ổ, ổ dịch, tình huống, sự vụ, lượt, việc, vi phạm",
    "hồ sơ, bộ hồ sơ, bộ, trường hợp, lượt hồ sơ, cái",
    "giấy, giấy chứng nhận, sổ, bìa, hồ sơ, trường hợp, sổ đỏ, bìa đỏ",
    "lần, buổi, cuộc, hội nghị, cuộc họp, lượt, phiên, kỳ, buổi sinh hoạt, hn",
    "tin, bài, bài viết, tin bài, tin, bài, lượt bài, bài đăng",
    "đơn, đơn thư, lá đơn, thư, vụ việc",
    "thửa, mảnh, thửa đất, trường hợp, hồ sơ",
    "văn bản, công văn, tờ trình",
    "cơ sở, doanh nghiệp, hộ kinh doanh",
    "thôn, bản, xóm",
    "tổ chức, tổ chức đảng, chi bộ, đảng bộ",
    "nội dung, việc, vấn đề, ý kiến",
    "con, đầu con",
    "hộ, gia đình, hộ gia đình, hộ dân",
    "vị trí, điểm, chỗ",
    "phiếu, lượt phiếu, phiếu xác minh",
)


# Each is something of its own, though all are people.
_STANDINGS = frozenset(
    map(fold, ("đảng viên", "quần chúng", "quần chúng ưu tú", "hội viên", "đoàn viên", "học sinh", "bệnh nhân"))
)


def _families() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, family in enumerate(_FAMILIES):
        for noun in family.split(", "):
            found.setdefault(fold(noun), set()).add(number)
    return {noun: frozenset(numbers) for noun, numbers in found.items()}


_FAMILY = _families()
_SPELLINGS = {"hec ta": "ha", "hec": "ha", "hecta": "ha", "hec-ta": "ha", "phan tram": PERCENT}
_NO_UNITS = frozenset({"ke hoach", "kh", "chi tieu", "khkh", "ke hoach giao"})
_LARGE_SCALES = frozenset({"tr", "triệu", "trieu", "tỷ", "ty", "tỉ", "ti", "trđ", "trd", "tyd", "tỷđ"})


def measure(mention: Mention, unit: str, of: Decimal | None = None) -> Measured:
    """The mention's value (or `of`, the far end of its range) in `unit`, and how its own unit fits."""
    value = mention.value if of is None else of
    # A noun taken from the name («cúm gia cầm 2») is weighed with the name already.
    implied = mention.start == mention.num_start and mention.end == mention.num_end
    fit, times, by = _conversion(mention.unit, mention.scale, unit, implied=implied)
    if by is None:
        return Measured(fit, value)
    return Measured(fit, exact(value / by if times is None else value * times / by))


@lru_cache(maxsize=4096)
def _conversion(said: str, scale: str, unit: str, *, implied: bool) -> tuple[Fit, Decimal | None, Decimal | None]:
    """How a unit with its scale fits another, and by what a value is multiplied and divided to be in that one."""
    folded = fold(said)
    written = "" if folded in _NO_UNITS else said
    asked, measured = _MEASURES.get(unit), _MEASURES.get(_SPELLINGS.get(folded, written))
    large = scale.lower() in _LARGE_SCALES
    if asked is None:
        if measured is not None or large:
            return Fit.CONFLICT, None, None
        return Fit.UNSAID if implied else nouns_fit(written, unit), None, None
    kind, factor = asked
    if measured is not None:
        if measured[0] != kind:
            return Fit.CONFLICT, None, None
        return Fit.SAME, None if kind == "money" else measured[1], factor  # layer A gives money in đồng
    if kind == "money" and scale and not written:
        return Fit.SAME, None, factor
    return Fit.CONFLICT if written or large else Fit.UNSAID, None, None


def rescaled(mention: Mention, unit: str) -> Decimal | None:
    """What the bare number would be in `unit`, had its scale word been meant for it: 13 of «13 tỷ» in triệu đồng."""
    asked = _MEASURES.get(unit)
    if asked is None or asked[0] != "money" or not mention.scale:
        return None
    for written, factor in ((("tỷ", "ty", "tỉ", "ti"), 10**9), (("tr", "triệu", "trieu", "trđ"), 10**6)):
        if mention.scale.lower() in written:
            return exact(mention.value / factor)
    return None


def exact(value: Decimal) -> Decimal:
    """Without trailing zeros or exponent games: 1562.50 is 1562.5."""
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()


def is_measure(unit: str) -> bool:
    """Whether it measures rather than counts: ha, tấn, triệu đồng."""
    return unit in _MEASURES


def is_money(unit: str) -> bool:
    measured = _MEASURES.get(unit)
    return measured is not None and measured[0] == "money"


def is_known_noun(unit: str) -> bool:
    """Whether people, cases or things are commonly counted in it."""
    return fold(unit) in _FAMILY


def is_of_plan(mention: Mention) -> bool:
    """«3/4 kế hoạch»: what stands where a unit would is the plan."""
    return fold(mention.unit) in _NO_UNITS


def plus(base: Decimal, more: Decimal) -> Decimal:
    return exact(base + more)


@lru_cache(maxsize=4096)
def nouns_fit(said: str, asked: str) -> Fit:
    """How one count noun stands to another."""
    if not said:
        return Fit.UNSAID
    ours, theirs = fold(said), fold(asked)
    if ours == theirs or ours in theirs.split(", ") or ours == theirs.replace(", ", " "):
        return Fit.SAME
    first = ours.split()[0]
    spelled = ABBREVIATIONS.get(said.lower()) or ABBREVIATIONS.get(ours) or ABBREVIATIONS.get(first)
    if spelled and set(theirs.replace(",", "").split()) <= set(spelled):
        return Fit.SAME
    standing = " ".join(spelled) if spelled else ours
    if standing in _STANDINGS and theirs in _STANDINGS and not theirs.startswith(standing):
        return Fit.OTHER
    mine = _FAMILY.get(ours, frozenset()) | _FAMILY.get(" ".join(spelled or ()), frozenset())
    if any(mine & _FAMILY.get(noun, frozenset()) for noun in (theirs, *theirs.split(", "))):
        return Fit.ALIKE
    if said.lower() != ours:  # «hộ» is no beginning of «hồ sơ»
        ours, theirs = said.lower(), asked.lower()
    # «hồ sơ cư trú»: the noun goes on with what it is of.
    return Fit.SAME if ours.startswith(f"{theirs} ") else Fit.ALIKE if theirs.startswith(f"{ours} ") else Fit.OTHER
