"""Words that say what a number counts: this week, a month, the year so far, a plan, a state.

Knows: the vocabulary, and where it stands in a reply. Does not know: numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.replies.normalise import Vocabulary, fold
from bot.replies.reading import MentionRole, NotAFigure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.replies.scene import Scene

# Said of other times or of other things; longer than what they contain, and so found first.
_NOTHING = """
tuần tra, tuần hoàn, tuần trước, tuần sau, tuần tới, tháng trước, tháng sau, tháng tới, năm trước, năm ngoái, kế
hoạch hóa, kế hoạch hoá, toàn xã hội, tuần lễ, thực hiện tốt, kế hoạch số
"""
_ADDED_UP = """
lũy kế, luỹ kế, lk, cộng dồn, từ đầu năm, từ đầu vụ, từ đầu nhiệm kỳ, tính từ đầu năm, đầu năm đến nay, từ trước đến
nay, từ đầu mùa
"""
_TIMES = {
    MentionRole.WEEK: """
trong tuần, tuần qua, tuần này, cả tuần, tuần rồi, tuần vừa, trong kỳ, kỳ này, tuần báo cáo, tuần nay, tuần
""",
    MentionRole.MONTH: """
trong tháng, tháng qua, tháng này, tháng vừa
""",
    MentionRole.CUMULATIVE: """
trong quý, quý này,
cả năm, trong năm, tính đến, đến nay, tính chung, năm nay, hết tháng, hết quý, đến hết, đến thời điểm, đến ngày, hết
ngày, vụ mùa, vụ lúa, vụ đông xuân, vụ hè thu, vụ thu đông, vụ xuân, niên vụ
""",
}
_TOPICS = {
    MentionRole.PLAN: """
kế hoạch, kh, chỉ tiêu, dự toán, phấn đấu, mục tiêu, định hướng, quy hoạch, dự kiến, được giao, giao là, giao lại,
xã giao, cần tiếp tục, đề nghị công nhận, sẽ, sẽ tiếp tục
""",
    MentionRole.SNAPSHOT: """
hiện có, hiện còn, hiện nay, hiện tại, hiện, tổng đàn, tổng số, dân số, mật độ, diện tích tự nhiên, duy trì, quản
lý, còn, còn lại, số hộ, nhân khẩu, tồn, độ tuổi, diện tích đất, diện tích canh tác, diện tích cây, còn tồn, toàn xã
có, toàn xã đạt, toàn huyện có, toàn tỉnh có, địa bàn có, địa bàn xã có, địa bàn huyện có, địa bàn tỉnh có, toàn
thôn có, cả xã có, chưa hoàn thành, chưa giải quyết, đang giải quyết, dư nợ, tổng dư nợ
""",
    MentionRole.MONEY: """
số tiền, thiệt hại, phạt, mức phạt, trị giá, tiền, kinh phí, phí
""",
    MentionRole.OTHER: """
th, thực hiện, thực hiện được
""",
}
# The season's work and what it yields: cumulative where no time is said.
_SEASONAL = """
năng suất, sản lượng, gieo trồng, gieo cấy, gieo sạ, xuống giống, thả giống, thu hoạch, cấy, trồng mới, trồng rừng
"""
_NO_EVIDENCE_AFTER = {  # word of a phrase: what may not stand before it
    "hiện": "phát thực thể xuất biểu",
    "phí": "kinh lệ học chi án",
    "còn": "vẫn chỉ không",
    "kế": "theo với vượt so",
    "dân": "theo với",
    "tuần": "",
}


class Evidence(NamedTuple):
    """Words over tokens [first, last) that speak for a role."""

    role: MentionRole
    first: int
    last: int
    time: bool = False  # says when, and so reaches over the sentence; a topic speaks for its own clause
    year: bool = False
    added_up: bool = False  # «lũy kế», «từ đầu năm»: a running total, whatever the topic


_Entry = tuple[tuple[str, ...], MentionRole | None, bool, bool]  # further words, role, time, added up
_Entries = dict[str, list[_Entry]]


def _table(*, folded: bool) -> _Entries:
    table: _Entries = {}
    total = {MentionRole.CUMULATIVE: _ADDED_UP}
    for phrases, time, added_up in (
        ({None: _NOTHING}, False, False),
        (_TIMES, True, False),
        (total, True, True),
        (_TOPICS, False, False),
        ({MentionRole.CUMULATIVE: _SEASONAL}, False, False),
    ):
        for role, listed in phrases.items():
            for phrase in listed.replace("\n", " ").split(","):
                words = tuple((fold(phrase) if folded else phrase).split())
                table.setdefault(words[0], []).append((words[1:], role, time, added_up))
    for rest in table.values():
        rest.sort(key=lambda entry: -len(entry[0]))
    return table


_WITH_DIACRITICS, _FOLDED = _table(folded=False), _table(folded=True)
for _word in ("con", "cay", "hien"):  # without their marks: the animal, the plant, «thực hiện»
    _FOLDED[_word] = [entry for entry in _FOLDED[_word] if entry[0]]
_NOT_AFTER = {word: Vocabulary(before) for word, before in _NO_EVIDENCE_AFTER.items()}
_NOT_AFTER |= {fold(word): before for word, before in _NOT_AFTER.items()}


def evidence_in(
    scene: Scene, distractors: Sequence[tuple[NotAFigure, int, int]], quantities: Sequence[tuple[int, int]]
) -> list[Evidence]:
    """All evidence of the reply, in the order said; not the words of a date or of a quantity («ba vụ lúa/năm»)."""
    taken: set[int] = set()
    for first, last in quantities:
        taken.update(range(first, last))
    for _, first, last in distractors:
        taken.update(range(first, last))
    found = _said(scene, taken)
    for kind, first, last in distractors:
        role = _role_of_time(scene, kind, first, last)
        if role is not None:
            year, added_up = kind is NotAFigure.YEAR, kind is NotAFigure.DATE
            found.append(Evidence(role, first, last, time=True, year=year, added_up=added_up))
    found.sort(key=lambda evidence: evidence.first)
    return found


def _said(scene: Scene, taken: set[int]) -> list[Evidence]:
    found: list[Evidence] = []
    keys = [token.plain for token in scene.tokens]
    table = _WITH_DIACRITICS if scene.accented else _FOLDED
    past = 0
    for at in [i for i, key in enumerate(keys) if key in table]:
        if at < past:
            continue
        for rest, role, time, added_up in table[keys[at]]:
            if not rest or tuple(keys[at + 1 : at + 1 + len(rest)]) == rest:
                past = at + 1 + len(rest)
                barred = _NOT_AFTER.get(keys[at])
                if role is not None and at not in taken and (barred is None or not scene.says(at - 1, barred)):
                    found.append(Evidence(role, at, past, time, added_up=added_up))
                break
    return found


_OLD_TIMES = Vocabulary("kỳ với so học tước trước nhiệm đoạn khóa khoá")  # cùng kỳ năm 2020, so với tháng 4
_UP_TO = Vocabulary("hết đến tính")
_SO_FAR = Vocabulary("kế trong sau quả hiện tính chung ước lk qua")
_SO_MUCH = Vocabulary("ước đạt")  # thu ngân sách 5 tháng ước đạt
_LONGEST_WEEK = 8


def _role_of_time(scene: Scene, kind: NotAFigure, first: int, last: int) -> MentionRole | None:
    if scene.says(first - 1, _OLD_TIMES):
        return None
    words = {scene.words[i] for i in range(first, last)}
    if kind is NotAFigure.DATE:
        return _role_of_date(scene, words, first, last)
    if kind is NotAFigure.YEAR:
        return MentionRole.CUMULATIVE
    if kind is NotAFigure.PERIOD:
        if "tuan" in words:
            return MentionRole.WEEK
        said = "dau" in words or "quy" in words or scene.says(first - 1, _SO_FAR) or scene.says(last, _SO_MUCH)
        if said or ("thang" in words and scene.opens_sentence(first) and scene.words[first - 1] != "("):
            return MentionRole.CUMULATIVE
    return None


def _role_of_date(scene: Scene, words: set[str], first: int, last: int) -> MentionRole | None:
    before = scene.words[first - 1]
    if words & {"den", "-", "toi"} and "thang" not in words and last - first > 4:
        return _role_of_span(scene, first, last) if before in ("tu", "(", "tuan", "ky") else MentionRole.OTHER
    if before == "ke" and scene.words[first - 2] == "thong":
        return MentionRole.SNAPSHOT  # theo thống kê tháng 8/2024
    day = "ngay" in words or before in ("ngay", "hom")
    if not day and ("thang" in words or before == "thang"):
        return MentionRole.MONTH
    if not day or scene.says(first - 1, _UP_TO) or scene.is_numeral(first - 1) or scene.is_upper(first - 1):
        return None
    return MentionRole.OTHER


def _role_of_span(scene: Scene, first: int, last: int) -> MentionRole | None:
    """«từ ngày 01/6 đến 07/6» is a week; «từ ngày 01/01 đến 26/12» a running total."""
    bracketed = scene.words[first - 2] == "(" or scene.words[first - 1] == "("
    days = [int(scene.words[at]) for at in range(first, last) if _is_short(scene, at)]
    if len(days) < 3:
        return None
    one_month = len(days) < 4 or days[1] == days[3]
    if one_month and 0 <= days[-2] - days[0] <= _LONGEST_WEEK:
        return MentionRole.WEEK
    return None if bracketed else MentionRole.CUMULATIVE


def _is_short(scene: Scene, at: int) -> bool:
    return scene.is_numeral(at) and scene.words[at].isdecimal() and len(scene.words[at]) <= 2
