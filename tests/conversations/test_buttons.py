"""No button of the product is dead: whoever presses one hears something, sees it, or has something brought about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

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
