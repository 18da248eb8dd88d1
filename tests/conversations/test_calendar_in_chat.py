"""Holidays are proposed and never acted on by themselves; deadlines move on the office's word, and everyone hears once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conversations.conftest import PEOPLE
from tests.stage import Stage

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path


@pytest.fixture
async def spring(tmp_path: Path) -> AsyncIterator[Stage]:
    """Monday, 20/4/2026: Thursday 30/4 and Friday 01/5 are holidays."""
    made = Stage(tmp_path)
    made.clock = made.clock.replace(month=4, day=20)
    await made.open()
    for who, name, unit, role in PEOPLE:
        await made.enrol(who, name, unit=unit, role=role)
    made.lines.clear()
    yield made
    await made.close()


async def test_holiday_moves_the_deadline(spring: Stage, golden: Callable[[Stage], None]) -> None:
    await spring.at("2026-04-23 08:00")
    asked = spring.last("mai").text
    assert "thứ Sáu, 01/5" in asked
    assert "hạn nộp 15 giờ thứ Tư, 29/4" in asked
    before = len(spring.channel.to("giang"))
    await spring.press("mai", "Đồng ý")
    told = [s.text for s in spring.channel.to("giang")[before:]]
    assert len(told) == 1
    assert "15 giờ thứ Tư, 29/4" in told[0]
    assert "15 giờ thứ Tư, 29/4" in spring.last("giang").text

    await spring.at("2026-04-28 08:00")
    assert "15 giờ thứ Tư, 29/4" in spring.last("giang").text
    await spring.say("giang", "2 buổi sinh hoạt, 63 lượt hội viên")
    await spring.at("2026-04-29 15:00")
    assert "Dự thảo báo cáo tuần 18" in spring.last("mai").text
    golden(spring)


async def test_holiday_that_nobody_answered_moves_nothing(spring: Stage) -> None:
    await spring.at("2026-04-23 08:00")
    async with spring.app.kit.db.reading() as rx:
        row = await rx.one("SELECT count(*) AS n FROM deadline_moves")
    assert row is not None
    assert row["n"] == 0
    await spring.at("2026-04-30 08:00")
    assert "15 giờ thứ Sáu, 01/5" in spring.last("giang").text


async def test_moved_deadline_is_known_after_a_restart_and_told_only_once(spring: Stage) -> None:
    await spring.at("2026-04-23 08:00")
    await spring.press("mai", "Đồng ý")
    told = len(spring.channel.to("giang"))
    await spring.restart()
    await spring.at("2026-04-24 08:00")
    assert [s.text for s in spring.channel.to("giang")[told:] if "Đổi hạn nộp" in s.text] == []
    await spring.say("mai", "lịch")
    assert "15 giờ thứ Tư, 29/4" in spring.last("mai").text


async def test_office_moves_a_deadline_with_a_reason(office: Stage) -> None:
    await office.say("mai", "DỜI HẠN 10 giờ 06/6: họp Huyện ủy")
    assert "10 giờ thứ Bảy, 06/6" in office.last("giang").text
    assert "họp Huyện ủy" in office.last("giang").text
    await office.at("2026-06-05 15:00")
    assert "Dự thảo" not in office.last("mai").text
    await office.at("2026-06-06 10:00")
    assert "Dự thảo" in office.last("mai").text


async def test_day_off_of_the_office_is_proposed_about_like_a_public_holiday(office: Stage) -> None:
    await office.say("mai", "NGHỈ LỄ 12/6: kỷ niệm thành lập huyện")
    assert any("Đề xuất" in s.text and "11/6" in s.text for s in office.channel.to("mai"))
    await office.say("mai", "LÀM BÙ 12/6")
    await office.say("mai", "lịch")
    assert "nghỉ" not in office.last("mai").text


async def test_respondent_moves_no_deadline(office: Stage) -> None:
    await office.say("giang", "DỜI HẠN 10 giờ 06/6: bận")
    await office.say("giang", "NGHỈ LỄ 12/6")
    async with office.app.kit.db.reading() as rx:
        moved = await rx.one("SELECT count(*) AS n FROM deadline_moves")
        marked = await rx.one("SELECT count(*) AS n FROM holidays")
    assert moved is not None
    assert marked is not None
    assert (moved["n"], marked["n"]) == (0, 0)
