"""A figure amended with words that leave something open: which figure, which number, what the number is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.stage import Stage


async def test_office_amending_with_a_doubtful_number_is_asked_which(office: Stage) -> None:
    await office.say("hung", "lúa mùa 549/650")
    await office.say("mai", "SỬA lúa mùa 5490, Phòng báo qua điện thoại")
    assert "Số thực hiện là bao nhiêu ha?" in office.last("mai").text
    assert "Văn phòng đã sửa" not in office.last("hung").text
    await office.press("mai", "5.490 ha")
    assert "549 → 5.490 ha" in office.last("mai").text
    assert "lý do: “Phòng báo qua điện thoại”" in office.last("hung").text


async def test_unit_in_doubt_is_asked_and_never_scaled_silently(office: Stage) -> None:
    await office.say("mai", "SỬA giải ngân 1.000 tỷ đồng, Phòng báo lại")
    assert "Đã sửa" not in office.last("mai").text
    await office.press("mai", "Triệu đồng")
    assert "1.000 triệu đồng" in office.last("mai").text


async def test_number_of_an_amendment_may_follow_in_the_next_message(office: Stage) -> None:
    await office.say("hung", "lúa mùa 549")
    await office.say("hung", "SỬA lúa mùa")
    assert "Đang ghi 549 ha. Xin nhắn số đúng, tính bằng ha." in office.last("hung").text
    await office.say("hung", "560 ha")
    assert "549 → 560 ha" in office.last("hung").text


async def test_office_gives_the_number_in_the_next_message_too(office: Stage) -> None:
    await office.say("hung", "lúa mùa 549")
    await office.say("mai", "sửa lúa mùa")
    await office.say("mai", "560")
    assert "549 → 560 ha" in office.last("mai").text
    assert "Văn phòng đã sửa · Lúa mùa" in office.last("hung").text


async def test_other_words_in_between_are_read_as_always(office: Stage) -> None:
    await office.say("hung", "lúa mùa 549")
    await office.say("hung", "SỬA lúa mùa")
    await office.say("hung", "ngô 1110")
    assert "Ngô: 1.110/1.110 ha" in office.last("hung").text
    await office.say("hung", "560")
    assert "549 → 560 ha" in office.last("hung").text


async def test_indicator_is_picked_by_a_button(office: Stage) -> None:
    await office.say("hung", "thu ngân sách 13, vi phạm đất đai 0, vi phạm trật tự 0")
    await office.say("hung", "BỎ vi phạm")
    picked = office.last("hung")
    assert "là chỉ tiêu nào" in picked.text
    assert len(picked.labels) == 2
    await office.press("hung", picked.labels[0])
    assert "Đã bỏ số" in office.last("hung").text


async def test_department_is_picked_by_a_button(office: Stage) -> None:
    await office.say("mai", "MIỄN VH-XH: đi công tác")
    assert office.last("mai").labels == ["Phòng VH-XH", "Ban VH-XH HĐND"]
    await office.press("mai", "Ban VH-XH HĐND")
    assert "Đã miễn báo cáo · Ban VH-XH HĐND" in office.last("mai").text
    assert "đi công tác" in office.last("mai").text


async def test_late_promise_becomes_a_wish_for_that_hour(office: Stage) -> None:
    await office.at("2026-06-05 14:10")
    await office.say("giang", "mai em gửi nhé")
    assert "có xin gia hạn không" in office.last("giang").text
    await office.press("giang", "Xin gia hạn")
    assert "Xin nộp lúc 15 giờ thứ Bảy, 06/6" in office.last("giang").text
    assert office.last("mai").labels[0] == "Đồng ý"


async def test_respondent_hears_how_long_data_is_kept(office: Stage) -> None:
    await office.say("hung", "dữ liệu")
    assert "Thời hạn: không tự xóa; Văn phòng xóa theo quy định lưu trữ." in office.last("hung").text
