"""A person who answers for two departments: both are named, and both are meant by a promise or a wish for time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.facts import Post, PostRole
from storage import people, requests

if TYPE_CHECKING:
    from tests.stage import Stage

WEEK = "2026-W23"
BOTH = {"hoi-ccb", "hoi-nong-dan"}


@pytest.fixture
async def giang(office: Stage) -> Stage:
    """Giàng answers for the farmers as well, from this moment on."""
    async with office.app.kit.db.transaction() as tx:
        found = next(p for p in await people.all_people(tx) if p.name == "Giàng")
        await people.add_post(tx, found.id, Post(PostRole.RESPONDENT, "hoi-nong-dan"), office.clock)
    office.lines.clear()
    return office


async def test_reminders_name_both_units_and_then_only_the_one_that_owes(giang: Stage) -> None:
    await giang.at("2026-06-11 08:00")
    assert "Gồm cả phần của" in giang.last("giang").text
    await giang.at("2026-06-11 16:00")
    assert "Gồm cả phần của" in giang.last("giang").text
    await giang.say("giang", "2 buổi sinh hoạt, 63 lượt hội viên tham gia")
    await giang.say("giang", "nội dung: Hội CCB tổ chức sinh hoạt chi hội theo kế hoạch, thăm hỏi hội viên ốm đau.")
    await giang.at("2026-06-12 08:00")
    assert "Hội Nông dân" in giang.last("giang").text
    assert "CCB" not in giang.last("giang").text


async def test_a_promise_is_for_every_unit_that_owes(giang: Stage) -> None:
    await giang.say("giang", "mai em gửi nhé")

    async with giang.app.kit.db.reading() as rx:
        assert {p.department for p in await requests.promises(rx, WEEK)} == BOTH


async def test_a_promise_about_one_units_figure_is_that_units(giang: Stage) -> None:
    await giang.say("giang", "số buổi sinh hoạt của Hội CCB mai em gửi")

    async with giang.app.kit.db.reading() as rx:
        assert {p.department for p in await requests.promises(rx, WEEK)} <= BOTH


async def test_more_time_is_asked_for_each_unit_that_owes(giang: Stage) -> None:
    await giang.at("2026-06-05 14:00")
    await giang.say("giang", "xin gia hạn đến 16h, đang ở thôn")

    assert "và" in giang.last("giang").text.split("xin nộp")[0]
    asked = [s for s in giang.channel.to("mai") if s.text.startswith("Xin gia hạn")]
    assert len(asked) == 2
    for one in asked:
        await giang.send("mai", "pressed", token=one.token("Đồng ý"), sender="mai")
    async with giang.app.kit.db.reading() as rx:
        assert {e.department for e in await requests.extensions(rx, WEEK) if e.granted} == BOTH
    await giang.say("giang", "hạn nộp")
    assert "16 giờ" in giang.last("giang").text


async def test_more_time_for_the_unit_that_is_named(giang: Stage) -> None:
    await giang.at("2026-06-05 14:00")
    await giang.say("giang", "xin gia hạn đến 16h, Hội Nông dân")

    async with giang.app.kit.db.reading() as rx:
        assert {e.department for e in await requests.extensions(rx, WEEK)} == {"hoi-nong-dan"}
