"""Which words stand before and after each quantity, and which quantity it leans on.

    before   tokens of its clause, back to the quantity before it
    after    tokens behind its unit, on to the next quantity or the end of the clause
    owner    the nearest value before a percent or a change: it belongs to that one

Knows: clauses and order. Does not know: what the words say, but for those that tell a change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.replies.normalise import Vocabulary
from bot.replies.quantities import TIMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.replies.amounts import Quantity
    from bot.replies.clauses import Clause
    from bot.replies.scene import Scene

_CHANGES = Vocabulary("tăng giảm vượt")
CHANGE_WORDS = frozenset({*_CHANGES.folded, "hon", "gap"})  # a text without any of them tells no change
_COMPARED = Vocabulary("thấp cao ít nhiều")  # … hơn
_BETWEEN = Vocabulary(
    "thêm mạnh nhẹ khoảng hơn gần trên được gấp xấp xỉ chừng tầm hẳn khá là ước thẳng cả bình quân trung mức tới"
)
_NEW_LEVEL = Vocabulary("lên xuống còn")
_EQUALLY = Vocabulary("tương đương ứng khoảng với là")


class Frame(NamedTuple):
    clause: int
    before: int  # [before, first) stand before the quantity
    first: int
    last: int
    after: int  # [last, after) stand behind it
    change: bool = False
    change_at: int = -1


def frames_of(
    scene: Scene, quantities: Sequence[Quantity], clauses: Sequence[Clause], clause_of: Sequence[int]
) -> list[Frame]:
    frames: list[Frame] = []
    changing = not CHANGE_WORDS.isdisjoint(scene.said)
    for index, quantity in enumerate(quantities):
        number = clause_of[quantity.number.first]
        clause = clauses[number]
        before = clause.first
        if index and quantities[index - 1].last > before:
            before = quantities[index - 1].last
        after = clause.last
        if index + 1 < len(quantities) and quantities[index + 1].first < after:
            after = quantities[index + 1].first
        frame = Frame(number, min(before, quantity.first), quantity.first, quantity.last, max(after, quantity.last))
        said = _change(scene, quantities, frames, frame, clauses) if changing else None
        frames.append(frame if said is None else frame._replace(change=True, change_at=said))
    return frames


def _change(
    scene: Scene, quantities: Sequence[Quantity], earlier: Sequence[Frame], frame: Frame, clauses: Sequence[Clause]
) -> int | None:
    """The token of the word that makes it a change, or of the quantity's own «gấp»."""
    index = len(earlier)
    quantity = quantities[index]
    if quantity.unit == TIMES and scene.words[quantity.number.first] == "gap":
        return quantity.number.first
    at = frame.first - 1
    while at >= frame.before and scene.says(at, _BETWEEN) and not _is_change(scene, at):
        at -= 1
    if at >= frame.before and _is_change(scene, at):
        if not _counts(scene, quantity, at):
            return None
        return at - 1 if scene.words[at] == "hon" else at
    if frame.before == frame.first and clauses[frame.clause].cut == "(" and _is_change(scene, frame.before - 2):
        return frame.before - 2  # giảm (01 ổ dịch)
    compared = _compared_from_the_start(scene, frame)
    if compared is not None:
        return compared
    if not earlier or not earlier[-1].change:
        return None
    return _goes_on(scene, quantities, earlier, frame, clauses)


def _is_change(scene: Scene, at: int) -> bool:
    if scene.says(at, _CHANGES):
        return not scene.says(at + 1, _NEW_LEVEL)
    if scene.words[at] == "hon":
        return scene.says(at - 1, _COMPARED)
    return scene.words[at] == "cao" and scene.words[at + 1] == "gap"


def _counts(scene: Scene, quantity: Quantity, at: int) -> bool:
    """«vượt 20 chỉ tiêu» tells how many were exceeded; «vượt 25%» by how much."""
    if scene.words[at] != "vuot":
        return True
    following = (scene.words[quantity.last], scene.words[quantity.last + 1])
    return quantity.is_percent or following in (("ke", "hoach"), ("du", "toan")) or following[0] == "so"


def _compared_from_the_start(scene: Scene, frame: Frame) -> int | None:
    """«Giảm so với tháng 6 là: 01 đối tượng»."""
    for at in range(frame.before, frame.first):
        if _is_change(scene, at):
            return at if scene.words[at + 1] == "so" and scene.words[frame.first - 1] in (":", "la") else None
    return None


def _goes_on(
    scene: Scene, quantities: Sequence[Quantity], earlier: Sequence[Frame], frame: Frame, clauses: Sequence[Clause]
) -> int | None:
    """A change said on: (tương ứng 41%); «tăng 4 vụ, 3 người bị thương»; «giảm … là: 01 đối tượng, số tiền …»."""
    last = earlier[-1]
    if clauses[last.clause].sentence != clauses[frame.clause].sentence:
        return None
    words = range(frame.before, frame.first)
    if all(scene.says(at, _EQUALLY) for at in words) and len(words) > 0 and quantities[len(earlier)].is_percent:
        return last.change_at
    if (
        quantities[len(earlier)].is_percent
        or quantities[len(earlier) - 1].is_percent
        or frame.clause != last.clause + 1
    ):
        return None
    if clauses[frame.clause].cut != ",":
        return None
    compared = any(scene.words[at] == "so" for at in range(clauses[last.clause].first, last.first))
    bare = all(scene.words[at] in ("so", "tien") for at in words)
    return last.change_at if compared and bare else None
