"""What each quantity counts, from the words around it.

    percent   of plan («84,5% kế hoạch»), share («chiếm 12%»), rate («tỷ lệ …»), of last year («bằng 99% cùng kỳ»)
    change    tăng, giảm, vượt: decided in `frames`
    value     the nearest evidence of its clause before the number, then behind it, then of its sentence,
              then of its line and the lines above

Knows: evidence and its reach. Does not know: the form; values.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.replies.evidence import Evidence, evidence_in
from bot.replies.frames import Frame, frames_of
from bot.replies.normalise import Vocabulary
from bot.replies.reading import MentionRole
from bot.replies.units import DONG

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.replies.clauses import Clause
    from bot.replies.quantities import Findings, Quantity
    from bot.replies.scene import Scene
    from bot.replies.zeros import Zero

_PERIODS = frozenset({MentionRole.WEEK, MentionRole.MONTH, MentionRole.CUMULATIVE})
_OF_PLAN = frozenset({"ke hoach", "chi tieu", "du toan", "nghi quyet", "muc tieu", "muc von", "so giao", "giao"})
_OF_PRIOR = frozenset({"cung ky", "nam truoc", "nam ngoai", "tuan truoc", "thang truoc"})
_DONE = Vocabulary("đạt bằng tương đương ứng khoảng được gần hơn trên tầm ước")
_FLOWS = frozenset(
    {"tiep nhan", "xu ly", "lap bien", "to chuc", "tam giu", "phat hien", "ban hanh", "kiem tra", "gui", "tuoc", "tham du",
     "ho tro", "tham gia", "trao tang", "tuyen truyen", "hoan thien", "de nghi", "tang", "cap"}
)


class Said(NamedTuple):
    """A role, the words that say it, and for a percent: of what."""

    role: MentionRole
    evidence: Evidence | None = None
    percent_of: str = ""


class Roles:
    """Roles of all quantities of one reply."""

    def __init__(self, scene: Scene, findings: Findings, clauses: Sequence[Clause], clause_of: Sequence[int]) -> None:
        self.scene = scene
        self.clauses = clauses
        self.clause_of = clause_of
        self.quantities = findings.quantities
        self.evidence = evidence_in(scene, findings.distractors, [(q.first, q.last) for q in self.quantities])
        self.frames = frames_of(scene, self.quantities, clauses, clause_of)
        self._said: dict[int, Said] = {}

    def of(self, index: int) -> Said:
        said = self._said.get(index)
        if said is None:
            said = self._said[index] = self._decide(index)
        return said

    def of_zero(self, zero: Zero) -> Said:
        """What a zero in words counts: the week, unless its sentence says otherwise."""
        sentence = self.clauses[self.clause_of[zero.word_last - 1]].sentence
        nearest = None
        for evidence in self.evidence:
            if evidence.first >= zero.word_last:
                break
            if evidence.role in _PERIODS and self.clauses[self.clause_of[evidence.first]].sentence == sentence:
                nearest = evidence
        return Said(nearest.role, nearest) if nearest else Said(MentionRole.WEEK)

    def owner(self, index: int) -> int | None:
        """The value a percent or change belongs to: the nearest before it in its sentence."""
        own = self.clauses[self.frames[index].clause]
        for back in range(index - 1, -1, -1):
            clause = self.clauses[self.frames[back].clause]
            if clause.sentence != own.sentence:
                return None
            if clause.depth <= own.depth and not self.quantities[back].is_percent and not self.frames[back].change:
                return back
        return None

    def _decide(self, index: int) -> Said:
        frame, quantity = self.frames[index], self.quantities[index]
        if frame.change:
            at = frame.change_at
            return Said(MentionRole.CHANGE, Evidence(MentionRole.CHANGE, at, at + 1))
        if quantity.is_percent and not self._is_last_period(index, frame):
            return self._percent(index, frame)
        return self._value(index, frame, quantity)

    # Percents.

    def _percent(self, index: int, frame: Frame) -> Said:
        scene = self.scene
        after = _pairs(scene, frame.last, min(frame.after, frame.last + 8))
        before = _pairs(scene, frame.before, frame.first)
        if after & _OF_PRIOR:
            return Said(MentionRole.PERCENT, percent_of="prior")
        if after & _OF_PLAN or scene.word(frame.last) in ("kh", "ct"):
            return Said(MentionRole.PERCENT, percent_of="plan")
        if before & {"tang truong", "toc do"}:
            return Said(MentionRole.CHANGE)
        if before & {"muc tieu", "chi tieu", "ke hoach", "phan dau"} and not before & {"dat", "bang"}:
            return Said(MentionRole.PLAN)
        if before & {"ty le", "ti le", "tl"}:
            return Said(MentionRole.PERCENT, percent_of="rate")
        if "chiem" in before or "co cau" in before or after & {"tren tong", "dan so", "dien tich", "tong so"}:
            return Said(MentionRole.PERCENT, percent_of="share")
        return Said(MentionRole.PERCENT, percent_of=self._of_what(index, frame))

    def _of_what(self, index: int, frame: Frame) -> str:
        scene = self.scene
        bare = all(scene.says(at, _DONE) for at in range(frame.before, frame.first))
        owner = self.owner(index)
        if frame.first == frame.before or not bare:
            if scene.word(frame.first - 1) == "(" or frame.first == frame.before:
                return "share"
            return "rate"
        if owner is None:
            return "plan" if frame.clause and not self._is_rate(frame) else "rate"
        quantity = self.quantities[owner]
        return "plan" if quantity.measure or quantity.ratio is not None else "rate"

    def _is_rate(self, frame: Frame) -> bool:
        clause = self.clauses[frame.clause - 1]
        return clause.sentence == self.clauses[frame.clause].sentence and bool(
            _pairs(self.scene, clause.first, clause.last) & {"ty le", "ti le"}
        )

    # Values.

    def _value(self, index: int, frame: Frame, quantity: Quantity) -> Said:
        if quantity.ratio is not None and not quantity.part:
            return self._right_side(index, quantity)
        if self._is_last_period(index, frame):
            return Said(MentionRole.OTHER)
        own = [e for e in self.evidence if frame.before <= e.first < frame.first]
        plan = self._plan(own)
        if plan is not None:
            return Said(MentionRole.PLAN, plan)
        if self._is_bracketed_plan(frame):
            return Said(MentionRole.PLAN)
        times = [e for e in own if e.time]
        time = next((e for e in reversed(times) if e.added_up), times[-1] if times else None) or self._time_behind(frame)
        topic = next((e for e in reversed(own) if not e.time and e.role is not MentionRole.OTHER), None)
        money = _is_money(quantity)
        if topic is not None and topic.role is MentionRole.MONEY and not money:
            topic = next((e for e in reversed(own) if not e.time and e.role in (MentionRole.SNAPSHOT, MentionRole.CUMULATIVE)), None)
        if topic is not None and topic.role is MentionRole.SNAPSHOT and not money and self._is_stock(frame, own, time):
            return Said(MentionRole.SNAPSHOT, topic)
        if time is not None:
            return Said(time.role, time)
        if topic is not None and topic.role is MentionRole.MONEY:
            above = self._time_above(frame)
            recent = above is not None and above.role in (MentionRole.WEEK, MentionRole.MONTH)
            return Said(above.role, above) if recent and above else Said(MentionRole.MONEY, topic)
        parent = self.parent(index)
        if parent is None and index and self.frames[index - 1].clause == frame.clause and not own and not money:
            parent = self._value_before(index, frame.first)  # «147 tổ với 6.615 thành viên»
        if parent is not None:
            return self.of(parent)
        return self._inherited(index, frame, quantity, topic)

    def _plan(self, own: Sequence[Evidence]) -> Evidence | None:
        """The plan said in its own words; «KH 650 TH 549»: what was done comes after."""
        found = None
        for evidence in own:
            if evidence.role is MentionRole.PLAN:
                found = evidence
            elif evidence.role is MentionRole.OTHER and not evidence.time:
                found = None
        return found

    def _is_stock(self, frame: Frame, own: Sequence[Evidence], time: Evidence | None) -> bool:
        """A state, unless its own words add up or name a week or month: «tổng số ca từ đầu năm đến nay»."""
        if time is not None:
            return time.role is MentionRole.CUMULATIVE and not time.added_up
        above = self._time_above(frame, sentence=True)
        return above is None or not (above.added_up and above.role is MentionRole.CUMULATIVE)

    def _time_behind(self, frame: Frame) -> Evidence | None:
        """«ghi nhận 23 trường hợp trong tuần qua»."""
        found = (e for e in self.evidence if frame.last <= e.first < frame.after and e.time)
        return next((e for e in found if e.role in _PERIODS), None)

    def _is_last_period(self, index: int, frame: Frame) -> bool:
        """A value in a bracket behind a comparison is the old one: «giảm so với cùng kỳ năm 2024 (637)»."""
        if self.clauses[frame.clause].cut != "(" or not frame.clause or not index:
            return False
        before = self.clauses[frame.clause - 1]
        if self.frames[index - 1].change and self.frames[index - 1].clause == frame.clause - 1:
            return not self.quantities[index].is_percent
        if not any(self.scene.word(at) == "so" for at in range(before.first, before.last)):
            return False
        pairs = _pairs(self.scene, before.first, before.last)
        return bool(pairs & {"so voi", "cung ky"}) and frame.before == frame.first

    def _is_bracketed_plan(self, frame: Frame) -> bool:
        """«chỉ tiêu phấn đấu do … giao (112.900 tỉ đồng)»."""
        if frame.first > frame.before or self.clauses[frame.clause].cut != "(" or not frame.clause:
            return False
        before = self.clauses[frame.clause - 1]
        pairs = _pairs(self.scene, before.first, before.last)
        return bool(pairs & {"chi tieu", "du toan", "quy hoach", "dinh huong", "ke hoach"})

    def _right_side(self, index: int, quantity: Quantity) -> Said:
        """Of «549/650 ha, bằng 84,5% kế hoạch» the plan; of «02 ca/0 ca tử vong» one more count; else a total."""
        if self._of_plan_follows(index):
            return Said(MentionRole.PLAN)
        part = quantity.ratio
        if part is not None and (quantity.first - 1 > part.last or (part.last > part.number.last and not part.measure)):
            return self.of(next(i for i, other in enumerate(self.quantities) if other is part))
        return Said(MentionRole.OTHER)

    def _of_plan_follows(self, index: int) -> bool:
        if index + 1 >= len(self.quantities) or not self.quantities[index + 1].is_percent:
            return False
        near = self.frames[index + 1].clause - self.frames[index].clause <= 1
        return near and self.of(index + 1).percent_of == "plan"

    def parent(self, index: int) -> int | None:
        """The total a part belongs to: the value before «trong đó» or before the bracket."""
        scene, frame = self.scene, self.frames[index]
        clause = self.clauses[frame.clause]
        opening = frame.clause
        while opening >= 0:
            at = self.clauses[opening]
            if clause.depth and at.depth < clause.depth:
                break
            inside = scene.word(at.first) == "trong" and scene.word(at.first + 1) == "do"
            if (inside and at.depth == clause.depth) or (at.cut == "(" and at.depth == clause.depth and clause.depth):
                return self._value_before(index, at.first)
            if at.sentence != clause.sentence:
                break
            opening -= 1
        return None

    def _value_before(self, index: int, first: int) -> int | None:
        for back in range(index - 1, -1, -1):
            quantity = self.quantities[back]
            if self.frames[back].first < first and not quantity.is_percent and not self.frames[back].change:
                return back - 1 if quantity.ratio is not None and not quantity.part and back else back
        return None

    def _inherited(self, index: int, frame: Frame, quantity: Quantity, topic: Evidence | None) -> Said:
        """From its sentence, from what it is compared with, from the sentences and lines above."""
        above = self._time_above(frame, sentence=True)
        if above is not None:
            return Said(above.role, above)
        heading = self._heading_plan(frame)
        if heading is not None:
            return Said(MentionRole.PLAN, heading)
        compared = self._compared_with(index) or self._compared_before(frame)
        if compared is not None:
            return Said(compared)
        money = _is_money(quantity)
        above = self._time_above(frame)
        if above is not None and (above.role is not MentionRole.CUMULATIVE or money):
            return Said(above.role, above)
        if topic is not None:
            return Said(topic.role, topic)
        if self._of_plan_follows(index + 1 if quantity.part else index):
            return Said(MentionRole.CUMULATIVE)  # what was done of a plan
        if money:
            return Said(MentionRole.MONEY)
        if self.scene.word(frame.last) == "phat" and self.scene.word(frame.last + 1) == "sinh":
            return Said(MentionRole.WEEK)
        flows = _pairs(self.scene, frame.before, frame.first) & _FLOWS
        return Said(MentionRole.OTHER if flows else MentionRole.SNAPSHOT)

    def _time_above(self, frame: Frame, *, sentence: bool = False) -> Evidence | None:
        """The last time said before: in its sentence, else in its line, else above a line that ends in a colon."""
        clause = self.clauses[frame.clause]
        here = in_line = above = None
        for evidence in self.evidence:
            if evidence.first >= frame.before:
                break
            if not evidence.time:
                continue
            at = self.clauses[self.clause_of[evidence.first]]
            if evidence.year and evidence.first - at.first > 2:
                continue  # «… Lễ hội năm 2026; cho ý kiến 04 nội dung»: only a year that opens its clause reaches on
            if at.sentence == clause.sentence:
                here = evidence
            elif evidence.role is MentionRole.OTHER:
                continue
            elif at.line == clause.line:
                in_line = evidence
            elif self._opens_list(at.line):
                above = evidence
        return here if sentence else here or in_line or above

    def _opens_list(self, line: int) -> bool:
        last = max(i for i, clause in enumerate(self.clauses) if clause.line == line)
        return self.scene.word(self.clauses[last].last - 1) == ":"

    def _heading_plan(self, frame: Frame) -> Evidence | None:
        """A plan said before a colon, or that opens a line, reaches on; «84,5% kế hoạch; rau …» does not."""
        clause, found = self.clauses[frame.clause], None
        for evidence in self.evidence:
            if evidence.first >= frame.before:
                break
            at = self.clauses[self.clause_of[evidence.first]]
            if evidence.role is not MentionRole.PLAN or (at.line != clause.line and not self._is_title(at)):
                continue
            if at.sentence == clause.sentence and self.scene.word(evidence.first) == "se":
                found = evidence
            colon = any(self.scene.word(i) == ":" for i in range(evidence.last, at.last))
            if colon or (at.first == evidence.first and at.cut in ("\n", "")):
                found = evidence
        return found

    def _is_title(self, clause: Clause) -> bool:
        return self.scene.is_upper(clause.first) and self.scene.is_upper(clause.last - 1)

    def _compared_with(self, index: int) -> MentionRole | None:
        """«…, tăng 6,39% so với tháng trước»: then the value is a month's."""
        for following in range(index + 1, len(self.quantities)):
            frame = self.frames[following]
            if not frame.change and not self.quantities[following].is_percent:
                return None
            if self.clauses[frame.clause].sentence != self.clauses[self.frames[index].clause].sentence:
                return None
            pairs = _pairs(self.scene, frame.last, frame.after)
            for words, role in _PERIOD_OF_COMPARISON.items():
                if words in pairs:
                    return role
        return None


    def _compared_before(self, frame: Frame) -> MentionRole | None:
        """«Chỉ số … tăng 15,57% so với tháng trước, giá trị sản xuất … 404,5 tỷ»."""
        clause = self.clauses[frame.clause]
        first = frame.clause
        while first and self.clauses[first - 1].sentence == clause.sentence:
            first -= 1
        pairs = _pairs(self.scene, self.clauses[first].first, clause.first)
        return next((role for words, role in _PERIOD_OF_COMPARISON.items() if f"{words}" in pairs), None)


_PERIOD_OF_COMPARISON = {
    "cung ky": MentionRole.CUMULATIVE,
    "tuan truoc": MentionRole.WEEK,
    "thang truoc": MentionRole.MONTH,
}


def _is_money(quantity: Quantity) -> bool:
    return quantity.unit == DONG or quantity.unit.startswith(f"{DONG}/")


def _pairs(scene: Scene, first: int, last: int) -> set[str]:
    """Words and pairs of words within [first, last)."""
    words = [scene.word(at) for at in range(first, last)]
    return {*words, *(f"{a} {b}" for a, b in zip(words, words[1:], strict=False))}
