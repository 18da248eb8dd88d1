"""The secretary's words that are half said: an indicator's name, a command with nothing or nonsense behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.stage import Stage

ASKED_WHERE = "Xin cho biết mục"


@pytest.mark.parametrize("who", ["mai", "thang"])
@pytest.mark.parametrize(
    "text",
    [
        "lúa mùa",
        "LUA MUA",
        "lúa mùa?",
        "lúa mùa tuần này thế nào?",
        "diện tích lúa mùa đến đâu rồi",
        "lúa mùa tuần 22",
        "cho xem số lúa mùa",
    ],
)
async def test_an_indicators_name_shows_its_weeks(office: Stage, who: str, text: str) -> None:
    await office.say(who, text)
    told = office.last(who).text
    assert told.startswith("Lúa mùa (ha)\n")
    assert "• Tuần 22: 530, đạt 81,54%" in told


async def test_a_name_of_several_indicators_is_a_choice(office: Stage) -> None:
    await office.say("mai", "đơn thư")
    assert office.last("mai").labels == ["Đơn thư phát sinh", "Đơn thư tiếp nhận"]
    await office.press("mai", "Đơn thư tiếp nhận")
    assert "• Tuần 23: chưa có số" in office.last("mai").text


@pytest.mark.parametrize(
    "text", ["đơn thư không phát sinh", "đơn thư phát sinh 2", "đơn thư phát sinh: 2 đơn, hội nghị tham dự 3"]
)
async def test_a_name_with_what_there_is_of_it_stays_a_report(office: Stage, text: str) -> None:
    await office.say("mai", text)
    assert office.last("mai").text.startswith("Đã ghi")


async def test_an_indicators_name_with_a_number_changes_nothing_of_a_department(office: Stage) -> None:
    await office.say("mai", "lúa mùa 560")
    assert office.last("mai").text.startswith("Chưa ghi: lúa mùa")


@pytest.mark.parametrize(
    ("text", "unread", "example"),
    [
        ("xuất abc", "“abc”", "XUẤT tuần 20 đến 23"),
        ("xuat tat ca", "“tat ca”", "XUẤT 01/5–31/5"),
        ("gia hạn abc", "“abc”", "GIA HẠN CHQS đến 16 giờ"),
        ("nguồn abc", "“abc”", "NGUỒN lúa mùa"),
        ("miễn abc", "“abc”", "MIỄN CCB: lý do"),
        ("kế hoạch abc", "“abc”", "KẾ HOẠCH lúa mùa 600, từ tuần 23"),
        ("giữ abc", "“abc”", "GIỮ 1: lý do"),
        ("kiểm tra abc", "“abc”", "KIỂM TRA 1"),
        ("trả lại abc", "“abc”", "TRẢ LẠI Trạm Y tế: ý kiến"),
        ("nhập hộ abc", "“abc”", "NHẬP HỘ CCB: 2 buổi, 63 lượt"),
        ("nghỉ abc", "“abc”", "NGHỈ Hùng từ 01/6 đến 07/6, thay Lan"),
        ("nghỉ lễ abc", "“abc”", "NGHỈ LỄ 30/4"),
        ("làm bù abc", "“abc”", "LÀM BÙ 22/8"),
        ("dời hạn abc", "“abc”", "DỜI HẠN 15 giờ 29/4: lý do"),
        ("mở lại abc", "“abc”", "MỞ LẠI: lý do"),
        ("chuyển abc", "“abc”", "CHUYỂN Lan sang Trạm Y tế"),
        ("chuyển abc sang Trạm Y tế", "“abc”", "CHUYỂN Lan sang Trạm Y tế"),
        ("bàn giao abc cho Hùng", "“abc”", "BÀN GIAO Hùng cho Lan"),
        ("ngừng hỏi abc", "“abc”", "NGỪNG HỎI gia súc"),
        ("hỏi lại abc", "“abc”", "HỎI LẠI gia súc"),
        ("đổi tên abc", "“abc”", "ĐỔI TÊN lúa mùa thành lúa vụ mùa"),
        ("trình duyệt abc", "“abc”", "TRÌNH DUYỆT tuần 22"),
        ("sửa abc", "“abc”", "SỬA lúa mùa 560, lý do"),
        ("bỏ abc", "“abc”", "BỎ lúa mùa"),
        ("bảng abc", "“abc”", "không kèm chữ nào khác"),
    ],
)
async def test_what_was_not_understood_is_told_with_a_right_example(
    office: Stage, text: str, unread: str, example: str
) -> None:
    await office.say("mai", text)
    told = office.last("mai").text
    assert f"Chưa đọc được {unread}." in told
    assert example in told


@pytest.mark.parametrize(
    ("text", "example"),
    [
        ("nhắc", "NHẮC CCB"),
        ("giữ", "GIỮ 1: lý do"),
        ("gia hạn", "GIA HẠN CHQS đến 16 giờ"),
        ("miễn", "MIỄN CCB: lý do"),
        ("chuyển", "CHUYỂN Lan sang Trạm Y tế"),
        ("bàn giao", "BÀN GIAO Hùng cho Lan"),
        ("ngừng hỏi", "NGỪNG HỎI gia súc"),
        ("số liệu", "SỐ LIỆU giải ngân"),
        ("mời", "MỜI Phòng Kinh tế"),
        ("thu mã", "THU MÃ Phòng Kinh tế"),
        ("nhập hộ", "NHẬP HỘ CCB: 2 buổi, 63 lượt"),
        ("kế hoạch", "KẾ HOẠCH lúa mùa 600, từ tuần 23"),
        ("nguồn", "NGUỒN lúa mùa tuần 22"),
        ("nghỉ", "NGHỈ Hùng từ 01/6 đến 07/6, thay Lan"),
        ("xuất", "XUẤT 01/5–31/5"),
    ],
)
async def test_a_word_alone_that_needs_more_is_told_with_an_example(office: Stage, text: str, example: str) -> None:
    await office.say("mai", text)
    assert example in office.last("mai").text


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("gia hạn hội cựu chiến bin", "Hội CCB"),
        ("nhắc phong kinh tee", "Phòng Kinh tế"),
        ("nhập hộ cựu chiến bin: 2 buổi", "Hội CCB"),
        ("miễn hoi cuu chien bin: bận", "Hội CCB"),
    ],
)
async def test_a_slip_in_a_departments_name_is_answered_with_the_nearest(office: Stage, text: str, near: str) -> None:
    await office.say("mai", text)
    assert f"Gần nhất: {near}." in office.last("mai").text


@pytest.mark.parametrize("text", ["nghỉ Hùng", "chuyển Hùng", "kế hoạch lúa mùa"])
async def test_a_name_without_what_belongs_behind_it_is_not_enough(office: Stage, text: str) -> None:
    await office.say("mai", text)
    assert "chưa đủ" in office.last("mai").text


@pytest.mark.parametrize(
    "text",
    [
        "Xuất khẩu gạo sang tỉnh bạn",
        "Miễn nhiệm 2 đồng chí",
        "Miễn nhiệm đồng chí phó",
        "Nhắc nhở 3 hộ",
        "Nhắc nhở cơ sở",
        "Kiểm tra công tác phòng cháy",
        "Giữ gìn vệ sinh",
        "Chuyển đổi số",
        "Chuyển hồ sơ cho huyện xem xét",
        "Bàn giao nhà cho hộ nghèo",
        "Kế hoạch tổ chức đại hội chi bộ",
        "Sửa chữa nhà văn hóa",
        "Lịch tiếp công dân của lãnh đạo xã",
        "Nguồn lực con người",
        "Bảng tổng hợp ý kiến cử tri",
    ],
)
async def test_a_report_that_begins_with_such_a_word_is_a_report(office: Stage, text: str) -> None:
    await office.say("mai", text)
    assert office.last("mai").text.startswith(ASKED_WHERE)


async def test_a_reason_that_was_awaited_may_begin_with_such_a_word(office: Stage) -> None:
    await office.say("mai", "miễn ccb")
    await office.say("mai", "nghỉ mát")
    assert "“nghỉ mát”" in office.last("mai").text
    assert "Hội CCB" in office.last("mai").text


async def test_leave_entered_by_the_office_needs_no_word_before_its_days(office: Stage) -> None:
    await office.say("mai", "nghỉ Hùng 08/6-14/6")
    assert "từ thứ Hai, 08/6 đến Chủ nhật, 14/6" in office.last("mai").text
    await office.say("mai", "nghỉ Dung tuần sau")
    assert "từ thứ Hai, 08/6 đến Chủ nhật, 14/6" in office.last("mai").text


@pytest.mark.parametrize(
    "text",
    ["nhập hộ ccb 2 buổi, 63 lượt", "NHẬP HỘ CCB: 2 buổi, 63 lượt", "nhap ho hoi cuu chien binh 2 buoi, 63 luot"],
)
async def test_a_part_is_entered_with_or_without_a_colon(office: Stage, text: str) -> None:
    await office.say("mai", text)
    await office.press("mai", "Điện thoại")
    assert [await office.value(i) for i in ("veterans_meetings_week", "veterans_meeting_attendees_week")] == [2, 63]
    await office.say("mai", text)
    assert office.last("mai").text.startswith("Không có gì thay đổi")


async def test_a_comment_without_a_colon_is_not_cut(office: Stage) -> None:
    await office.say("mai", "trả lại trạm y tế số khám tuần này chưa khớp")
    assert "“số khám tuần này chưa khớp”" in office.last("dung").text
    await office.say("mai", "miễn vh-xh bận")
    assert office.last("mai").labels == ["Phòng VH-XH", "Ban VH-XH HĐND"]


async def test_the_same_number_changes_nothing_and_tells_nobody(office: Stage) -> None:
    await office.say("hung", "lúa mùa 549/650")
    told = len(office.channel.to("hung"))
    await office.say("mai", "sửa lúa mùa 549")
    assert office.last("mai").text.startswith("Không có gì thay đổi")
    await office.say("mai", "sửa lúa mùa")
    await office.say("mai", "549")
    assert office.last("mai").text.startswith("Không có gì thay đổi")
    assert len(office.channel.to("hung")) == told


async def test_a_plan_that_is_taken_back_goes_back_whole(office: Stage) -> None:
    await office.say("hung", "lúa mùa 549/650")
    await office.say("mai", "KẾ HOẠCH lúa mùa 600 từ tuần 23")
    await office.press("mai", "Ghi")
    await office.say("mai", "hoàn lại")
    assert "600 → 650 ha" in office.last("mai").text
    await office.press("mai", "Ghi")
    await office.say("mai", "lúa mùa")
    assert "Kế hoạch năm 2026: 650" in office.last("mai").text
    assert "549, đạt 84,46%" in office.last("mai").text


async def test_the_word_before_an_awaited_comment_is_no_part_of_it(office: Stage) -> None:
    await office.say("hung", "lúa mùa 549/650")
    await office.say("mai", "trình duyệt")
    await office.say("thang", "trả lại")
    await office.say("thang", "trả lại: thiếu phần an ninh")
    assert "“thiếu phần an ninh”" in office.last("mai").text


async def test_the_office_is_not_sent_to_the_office(office: Stage) -> None:
    await office.say("mai", "lúa mùa 560")
    assert "NHẬP HỘ hoặc SỬA" in office.last("mai").text
    assert "GẶP VĂN PHÒNG" not in office.last("mai").text


@pytest.mark.parametrize("text", ["duyệt bản này", "duyệt abc"])
async def test_a_leaders_word_that_nothing_known_follows_approves_nothing(office: Stage, text: str) -> None:
    await office.say("hung", "lúa mùa 549/650")
    await office.say("mai", "trình duyệt")
    await office.say("thang", text)
    assert "Xin ghi rõ sau chữ DUYỆT" in office.last("thang").text
    await office.say("thang", "DUYỆT")
    assert "được duyệt" in office.last("thang").text


@pytest.mark.parametrize("text", ["mở lại tuần 99: x", "trình duyệt tuần 99", "báo cáo 99", "nguồn lúa mùa tuần 99"])
async def test_a_week_that_no_year_has_is_never_taken_for_this_one(office: Stage, text: str) -> None:
    await office.say("mai", text)
    assert "99”." in office.last("mai").text
    assert "Xin ghi rõ sau chữ" in office.last("mai").text
