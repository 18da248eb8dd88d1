"""The words a number belongs to.

Where they stand (counted in public reports): before the number in its clause 57 %, in an earlier clause 21 %, after
the number 17 %, in a heading or before a bracket 5 %. A percent and a change belong to the nearest value before them.

    before   Cây lúa: 155 ha
    after    22 trường hợp khuyết tật nặng                      the counted noun and what follows
    both     tước 257 giấy phép lái xe
    above    tổng đàn gia súc, đạt 100,44%                      the clause before, in the same list
    parent   sập 328 căn nhà (Hoà Bình 44, Sơn La 194)          sập căn nhà · Sơn La

Knows: positions and function words. Does not know: indicators.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.replies.normalise import Vocabulary, fold
from bot.replies.nouns import TWO
from bot.replies.reading import NotAFigure
from bot.replies.tokens import Kind
from bot.replies.zeros import NOTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.replies.clauses import Clause
    from bot.replies.frames import Frame
    from bot.replies.quantities import Findings, Quantity
    from bot.replies.roles import Roles
    from bot.replies.scene import Scene

# Cut off where a label begins or ends; inside one they stay.
_EDGE = Vocabulary(
    "đạt được là có gồm khoảng chừng tầm gần hơn ước lk lũy luỹ cộng dồn bằng chiếm vượt tương đương ứng kh th hiện nay nhé ạ ah "
    "ơi dạ vâng e a c à nhầm xấp xỉ cụ thể đó đã đang sẽ và với cho của trong tại ở từ đến tới về do vì như mà thì nên để so theo đối riêng "
    "còn lại thêm hết nữa rồi thôi các những ra lên xuống này kia ấy trên dưới qua sau trước khi nhờ bởi hoặc hay tuy nhiên "
    "ngoài nhưng vẫn cũng đều toàn thực khiến làm tính bao trong"
)
# Verbs that only bring the news: «đã phát hiện 15.128 vụ việc vi phạm».
_NEWS = frozenset(
    {"phat hien", "xay ra", "ghi nhan", "lap bien", "xu ly", "bien ban", "da khien", "lam", "khien", "co", "gom", "cho biet"}
)
_PLACES = Vocabulary("xã huyện tỉnh thôn toàn địa bàn thành phố quận phường thị trấn ấp bản cả khu trên hiện đến nay nước")
_PLACE_HEADS = Vocabulary("tỉnh huyện thành tp toàn", unsafe="xã")
# A label starts at such a word when it stands inside a longer sentence.
_HEADS = Vocabulary("tổng diện sản năng tỷ tỉ giá kim doanh tốc mật số lượng", unsafe="mức thu nhập vốn")
_HEAD_PAIRS = frozenset(
    fold(
        "tổng số, tổng đàn, tổng diện, tổng sản, tổng thu, tổng chi, tổng kế, tổng giá, tổng vốn, tổng mức, tổng kinh, tổng dân, diện tích, "
        "sản lượng, năng suất, tỷ lệ, tỉ lệ, giá trị, kim ngạch, doanh thu, tốc độ, mật độ, số lượng, số hộ, số tiền, số người, mức thu, "
        "thu ngân, thu nhập, tổng số, số ca, số vụ, số thu, dân số"
    ).split(", ")
)
_OF_ANOTHER = frozenset({"so tien", "tien", "dien tich", "tong", "tong cong", "tri gia", "kinh phi"})
_GENERIC = frozenset({"", "thuc hien", "tiep nhan", "giai quyet", "da thuc hien", "ket qua", "tra ket qua", "so luong", "tong so"})
_COMPARISONS = frozenset({"cung ky", "so voi", "ke hoach", "du toan", "chi tieu", "nghi quyet"})
_SPLITS = frozenset({"da", "lam", "khien", "biet", ":", "="})  # «mưa lũ đã làm | sập 328 căn nhà»
_TIMES = frozenset({NotAFigure.DATE, NotAFigure.YEAR, NotAFigure.PERIOD, NotAFigure.LIST_NUMBER, NotAFigure.CITATION, NotAFigure.TIME})
_JOINTS = Vocabulary("và nhưng còn với trong riêng")
_ENDS_AFTER = Vocabulary("so trong tại với theo nhằm để do vì trên từ cho gây cùng qua thuộc")
_KEPT_TOGETHER = frozenset({"xuong giong", "tha giong", "len lop", "ra quan", "ra soat", "thuc hien", "thuc te", "lam viec", "xay dung", "duoc lieu", "an qua"})
_CHANGING = Vocabulary("tăng giảm vượt cao thấp ít nhiều")
_GOES_ON = Vocabulary("chiếm bằng tăng giảm đạt tương vượt")
_SHORT = 4  # words
_LONGEST = 14


class Label(NamedTuple):
    """The phrase as typed (its kept words) and the tokens [first, last) of its main part."""

    text: str
    first: int
    last: int


NOTHING = Label("", -1, -1)


def phrase(scene: Scene, first: int, last: int, dropped: frozenset[int] = frozenset()) -> Label:
    """The words of tokens [first, last) that can be a label; `dropped` are tokens of periods and dates."""
    kept = [at for at in range(first, last) if at not in dropped and _keeps(scene, at)]
    low, high = 0, len(kept)
    while low < high and _is_edge(scene, kept[low], 1):
        low += 1
    while high > low and _is_edge(scene, kept[high - 1], -1):
        high -= 1
    return _label(scene, kept[low:high])


def _label(scene: Scene, kept: Sequence[int]) -> Label:
    if not kept:
        return NOTHING
    return Label(" ".join(scene.typed(at) for at in kept), kept[0], kept[-1] + 1)


def _keeps(scene: Scene, at: int) -> bool:
    token = scene.tokens[at]
    if token.kind is Kind.MARK:
        return token.word in "/-" and scene.is_word(at - 1) and scene.is_word(at + 1) and scene.glued(at + 1)
    return True


def _is_edge(scene: Scene, at: int, step: int) -> bool:
    if scene.tokens[at].kind is Kind.MARK:
        return True
    if not scene.says(at, _EDGE):
        if step > 0 or not scene.says(at, _CHANGING):
            return False
        return scene.word(at) in ("tang", "giam", "vuot") or scene.word(at + 1) in ("hon", "gap")
    pair = f"{scene.word(at)} {scene.word(at + 1)}" if step > 0 else f"{scene.word(at - 1)} {scene.word(at)}"
    return pair not in TWO and pair not in _HEAD_PAIRS and pair not in _NEWS and pair not in _KEPT_TOGETHER


class Labels:
    """Labels of all quantities of one reply."""

    def __init__(self, scene: Scene, findings: Findings, clauses: Sequence[Clause], roles: Roles) -> None:
        self.scene = scene
        self.clauses = clauses
        self.quantities = findings.quantities
        self.roles = roles
        dropped: set[int] = set()
        for evidence in roles.evidence:
            if evidence.time:
                dropped.update(range(evidence.first, evidence.last))
        for kind, first, last in findings.distractors:
            if kind not in _TIMES:
                continue
            dropped.update(range(first, last))
        self.dropped = frozenset(dropped)
        self._known: dict[int, Label] = {}

    def of(self, index: int) -> Label:
        label = self._known.get(index)
        if label is None:
            label = self._known[index] = self._found(index)
        return label

    def _found(self, index: int) -> Label:
        quantity, frame = self.quantities[index], self.roles.frames[index]
        if quantity.ratio is not None and not quantity.part and index and self.quantities[index - 1] is quantity.ratio:
            shared = self.of(index - 1)
            return shared if shared.text and quantity.first - 1 <= quantity.ratio.last else self._behind_slash(index, shared)
        before = self._before(index, frame)
        if quantity.is_percent or frame.change:
            return self._of_value(index, frame, before)
        news = bool(before.text) and self._only_news(before, frame)
        counted, after = self._behind(index, quantity, alone=news or not before.text)
        if not before.text and not after.text:
            return self._like_sibling(index, frame, self._elsewhere(index, frame, counted))
        if fold(before.text) in _OF_ANOTHER and not after.text and index:
            return _under(self.of(index - 1), before)
        label = self._joined(NOTHING if news and (after.text or counted.text) else before, counted, after, frame)
        parent = self._named_part(index, before, quantity)
        if parent is not None:
            return _under(self.of(parent), label)
        return self._like_sibling(index, frame, label)

    def _behind_slash(self, index: int, shared: Label) -> Label:
        """«19 mắc sốt xuất huyết/0 ca tử vong»: the second count has words of its own."""
        own = self._after(index)
        return self._joined(NOTHING, self._counted(self.quantities[index]), own, self.roles.frames[index]) if own.text else shared

    def _behind(self, index: int, quantity: Quantity, *, alone: bool) -> tuple[Label, Label]:
        """The counted noun and the words after it; of «41/56 cơ sở kinh doanh» those after the slash."""
        whole = quantity.ratio
        if whole is not None and quantity.part and quantity.last + 1 == whole.first:
            return self._counted(whole), self._after(index + 1, alone=alone)
        return self._counted(quantity), self._after(index, alone=alone)

    # The parts of a label.

    def _before(self, index: int, frame: Frame) -> Label:
        scene, first = self.scene, frame.before
        if index and self.quantities[index - 1].last == first:
            first = self._behind_tail(index, frame)
        elif self.clauses[frame.clause].cut == ")":
            first = self._before_bracket(index, frame)
        label = phrase(scene, first, frame.first, self.dropped)
        if label.first < 0:
            return label
        label = self._from_head(self._last_part(label))
        label = self._without_place(label)
        if label.text and label.first == self.clauses[frame.clause].first:
            return self._with_short_clauses(index, frame, label)
        return label

    def _before_bracket(self, index: int, frame: Frame) -> int:
        """«Sản lượng ngô (bắp) là 1.048 tấn»: a bracket without a number stands inside the label."""
        number = frame.clause
        if number < len("ab") or (index and self.quantities[index - 1].last > self.clauses[number - 2].first):
            return frame.before
        bracket, head = self.clauses[number - 1], self.clauses[number - 2]
        inside = bracket.cut == "(" and head.line == self.clauses[number].line and head.depth == self.clauses[number].depth
        return head.first if inside and bracket.last - bracket.first <= len("theo gia so sanh") else frame.before

    def _last_part(self, label: Label) -> Label:
        """What follows «đã», «làm», a colon: the rest says who or where."""
        scene = self.scene
        for at in range(label.last - 2, label.first, -1):
            word = scene.word(at)
            if word in _SPLITS and self._splits(label, at):
                tail = phrase(scene, at + 1, label.last, self.dropped)
                generic = word == ":" and fold(tail.text) in _GENERIC
                return phrase(scene, label.first, at, self.dropped) if generic else tail if tail.text else label
            if word == "voi" and " ".join(scene.word(i) for i in range(at + 1, label.last)) in _OF_ANOTHER:
                return phrase(scene, label.first, at, self.dropped)  # xử phạt với số tiền
        return label

    def _splits(self, label: Label, at: int) -> bool:
        scene = self.scene
        if scene.accented and scene.word(at) in ("da", "lam", "biet") and scene.tokens[at].plain not in ("đã", "làm", "biết"):
            return False
        if f"{scene.word(at - 1)} {scene.word(at)}" in TWO or f"{scene.word(at)} {scene.word(at + 1)}" in _KEPT_TOGETHER:
            return False
        return scene.word(at) != "da" or f"{scene.word(label.first)} {scene.word(label.first + 1)}" not in _HEAD_PAIRS

    def _behind_tail(self, index: int, frame: Frame) -> int:
        """The words right behind the number before still belong to that one: cut after «và», «nhưng», «với»."""
        for at in range(frame.first - 1, frame.before - 1, -1):
            if self.scene.says(at, _JOINTS):
                words = " ".join(self.scene.word(i) for i in range(at + 1, frame.first) if not self.scene.says(i, _EDGE))
                if self.scene.word(at) != "voi" or words not in _OF_ANOTHER or at == frame.before:
                    return at + 1
        earlier = self.quantities[index - 1]
        leans = earlier.is_percent or self.roles.frames[index - 1].change
        return frame.first if leans else frame.before

    def _from_head(self, label: Label) -> Label:
        """«xã Ngọk Lây có tổng dân số là»: from the word that names a measure."""
        scene = self.scene
        for at in range(label.first + 1, label.last - 1):
            pair = f"{scene.word(at)} {scene.word(at + 1)}"
            if pair in _HEAD_PAIRS and at not in self.dropped:
                if f"{scene.word(at - 1)} {scene.word(at)}" in _HEAD_PAIRS or scene.word(label.first) in ("so", "ty", "ti", "thu", "chi"):
                    return label
                return phrase(scene, at, label.last, self.dropped)
        return label

    def _without_place(self, label: Label) -> Label:
        """«Toàn huyện», «Trên địa bàn tỉnh» alone say where; «… của toàn tỉnh Bạc Liêu» at the end too."""
        scene = self.scene
        words = [at for at in range(label.first, label.last) if at not in self.dropped]
        if all(scene.says(at, _PLACES) for at in words):
            return NOTHING
        for at in words[1:]:
            of = scene.word(at) == "cua" and scene.says(at + 1, _PLACE_HEADS)
            where = scene.says(at, _PLACE_HEADS) and scene.word(at + 1) != "hoi" and scene.word(at - 1) in ("ban", "cua")
            if of or where or (scene.word(at) == "toan" and scene.says(at + 1, _PLACES) and scene.word(at + 2) != "hoi"):
                return phrase(scene, label.first, at, self.dropped)
        return label

    def _with_short_clauses(self, index: int, frame: Frame, label: Label) -> Label:
        """«hư hỏng, tốc mái 1.250 nhà»: what a comma cut off before."""
        number, first = frame.clause, label.first
        while number and self.clauses[number].cut == "," and self.clauses[number].first == first:
            clause = self.clauses[number - 1]
            inside = index == 0 or self.quantities[index - 1].last <= clause.first
            if not inside or clause.last - clause.first > _SHORT or clause.depth != self.clauses[number].depth:
                break
            if not phrase(self.scene, clause.first, clause.last, self.dropped).text or self.scene.word(clause.first) == "trong":
                break
            if any(self.scene.word(at) in NOTS for at in range(clause.first, clause.last)):
                break
            first, number = clause.first, number - 1
        if first == label.first:
            return label
        return phrase(self.scene, first, label.last, self.dropped)

    def _counted(self, quantity: Quantity) -> Label:
        """The counted noun as typed; measures say nothing about what is measured."""
        if quantity.measure or quantity.last <= quantity.number.last or not quantity.unit:
            return NOTHING
        return _label(self.scene, [at for at in range(quantity.number.last, quantity.last) if self.scene.is_word(at)])

    def _after(self, index: int, *, alone: bool = True) -> Label:
        """Words behind the unit; `alone` when nothing stands before the number, so they cannot be the next one's."""
        scene, quantity, frame = self.scene, self.quantities[index], self.roles.frames[index]
        last = frame.after
        shared = last < self.clauses[frame.clause].last
        if shared and self._next_leans(index):
            last = next((at for at in range(frame.last, last) if scene.says(at, _GOES_ON)), last)
            shared = False
        if quantity.is_percent or scene.word(frame.last) == "so" or (shared and not alone and not self._joint(frame)):
            return NOTHING
        for at in range(frame.last, last):
            if scene.says(at, _ENDS_AFTER) and f"{scene.word(at - 1)} {scene.word(at)}" not in TWO:
                last = at
                break
            if scene.word(at) in ("/", "x", "-") and not scene.glued(at):
                last = at
                break
        if shared:
            last = min(last, self._joint(frame) or last)
        label = phrase(scene, frame.last, min(last, frame.last + _LONGEST), self.dropped)
        return self._with_tail(frame, label, last)

    def _next_leans(self, index: int) -> bool:
        return index + 1 < len(self.quantities) and (self.quantities[index + 1].is_percent or self.roles.frames[index + 1].change)

    def _joint(self, frame: Frame) -> int:
        """The last «và» between this number and the next: what follows is the next one's label."""
        scene = self.scene
        return next((at for at in range(frame.after - 1, frame.last - 1, -1) if scene.says(at, _JOINTS) or scene.word(at) == "/"), 0)

    def _with_tail(self, frame: Frame, label: Label, last: int) -> Label:
        """«66 người chết, mất tích, 160 người …»: one more short clause without a number."""
        following = frame.clause + 1
        if label.first < 0 or last != self.clauses[frame.clause].last or following >= len(self.clauses):
            return label
        clause = self.clauses[following]
        suffers = any(self.scene.word(at) == "bi" for at in range(clause.first, clause.last))
        longest = 7 if suffers else 3
        if clause.cut != "," or clause.last - clause.first > longest or clause.depth != self.clauses[frame.clause].depth:
            return label
        busy = any(clause.first <= q.first < clause.last for q in self.quantities)
        if busy or any(not self.scene.is_word(at) or at in self.dropped for at in range(clause.first, clause.last)):
            return label
        tail = phrase(self.scene, clause.first, clause.last, self.dropped)
        return Label(f"{label.text}, {tail.text}", label.first, tail.last) if tail.text else label

    def _joined(self, before: Label, counted: Label, after: Label, frame: Frame) -> Label:
        if not before.text:
            pieces = [counted, after]
        elif not after.text:
            close = before.last == frame.first and fold(counted.text) not in fold(before.text)
            pieces = [before, counted] if close and len(before.text.split()) <= _SHORT else [before]
        else:
            pieces = [before, counted, after]
        pieces = [piece for piece in pieces if piece.text]
        return Label(" ".join(p.text for p in pieces), pieces[0].first, pieces[-1].last) if pieces else NOTHING

    def _only_news(self, before: Label, frame: Frame) -> bool:
        """«lực lượng chức năng phát hiện», «Theo thống kê … hiện xã có»: who found it, not what it is."""
        scene = self.scene
        words = [scene.word(at) for at in range(before.last - 2, frame.first)]
        said = any(word in _NEWS for word in words[1:] if word != "co") or any(
            f"{a} {b}" in _NEWS for a, b in zip(words, words[1:], strict=False)
        )
        has = scene.word(frame.first - 1) == "co" and scene.word(before.first) in ("theo", "thong", "hien", "dia")
        return said or has or len(before.text.split()) > _LONGEST

    # Labels that stand elsewhere.

    def _of_value(self, index: int, frame: Frame, own: Label) -> Label:
        """A percent or change: its own words, else the value before it, else the clause before it."""
        scene = self.scene
        if own.text and frame.change:
            last = frame.change_at
            rise = scene.word(last + 1) == "truong" or scene.word(last - 1) in ("do", "ty", "muc", "ti")
            own = own if rise else phrase(scene, min(own.first, last), last, self.dropped)
        if len(own.text) > 1 and not self._compares(own):
            return own
        quantity = self.quantities[index]
        opens = not any(scene.is_word(at) for at in range(frame.before, frame.first))
        if opens and quantity.is_percent and self.clauses[frame.clause].cut != "(":
            after = phrase(scene, frame.last, frame.after, self.dropped)
            if after.text and not self._compares(after):
                return after
        elif not quantity.is_percent:
            after = self._after(index)
            if after.text and not self._compares(after):
                return self._joined(NOTHING, self._counted(quantity), after, frame)
        return self._elsewhere(index, frame, self._counted(quantity))

    def _compares(self, label: Label) -> bool:
        scene = self.scene
        pairs = {f"{scene.word(at)} {scene.word(at + 1)}" for at in range(label.first, label.last - 1)}
        opens = scene.word(label.first) == "so" and scene.word(label.first + 1) == "voi"
        return opens or (bool(pairs & _COMPARISONS) and label.last - label.first <= len("so voi"))

    def _elsewhere(self, index: int, frame: Frame, counted: Label) -> Label:
        clause = self.clauses[frame.clause]
        owner = self.roles.owner(index)
        cut = clause.cut
        for back in range(frame.clause - 1, -1, -1):
            earlier = self.clauses[back]
            if cut not in (",", "(", ")") or earlier.line != clause.line:
                break
            cut = earlier.cut
            if any(earlier.first <= q.first < earlier.last for q in self.quantities):
                break
            if owner is None and (earlier.first in self.dropped or self.scene.says(earlier.first, _EDGE)):
                continue  # «Đến thời điểm báo cáo, toàn xã đạt 13/19 tiêu chí»: a clause of time
            label = phrase(self.scene, earlier.first, earlier.last, self.dropped)
            label = self._without_place(self._from_head(self._last_part(label))) if label.text else label
            if label.text and not self._compares(label):
                return self._with_short_clauses(index, frame._replace(clause=back), label)
        if owner is not None:
            return self.of(owner)
        if index and self.clauses[self.roles.frames[index - 1].clause].line == clause.line:
            return self.of(index - 1)
        return counted

    def _like_sibling(self, index: int, frame: Frame, label: Label) -> Label:
        """«đường đi khu sản xuất Đắk Kinh 1 (4,28ha), Moza (5.83ha)»: a name alone takes the words of its neighbour."""
        scene = self.scene
        if not index or label.first < 0 or self.clauses[self.roles.frames[index - 1].clause].line != self.clauses[frame.clause].line:
            return label
        if not all(scene.is_capital(at) for at in range(label.first, label.last)) or self.clauses[frame.clause].cut in (".", ";"):
            return label
        shared = self.of(index - 1).text.split()
        while shared and not shared[-1].islower():
            shared.pop()
        return _under(Label(" ".join(shared), -1, -1), label) if 0 < len(shared) <= _SHORT + 1 else label

    def _named_part(self, index: int, before: Label, quantity: Quantity) -> int | None:
        """«(Hoà Bình 44, Sơn La 194)»: a part with a name only; the total says what is counted."""
        frame = self.roles.frames[index]
        if not self.clauses[frame.clause].depth or (quantity.unit and quantity.last > quantity.number.last) or not before.text:
            return None
        return self.roles.parent(index)


def _under(parent: Label, own: Label) -> Label:
    if not parent.text:
        return own
    return Label(f"{parent.text} {own.text}", own.first, own.last)
