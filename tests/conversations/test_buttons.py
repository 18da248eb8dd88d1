"""No button of the product is dead: whoever presses one hears something, sees it, or has something brought about."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Never

import pytest

from handlers.channel import Refusal, SendError
from handlers.enrolment import looks_like_a_code
from tests.stage import BARE, Stage, staged

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Stage]:
    stage = await staged(tmp_path)
    await stage.enrol("mai", "Nguyễn Thị Mai", role="secretary")
    await stage.enrol("hung", "Trần Văn Hùng", unit="phong-kinh-te")
    yield stage
    await stage.close()


async def test_whoever_says_a_code_was_not_theirs_is_a_stranger_again_and_the_office_hears(office: Stage) -> None:
    await office.press("hung", "Không phải tôi")

    assert office.last("hung").text.startswith("Đã ngắt kết nối · Phòng Kinh tế")
    assert "báo nhận mã không đúng người" in office.last("mai").text
    await office.say("hung", "lúa mùa 549")
    assert office.last("hung").text.startswith("Kênh nội bộ")


async def test_a_connection_the_office_takes_back_is_told_to_both(office: Stage) -> None:
    await office.press("mai", "Thu hồi")

    assert office.last("mai").text.startswith("Đã ngắt kết nối · Phòng Kinh tế")
    assert office.last("hung").text.startswith("Đã ngắt kết nối · Phòng Kinh tế")


async def test_a_newcomer_who_is_turned_away_hears_it(office: Stage) -> None:
    await office.enrol("lan", "Giàng Thị Lan", unit="phong-kinh-te")

    await office.press("mai", "Không phải người này")

    assert office.last("lan").text.startswith("Đã ngắt kết nối")


async def test_whoever_is_replaced_hears_by_whom(office: Stage) -> None:
    await office.enrol("lan", "Giàng Thị Lan", unit="phong-kinh-te")

    await office.press("mai", "Thay đ/c Hùng")

    assert "đồng chí Lan báo cáo phần của Phòng Kinh tế" in office.last("hung").text


async def test_a_group_that_is_refused_gets_no_report(office: Stage) -> None:
    await office.link_group("-100", "Lãnh đạo xã")

    await office.press("mai", "Không đăng tại đây")

    assert "không đăng vào nhóm Lãnh đạo xã nữa" in office.last("mai").text


async def test_a_press_is_answered_where_a_message_cannot_be_changed(office: Stage) -> None:
    who = f"{BARE.name}:pao"
    await office.enrol(who, "Vàng Seo Páo", unit="cong-an-xa")

    await office.say(who, "Đúng")

    assert office.last(who).text == "→ Đúng"


async def test_a_new_code_is_given_to_whom_no_message_reaches_and_their_next_chat_is_theirs(office: Stage) -> None:
    await unreachable(office, "hung")

    await office.press("mai", "Cấp mã mới")
    code = next(line for line in office.last("mai").text.split("\n") if looks_like_a_code(line))
    await office.send("hung2", "text", text=code)
    await office.say("hung2", "lúa mùa 549")

    assert "Lúa mùa: 549" in office.last("hung2").text


async def test_a_part_is_entered_for_whom_no_message_reaches(office: Stage) -> None:
    await unreachable(office, "hung")

    await office.press("mai", "Nhập hộ")
    await office.say("mai", "lúa mùa 549, ngô 1110")
    await office.press("mai", "Điện thoại")

    assert office.last("mai").text.startswith("Đã ghi nhập hộ · Phòng Kinh tế")


async def unreachable(office: Stage, who: str) -> None:
    office.channel.failures[who] = [(SendError(Refusal.UNREACHABLE), False)]
    await office.say(who, "hạn nộp")
    await office.settle()
    assert office.last("mai").text.startswith("Không gửi được")


async def unread(office: Stage, words: str) -> None:
    """A message that nothing could be made of, as after a surprise."""
    office.app.inbox.kit = replace(office.app.kit, reader=Broken())
    await office.say("hung", words)
    office.app.inbox.kit = office.app.kit
    assert "Chưa đọc được" in office.last("mai").text or "Tin chưa đọc được" in office.last("mai").text


class Broken:
    """A reader that fails on everything."""

    def read(self, text: str, context: object) -> Never:
        raise RuntimeError

    def split(self, text: str, sections: tuple[str, ...], departments: tuple[str, ...] = ()) -> Never:
        raise RuntimeError


async def test_an_unread_message_is_asked_for_again(office: Stage) -> None:
    await unread(office, "cứ như mọi khi nhé các đồng chí ở văn phòng")

    await office.press("mai", "Hỏi lại đơn vị")

    assert "chưa đọc được tin “cứ như mọi khi" in office.last("hung").text
    assert office.last("mai").text == "Hỏi lại · Phòng Kinh tế\nTin đang được gửi đồng chí Hùng."


async def test_an_unread_message_goes_into_the_words_of_the_section_the_office_names(office: Stage) -> None:
    await unread(office, "đã chỉ đạo các thôn ra quân dọn vệ sinh đường làng ngõ xóm")

    await office.press("mai", "Đưa vào nội dung")
    await office.press("mai", "1. Trồng trọt")

    assert "“đã chỉ đạo các thôn ra quân" in office.last("mai").text
    await office.say("mai", "XEM Phòng Kinh tế")
    assert "Mục 1: đã nhận nội dung" in office.last("mai").text


async def test_the_office_puts_an_unread_message_into_a_section_that_had_no_button_at_first(office: Stage) -> None:
    await unread(office, "đã chỉ đạo các thôn ra quân dọn vệ sinh đường làng ngõ xóm")

    await office.press("mai", "Đưa vào nội dung")
    await office.say("mai", "mục khác")
    label = office.last("mai").labels[0]
    await office.press("mai", label)

    assert "“đã chỉ đạo các thôn ra quân" in office.last("mai").text
    assert "Mục 1.2.a: " in office.last("mai").text


async def test_an_unread_message_is_entered_by_the_office_in_its_own_words(office: Stage) -> None:
    await unread(office, "lúa mùa chừng năm trăm bốn chín")

    await office.press("mai", "Nhập hộ")
    assert office.last("mai").text.startswith("Nhập hộ · Phòng Kinh tế")
    await office.say("mai", "lúa mùa 549")
    await office.press("mai", "Điện thoại")

    assert office.last("hung").text.startswith("Văn phòng nhập hộ")
