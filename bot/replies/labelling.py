"""The words each number belongs to.

Where they stand (counted in public reports): before the number in its clause 57 %, in an earlier clause 21 %, after
the number 17 %, in a heading or before a bracket 5 %. A percent and a change belong to the nearest value before them.

    before   Cây lúa: 155 ha
    after    22 trường hợp khuyết tật nặng                      the counted noun and what follows
    both     tước 257 giấy phép lái xe
    above    tổng đàn gia súc, đạt 100,44%                      the clause before, in the same list
    parent   sập 328 căn nhà (Hoà Bình 44, Sơn La 194)          sập căn nhà · Sơn La

Knows: positions. Does not know: indicators.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from bot.replies.normalise import Vocabulary, fold, phrases
from bot.replies.nouns import TWO
from bot.replies.phrases import HEADS, NEWS, NEWS_WORDS, NOTHING, OF_ANOTHER, Label, essence, phrase
from bot.replies.reading import NotAFigure
from bot.replies.subjects import BARE_MEASURES, subject_of
from bot.replies.zeros import NOTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.replies.amounts import Quantity
    from bot.replies.clauses import Clause
    from bot.replies.frames import Frame
    from bot.replies.quantities import Findings
    from bot.replies.roles import Roles
    from bot.replies.scene import Scene

_COMPARISONS = frozenset({"cung ky", "so voi", "ke hoach", "du toan", "chi tieu", "nghi quyet"})
_TIMES = frozenset(
    {
        NotAFigure.DATE,
        NotAFigure.YEAR,
        NotAFigure.PERIOD,
        NotAFigure.TIME,
        NotAFigure.LIST_NUMBER,
        NotAFigure.CITATION,
    }
)
_SOURCES = frozenset({"theo", "thong", "hien", "dia"})  # «Theo thống kê … hiện xã có 414 hộ»
_RISES = frozenset({"do", "ty", "muc", "ti"})  # tốc độ tăng, tỷ lệ giảm: names, no changes
_JOINTS = Vocabulary("và nhưng còn với trong riêng")
_ENDS_AFTER = Vocabulary("so trong tại với theo nhằm để do vì trên từ cho gây cùng qua thuộc")
_GOES_ON = Vocabulary("chiếm bằng tăng giảm đạt tương vượt")
_SEASONS = frozenset({"vu", "nien"})  # «vụ mùa», «niên vụ 2025»: a time, and a name all the same
# «tổng đàn lợn 1.450 con»: the words before say what they are.
_CLASSIFIERS = frozenset({"con", "nguoi", "cai", "chiec", "em", "chau", "luot"})
_OPENERS = phrases("bên cạnh, đồng thời, đáng chú, ngoài ra, như vậy, cụ thể, trong đó, qua đó, tiếp tục")
_OF_THESE = frozenset({"voi", "co", ":"})
_REACHED = frozenset({"dat", "bang", "chiem"})
_SHORT = 4  # words
_LONGEST = 14
_LONGEST_TAIL, _LONGEST_SUFFERING = 3, 7


class Labels:
    """Labels of all quantities of one reply."""

    def __init__(self, scene: Scene, findings: Findings, clauses: Sequence[Clause], roles: Roles) -> None:
        self.scene = scene
        self.clauses = clauses
        self.quantities = findings.quantities
        self.roles = roles
        self.frames = roles.frames
        self.distractors = findings.distractors
        self.busy = frozenset(frame.clause for frame in self.frames)  # clauses with a number
        self._known: dict[int, Label] = {}

    @cached_property
    def dropped(self) -> frozenset[int]:
        """Tokens that say a time."""
        evidence = [e for e in self.roles.evidence if e.time and self.scene.words[e.first] not in _SEASONS]
        times = [(e.first, e.last) for e in evidence]
        times += [(first, last) for kind, first, last in self.distractors if kind in _TIMES]
        return frozenset(at for first, last in times for at in range(first, last))

    def of(self, index: int) -> Label:
        label = self._known.get(index)
        if label is None:
            label = self._found(index)
            if label.first >= 0 and fold(label.text) in BARE_MEASURES:
                before = self.of(index - 1).text if index and self._is_one_line(index) else ""
                label = _under(subject_of(self.scene, label, before, self.dropped), label)
            self._known[index] = label
        return label

    def _is_one_line(self, index: int) -> bool:
        here, before = self.frames[index].clause, self.frames[index - 1].clause
        return self.clauses[here].line == self.clauses[before].line

    def _found(self, index: int) -> Label:
        quantity, frame = self.quantities[index], self.frames[index]
        if quantity.ratio is not None and not quantity.part and index and self.quantities[index - 1] is quantity.ratio:
            return self._of_whole(index, quantity.ratio)
        before = self._before(index, frame)
        if quantity.is_percent or frame.change:
            return self._of_value(index, frame, before)
        news = bool(before.text) and self._only_news(before, frame)
        counted, after = self._behind(index, quantity, alone=news or not before.text)
        if not before.text and not after.text:
            return self._like_sibling(index, frame, self._bare_count(index, frame, counted))
        if index and not after.text and fold(before.text) in OF_ANOTHER:
            return _under(self.of(index - 1), before)
        if news and not after.text and self.scene.pairs[frame.first - 2] == "xay ra":
            before, news = phrase(self.scene, frame.before, frame.first - 2, self.dropped), False  # va chạm xảy ra 7 vụ
        label = self._joined(NOTHING if news and (after.text or counted.text) else before, counted, after, frame)
        parent = self.roles.parent(index) if before.text and self.clauses[frame.clause].depth else None
        if parent is not None and self._is_named_part(before, quantity, self.quantities[parent]):
            return _under(self.of(parent), before)
        return self._like_sibling(index, frame, label)

    def _of_whole(self, index: int, part: Quantity) -> Label:
        """The right side of a slash shares the label, unless it has words of its own: «19 mắc/0 ca tử vong»."""
        shared, quantity = self.of(index - 1), self.quantities[index]
        if shared.text and quantity.first - 1 <= part.last:
            return shared
        own = self._after(index, alone=True)
        return self._joined(NOTHING, self._counted(quantity), own, self.frames[index]) if own.text else shared

    def _behind(self, index: int, quantity: Quantity, *, alone: bool) -> tuple[Label, Label]:
        """The counted noun and the words after it; of «41/56 cơ sở kinh doanh» those after the slash."""
        whole = quantity.ratio
        if whole is not None and quantity.last == quantity.number.last and quantity.last + 1 == whole.first:
            return self._counted(whole), self._after(index + 1, alone=alone)
        return self._counted(quantity), self._after(index, alone=alone)

    # The parts of a label.

    def _before(self, index: int, frame: Frame) -> Label:
        first = frame.before
        if index and self.quantities[index - 1].last == first:
            first = self._behind_tail(index, frame)
        elif self.clauses[frame.clause].cut == ")":
            first = self._before_bracket(index, frame)
        label = phrase(self.scene, first, frame.first, self.dropped)
        if label.first < 0:
            return label
        label = essence(self.scene, label, self.dropped)
        if label.text and label.first == self.clauses[frame.clause].first:
            return self._with_short_clauses(index, frame.clause, label)
        return label

    def _behind_tail(self, index: int, frame: Frame) -> int:
        """The words right behind the number before still belong to that one: cut after «và», «nhưng», «với»."""
        scene = self.scene
        for at in range(frame.first - 1, frame.before - 1, -1):
            if scene.words[at] == ":" and at + 1 < frame.first:
                return at + 1
            if scene.words[at] == "cho" and at == frame.first - 1:
                return at + 1
            if not scene.says(at, _JOINTS):
                continue
            if scene.words[at] != "voi" or at == frame.before:
                return at + 1
            if fold(phrase(scene, at + 1, frame.first, self.dropped).text) not in OF_ANOTHER:
                return at + 1
        leans = self.quantities[index - 1].is_percent or self.frames[index - 1].change
        return frame.first if leans else frame.before

    def _before_bracket(self, index: int, frame: Frame) -> int:
        """«Sản lượng ngô (bắp) là 1.048 tấn»: a bracket without a number stands inside the label."""
        if frame.clause < 2:
            return frame.before
        here, bracket, head = self.clauses[frame.clause], self.clauses[frame.clause - 1], self.clauses[frame.clause - 2]
        if index and self.quantities[index - 1].last > head.first:
            return frame.before
        inside = bracket.cut == "(" and head.line == here.line and head.depth == here.depth
        return head.first if inside and bracket.last - bracket.first <= _LONGEST else frame.before

    def _with_short_clauses(self, index: int, number: int, label: Label) -> Label:
        """«hư hỏng, tốc mái 1.250 nhà»: what a comma cut off before."""
        first = label.first
        while number and self.clauses[number].cut == "," and self.clauses[number].first == first:
            clause = self.clauses[number - 1]
            free = index == 0 or self.quantities[index - 1].last <= clause.first
            if not free or clause.depth != self.clauses[number].depth:
                break
            if clause.last - clause.first > _SHORT:
                return self._from_long_clause(clause, label, first)
            words = self.scene.words[clause.first : clause.last]
            if words[0] == "trong" or self.scene.pairs[clause.first] in _OPENERS or not NOTS.isdisjoint(words):
                break
            if not phrase(self.scene, clause.first, clause.last, self.dropped).text:
                break
            first, number = clause.first, number - 1
        return label if first == label.first else phrase(self.scene, first, label.last, self.dropped)

    def _from_long_clause(self, clause: Clause, label: Label, first: int) -> Label:
        """«tiêm phòng cho đàn trâu, bò là 971»; «giá trị sản xuất công nghiệp, tiểu thủ công nghiệp»: one list."""
        words, pairs = self.scene.words, self.scene.pairs
        whole = Label(label.text, first, label.last)
        if first != label.first:
            whole = phrase(self.scene, first, label.last, self.dropped)
        if whole.last - whole.first > _SHORT or NOTS.intersection(words[clause.first : clause.last]):
            return whole
        head = essence(self.scene, phrase(self.scene, clause.first, clause.last, self.dropped), self.dropped)
        if not head.text or head.last != clause.last or head.last - head.first > _LONGEST:
            return whole
        listed = "cho" in words[max(head.first, head.last - _SHORT) : head.last] or pairs[head.first] in HEADS
        return phrase(self.scene, head.first, whole.last, self.dropped) if listed else whole

    def _counted(self, quantity: Quantity) -> Label:
        """The counted noun as typed; measures say nothing about what is measured."""
        first, last = quantity.number.last, quantity.last
        if quantity.measure or last <= first or not quantity.unit:
            return NOTHING
        tokens = self.scene.tokens
        return Label(self.scene.plain[tokens[first].start : tokens[last - 1].end], first, last)

    def _after(self, index: int, *, alone: bool) -> Label:
        """Words behind the unit; `alone` when nothing stands before the number, so they cannot be the next one's."""
        scene, quantity, frame = self.scene, self.quantities[index], self.frames[index]
        last = frame.after
        if last == frame.last or quantity.is_percent or scene.words[frame.last] == "so":
            return NOTHING
        if last < self.clauses[frame.clause].last:  # another number follows in the clause
            if self._next_leans(index):
                last = next((at for at in range(frame.last, last) if scene.says(at, _GOES_ON)), last)
            else:
                joint = self._joint(frame)
                if not alone and not joint:
                    return NOTHING
                last = joint or last
        for at in range(frame.last, last):
            ends = scene.says(at, _ENDS_AFTER) and scene.pairs[at - 1] not in TWO
            if ends or (scene.words[at] in ("/", "x", "-") and not scene.glued(at)):
                last = at
                break
        return self._with_tail(frame, phrase(scene, frame.last, min(last, frame.last + _LONGEST), self.dropped), last)

    def _next_leans(self, index: int) -> bool:
        """Whether the next quantity is a percent or change of this one."""
        return index + 1 < len(self.frames) and (self.quantities[index + 1].is_percent or self.frames[index + 1].change)

    def _joint(self, frame: Frame) -> int:
        """The last «và» between this number and the next: what follows is the next one's label."""
        scene = self.scene
        if frame.after - 1 > frame.last and scene.words[frame.after - 1] == "cho":
            return frame.after - 1  # 450 kg gạo cho 166 hộ
        for at in range(frame.after - 1, frame.last - 1, -1):
            if scene.words[at] == "/" or scene.says(at, _JOINTS):
                return at
        return 0

    def _with_tail(self, frame: Frame, label: Label, last: int) -> Label:
        """«66 người chết, mất tích, 160 người …»: one more short clause without a number."""
        number = frame.clause + 1
        if (
            label.first < 0
            or last != self.clauses[frame.clause].last
            or number >= len(self.clauses)
            or number in self.busy
        ):
            return label
        clause = self.clauses[number]
        if clause.cut != "," or clause.depth != self.clauses[frame.clause].depth:
            return label
        words = range(clause.first, clause.last)
        longest = _LONGEST_SUFFERING if "bi" in self.scene.words[clause.first : clause.last] else _LONGEST_TAIL
        if len(words) > longest or not all(self.scene.is_word(at) and at not in self.dropped for at in words):
            return label
        tail = phrase(self.scene, clause.first, clause.last, self.dropped)
        return Label(f"{label.text}, {tail.text}", label.first, tail.last) if tail.text else label

    def _bare_count(self, index: int, frame: Frame, counted: Label) -> Label:
        """«Ban hành 259 văn bản, trong đó 44 nghị quyết»: the verb of the value before, and what is counted here."""
        elsewhere, owner = self._elsewhere(index, frame, counted), self.roles.owner(index)
        if owner is None or not counted.text or self.quantities[owner].measure:
            return elsewhere
        theirs = self._counted(self.quantities[owner]).text
        verb, said, _ = elsewhere.text.partition(theirs or counted.text)
        if not said or fold(theirs) == fold(counted.text) or elsewhere is not self.of(owner):
            return elsewhere
        return _under(Label(verb.strip(), -1, -1), counted)

    def _joined(self, before: Label, counted: Label, after: Label, frame: Frame) -> Label:
        if not before.text:
            pieces = [counted, after]
        elif after.text:
            pieces = [before, counted, after]
        elif counted.text and self._is_next_to(before, frame) and before.text.count(" ") < _SHORT:
            counts = fold(counted.text) not in _CLASSIFIERS and fold(counted.text) not in fold(before.text)
            pieces = [before, counted] if counts else [before]
        else:
            return before
        pieces = [piece for piece in pieces if piece.text]
        return Label(" ".join(p.text for p in pieces), pieces[0].first, pieces[-1].last) if pieces else NOTHING

    def _is_next_to(self, before: Label, frame: Frame) -> bool:
        """Nothing stands between the words and the number, or a colon: «Hội CCB: 215 hội viên»."""
        return before.last == frame.first or (before.last == frame.first - 1 and self.scene.words[before.last] == ":")

    def _only_news(self, before: Label, frame: Frame) -> bool:
        """«lực lượng chức năng phát hiện», «Theo thống kê … hiện xã có»: who found it, not what it is."""
        words, pairs = self.scene.words, self.scene.pairs
        if not NEWS_WORDS.isdisjoint(words[before.last - 1 : frame.first]):
            return True
        if not NEWS.isdisjoint(pairs[max(before.last - 2, 0) : frame.first - 1]):
            return True
        if words[frame.first - 1] == "co" and (words[before.first] in _SOURCES or words[frame.before] == "theo"):
            return True
        return before.text.count(" ") >= _LONGEST

    # Labels that stand elsewhere.

    def _of_value(self, index: int, frame: Frame, own: Label) -> Label:
        """A percent or change: its own words, else the value before it, else the clause before it."""
        scene, quantity = self.scene, self.quantities[index]
        if own.text and frame.change:
            at = frame.change_at
            if scene.words[at + 1] != "truong" and scene.words[at - 1] not in _RISES:
                own = phrase(scene, min(own.first, at), at, self.dropped)
        if quantity.is_percent and (of_these := self._of_these(frame, own)).text:
            return of_these
        if len(own.text) > 1 and not self._compares(own) and not self._is_tail(index, frame):
            return own
        if not quantity.is_percent:
            after = self._after(index, alone=True)
            if after.text and not self._compares(after):
                return self._joined(NOTHING, self._counted(quantity), after, frame)
        elif self.clauses[frame.clause].cut != "(" and not any(map(scene.is_word, range(frame.before, frame.first))):
            after = phrase(scene, frame.last, frame.after, self.dropped)  # 96.5% dân số là đồng bào …
            if after.text and not self._compares(after):
                return after
        return self._elsewhere(index, frame, self._counted(quantity))

    def _of_these(self, frame: Frame, own: Label) -> Label:
        """«nâng cao với 88,9% số hộ đạt gia đình văn hóa»: what stands behind the percent."""
        if frame.first == frame.before or self.scene.words[frame.first - 1] not in _OF_THESE:
            return NOTHING
        if self.scene.pairs[own.first] in HEADS and self.scene.words[frame.first - 1] == ":":
            return NOTHING  # tỷ lệ lao động: 37% dân số
        after = phrase(self.scene, frame.last, frame.after, self.dropped)
        return NOTHING if not after.text or self._compares(after) else after

    def _is_tail(self, index: int, frame: Frame) -> bool:
        """«kết nạp 12 đảng viên mới đạt 100% kế hoạch»: a word behind the value before is that value's."""
        if not index or self.quantities[index - 1].last != frame.before or not self.quantities[index].is_percent:
            return False
        words = self.scene.words[frame.before : frame.first]
        return len(words) <= _SHORT and bool(words) and words[-1] in _REACHED

    def _compares(self, label: Label) -> bool:
        pairs = self.scene.pairs
        if pairs[label.first] == "so voi":
            return True
        return label.last - label.first <= 6 and not _COMPARISONS.isdisjoint(pairs[label.first : label.last - 1])

    def _elsewhere(self, index: int, frame: Frame, counted: Label) -> Label:
        clause = self.clauses[frame.clause]
        owner = self.roles.owner(index)
        if owner is not None and self.frames[owner].clause == frame.clause:
            return self.of(owner)
        if owner is None and index and frame.change and self.frames[index - 1].clause == frame.clause:
            return self.of(index - 1)  # số vụ giảm 36,5% so với tháng trước và giảm 25% so với cùng kỳ
        cut = clause.cut
        if cut == "(" and index and self._is_rate_before(index, frame):
            return self.of(index - 1)
        for back in range(frame.clause - 1, -1, -1):
            earlier = self.clauses[back]
            if cut not in (",", "(", ")") or earlier.line != clause.line or back in self.busy:
                break
            cut = earlier.cut
            if owner is None and (earlier.first in self.dropped or self._opens_with_function_word(earlier)):
                continue  # «Đến thời điểm báo cáo, toàn xã đạt 13/19 tiêu chí»: a clause of time
            label = phrase(self.scene, earlier.first, earlier.last, self.dropped)
            label = essence(self.scene, label, self.dropped) if label.text else label
            if label.text and not self._compares(label):
                return self._with_short_clauses(index, back, label)
        if owner is not None:
            return self.of(owner)
        if index and self._goes_on(self.clauses[self.frames[index - 1].clause], clause, counted):
            return self.of(index - 1)
        return counted

    def _is_rate_before(self, index: int, frame: Frame) -> bool:
        """«tỷ lệ bao phủ đạt 97,2% (tăng 0,4%)»: the change is the rate's."""
        before = self.frames[index - 1]
        return self.quantities[index - 1].is_percent and not before.change and before.clause == frame.clause - 1

    def _goes_on(self, before: Clause, clause: Clause, counted: Label) -> bool:
        """Whether a number without words speaks of what the one before does; a new sentence counts its own thing."""
        return before.line == clause.line and (before.sentence == clause.sentence or not counted.text)

    def _opens_with_function_word(self, clause: Clause) -> bool:
        trimmed = phrase(self.scene, clause.first, clause.first + 2)
        return trimmed.first != clause.first

    def _like_sibling(self, index: int, frame: Frame, label: Label) -> Label:
        """«đường đi khu sản xuất Đắk Kinh 1 (4,28ha), Moza (5.83ha)»: a name alone takes the words of its neighbour."""
        if not index or label.first < 0 or not self.scene.is_capital(label.first):
            return label
        here = self.clauses[frame.clause]
        if here.cut in (".", ";") or self.clauses[self.frames[index - 1].clause].line != here.line:
            return label
        if not all(self.scene.is_capital(at) for at in range(label.first, label.last)):
            return label
        shared = self.of(index - 1).text.split()
        while shared and not shared[-1].islower():
            shared.pop()
        return _under(Label(" ".join(shared), -1, -1), label) if 0 < len(shared) <= _SHORT + 1 else label

    def _is_named_part(self, before: Label, quantity: Quantity, total: Quantity) -> bool:
        """«(Hoà Bình 44, Sơn La 194)»: a part with a name only; the total says what is counted."""
        if not quantity.unit or quantity.last == quantity.number.last:
            return True
        named = all(self.scene.is_capital(at) for at in range(before.first, before.last))
        return named and not quantity.measure and total.unit.endswith(quantity.unit)  # 9 ngôi nhà (Quảng Bình 2 nhà)


def _under(parent: Label, own: Label) -> Label:
    if not parent.text:
        return own
    return Label(f"{parent.text} {own.text}", own.first, own.last)
