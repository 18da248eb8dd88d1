"""Whole weeks from the prompt to the post, as people read them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from bot.facts import ReportState
from storage import events, figures, reports
from tests.conversations.conftest import GROUP, PEOPLE
from tests.stage import staged

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.stage import Stage

WEEK = "2026-W23"
CROPS = "lúa mùa 549/650, ngô 1110, rau 86/132"
FILES = (
    "tiếp nhận 68 hồ sơ, đã giải quyết 66 hồ sơ, đúng và trước hạn 65, quá hạn 1, "
    "đang giải quyết 6 hồ sơ, trong đó trong hạn 4, quá hạn 2"
)


async def states(stage: Stage) -> list[tuple[int, ReportState]]:
    async with stage.app.kit.db.reading() as rx:
        return [(i.version, i.state) for i in await reports.of_period(rx, WEEK)]


async def test_normal_week(tmp_path: Path, golden: Callable[[Stage], None]) -> None:
    stage = await staged(tmp_path)
    for who, name, unit, role in PEOPLE:
        await stage.enrol(who, name, unit=unit, role=role)
    await stage.link_group(GROUP, "Lãnh đạo xã")
    await stage.at("2026-06-04 08:00")
    await stage.say("giang", "2 buổi sinh hoạt, 63 lượt hội viên")
    await stage.say("giang", "xong")
    await stage.say("hung", CROPS)
    await stage.at("2026-06-04 16:00")
    await stage.say("hung", "còn thiếu")
    await stage.at("2026-06-05 08:00")
    await stage.say("sang", FILES)
    await stage.say("sang", "xong")
    await stage.say("mai", "ai chưa nộp")
    await stage.at("2026-06-05 14:00")
    await stage.at("2026-06-05 15:00")
    await stage.say("mai", "tóm tắt")
    await stage.say("mai", "trình duyệt")
    await stage.press("thang", "Duyệt bản 1")
    await stage.at("2026-06-07 20:00")
    posted = await states(stage)
    await stage.close()

    assert posted == [(1, ReportState.POSTED)]
    assert len(stage.channel.to(GROUP)) == 1
    golden(stage)


async def test_corrections_before_approval_change_one_figure_each(
    office: Stage, golden: Callable[[Stage], None]
) -> None:
    first = await office.say("hung", CROPS)
    await office.say("hung", "nhầm, lúa mùa 560")
    await office.edit("hung", first, "lúa mùa 549/650, ngô 1110, rau 88/132")
    assert "560" not in office.last("hung").text, "the edit says nothing new about rice"
    await office.say("hung", "HOÀN LẠI")
    await office.say("hung", "xem")
    await office.at("2026-06-05 15:00")
    await office.say("mai", "trình duyệt")
    await office.press("thang", "Duyệt bản 1")

    async with office.app.kit.db.reading() as rx:
        changes = [e for e in await events.of_period(rx, WEEK) if e.subject == "rice_area_done_ha"]
        stored = await figures.versions(rx, "maize_area_done_ha", WEEK)
    assert [(e.what, e.old, e.new) for e in changes] == [("amended", "549", "560")]
    assert [f.value for f in stored] == [Decimal(1110)]
    golden(office)


async def test_returned_by_the_leader_and_approved_as_the_second_version(
    office: Stage, golden: Callable[[Stage], None]
) -> None:
    await office.say("hung", CROPS)
    await office.at("2026-06-05 15:00")
    await office.say("mai", "trình duyệt")
    await office.say("thang", "trả lại: xem lại diện tích lúa")
    assert "“xem lại diện tích lúa”" in office.last("mai").text
    await office.say("mai", "SỬA lúa mùa 560, Phòng báo lại")
    await office.say("mai", "trình duyệt")
    assert "549 → 560 ha" in office.last("thang").text
    await office.press("thang", "Duyệt bản 2")

    assert await states(office) == [(1, ReportState.RETURNED), (2, ReportState.POSTED)]
    assert "thay bản" not in office.last(GROUP).text
    golden(office)
