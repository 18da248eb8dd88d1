"""A command's word, and something behind it that says nothing: «xuất abc», «nhắc hội cựu chiến bin».

It is no report when only a word or two follow, or what follows is a name but for a slip. It is a report where the word
is only the beginning of another («xuất khẩu», «miễn nhiệm»), and wherever a number stands that is no date.
Knows: the words behind. Does not know: who writes, nor which words are commands.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.replies.command_arguments import ASKED_WORDS, NAME_WORDS, Command, Names
from bot.replies.command_words import CommandKind, CommandWord, Follows
from bot.replies.normalise import fold, vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable

K = CommandKind

_COMPOUNDS: dict[CommandKind, frozenset[str]] = {
    K.EXPORT: vocabulary("khẩu chuồng bản phát sắc hiện cảnh ngũ viện kho trình siêu thân huyết nhập bán cấp chi"),
    K.WAIVE: vocabulary("nhiệm phí giảm dịch thuế trừ thi cưỡng học tiền"),
    K.NUDGE: vocabulary("nhở lại đến tới nhớ việc"),
    K.KEEP: vocabulary("gìn vững nguyên nhịp mối rừng đất ổn được liên xe chức"),
    K.SOURCE: vocabulary("vốn lực nước nhân gốc tin kinh sinh sống gen giống thu điện cung xã ngân tiền"),
    K.PLAN: vocabulary("hoạch hóa tổ công kiểm triển thực phát đầu tuần tháng quý năm số"),
    K.MOVE: vocabulary("đổi biến giao tải nhượng hóa mục tiếp công dịch trả tiền đơn hồ khám viện phát tuyến sang"),
    K.HAND_OVER: vocabulary("mặt nhà hồ giấy đất kết công chức tài"),
    K.LEAVE_FOR: vocabulary("hưu việc dưỡng mát học phép ngơi thai ốm"),
    K.INVITE: vocabulary("họp gọi dự thầu bà các đại"),
    K.REVOKE: vocabulary("vạch"),
    K.EXTEND: vocabulary("nợ hợp giấy thẻ vay thời"),
    K.RETURN: vocabulary("tiền hồ đất giấy đơn kinh mặt kết"),
    K.AMEND: vocabulary("chữa đổi sang đường nhà cầu soạn máy xe kênh mương điện"),
    K.WITHDRAW: vocabulary("phiếu trống sót học phí hoang ngỏ rơi rác cọc việc"),
    K.CHECK: vocabulary("công cơ việc giám đột định thực hành liên các an hồ hoạt đảng tài"),
    K.CHECKS: vocabulary("công cơ việc giám đột định thực hành liên các an hồ hoạt đảng tài"),
    K.BOARD: vocabulary("giá tin lương điểm hiệu kê tổng khen"),
    K.CALENDAR: vocabulary("sử công tiếp trực họp làm học thời gieo mùa"),
    K.DRAFT: vocabulary("luật nghị kế quy báo văn quyết đề chương"),
    K.DIGEST: vocabulary("nội kết"),
    K.REOPEN: vocabulary("lớp chợ cửa đường điểm"),
    K.REPORT: vocabulary("chính viên công tháng quý năm kinh tình kết sơ tổng nhanh"),
    K.SHOW: vocabulary("xét như ra thêm"),
    K.SECTION: vocabulary("tiêu đích lục đồ sư"),
    K.HELP: vocabulary("đỡ dân nhau hộ người"),
    K.ENTER: vocabulary("khẩu dân gia"),
    K.HISTORY: vocabulary("thống"),
}

_DATED = re.compile(
    r"\b(?:tuan|thang|nam|quy|ngay)\s+(?:so\s+)?\d{1,4}\b|\b\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|\b\d{1,2}\s*(?:gio|h)\b"
)
_NAME_ENDS = re.compile(r"[:,;\d]|\s(?:den|toi|them|vi|do|ly do|li do)\s")
OF_DEPARTMENTS = frozenset({Follows.UNIT, Follows.UNIT_COLON, Follows.UNTIL, Follows.PLACE})
OF_INDICATORS = frozenset({Follows.INDICATOR, Follows.FIGURE_OF, Follows.NAME})


def half_said(word: CommandWord, message: str, at: int, names: Names) -> Command | None:
    """The command that nobody carries out, with what stands behind its words at `at`; None for a report's words."""
    rest = message[at:].strip(" :.!?-–\t")
    folded = fold(rest)
    if not folded or "\n" in rest or folded.split()[0].strip(",.;:") in _COMPOUNDS.get(word.kind, ()):
        return None
    undated = _DATED.sub(" ", folded)
    is_short = len(undated.split()) <= ASKED_WORDS and not any(c.isdigit() for c in undated)
    if not is_short and not _is_like_a_name(word, rest, names):
        return None
    start = message.index(rest, at)
    return Command(word.kind, rest, start, start + len(rest), is_unread=True)


def _is_like_a_name(word: CommandWord, rest: str, names: Names) -> bool:
    """«nhắc hội cựu chiến bin», «kế hoạch lúa muua 600»: a name with a slip, and perhaps more behind it."""
    is_like: Callable[[str], bool] | None = None
    if word.follows in OF_DEPARTMENTS:
        is_like = names.is_like_department
    elif word.follows in OF_INDICATORS:
        is_like = names.is_like_indicator
    if is_like is None:
        return False
    ends = _NAME_ENDS.search(fold(rest))
    words = (rest[: ends.start()] if ends is not None else rest).split()[:NAME_WORDS]
    return any(is_like(" ".join(words[:size])) for size in range(len(words), 0, -1))
