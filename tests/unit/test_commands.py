"""Which typed words are commands, and which are a report's content (conversation rules 4, 5, 8, 10)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.replies.commands import Command, CommandKind, Names, Who, parse_command
from bot.replies.normalise import fold

GOLD = Path(__file__).parent.parent / "data" / "gold"
UNITS = {"ccb", "hoi ccb", "phong kinh te", "tram y te", "chqs", "hanh chinh cong", "vh-xh"}
INDICATORS = ("lua mua", "ngo", "giai ngan", "trich luc", "thu ngan sach")
NAMES = Names(
    is_indicator=lambda text: any(name in fold(text) for name in INDICATORS),
    is_department=lambda text: fold(text).strip() in UNITS,
)
ANYTHING = Names(is_indicator=lambda _: True, is_department=lambda _: True)


def said(text: str, who: Who = Who.RESPONDENT, names: Names = NAMES) -> Command | None:
    return parse_command(text, who, names)


def kind(text: str, who: Who = Who.RESPONDENT) -> str | None:
    found = said(text, who)
    return found.kind.value if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CÒN THIẾU", "missing"),
        ("con thieu", "missing"),
        ("Còn thiếu gì ạ?", "missing"),
        ("thiếu gì", "missing"),
        ("chưa nộp gì", "missing"),
        ("danh sách", "list"),
        ("cần nộp gì", "list"),
        ("mẫu", "list"),
        ("số tuần trước", "list"),
        ("TỪNG CÂU", "one_by_one"),
        ("hỏi đi", "one_by_one"),
        ("bỏ qua", "skip"),
        ("quay lại", "back"),
        ("dừng", "stop"),
        ("xem", "show"),
        ("đã ghi gì", "show"),
        ("như tuần trước", "same"),
        ("vẫn thế", "same"),
        ("không phát sinh", "none"),
        ("ko ps", "none"),
        ("chưa có số liệu", "no_data"),
        ("đang tổng hợp", "no_data"),
        ("xong", "done"),
        ("đủ rồi", "done"),
        ("chốt", "done"),
        ("hạn mấy giờ", "deadline"),
        ("bao giờ nộp", "deadline"),
        ("gọi văn phòng", "office"),
        ("việc khác", "more"),
        ("khác", "more"),
        ("trợ giúp", "help"),
        ("help", "help"),
        ("xưng hô", "address"),
        ("dữ liệu", "data"),
        ("hoàn lại", "undo"),
        ("lấy lại số cũ", "undo"),
        ("thôi", "cancel"),
        ("không cần nữa", "cancel"),
    ],
)
def test_the_words_of_a_respondent(text, expected):
    assert kind(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bảng", "board"),
        ("ai chưa nộp", "board"),
        ("tình hình", "board"),
        ("NHẮC TẤT CẢ", "nudge_all"),
        ("kiểm tra", "checks"),
        ("kiểm tra thêm", "checks_more"),
        ("lịch", "calendar"),
        ("bản thảo", "draft"),
        ("tóm tắt", "digest"),
        ("trình duyệt", "submit"),
        ("đăng nhóm", "post"),
        ("thu mã", "revoke"),
        ("danh bạ", "people"),
        ("chạy thử", "trial"),
        ("mở lại", "reopen"),
        ("miễn", "waive"),
        ("xong", "done"),
    ],
)
def test_the_words_of_the_office(text, expected):
    assert kind(text, Who.OFFICE) == expected


@pytest.mark.parametrize("text", ["/conthieu", "/CONTHIEU", "/conthieu@giaoban_bot", "con thiếuu", "Còn thiêu nhé"])
def test_slashes_case_diacritics_courtesy_and_one_slip_are_forgiven(text):
    assert kind(text) == "missing"


@pytest.mark.parametrize("text", ["con thieuuu", "coon thieuu", "ko thieu", "còn thiếu lúa"])
def test_two_slips_and_further_words_are_not(text):
    assert said(text) is None


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("song", Who.RESPONDENT),
        ("xongg", Who.RESPONDENT),
        ("duyệtt", Who.LEADER),
        ("duyet bao caoo", Who.LEADER),
        ("tra laii", Who.LEADER),
        ("dang nhomm", Who.OFFICE),
        ("mo laii", Who.OFFICE),
        ("mienn CCB: bận", Who.OFFICE),
    ],
)
def test_words_that_cannot_be_undone_forgive_no_slip(text, who):
    found = said(text, who)
    assert found is None or found.is_unread


@pytest.mark.parametrize("text", ["duyệt", "DUYET", "Duyệt nhé", "duyệt báo cáo", "Duyệt bản 2"])
def test_a_leader_approves(text):
    assert kind(text, Who.LEADER) == "approve"


def test_an_approval_may_name_its_version():
    assert said("Duyệt bản 2", Who.LEADER).argument == "2"


@pytest.mark.parametrize(
    ("text", "argument", "rest"),
    [
        ("mục 6", "6", ""),
        ("MỤC 6: trích lục 0, lũy kế 24", "6", "trích lục 0, lũy kế 24"),
        ("muc 1.2.b", "1.2.b", ""),
        ("/muc 6 trích lục 0", "6", "trích lục 0"),
        ("mục đất đai", "đất đai", ""),
        ("Mục số 4. đã rà soát", "4", "đã rà soát"),
    ],
)
def test_a_section_is_named_by_number_or_name(text, argument, rest):
    found = said(text)

    assert found.kind is CommandKind.SECTION
    assert (found.argument, found.text) == (argument, rest)
    assert text[found.start : found.end] == argument
    assert not rest or text[found.text_start :] == rest


@pytest.mark.parametrize(
    ("text", "argument", "rest"),
    [
        ("sửa lúa mùa 560", "lúa mùa 560", ""),
        ("SỬA lúa mùa 560, Phòng báo qua điện thoại", "lúa mùa 560", "Phòng báo qua điện thoại"),
        ("sửa lúa mùa 64,5 lý do cân lại", "lúa mùa 64,5", "lý do cân lại"),
        ("đính chính: ngô 1.110", "ngô 1.110", ""),
    ],
)
def test_an_amendment_names_an_indicator(text, argument, rest):
    found = said(text)

    assert found.kind is CommandKind.AMEND
    assert (found.argument, found.text) == (argument, rest)


@pytest.mark.parametrize(
    "text",
    [
        "sửa nhà văn hóa 2 hộ",
        "bỏ phiếu 3 người",
        "bò 1200 con",
        "bò lúa mùa",
        "sửa lúa mùa 560, ngô 1110",
        "sứa lúa mùa 560",
        "xem xét 3 hồ sơ kết nạp",
        "mục tiêu của xã",
        "Mục đích kiểm tra",
        "mức 560",
        "thu ngân sách như tuần trước nhé",
        "thấp còi chưa có số",
        "dừng xe 3 trường hợp",
        "Ko",
        "không",
        "đúng",
        "ok",
        "👍",
        "5",
        "81, 77, 9",
        "Luân chuyển 1 đ/c đi học trung cấp",
        "nhầm, lúa mùa 560",
        "/start ABCD",
        "",
        "   ",
        "…",
    ],
)
def test_content_is_no_command(text):
    assert said(text) is None


def test_a_long_message_is_content_whatever_it_begins_with():
    assert said("gặp văn phòng " + "rà soát các điểm sạt lở " * 10) is None


@pytest.mark.parametrize(
    ("text", "expected", "argument", "rest"),
    [
        ("nhắc ccb", "nudge", "ccb", ""),
        ("XEM Phòng Kinh tế", "show", "Phòng Kinh tế", ""),
        ("XEM 2.6", "show", "2.6", ""),
        ("NHẬP HỘ CCB: 2 buổi, 63 lượt", "enter", "CCB", "2 buổi, 63 lượt"),
        ("nhap ho ccb 2 buoi, 63 luot", "enter", "ccb", "2 buoi, 63 luot"),
        ("TRẢ LẠI Trạm Y tế: xem lại lượt khám", "return", "Trạm Y tế", "xem lại lượt khám"),
        ("KẾ HOẠCH lúa mùa 600, từ tuần 23", "plan", "lúa mùa 600, từ tuần 23", ""),
        ("kiểm tra 1", "check", "1", ""),
        ("GIỮ 1: có 1 hồ sơ rút", "keep", "1", "có 1 hồ sơ rút"),
        ("GIỮ 1", "keep", "1", ""),
        ("GIA HẠN CHQS đến 16 giờ", "extend", "CHQS", "đến 16 giờ"),
        ("MIỄN CCB: đi công tác", "waive", "CCB", "đi công tác"),
        ("NGHỈ Hùng từ 01/6 đến 07/6, thay Lan", "leave_for", "Hùng", "từ 01/6 đến 07/6, thay Lan"),
        ("NGHỈ LỄ 30/4", "holiday", "30/4", ""),
        ("LÀM BÙ 22/8", "workday", "22/8", ""),
        ("DỜI HẠN 15 giờ 29/4: họp tỉnh", "move_deadline", "15 giờ 29/4", "họp tỉnh"),
        ("SỐ LIỆU giải ngân", "history", "giải ngân", ""),
        ("XUẤT 01/5–31/5", "export", "01/5–31/5", ""),
        ("MỜI Phòng Kinh tế", "invite", "Phòng Kinh tế", ""),
        ("MỞ LẠI: bổ sung phần CCB", "reopen", "", "bổ sung phần CCB"),
        ("báo cáo 23", "report", "23", ""),
        ("XƯNG HÔ chị", "address", "chị", ""),
    ],
)
def test_commands_with_arguments(text, expected, argument, rest):
    found = said(text, Who.OFFICE)

    assert (found.kind.value, found.argument, found.text) == (expected, argument, rest)
    assert not argument or text[found.start : found.end] == argument
    assert not rest or text[found.text_start :] == rest


@pytest.mark.parametrize(
    "text",
    [
        "nhắc nhở các chi bộ về vệ sinh môi trường",
        "trả lại 3 hồ sơ cho công dân",
        "kế hoạch số 15-KH/ĐU ngày 02/6",
        "kiểm tra 3 chi bộ",
        "giữ vững an ninh chính trị",
        "mời 20 đại biểu dự họp",
        "mới thành lập 2 tổ",
        "nghị quyết số 15",
        "bằng 84% kế hoạch",
        "xuất 3 tấn phân bón",
        "số liệu ngân sách chưa có",
        "báo cáo kết quả thực hiện",
        "mở lại lớp bồi dưỡng",
    ],
)
def test_the_clerks_own_content_is_no_command(text):
    assert said(text, Who.OFFICE) is None


@pytest.mark.parametrize(
    ("text", "argument"),
    [
        ("xin gia hạn đến 16h, đang kiểm tra ở thôn", "đến 16h, đang kiểm tra ở thôn"),
        ("cho em xin lùi hạn đến 16h", "đến 16h"),
        ("xin gia hạn", ""),
    ],
)
def test_a_wish_for_more_time(text, argument):
    found = said(text)

    assert found.kind is CommandKind.EXTENSION
    assert found.argument == argument


@pytest.mark.parametrize(
    "text",
    [
        "tuần này em đi học trên tỉnh, đ/c Lan làm báo cáo thay",
        "mai tôi đi công tác, chị Lan báo cáo thay tôi nhé",
        "em xin nghỉ phép từ 01/6 đến 07/6",
        "báo nghỉ từ 01/6 đến 07/6, thay Lan",
    ],
)
def test_leave_in_a_persons_own_words(text):
    assert kind(text) == "leave"


def test_courtesy_before_and_after_is_no_hindrance():
    assert kind("A ơi hạn nộp mấy giờ vậy?") == "deadline"
    assert kind("em xong rồi nhé") == "done"
    assert kind("Dạ em còn thiếu gì ạ") == "missing"


def test_a_word_of_another_role_is_told_apart_by_the_caller():
    assert kind("trình duyệt", Who.RESPONDENT) == "submit"
    assert kind("nhắc ccb", Who.RESPONDENT) is None


def test_a_leader_returns_with_or_without_words():
    assert said("trả lại", Who.LEADER).text == ""
    assert said("trả lại: bổ sung nguyên nhân", Who.LEADER).text == "bổ sung nguyên nhân"
    assert said("trả lại bổ sung nguyên nhân", Who.LEADER).text == "bổ sung nguyên nhân"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("giải ngân", "history"),
        ("số liệu giải ngân", "history"),
        ("/solieu giải ngân", "history"),
        ("tóm tắt", "digest"),
        ("báo cáo 23", "report"),
        ("LIÊN KẾT NHÓM LP7K-4MQ2-XD9T", "link_group"),
        ("hướng dẫn", "help"),
        ("xong", "not_here"),
        ("bảng", "not_here"),
        ("/bang", "not_here"),
        ("duyệt", "not_here"),
        ("nhắc ccb", "not_here"),
        ("cảm ơn các đồng chí", None),
        ("/khongco", None),
    ],
)
def test_a_group_has_few_words(text, expected):
    assert kind(text, Who.GROUP) == expected


def test_without_names_amendments_stay_content():
    assert parse_command("sửa lúa mùa 560", Who.RESPONDENT) is None
    assert parse_command("/sua lúa mùa 560", "respondent").argument == "lúa mùa 560"


def test_an_unknown_short_argument_is_asked_about():
    assert said("nhắc tài chính", Who.OFFICE).argument == "tài chính"
    assert said("số liệu trồng cây", Who.OFFICE).argument == "trồng cây"


@pytest.mark.parametrize("who", [Who.RESPONDENT, Who.OFFICE])
def test_no_reply_of_the_gold_week_is_taken_for_a_command(who):
    replies = json.loads((GOLD / "replies.json").read_text(encoding="utf-8"))["replies"]
    taken = [r["text"] for r in replies if parse_command(r["text"], who, ANYTHING)]

    assert taken == ["A ơi hạn nộp mấy giờ vậy?"]


@pytest.mark.parametrize("who", [Who.RESPONDENT, Who.OFFICE])
def test_no_sentence_of_the_real_report_is_taken_for_a_command(who):
    sections = json.loads((GOLD / "sections.json").read_text(encoding="utf-8"))
    texts = [t for s in sections for t in (s["body"], *s["body"].split(". "), *s["body"].split("; ")) if t.strip()]
    notes = [n for s in sections for n in s["footnotes"].values()]

    assert [t for t in (*texts, *notes) if parse_command(t, who, ANYTHING)] == []
