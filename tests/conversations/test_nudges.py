"""The secretary nudges: only those who owe, not again within the hour, and the count is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import events

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.stage import Stage


async def test_nudged_by_name_then_all_who_owe(office: Stage, golden: Callable[[Stage], None]) -> None:
    await office.at("2026-06-05 08:00")
    await office.at("2026-06-05 10:20")
    before = len(office.channel.to("giang"))
    await office.say("mai", "nhắc ccb")
    assert "Lần nhắc thứ" in office.last("mai").text
    await office.say("mai", "nhắc ccb")
    assert office.last("mai").labels == ["Chờ", "Nhắc"]
    await office.press("mai", "Chờ")
    assert len(office.channel.to("giang")) == before + 1
    await office.say("giang", "2 buổi sinh hoạt, 63 lượt hội viên")
    await office.at("2026-06-05 13:40")
    await office.say("mai", "nhắc tất cả")

    assert "Hội CCB" not in office.last("mai").text
    assert "Phòng Kinh tế" in office.last("mai").text
    assert "Đề nghị đồng chí Hùng gửi phần tuần 23" in office.last("hung").text
    golden(office)


async def test_department_that_owes_nothing_is_not_nudged(office: Stage) -> None:
    await office.say("giang", "2 buổi sinh hoạt, 63 lượt hội viên")
    before = len(office.channel.to("giang"))
    await office.say("mai", "nhắc ccb")

    assert len(office.channel.to("giang")) == before


async def test_department_without_people_is_told_to_her(office: Stage) -> None:
    await office.say("mai", "nhắc công an")

    assert "chưa kết nối" in office.last("mai").text


async def test_nobody_else_nudges(office: Stage) -> None:
    for who in ("hung", "thang"):
        await office.say(who, "nhắc tất cả")

    async with office.app.kit.db.reading() as rx:
        assert [e for e in await events.of_period(rx, "2026-W23") if e.what == "nudged"] == []


@pytest.mark.parametrize("text", ["nhắc cả", "Nhắc cả nhé", "nhắc các đơn vị chưa nộp", "nhac tat ca", "NHẮC CẢ XÃ"])
async def test_everybody_is_nudged_in_her_own_words(office: Stage, text: str) -> None:
    await office.say("mai", text)

    assert "Phòng Kinh tế" in office.last("mai").text
    assert "Đề nghị đồng chí Hùng gửi phần tuần 23" in office.last("hung").text


@pytest.mark.parametrize("text", ["nhắc CA", "nhac ca", "nhắc công an"])
async def test_without_its_mark_it_is_the_police(office: Stage, text: str) -> None:
    before = len(office.channel.to("hung"))
    await office.say("mai", text)

    assert "chưa kết nối" in office.last("mai").text
    assert len(office.channel.to("hung")) == before


async def test_a_department_that_was_picked_from_several_is_nudged(office: Stage) -> None:
    await office.say("mai", "NHẮC Hội")
    before = len(office.channel.to("giang"))
    await office.press("mai", "Hội CCB")

    assert office.last("mai").text.startswith("Đang nhắc · Hội CCB")
    assert len(office.channel.to("giang")) == before + 1
