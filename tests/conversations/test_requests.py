"""A later hour asked for, granted, refused; a department excused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.stage import Stage


async def test_extension_granted(office: Stage, golden: Callable[[Stage], None]) -> None:
    await office.at("2026-06-05 14:10")
    await office.say("giang", "xin gia hạn đến 16h, đang kiểm tra ở thôn")
    request = office.last("mai").text
    assert "16 giờ" in request
    assert "“đang kiểm tra ở thôn”" in request
    await office.press("mai", "Đồng ý")
    assert "Hạn nộp mới: 16 giờ" in office.last("giang").text

    await office.at("2026-06-05 15:05")
    await office.at("2026-06-05 15:30")
    assert "Còn 30 phút đến hạn mới" in office.last("giang").text
    await office.say("giang", "2 buổi sinh hoạt, 63 lượt hội viên")
    await office.say("giang", "xong")
    assert "trong hạn" in office.last("giang").text
    golden(office)


@pytest.mark.parametrize(
    ("wish", "hour"),
    [
        ("xin gia hạn thêm 1 tiếng", "16 giờ"),
        ("em xin gia hạn đến 8h sáng mai vì đang họp", "8 giờ thứ Bảy, 06/6"),
        ("xin gia hạn đến 9 giờ 08/6", "9 giờ thứ Hai, 08/6"),
    ],
)
async def test_hour_of_a_wish_is_understood(office: Stage, wish: str, hour: str) -> None:
    await office.at("2026-06-05 14:10")
    await office.say("giang", wish)
    assert hour in office.last("mai").text


async def test_wish_without_a_later_hour_asks_the_person_and_not_the_office(office: Stage) -> None:
    await office.at("2026-06-05 14:10")
    before = len(office.channel.to("mai"))
    await office.say("giang", "xin gia hạn")
    await office.say("giang", "xin gia hạn đến 14h30")
    assert "XIN GIA HẠN đến 16 giờ" in office.last("giang").text
    assert len(office.channel.to("mai")) == before


async def test_hours_are_offered_and_the_reason_goes_with_them(office: Stage) -> None:
    await office.at("2026-06-05 14:10")
    await office.say("giang", "xin gia hạn, mất điện cả xã")
    assert office.last("giang").labels == ["16 giờ 05/6", "17 giờ 05/6", "9 giờ 08/6"]
    await office.press("giang", "9 giờ 08/6")

    assert "9 giờ thứ Hai, 08/6" in office.last("mai").text
    assert "“mất điện cả xã”" in office.last("mai").text


async def test_the_hour_may_follow_alone_and_figures_in_between_are_figures(office: Stage) -> None:
    await office.at("2026-06-05 14:10")
    await office.say("giang", "xin gia hạn")
    await office.say("giang", "2 buổi lúc 16h")
    assert "Buổi sinh hoạt: 2" in office.last("giang").text
    await office.say("giang", "16h30, đang ở thôn")

    assert "16 giờ 30" in office.last("mai").text
    assert "“đang ở thôn”" in office.last("mai").text


@pytest.mark.parametrize(
    ("now", "hours"),
    [
        ("2026-06-05 14:10", ["16 giờ 05/6", "17 giờ 05/6", "9 giờ 08/6"]),
        ("2026-06-05 16:20", ["17 giờ 05/6", "9 giờ 08/6", "10 giờ 08/6"]),
        ("2026-06-06 08:00", ["9 giờ 08/6", "10 giờ 08/6", "11 giờ 08/6"]),
    ],
)
async def test_only_hours_to_come_are_offered(office: Stage, now: str, hours: list[str]) -> None:
    await office.at(now)
    await office.say("giang", "xin gia hạn")

    assert office.last("giang").labels == hours


async def test_extension_refused_leaves_the_deadline(office: Stage) -> None:
    await office.at("2026-06-05 14:10")
    await office.say("giang", "xin gia hạn đến 16h")
    await office.press("mai", "Không gia hạn")
    assert "hạn vẫn là 15 giờ" in office.last("giang").text.lower()


async def test_office_grants_another_hour_and_the_wish_counts_as_answered(office: Stage) -> None:
    await office.at("2026-06-05 14:10")
    await office.say("giang", "xin gia hạn đến 16h")
    await office.press("mai", "Giờ khác")
    assert "Nhắn giờ nộp mới" in office.last("mai").text
    await office.say("mai", "GIA HẠN CCB đến 17 giờ")
    assert "Hạn nộp mới: 17 giờ" in office.last("giang").text
    async with office.app.kit.db.reading() as rx:
        row = await rx.one("SELECT count(*) AS n FROM extensions WHERE granted IS NULL")
    assert row is not None
    assert row["n"] == 0


async def test_excused_department_is_told_why_and_left_in_peace(office: Stage) -> None:
    await office.say("mai", "MIỄN CCB")
    assert "lý do" in office.last("mai").text
    await office.say("mai", "MIỄN CCB: cả hội đi tập huấn")
    assert "“cả hội đi tập huấn”" in office.last("giang").text
    told = len(office.channel.to("giang"))
    await office.at("2026-06-04 16:00")
    await office.at("2026-06-05 14:00")
    await office.at("2026-06-05 15:30")
    assert len(office.channel.to("giang")) == told
