"""What was posted, once more: TÓM TẮT, BÁO CÁO 23 and weeks of an indicator, in the group and in private."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

if TYPE_CHECKING:
    from tests.stage import Stage

GROUP = "-100"
NAME = "Giàng A Pháo"


async def ask(stage: Stage, text: str) -> str:
    """What the group is answered; "" where it is not."""
    before = len(stage.channel.to(GROUP))
    await stage.send(GROUP, "text", text=text, chat_kind="group", sender="ai-do")
    return "\n".join(s.text for s in stage.channel.to(GROUP)[before:])


def xml_of(content: bytes) -> str:
    with ZipFile(BytesIO(content)) as file:
        return "".join(file.read(name).decode() for name in file.namelist() if name.endswith(".xml"))


async def posted(stage: Stage) -> None:
    await stage.say("hung", "lúa mùa 549/650, ngô 1110, giải ngân 1.000/21.070 triệu đồng")
    await stage.say("giang", f"Hội đã vận động hội viên {NAME} hiến đất làm đường, 2 buổi, 63 lượt hội viên")
    await stage.at("2026-06-05 15:00")
    await stage.say("mai", "trình duyệt")
    await stage.press("thang", "Duyệt bản 1")


@pytest.mark.parametrize("text", ["TÓM TẮT", "/tomtat", "BÁO CÁO 23", "bao cao 23", "báo cáo"])
async def test_before_the_first_post_the_group_hears_that_nothing_is_posted(office: Stage, text: str) -> None:
    await office.say("hung", "lúa mùa 549/650")
    told = await ask(office, text)
    assert "Chưa có báo cáo nào được đăng." in told
    assert "549" not in told


async def test_the_summary_is_told_again_and_posts_nothing_twice(office: Stage) -> None:
    await posted(office)
    first = office.channel.to(GROUP)[-1]
    told = await ask(office, "TÓM TẮT")
    assert told == first.text
    assert office.channel.to(GROUP)[-1].message.attachment is None
    assert office.last("mai").text.startswith("Đã đăng báo cáo tuần 23, bản 1")
    assert sum("Đã đăng báo cáo" in s.text for s in office.channel.to("mai")) == 1


async def test_the_groups_copy_of_a_report_has_initials_the_offices_the_name(office: Stage) -> None:
    await posted(office)
    assert "Bản đã duyệt và đăng nhóm." in await ask(office, "BÁO CÁO 23")
    group = office.channel.to(GROUP)[-1].message.attachment
    assert group is not None
    await office.say("mai", "báo cáo 23")
    own = office.last("mai").message.attachment
    assert own is not None
    assert NAME not in xml_of(group.content)
    assert "G.A.P." in xml_of(group.content)
    assert NAME in xml_of(own.content)


async def test_a_week_that_was_not_posted_is_said_with_the_one_that_was(office: Stage) -> None:
    await posted(office)
    assert "Số đã đăng gần nhất: tuần 23." in await ask(office, "BÁO CÁO 22")
    assert "530" not in await ask(office, "lúa mùa tuần 22")
    assert "Số đã đăng gần nhất: tuần 23." in await ask(office, "lúa mùa tuần 20 đến 22")
    assert "• Tuần 23: 549" in await ask(office, "lúa mùa tháng 6")


@pytest.mark.parametrize("text", ["HƯỚNG DẪN", "SỐ LIỆU", "/solieu", "/huongdan"])
async def test_the_group_hears_how_to_ask(office: Stage, text: str) -> None:
    assert (await ask(office, text)).startswith("Xem số liệu trong nhóm")


async def test_weeks_that_are_named_are_the_weeks_that_are_shown(office: Stage) -> None:
    await office.say("hung", "lúa mùa 549/650")
    await office.say("mai", "SỐ LIỆU lúa mùa từ tuần 21 đến tuần 22")
    told = office.last("mai").text
    assert "• Tuần 22: 530, đạt 81,54%\n• Tuần 21: chưa có số" in told
    assert "Tuần 23" not in told
    assert "Tuần này" not in told
    await office.say("thang", "lúa mùa tuần 22")
    assert "Tuần 23" not in office.last("thang").text
    await office.say("mai", "SỐ LIỆU lúa mùa từ đầu năm")
    assert "• và 11 tuần trước đó" in office.last("mai").text


async def test_a_choice_goes_on_with_the_weeks_that_were_named(office: Stage) -> None:
    await office.say("mai", "SỐ LIỆU đơn thư tuần 22")
    await office.press("mai", "Đơn thư tiếp nhận")
    assert "• Tuần 22: 0" in office.last("mai").text
    assert "Tuần 23" not in office.last("mai").text


@pytest.mark.parametrize("who", ["mai", "thang"])
async def test_office_and_leaders_take_a_report_of_a_week(office: Stage, who: str) -> None:
    await office.say(who, "báo cáo 22")
    assert office.last(who).text.startswith("Chưa có báo cáo tuần 22")
    await posted(office)
    await office.say(who, "BÁO CÁO")
    assert office.last(who).text.startswith("Báo cáo tuần 23 · bản 1")
    assert office.last(who).message.attachment is not None


async def test_a_head_takes_no_report(office: Stage) -> None:
    await posted(office)
    await office.say("giang", "báo cáo 23")
    assert office.last("giang").message.attachment is None
