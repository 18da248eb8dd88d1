"""A head on leave: the substitute is asked instead, once the office has agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conversations.conftest import PEOPLE
from tests.stage import Stage, staged

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path


@pytest.fixture
async def monday(tmp_path: Path) -> AsyncIterator[Stage]:
    """Monday, 01/6; the economic section has a deputy."""
    made = await staged(tmp_path)
    for who, name, unit, role in (*PEOPLE, ("lan", "Hoàng Thị Lan", "phong-kinh-te", "deputy")):
        await made.enrol(who, name, unit=unit, role=role)
    made.lines.clear()
    made.note("thứ Hai, 01/6")
    yield made
    await made.close()


async def test_head_on_leave(monday: Stage, golden: Callable[[Stage], None]) -> None:
    await monday.say("hung", "tuần này em đi học trên tỉnh, đ/c Lan làm báo cáo thay")
    confirm = monday.last("hung").text
    assert "thứ Hai, 01/6" in confirm
    assert "Chủ nhật, 07/6" in confirm
    assert "đồng chí Lan" in confirm
    await monday.press("hung", "Đúng")
    assert "đồng chí Lan báo cáo thay (đã kết nối Fake)" in monday.last("mai").text
    await monday.press("mai", "Đồng ý")
    assert "Đồng chí Hùng nghỉ 01–07/6" in monday.last("lan").text
    await monday.press("lan", "Nhận")
    before = len(monday.channel.to("hung"))

    await monday.at("2026-06-04 08:00")
    assert "Đề nghị đồng chí Lan gửi" in monday.last("lan").text
    await monday.say("lan", "lúa mùa 549/650, ngô 1110, rau 86/132")
    assert "Đã ghi 3" in monday.last("lan").text
    await monday.at("2026-06-05 14:00")
    assert len(monday.channel.to("hung")) == before
    golden(monday)


async def test_leave_that_the_office_did_not_agree_to_changes_nothing(monday: Stage) -> None:
    await monday.say("hung", "BÁO NGHỈ từ 01/6 đến 07/6, thay Lan")
    await monday.press("hung", "Đúng")
    await monday.at("2026-06-04 08:00")
    assert "Đề nghị đồng chí Hùng gửi" in monday.last("hung").text


async def test_leave_without_days_asks_for_them(monday: Stage) -> None:
    await monday.say("hung", "báo nghỉ")
    assert "từ ngày nào" in monday.last("hung").text


async def test_office_enters_a_leave_that_holds_at_once(monday: Stage) -> None:
    await monday.say("mai", "NGHỈ Hùng từ 01/6 đến 07/6, thay Lan")
    assert "đồng chí Lan báo cáo thay" in monday.last("mai").text
    assert "Hùng" in monday.last("hung").text
    await monday.at("2026-06-04 08:00")
    assert "Đề nghị đồng chí Lan gửi" in monday.last("lan").text


async def test_substitute_who_cannot_is_told_to_the_office(monday: Stage) -> None:
    await monday.say("mai", "NGHỈ Hùng từ 01/6 đến 07/6, thay Lan")
    await monday.press("lan", "Không nhận được")
    assert "Đồng chí Lan trả lời “Không nhận được”" in monday.last("mai").text
