"""What each quantity counts, from the words around it.

    percent   of plan («84,5% kế hoạch»), share («chiếm 12%»), rate («tỷ lệ …»), of last year («bằng 99% cùng kỳ»)
    change    tăng, giảm, vượt: decided in `frames`
    value     the nearest evidence of its clause before the number, then behind it, then of its sentence,
              then what it is compared with, then of its line and the lines above

Knows: evidence and its reach. Does not know: the form; values.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from bot.replies.evidence import Evidence, evidence_in
from bot.replies.frames import Frame, frames_of
from bot.replies.normalise import Vocabulary
from bot.replies.reach import Reach
from bot.replies.reading import MentionRole
from bot.replies.units import DONG

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.replies.amounts import Quantity
    from bot.replies.clauses import Clause
    from bot.replies.quantities import Findings
    from bot.replies.scene import Scene
    from bot.replies.zeros import Zero

_PERIODS = frozenset({MentionRole.WEEK, MentionRole.MONTH, MentionRole.CUMULATIVE})
_PLANS = frozenset({"ke hoach", "chi tieu", "du toan", "nghi quyet", "muc tieu", "muc von", "so giao", "phan dau"})
_PRIORS = frozenset({"cung ky", "nam truoc", "nam ngoai", "tuan truoc", "thang truoc"})
_GROWTH = frozenset({"tang truong", "toc do"})
GROWS = frozenset({"truong", "toc"})  # a word of each of these
_RATES = frozenset({"ty le", "ti le"})
_SHARES_BEHIND = frozenset({"tren tong", "dan so", "dien tich", "tong so"})
_OLD = frozenset({"so voi", "cung ky"})
_PERIOD_OF_COMPARISON = {
    "cung ky": MentionRole.CUMULATIVE,
    "tuan truoc": MentionRole.WEEK,
    "thang truoc": MentionRole.MONTH,
}
_DONE = Vocabulary("đạt bằng tương đương ứng khoảng được gần hơn trên tầm ước")
_FLOWS = frozenset(
    {"tiep nhan", "xu ly", "lap bien", "to chuc", "tam giu", "phat hien", "ban hanh", "kiem tra", "tham du", "ho tro"}
    | {"tham gia", "trao tang", "tuyen truyen", "hoan thien", "de nghi"}
)
_FLOW_WORDS = frozenset({"gui", "tuoc"})


class Said(NamedTuple):
    """A role, the words that say it, and for a percent: of what."""

    role: MentionRole
    evidence: Evidence | None = None
    percent_of: str = ""


UNSAID = Said(MentionRole.OTHER)


class Roles:
    """Roles of all quantities of one reply."""

    def __init__(self, scene: Scene, findings: Findings, clauses: Sequence[Clause], clause_of: Sequence[int]) -> None:
        self.scene = scene
        self.clauses = clauses
        self.clause_of = clause_of
        self.quantities = findings.quantities
        self.distractors = findings.distractors
        self.frames = frames_of(scene, self.quantities, clauses, clause_of)
        self._said: dict[int, Said] = {}
        # A part takes the role of its total, and so a change may be said elsewhere.
        self._may_change = any(frame.change for frame in self.frames) or not GROWS.isdisjoint(scene.said)

    @cached_property
    def evidence(self) -> list[Evidence]:
        return evidence_in(self.scene, self.distractors, [(q.first, q.last) for q in self.quantities])

    @cached_property
    def reach(self) -> Reach:
        return Reach(self.scene, self.clauses, self.clause_of, self.evidence)

    def of(self, index: int) -> Said:
        said = self._said.get(index)
        if said is None:
            said = self._said[index] = self._decide(index)
        return said

    def bare(self, index: int) -> Said:
        """Of what a percent is, and whether it is a change; for all else the words need not be looked for."""
        return self.of(index) if self.quantities[index].is_percent or self._may_change else UNSAID

    def of_zero(self, zero: Zero) -> Said:
        """What a zero in words counts: the week, unless its sentence says otherwise."""
        clause = self.clauses[self.clause_of[zero.word_last - 1]]
        time = self.reach.time_in_sentence(clause, zero.word_last)
        if time is None or time.role not in _PERIODS:
            return Said(MentionRole.WEEK)
        return Said(time.role, time)

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

    def parent(self, index: int) -> int | None:
        """The total a part belongs to: the value before «trong đó» or before the bracket."""
        clause = self.clauses[self.frames[index].clause]
        for opening in range(self.frames[index].clause, -1, -1):
            at = self.clauses[opening]
            if at.depth < clause.depth:
                break
            if at.depth == clause.depth:
                bracket = clause.depth > 0 and at.cut == "("
                if bracket or self.scene.pairs[at.first] == "trong do":
                    return self._value_before(index, at.first)
            if at.sentence != clause.sentence:
                break
        return None

    def _value_before(self, index: int, first: int) -> int | None:
        for back in range(index - 1, -1, -1):
            quantity = self.quantities[back]
            if self.frames[back].first < first and not quantity.is_percent and not self.frames[back].change:
                right = quantity.ratio is not None and not quantity.part
                return back - 1 if right and back else back
        return None

    def _decide(self, index: int) -> Said:
        frame, quantity = self.frames[index], self.quantities[index]
        if frame.change:
            at = frame.change_at
            return Said(MentionRole.CHANGE, Evidence(MentionRole.CHANGE, at, at + 1))
        if self._is_last_period(index, frame):
            return Said(MentionRole.OTHER)
        if quantity.is_percent:
            return self._percent(index, frame)
        return self._value(index, frame, quantity)

    def _says(self, first: int, last: int, pairs: frozenset[str]) -> bool:
        return not pairs.isdisjoint(self.scene.pairs[first:last])

    def _is_last_period(self, index: int, frame: Frame) -> bool:
        """A value in a bracket behind a comparison is the old one: «giảm so với cùng kỳ năm 2024 (637)»."""
        if self.clauses[frame.clause].cut != "(" or not frame.clause or not index:
            return False
        before, earlier = self.clauses[frame.clause - 1], self.frames[index - 1]
        if earlier.change and earlier.clause == frame.clause - 1 and not self._says(earlier.last, before.last, _OLD):
            return not self.quantities[index].is_percent
        compared = self._says(before.first, before.last, _OLD) and "so" in self.scene.words[before.first : before.last]
        return compared and frame.before == frame.first

    # Percents.

    def _percent(self, index: int, frame: Frame) -> Said:
        of_what = self._said_behind(frame)
        if of_what:
            return Said(MentionRole.PERCENT, percent_of=of_what)
        words, pairs = self.scene.words[frame.before : frame.first], self.scene.pairs[frame.before : frame.first]
        if not _GROWTH.isdisjoint(pairs):
            return Said(MentionRole.CHANGE)
        aimed = not _PLANS.isdisjoint(pairs) and "dat" not in words and "bang" not in words
        if aimed or "kh" in words:
            return Said(MentionRole.PLAN)
        if not _RATES.isdisjoint(pairs) or "tl" in words:
            return Said(MentionRole.PERCENT, percent_of="rate")
        share = "chiem" in words or "co cau" in pairs or self._says(frame.last, frame.after, _SHARES_BEHIND)
        return Said(MentionRole.PERCENT, percent_of="share" if share else self._of_what(index, frame))

    def _said_behind(self, frame: Frame) -> str:
        words, last, after = self.scene.words, frame.last, min(frame.after, frame.last + 8)
        if self._says(last, after, _PRIORS):
            return "prior"
        plan = self._says(last, after, _PLANS) or "giao" in words[last:after] or words[last] in ("kh", "ct")
        return "plan" if plan else ""

    def _of_what(self, index: int, frame: Frame) -> str:
        if frame.first == frame.before:
            return "share"
        if not all(self.scene.says(at, _DONE) for at in range(frame.before, frame.first)):
            return "rate"
        owner = self.owner(index)
        if owner is None:
            return "plan" if frame.clause and not self._is_rate(frame) else "rate"
        quantity = self.quantities[owner]
        return "plan" if quantity.measure or quantity.ratio is not None else "rate"

    def _is_rate(self, frame: Frame) -> bool:
        clause = self.clauses[frame.clause - 1]
        same = clause.sentence == self.clauses[frame.clause].sentence
        return same and self._says(clause.first, clause.last, _RATES)

    # Values.

    def _value(self, index: int, frame: Frame, quantity: Quantity) -> Said:
        if quantity.ratio is not None and not quantity.part:
            return self._right_side(index, quantity)
        own = self._own(index, frame)
        plan = _plan(own)
        if plan is not None:
            return Said(MentionRole.PLAN, plan)
        if self._is_bracketed_plan(frame):
            return Said(MentionRole.PLAN)
        money = quantity.unit == DONG or quantity.unit.startswith(f"{DONG}/")
        time = _time(own) or self._time_behind(frame)
        topic = _topic(own, money=money)
        if topic is not None and topic.role is MentionRole.SNAPSHOT and not money and self._is_stock(frame, time):
            return Said(MentionRole.SNAPSHOT, topic)
        if time is not None:
            return Said(time.role, time)
        if topic is not None and topic.role is MentionRole.MONEY:
            above = self.reach.time_above(self.clauses[frame.clause], frame.before)
            recent = above is not None and above.role in (MentionRole.WEEK, MentionRole.MONTH)
            return Said(above.role, above) if recent and above else Said(MentionRole.MONEY, topic)
        parent = self.parent(index)
        if parent is None and index and self.frames[index - 1].clause == frame.clause and not own and not money:
            parent = self._value_before(index, frame.first)  # «147 tổ với 6.615 thành viên»
        if parent is not None:
            return self.of(parent)
        return self._inherited(index, frame, topic, money=money)

    def _own(self, index: int, frame: Frame) -> list[Evidence]:
        """Evidence before the number; «đạt 136% KH năm: lúa 135 ha»: what a percent is of stays with the percent."""
        first = frame.before
        if index and self.quantities[index - 1].is_percent:
            words = self.scene.words[first : frame.first]
            first += words.index(":") if ":" in words else 0
        return self.reach.within(first, frame.first)

    def _is_stock(self, frame: Frame, time: Evidence | None) -> bool:
        """A state, unless its own words add up or name a week or month: «tổng số ca từ đầu năm đến nay»."""
        if time is not None:
            return time.role is MentionRole.CUMULATIVE and not time.added_up
        above = self.reach.time_in_sentence(self.clauses[frame.clause], frame.before)
        return above is None or not (above.added_up and above.role is MentionRole.CUMULATIVE)

    def _time_behind(self, frame: Frame) -> Evidence | None:
        """«ghi nhận 23 trường hợp trong tuần qua»."""
        behind = self.reach.within(frame.last, frame.after)
        return next((e for e in behind if e.time and e.role in _PERIODS), None)

    def _is_bracketed_plan(self, frame: Frame) -> bool:
        """«chỉ tiêu phấn đấu do … giao (112.900 tỉ đồng)»."""
        if frame.first > frame.before or self.clauses[frame.clause].cut != "(" or not frame.clause:
            return False
        before = self.clauses[frame.clause - 1]
        return any(e.role is MentionRole.PLAN for e in self.reach.within(before.first, before.last))

    def _right_side(self, index: int, quantity: Quantity) -> Said:
        """Of «549/650 ha, bằng 84,5% kế hoạch» the plan; of «02 ca/0 ca tử vong» one more count; else a total."""
        if self._percent_of_plan_follows(index):
            return Said(MentionRole.PLAN)
        part = quantity.ratio
        if part is not None and (quantity.first - 1 > part.last or (part.last > part.number.last and not part.measure)):
            return self.of(next(i for i in range(index - 1, -1, -1) if self.quantities[i] is part))
        if part is not None and quantity.measure and quantity.unit != DONG:
            return Said(MentionRole.PLAN)  # lúa 40/38 ha
        return Said(MentionRole.OTHER)

    def _percent_of_plan_follows(self, index: int) -> bool:
        if index + 1 >= len(self.quantities) or not self.quantities[index + 1].is_percent:
            return False
        following = self.frames[index + 1]
        near = following.clause - self.frames[index].clause <= 1 and not following.change
        return near and self._percent(index + 1, following).percent_of == "plan"

    def _inherited(self, index: int, frame: Frame, topic: Evidence | None, *, money: bool) -> Said:
        """From its sentence, from what it is compared with, from the sentences and lines above."""
        clause, above = self.clauses[frame.clause], None
        if self.evidence:
            above = self.reach.time_in_sentence(clause, frame.before)
            if above is not None:
                return Said(above.role, above)
            heading = self.reach.heading_plan(clause, frame.before)
            if heading is not None:
                return Said(MentionRole.PLAN, heading)
            above = self.reach.time_above(clause, frame.before)
        compared = self._compared_with(index) or self._compared_before(frame)
        if compared is not None:
            return Said(compared)
        if above is not None and (above.role is not MentionRole.CUMULATIVE or money):
            return Said(above.role, above)
        if topic is not None:
            return Said(topic.role, topic)
        return Said(MentionRole.MONEY if money else self._unsaid(index, frame))

    def _unsaid(self, index: int, frame: Frame) -> MentionRole:
        """Nothing says when: done of a plan adds up, what was dealt with stays open, all else is a state."""
        if self._percent_of_plan_follows(index + 1 if self.quantities[index].part else index):
            return MentionRole.CUMULATIVE
        if self.scene.pairs[frame.last] == "phat sinh":
            return MentionRole.WEEK
        words = self.scene.words[frame.before : frame.first]
        flows = self._says(frame.before, frame.first, _FLOWS) or not _FLOW_WORDS.isdisjoint(words)
        return MentionRole.OTHER if flows else MentionRole.SNAPSHOT

    def _compared_with(self, index: int) -> MentionRole | None:
        """«…, tăng 6,39% so với tháng trước»: then the value is a month's."""
        sentence = self.clauses[self.frames[index].clause].sentence
        for following in range(index + 1, len(self.quantities)):
            frame = self.frames[following]
            leans = frame.change or self.quantities[following].is_percent
            if not leans or self.clauses[frame.clause].sentence != sentence:
                return None
            role = self._period_compared(frame.last, frame.after)
            if role is not None:
                return role
        return None

    def _compared_before(self, frame: Frame) -> MentionRole | None:
        """«Chỉ số … tăng 15,57% so với tháng trước, giá trị sản xuất … 404,5 tỷ»."""
        clause, first = self.clauses[frame.clause], frame.clause
        while first and self.clauses[first - 1].sentence == clause.sentence:
            first -= 1
        return self._period_compared(self.clauses[first].first, clause.first)

    def _period_compared(self, first: int, last: int) -> MentionRole | None:
        for pair in self.scene.pairs[first:last]:
            if pair in _PERIOD_OF_COMPARISON:
                return _PERIOD_OF_COMPARISON[pair]
        return None


def _plan(own: Sequence[Evidence]) -> Evidence | None:
    """The plan said in its own words; «KH 650 TH 549»: what was done comes after."""
    found = None
    for evidence in own:
        if evidence.role is MentionRole.PLAN:
            found = evidence
        elif evidence.role is MentionRole.OTHER and not evidence.time:
            found = None
    return found


def _time(own: Sequence[Evidence]) -> Evidence | None:
    """The last time said, a running total before all others."""
    found = None
    for evidence in own:
        if evidence.time and (found is None or evidence.added_up or not found.added_up):
            found = evidence
    return found


def _topic(own: Sequence[Evidence], *, money: bool) -> Evidence | None:
    """The last word that tells the kind of thing: a stock, a season's work, money."""
    for evidence in reversed(own):
        if evidence.time or evidence.role is MentionRole.OTHER:
            continue
        if money or evidence.role is not MentionRole.MONEY:
            return evidence
    return None
