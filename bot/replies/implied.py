"""Units that are not written beside their number but said nearby.

    parent   sập 328 căn nhà (Hoà Bình 44, …)      the unit of the total before the bracket
    label    Tổng số học sinh … là 418             the noun after «số», «tổng số»
    animals  Trâu: 1.200                           con

Nothing is taken over from a mere neighbour: «lúa mùa 549 ha, gia súc 11.488» are not hectares.
Knows: labels and parents. Does not know: the form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.replies.normalise import Vocabulary, fold
from bot.replies.units import PERCENT

if TYPE_CHECKING:
    from bot.replies.amounts import Quantity
    from bot.replies.labelling import Labels
    from bot.replies.phrases import Label
    from bot.replies.roles import Roles
    from bot.replies.scene import Scene
    from bot.replies.units import Unit

HEAD_OF_LIVESTOCK = "con"
_ANIMALS = Vocabulary("trâu lợn heo", unsafe="bò dê gà vịt ngan ngỗng chó mèo ngựa")
_LIVESTOCK = frozenset({"gia suc", "gia cam", "vat nuoi"})
_OF_ANIMALS = frozenset({"suc", "cam", "nuoi", *map(fold, _ANIMALS.plain)})  # no label says animals without these


def may_imply(scene: Scene) -> bool:
    """A quick look whether any label can say a unit."""
    if not _OF_ANIMALS.isdisjoint(scene.said):
        return True
    numbered = [at for at, word in enumerate(scene.words) if word == "so"] if "so" in scene.said else []
    return any(_unit_after(scene, at) is not None for at in numbered)


def imply_units(scene: Scene, quantities: list[Quantity], roles: Roles, labels: Labels) -> None:
    """Fill in the units of quantities that have none, where the text says them."""
    named = may_imply(scene)
    for index, quantity in enumerate(quantities):
        if quantity.unit:
            continue
        unit = _of_parent(index, quantities, roles)
        if not unit and named:
            unit = _of_label(scene, quantity, labels.of(index))
        if unit:
            quantity.unit, quantity.known_unit = unit, True
            if quantity.ratio is not None and not quantity.ratio.unit:
                quantity.ratio.unit, quantity.ratio.known_unit = unit, True


def _of_parent(index: int, quantities: list[Quantity], roles: Roles) -> str:
    clause = roles.clauses[roles.frames[index].clause]
    if not clause.depth:
        return ""
    parent = roles.parent(index)
    if parent is None or quantities[parent].unit == PERCENT:
        return ""
    return quantities[parent].unit


def _of_label(scene: Scene, quantity: Quantity, label: Label) -> str:
    if label.first < 0 or quantity.number.factor != 1:
        return ""
    for at in range(label.first, label.last - 1):
        if scene.words[at] == "so" and scene.words[at - 1] not in ("mot", "chi", "he"):
            unit = _unit_after(scene, at)
            return unit.name if unit is not None and unit.last <= label.last else ""
    if any(reading != reading.to_integral_value() for reading in quantity.readings):
        return ""
    last = label.last - 1
    named = f"{scene.words[last - 1]} {scene.words[last]}" in _LIVESTOCK or scene.says(last, _ANIMALS)
    return HEAD_OF_LIVESTOCK if named and last - label.first < 4 else ""


def _unit_after(scene: Scene, at: int) -> Unit | None:
    """The noun counted behind «số»."""
    unit = scene.unit(at + 1)
    return unit if unit is not None and not unit.measure else None
