"""A button that is pressed when its question is over: another week has begun, somebody else answered, the hour passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import requests

if TYPE_CHECKING:
    from tests.stage import Stage

STALE = "Lựa chọn này không còn hiệu lực"
NEXT_WEEK = "2026-06-11 08:00"


async def all_figures(stage: Stage) -> list[tuple[str, str]]:
    async with stage.app.kit.db.reading() as rx:
        rows = await rx.all("SELECT period, indicator FROM figures WHERE origin NOT IN ('opening', 'computed')")
    return [(row["period"], row["indicator"]) for row in rows]


@pytest.mark.parametrize("source", ["Điện thoại", "Văn bản", "Gặp trực tiếp"])
async def test_what_was_to_be_entered_last_week_is_not_entered_into_this_one(office: Stage, source: str) -> None:
    await office.say("mai", "NHẬP HỘ CCB: 2 buổi, 63 lượt")
    await office.at(NEXT_WEEK)
    await office.press("mai", source)

    assert office.last("mai").text.startswith(STALE)
    assert await all_figures(office) == []


async def test_a_forwarded_message_of_last_week_is_not_recorded_in_this_one(office: Stage) -> None:
    await office.say("hung", "lúa mùa 549/650", forwarded=True)
    await office.at(NEXT_WEEK)
    await office.press("hung", "Có, ghi")

    assert office.last("hung").text.startswith(STALE)
    assert await all_figures(office) == []


async def test_a_unit_picked_for_last_weeks_word_takes_nothing_of_this_week_back(office: Stage) -> None:
    await office.say("mai", "TRẢ LẠI Hội: xem lại số buổi")
    await office.at(NEXT_WEEK)
    before = len(office.channel.to("giang"))
    await office.press("mai", "Hội CCB")

    assert office.last("mai").text.startswith(STALE)
    assert len(office.channel.to("giang")) == before


@pytest.mark.parametrize("answer", ["Đồng ý", "Giờ khác", "Không gia hạn"])
async def test_a_wish_of_last_week_is_not_answered_in_this_one(office: Stage, answer: str) -> None:
    await office.say("hung", "xin gia hạn đến 17h thứ sáu, đang ở thôn")
    await office.at(NEXT_WEEK)
    before = len(office.channel.to("hung"))
    await office.press("mai", answer)

    assert office.last("mai").text.startswith(STALE)
    assert len(office.channel.to("hung")) == before


async def test_an_hour_that_has_passed_is_not_granted_but_asked_for(office: Stage) -> None:
    await office.say("hung", "xin gia hạn đến 17h thứ sáu, đang ở thôn")
    await office.at("2026-06-05 17:30")
    before = len(office.channel.to("hung"))
    await office.press("mai", "Đồng ý")
    assert len(office.channel.to("hung")) == before

    await office.say("mai", "19 giờ")
    assert "19 giờ thứ Sáu, 05/6" in office.last("hung").text


@pytest.mark.parametrize(("first", "second"), [("Đồng ý", "Không gia hạn"), ("Không gia hạn", "Đồng ý")])
async def test_the_second_of_two_secretaries_sees_what_the_first_one_answered(
    office: Stage, first: str, second: str
) -> None:
    await office.enrol("hoa", "Lò Thị Hoa", role="secretary")
    await office.say("hung", "xin gia hạn đến 17h thứ sáu, đang ở thôn")
    await office.press("mai", first)
    before = len(office.channel.to("hung"))
    assert office.last("hoa").text.endswith(f"\n→ {first} (đồng chí Mai)")
    assert office.last("hoa").labels == []

    await office.press("hoa", second)  # the phone still shows it
    assert office.last("hoa").text.startswith(STALE)
    assert len(office.channel.to("hung")) == before
    async with office.app.kit.db.reading() as rx:
        assert [e.granted for e in await requests.extensions(rx, "2026-W23")] == [first == "Đồng ý"]


async def test_a_wish_that_was_answered_by_a_typed_word_is_not_answered_by_a_button(office: Stage) -> None:
    await office.say("hung", "xin gia hạn đến 17h thứ sáu, đang ở thôn")
    await office.say("mai", "GIA HẠN kinh tế đến 18 giờ")
    before = len(office.channel.to("hung"))
    await office.press("mai", "Không gia hạn")

    assert office.last("mai").text.startswith(STALE)
    assert len(office.channel.to("hung")) == before


async def test_a_message_that_only_begins_alike_keeps_its_buttons(office: Stage) -> None:
    """Two wishes of one person: what answers the first leaves the second one's buttons, with both secretaries."""
    await office.enrol("hoa", "Lò Thị Hoa", role="secretary")
    await office.say("hung", "xin gia hạn đến 17h thứ sáu, đang ở thôn")
    await office.say("dung", "xin gia hạn đến 16h30 thứ sáu")
    await office.press("mai", "Không gia hạn")

    shown = [sent.labels for sent in office.channel.to("hoa") if sent.text.startswith("Xin gia hạn")]
    assert shown == [["Đồng ý", "Giờ khác", "Không gia hạn"], []]
