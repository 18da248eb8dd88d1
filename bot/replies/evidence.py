"""Words that say what a number counts: this week, a month, the year so far, a plan, a state, a change.

Knows: the vocabulary, and where it stands in a reply. Does not know: numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.replies.normalise import fold
from bot.replies.reading import MentionRole, NotAFigure
from bot.replies.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.replies.scene import Scene

_WEEK = """
trong tuần, tuần qua, tuần này, cả tuần, tuần rồi, tuần vừa, trong kỳ, kỳ này, tuần báo cáo, tuần nay, hằng tuần, t này, tuần
"""
_MONTH = """
trong tháng, tháng qua, tháng này, tháng vừa
"""
_CUMULATIVE = """
lũy kế, luỹ kế, lk, cộng dồn, từ đầu năm, từ đầu vụ, từ đầu nhiệm kỳ, tính từ đầu năm, cả năm, trong năm, đầu năm đến nay, tính đến, đến nay,
tính chung, từ trước đến nay, năm nay, từ đầu mùa, tính riêng, hết tháng, hết quý, đến hết, vụ mùa, vụ lúa, vụ đông xuân, vụ hè thu, vụ thu đông,
vụ xuân, đến thời điểm, đến ngày, luy ke
"""
_PLAN = """
kế hoạch, kh, chỉ tiêu, dự toán, phấn đấu, mục tiêu, chỉ tiêu giao, định hướng, quy hoạch, cần, dự kiến, đề ra, sẽ
"""
_SNAPSHOT = """
hiện có, hiện còn, hiện nay, hiện tại, hiện, tổng đàn, tổng số, dân số, mật độ, diện tích tự nhiên, toàn xã có, toàn huyện có,
toàn tỉnh có, trên địa bàn có, tổng diện tích, duy trì, quản lý, còn, còn lại, tổng cộng, diện tích, xã có, tỉnh có, huyện có,
toàn xã, số hộ, nhân khẩu, đang, tồn
"""
_PRIOR = """
so với, so cùng kỳ, so, cùng kỳ, năm trước, tuần trước, tháng trước, năm ngoái
"""


class Evidence(NamedTuple):
    """Words over tokens [first, last) that speak for a role."""

    role: MentionRole
    first: int
    last: int


def _table() -> dict[str, list[tuple[tuple[str, ...], MentionRole]]]:
    table: dict[str, list[tuple[tuple[str, ...], MentionRole]]] = {}
    for role, phrases in (
        (MentionRole.WEEK, _WEEK),
        (MentionRole.MONTH, _MONTH),
        (MentionRole.CUMULATIVE, _CUMULATIVE),
        (MentionRole.PLAN, _PLAN),
        (MentionRole.SNAPSHOT, _SNAPSHOT),
        (MentionRole.CHANGE, _PRIOR),
    ):
        for phrase in fold(phrases).replace("\n", " ").split(","):
            words = tuple(phrase.split())
            table.setdefault(words[0], []).append((words[1:], role))
    for rest in table.values():
        rest.sort(key=lambda entry: -len(entry[0]))
    return table


_TABLE = _table()
_MONTHS = (NotAFigure.DATE,)
_SPANS = (NotAFigure.YEAR, NotAFigure.PERIOD)


def evidence_in(scene: Scene, distractors: Sequence[tuple[NotAFigure, int, int]]) -> list[Evidence]:
    """All evidence of the reply, in the order said."""
    found: list[Evidence] = []
    tokens = scene.tokens
    at = 0
    while tokens[at].kind is not Kind.END:
        step = 1
        for rest, role in _TABLE.get(tokens[at].word, ()):
            last = at + 1 + len(rest)
            if all(tokens[min(at + 1 + i, len(tokens) - 1)].word == word for i, word in enumerate(rest)):
                found.append(Evidence(role, at, last))
                step = 1 + len(rest)
                break
        at += step
    for kind, first, last in distractors:
        role = _role_of_time(scene, kind, first, last)
        if role is not None:
            found.append(Evidence(role, first, last))
    found.sort(key=lambda evidence: evidence.first)
    return found


def _role_of_time(scene: Scene, kind: NotAFigure, first: int, last: int) -> MentionRole | None:
    words = {scene.word(i) for i in range(first, last)}
    if kind is NotAFigure.DATE and "thang" in words and "ngay" not in words and scene.word(first - 1) != "ngay":
        return MentionRole.MONTH
    if kind is NotAFigure.YEAR and scene.word(first - 1) not in ("hoc", "ky"):
        return MentionRole.CUMULATIVE
    if kind is NotAFigure.PERIOD:
        if "tuan" in words:
            return MentionRole.WEEK
        if "thang" in words or "dau" in words:
            return MentionRole.CUMULATIVE
    return None
