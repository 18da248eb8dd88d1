"""The words a number belongs to.

Where they stand (counted in public reports): before the number in its clause 57 %, in an earlier clause 21 %, after
the number 17 %, in a heading or before a bracket 5 %. A percent and a change belong to the nearest value before them.
Knows: positions and function words. Does not know: indicators.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.replies.normalise import Vocabulary
from bot.replies.reading import MentionRole
from bot.replies.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.replies.clauses import Clause
    from bot.replies.quantities import Findings
    from bot.replies.roles import Roles
    from bot.replies.scene import Scene

# Words that are no part of a label wherever they stand.
_NEVER = Vocabulary(
    "đạt được là có gồm khoảng chừng tầm gần hơn ước lk lũy luỹ cộng dồn bằng tăng giảm chiếm vượt tương đương ứng kh th "
    "hiện nay nhé ạ ah ơi dạ vâng em báo cáo xấp xỉ cụ thể đó"
)
_EDGE = Vocabulary(
    "đã đang sẽ và với cho của trong tại ở từ đến tới về do vì như mà thì nên để so theo đối riêng còn lại thêm cả hết nữa "
    "rồi thôi các những bị ra lên xuống này kia ấy trên dưới qua sau trước khi nhờ bởi hoặc hay tuy nhiên ngoài nhưng vẫn "
    "cũng đều không ko toàn"
)


class Label(NamedTuple):
    """The phrase as typed (its kept words) and the tokens [first, last) it spans."""

    text: str
    first: int
    last: int


NOTHING = Label("", -1, -1)


def phrase(scene: Scene, first: int, last: int, dropped: Sequence[tuple[int, int]] = ()) -> Label:
    """The words of tokens [first, last) that can be a label; `dropped` are stretches of periods and dates."""
    kept = [at for at in range(first, last) if _keeps(scene, at) and not any(a <= at < b for a, b in dropped)]
    while kept and scene.says(kept[0], _EDGE):
        kept.pop(0)
    while kept and scene.says(kept[-1], _EDGE):
        kept.pop()
    if not kept:
        return NOTHING
    return Label(" ".join(scene.typed(at) for at in kept), kept[0], kept[-1] + 1)


def _keeps(scene: Scene, at: int) -> bool:
    token = scene.tokens[at]
    if token.kind is Kind.MARK:
        return token.word in ("/", "-") and scene.glued(at) and scene.is_word(at + 1)
    return not scene.says(at, _NEVER)


class Labels:
    """Labels of all quantities of one reply."""

    def __init__(
        self, scene: Scene, findings: Findings, clauses: Sequence[Clause], clause_of: Sequence[int], roles: Roles
    ) -> None:
        self.scene = scene
        self.clauses = clauses
        self.clause_of = clause_of
        self.quantities = findings.quantities
        self.roles = roles
        self.dropped = [(e.first, e.last) for e in roles.evidence if e.role is not MentionRole.SNAPSHOT]
        self.dropped += [(first, last) for _, first, last in findings.distractors]
        self.known: dict[int, Label] = {}

    def of(self, index: int) -> Label:
        if index not in self.known:
            self.known[index] = self._found(index)
        return self.known[index]

    def _found(self, index: int) -> Label:
        quantity = self.quantities[index]
        clause = self.clauses[self.clause_of[quantity.number.first]]
        first = max(clause.first, self.quantities[index - 1].last if index else 0)
        before = phrase(self.scene, first, quantity.first, self.dropped)
        if before.text:
            return before
        if not quantity.is_percent:
            last = clause.last
            if index + 1 < len(self.quantities):
                last = min(last, self.quantities[index + 1].first)
            after = phrase(self.scene, quantity.number.last if not quantity.measure else quantity.last, last, self.dropped)
            if after.text:
                return after
        return self.of(index - 1) if index else NOTHING
