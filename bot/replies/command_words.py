"""The words people may type, who they are for, and what may follow them. Vocabulary only.

Knows: every typed command with its spellings. Does not know: how a message is matched against them.
A phrase is written as it is printed; it is matched without case and diacritics.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Who(StrEnum):
    RESPONDENT = "respondent"
    OFFICE = "office"
    LEADER = "leader"
    GROUP = "group"


class CommandKind(StrEnum):
    """What a typed word or a pressed button asks for."""

    MISSING = "missing"
    LIST = "list"
    SECTION = "section"
    ONE_BY_ONE = "one_by_one"
    SKIP = "skip"
    BACK = "back"
    STOP = "stop"
    SHOW = "show"
    AMEND = "amend"
    WITHDRAW = "withdraw"
    SAME = "same"
    NONE = "none"
    NO_DATA = "no_data"
    DONE = "done"
    EXTENSION = "extension"
    LEAVE = "leave"
    LEAVE_END = "leave_end"
    DEADLINE = "deadline"
    OFFICE = "office"
    MORE = "more"
    HELP = "help"
    ADDRESS = "address"
    DATA = "data"
    UNDO = "undo"
    CANCEL = "cancel"
    BOARD = "board"
    NUDGE = "nudge"
    NUDGE_ALL = "nudge_all"
    ENTER = "enter"
    RETURN = "return"
    PLAN = "plan"
    CHECKS = "checks"
    CHECK = "check"
    CHECKS_MORE = "checks_more"
    KEEP = "keep"
    EXTEND = "extend"
    WAIVE = "waive"
    LEAVE_FOR = "leave_for"
    CALENDAR = "calendar"
    HOLIDAY = "holiday"
    WORKDAY = "workday"
    MOVE_DEADLINE = "move_deadline"
    DRAFT = "draft"
    DIGEST = "digest"
    SUBMIT = "submit"
    POST = "post"
    REOPEN = "reopen"
    HISTORY = "history"
    SOURCE = "source"
    EXPORT = "export"
    ADD_INDICATOR = "add_indicator"
    RENAME = "rename"
    RETIRE = "retire"
    RESUME = "resume"
    NAMES = "names"
    INVITE = "invite"
    REVOKE = "revoke"
    PEOPLE = "people"
    MOVE = "move"
    HAND_OVER = "hand_over"
    TRIAL = "trial"
    APPROVE = "approve"
    REPORT = "report"
    LINK_GROUP = "link_group"
    NOT_HERE = "not_here"  # a word of another list, typed in a group


class Follows(StrEnum):
    """What may stand after the words of a command."""

    NOTHING = "nothing"
    ANYTHING = "anything"
    INDICATOR = "indicator"  # something that names an indicator, or nothing
    FIGURE_OF = "figure_of"  # the same, or a few words that may turn out to name none
    NAME = "name"  # an indicator and perhaps a week, no figure
    SECTION = "section"  # 6, 1.2.b, đất đai; then text
    PLACE = "place"  # a unit or a section
    UNIT = "unit"
    UNIT_COLON = "unit_colon"  # a unit, then a colon and text
    COLON = "colon"  # a colon and text
    ORDINAL = "ordinal"  # one number
    ORDINAL_COLON = "ordinal_colon"  # one number, then a colon and text
    VERSION = "version"  # «bản 2»
    DATES = "dates"
    SPAN = "span"  # weeks, months or days, perhaps after the kind of file: «csv tuần 20 đến 23»
    LEAVE = "leave"  # a name, then «từ …»
    UNTIL = "until"  # a unit, then «đến …»
    CODE = "code"
    WORD = "word"  # one or two words
    TO = "to"  # a name, then «sang …» or «cho …»
    PERSON = "person"  # a name: a few words without a figure, of the office only


@dataclass(frozen=True, slots=True)
class CommandWord:
    """One command. `phrases[0]` is the word messages print; `exact` forgives no slip."""

    kind: CommandKind
    phrases: tuple[str, ...]
    slash: tuple[str, ...]
    roles: frozenset[Who]
    follows: Follows = Follows.NOTHING
    exact: bool = False
    unlike: tuple[str, ...] = ()  # words that differ from it in diacritics only
    marked: tuple[str, ...] = ()  # phrases that count only as they are written: «nhắc ca» may mean the police


def _listed(words: str) -> tuple[str, ...]:
    return tuple(words.split(", "))


_R, _V, _L, _G = Who.RESPONDENT, Who.OFFICE, Who.LEADER, Who.GROUP
_ANSWERING = frozenset({_R, _V})
_PRIVATE = frozenset({_R, _V, _L})
_DESK = frozenset({_V})
_ABOVE = frozenset({_V, _L})
_READING = frozenset({_V, _L, _G})
K, F = CommandKind, Follows

WORDS: tuple[CommandWord, ...] = (
    CommandWord(
        K.MISSING,
        (
            "còn thiếu",
            "còn thiếu gì",
            "thiếu gì",
            "còn gì",
            "còn những gì",
            "chưa nộp gì",
            "còn thiếu số nào",
            "em còn thiếu gì",
            "xin chào",  # a greeting is answered with what is owed, as an office would
            "chào em",
            "alo",
            "hello",
            "hi",
            "còn thiếu gì nữa",
            "còn thiếu gì nữa không",
            "còn thiếu gì không",
            "còn gì nữa",
            "còn gì nữa không",
            "thiếu gì nữa",
            "sao còn thiếu",
            "sao lại thiếu",
            "sao vẫn thiếu",
            "thiếu chỗ nào",
            "thiếu đâu",
            "gửi rồi",
            "gửi rồi mà",
            "em gửi rồi mà",
            "nộp rồi",
            "nộp rồi mà",
            "báo rồi mà",
            "gửi hết rồi",
            "gửi đủ rồi",
        ),
        ("conthieu",),
        _ANSWERING,
    ),
    CommandWord(
        K.LIST,
        ("danh sách", "cần nộp gì", "phải nộp gì", "mẫu", "mẫu báo cáo", "số tuần trước"),
        ("danhsach",),
        _ANSWERING,
    ),
    CommandWord(K.SECTION, ("mục",), ("muc",), _ANSWERING, F.SECTION, unlike=("mức", "múc", "mực")),
    CommandWord(
        K.ONE_BY_ONE,
        ("từng câu", "hỏi đi", "hỏi từng mục", "hỏi từng câu", "hỏi từng số", "từng số"),
        ("tungcau",),
        _ANSWERING,
    ),
    CommandWord(K.SKIP, ("bỏ qua",), ("boqua",), _ANSWERING),
    CommandWord(K.BACK, ("quay lại",), ("quaylai",), _ANSWERING),
    CommandWord(K.STOP, ("dừng", "tạm dừng"), ("dung",), _ANSWERING, unlike=("đúng", "dùng", "dụng", "đụng", "đừng")),
    CommandWord(
        K.SHOW, ("xem", "xem lại", "đã ghi gì", "đã ghi những gì", "ghi được gì"), ("xem",), _ANSWERING, F.PLACE
    ),
    CommandWord(
        K.AMEND,
        ("sửa", "đính chính", "gõ lại", "sai rồi", "sai số rồi", "không đúng", "chưa đúng"),
        ("sua",),
        _ANSWERING,
        F.INDICATOR,
        unlike=("sứa",),
    ),
    CommandWord(
        K.WITHDRAW,
        ("bỏ", "bỏ số", "xóa", "xóa số"),
        ("bo",),
        _ANSWERING,
        F.INDICATOR,
        exact=True,
        unlike=("bò", "bó", "bọ", "bõ"),
    ),
    CommandWord(
        K.SAME,
        ("như tuần trước", "không đổi", "không thay đổi", "giữ nguyên", "vẫn thế", "vẫn như tuần trước", "như cũ"),
        ("nhutuantruoc",),
        _ANSWERING,
    ),
    CommandWord(
        K.NONE,
        (
            "không phát sinh",
            "không có",
            "ko ps",
            "k ps",
            "chưa phát sinh",
            "ko phát sinh",
            "k phát sinh",
            "ko có",
            "k có",
            "không có gì",
            "ko có gì",
            "k có gì",
            "không có gì phát sinh",
        ),
        ("khongphatsinh",),
        _ANSWERING,
    ),
    CommandWord(
        K.NO_DATA,
        ("chưa có số", "chưa có số liệu", "đang tổng hợp", "chưa rõ", "chưa biết"),
        ("chuacoso",),
        _ANSWERING,
    ),
    CommandWord(
        K.DONE,
        ("xong", "xong rồi", "đủ rồi", "chốt", "nộp", "xác nhận", "chốt số"),
        ("xong",),
        _ANSWERING,
        exact=True,
        unlike=("xông", "chợt", "chột"),
    ),
    CommandWord(
        K.EXTENSION,
        (
            "xin gia hạn",
            "xin lùi",
            "xin lùi hạn",
            "xin lùi giờ",
            "cho thêm giờ",
            "xin thêm giờ",
            "lùi hạn",
            "xin nộp muộn",
        ),
        ("xingiahan",),
        frozenset({_R}),
        F.ANYTHING,
    ),
    CommandWord(K.LEAVE, ("báo nghỉ", "xin nghỉ"), ("baonghi",), frozenset({_R}), F.ANYTHING),
    CommandWord(
        K.LEAVE_END,
        ("hết nghỉ", "kết thúc nghỉ", "thôi nghỉ", "bỏ nghỉ", "hết phép", "em đã đi làm lại", "đi làm lại"),
        ("hetnghi",),
        _ANSWERING,
        F.PERSON,
        exact=True,
    ),
    CommandWord(
        K.DEADLINE,
        (
            "hạn nộp",
            "hạn mấy giờ",
            "hạn nộp mấy giờ",
            "hạn nộp lúc mấy giờ",
            "hạn nộp là mấy giờ",
            "hạn nộp khi nào",
            "hạn nộp bao giờ",
            "bao giờ nộp",
            "bao giờ phải nộp",
            "mấy giờ nộp",
            "khi nào nộp",
            "hạn nộp báo cáo",
            "hạn nộp báo cáo mấy giờ",
            "nộp trước mấy giờ",
        ),
        ("hannop",),
        _ANSWERING,
    ),
    CommandWord(
        K.OFFICE,
        ("gặp văn phòng", "gọi văn phòng", "nhắn văn phòng", "gặp văn phòng đảng ủy"),
        ("vanphong",),
        frozenset({_R, _L}),
        F.ANYTHING,
    ),
    CommandWord(K.MORE, ("việc khác", "khác"), ("viec",), _ANSWERING),
    CommandWord(K.HELP, ("hướng dẫn", "trợ giúp", "giúp", "help"), ("huongdan", "help"), frozenset({_R, _V, _L, _G})),
    CommandWord(K.ADDRESS, ("xưng hô", "đổi xưng hô"), ("xungho",), _PRIVATE, F.WORD),
    CommandWord(K.DATA, ("dữ liệu",), ("dulieu",), _PRIVATE),
    CommandWord(K.UNDO, ("hoàn lại", "lấy lại số cũ"), ("hoanlai",), _ANSWERING),
    CommandWord(
        K.CANCEL,
        ("thôi", "hủy", "dừng lại", "không cần nữa", "thôi không cần nữa"),
        ("thoi",),
        _PRIVATE,
        unlike=("thổi", "thời"),
    ),
    CommandWord(
        K.BOARD,
        ("bảng", "ai chưa nộp", "đơn vị nào chưa nộp", "tình hình", "tình hình nộp", "ai chưa gửi"),
        ("bang",),
        _ABOVE,
        unlike=("bằng", "băng", "bâng"),
    ),
    CommandWord(
        K.NUDGE_ALL,
        (
            "nhắc tất cả",
            "nhắc tất",
            "nhắc hết",
            "nhắc cả",
            "nhắc cả xã",
            "nhắc toàn bộ",
            "nhắc tất cả các đơn vị",
            "nhắc các đơn vị",
            "nhắc mọi đơn vị",
            "nhắc đơn vị chưa nộp",
            "nhắc các đơn vị chưa nộp",
            "nhắc ai chưa nộp",
        ),
        (),
        _DESK,
        marked=("nhắc cả",),
    ),
    CommandWord(K.NUDGE, ("nhắc",), ("nhac",), _DESK, F.UNIT, unlike=("nhạc", "nhấc")),
    CommandWord(K.ENTER, ("nhập hộ", "ghi hộ"), ("nhapho",), _DESK, F.UNIT_COLON),
    CommandWord(K.RETURN, ("trả lại",), ("tralai",), _ABOVE, F.UNIT_COLON, exact=True),
    CommandWord(K.PLAN, ("kế hoạch",), ("kehoach",), _DESK, F.INDICATOR),
    CommandWord(K.CHECKS_MORE, ("kiểm tra thêm", "xem thêm"), (), _DESK),
    CommandWord(K.CHECKS, ("kiểm tra",), ("kiemtra",), _DESK),
    CommandWord(K.CHECK, ("kiểm tra", "xem điểm"), (), _DESK, F.ORDINAL),
    CommandWord(K.KEEP, ("giữ",), ("giu",), _DESK, F.ORDINAL_COLON, exact=True),
    CommandWord(K.EXTEND, ("gia hạn",), ("giahan",), _DESK, F.UNTIL),
    CommandWord(K.WAIVE, ("miễn",), ("mien",), _DESK, F.UNIT_COLON, exact=True, unlike=("miền", "miến", "miên")),
    CommandWord(K.HOLIDAY, ("nghỉ lễ", "nghỉ tết"), (), _DESK, F.DATES),
    CommandWord(K.LEAVE_FOR, ("nghỉ",), ("nghi",), _DESK, F.LEAVE, unlike=("nghị", "nghĩ")),
    CommandWord(K.WORKDAY, ("làm bù",), (), _DESK, F.DATES),
    CommandWord(K.MOVE_DEADLINE, ("dời hạn", "đổi hạn"), ("doihan",), _DESK, F.DATES),
    CommandWord(K.CALENDAR, ("lịch", "lịch báo cáo"), ("lich",), _DESK),
    CommandWord(K.DRAFT, ("bản thảo", "dự thảo", "xem bản thảo"), ("banthao",), _ABOVE),
    CommandWord(K.DIGEST, ("tóm tắt",), ("tomtat",), _READING),
    CommandWord(K.SUBMIT, ("trình duyệt", "trình ký"), ("trinhduyet",), _DESK, F.ORDINAL),
    CommandWord(K.POST, ("đăng nhóm",), ("dangnhom",), _DESK, exact=True),
    CommandWord(K.REOPEN, ("mở lại",), ("molai",), _DESK, F.COLON, exact=True),
    CommandWord(K.HISTORY, ("số liệu", "xem số liệu"), ("solieu",), _READING, F.FIGURE_OF),
    CommandWord(K.ADD_INDICATOR, ("thêm chỉ tiêu",), ("themchitieu",), _DESK, F.ANYTHING),
    CommandWord(K.RENAME, ("đổi tên",), ("doiten",), _DESK, F.INDICATOR),
    CommandWord(K.RETIRE, ("ngừng hỏi", "thôi hỏi"), ("ngunghoi",), _DESK, F.INDICATOR),
    CommandWord(K.RESUME, ("hỏi lại",), ("hoilai",), _DESK, F.INDICATOR),
    CommandWord(K.SOURCE, ("nguồn", "nguồn số liệu", "xem nguồn"), ("nguon",), _PRIVATE, F.NAME),
    CommandWord(K.EXPORT, ("xuất", "xuất số liệu"), ("xuat",), _DESK, F.SPAN),
    CommandWord(K.NAMES, ("tên riêng", "xem tên riêng"), ("tenrieng",), _DESK),
    CommandWord(K.INVITE, ("mời",), ("moi",), _DESK, F.UNIT, unlike=("mới", "mỗi", "mọi", "môi", "mồi")),
    CommandWord(K.REVOKE, ("thu mã", "thu hồi mã"), ("thuma",), _DESK, F.UNIT),
    CommandWord(K.PEOPLE, ("danh bạ",), ("danhba",), _DESK),
    CommandWord(K.MOVE, ("chuyển",), ("chuyen",), _DESK, F.TO, exact=True, unlike=("chuyện", "chuyên", "chuyến")),
    CommandWord(K.HAND_OVER, ("bàn giao",), ("bangiao",), _DESK, F.TO, exact=True),
    CommandWord(K.TRIAL, ("chạy thử",), ("chaythu",), _DESK),
    CommandWord(
        K.APPROVE, ("duyệt", "duyệt báo cáo", "đồng ý duyệt"), ("duyet",), frozenset({_L}), F.VERSION, exact=True
    ),
    CommandWord(K.REPORT, ("báo cáo", "báo cáo tuần"), ("baocao",), _READING, F.ORDINAL),
    CommandWord(K.LINK_GROUP, ("liên kết nhóm",), ("lienket",), frozenset({_G}), F.CODE),
)

# What may stand before or after a command without changing it.
LEAD_INS = frozenset(
    _listed("da, vang, a, oi, anh, chi, em, e, c, co, chu, bac, cho, toi, minh, xin, dong, vp, van, phong"),
)
PARTICLES = frozenset(
    _listed("a, ah, nhe, nha, nhi, vay, the, em, e, anh, chi, oi, roi, di, voi, giup, ha, ho, luon, dong"),
)

YES_WORDS = _listed(
    "đúng, đúng rồi, đúng vậy, ừ, uh, ừm, ok, oke, okie, vâng, vâng đúng, dạ, dạ đúng, dạ vâng, phải, chuẩn, đồng ý, "
    "nhất trí, có, yes, được, dc, đc, chính xác"
)
NO_WORDS = _listed(
    "không, ko, k, kg, hông, không phải, ko phải, không đúng, ko đúng, chưa, chưa đúng, sai, sai rồi, no"
)
THUMBS = ("👍", "👌")
