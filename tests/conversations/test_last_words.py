"""Words of a report that stay as they were, are written again, or are none: «nội dung như tuần trước», «không phát sinh»."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import figures, texts
from tests.stage import Stage, staged

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

DRUGS = "Hội đã tổ chức tuyên truyền phòng chống ma túy cho hội viên tại các chi hội"


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    made = await staged(tmp_path)
    await made.enrol("giang", "Giàng A Páo", unit="hoi-ccb")
    await made.enrol("chai", "Sùng A Chải", unit="ban-kt-ns")
    await made.enrol("binh", "Lý Thị Bình", unit="ban-xay-dung-dang")
    await made.at("2026-06-04 08:00")
    yield made
    await made.close()


async def words(stage: Stage, period: str) -> list[str]:
    async with stage.app.kit.db.reading() as rx:
        return [text.text for text in (await texts.current(rx, period)).values()]


@pytest.mark.parametrize(
    "said", ["nội dung như tuần trước", "việc đã làm vẫn như tuần trước nhé", "lời văn giữ nguyên"]
)
async def test_where_last_week_had_no_words_that_is_said(stage: Stage, said: str) -> None:
    await stage.say("chai", said)

    assert stage.last("chai").text.startswith("Chưa có nội dung · Ban KT-NS HĐND\nTuần trước chưa ghi nội dung.")
    assert await words(stage, "2026-W23") == []


async def test_the_sections_without_words_are_named(stage: Stage) -> None:
    await stage.say("binh", "nội dung 5.1 như tuần trước")

    assert "Tuần trước chưa ghi nội dung ở mục Chính trị, tư tưởng." in stage.last("binh").text


async def test_what_was_done_as_last_week_carries_no_figure(stage: Stage) -> None:
    await stage.say("giang", DRUGS)
    await stage.at("2026-06-11 08:00")
    await stage.say("giang", "việc đã làm như tuần trước, 2 buổi, 63 lượt")

    assert await words(stage, "2026-W24") == [DRUGS]
    async with stage.app.kit.db.reading() as rx:
        assert {str(f.origin) for f in (await figures.current(rx, "2026-W24")).values()} == {"stated"}


async def test_an_edited_message_may_want_last_weeks_words_too(stage: Stage) -> None:
    await stage.say("giang", DRUGS)
    await stage.at("2026-06-11 08:00")
    sent = await stage.say("giang", "2 buổi")
    await stage.edit("giang", sent, "2 buổi, nội dung như tuần trước")

    assert await words(stage, "2026-W24") == [DRUGS]
    assert "được đưa vào báo cáo" in stage.last("giang").text


async def test_words_that_are_edited_are_read_back(stage: Stage) -> None:
    sent = await stage.say("giang", DRUGS)
    said = len(stage.channel.to("giang"))
    await stage.edit("giang", sent, DRUGS + " và nhân dân")

    assert await words(stage, "2026-W23") == [DRUGS + " và nhân dân"]
    assert len(stage.channel.to("giang")) == said + 1


@pytest.mark.parametrize("how", ["type", "press"])
async def test_who_is_asked_for_words_only_may_have_nothing_to_tell(stage: Stage, how: str) -> None:
    await (stage.say("chai", "không phát sinh") if how == "type" else stage.press("chai", "Không phát sinh"))

    assert [text.lower() for text in await words(stage, "2026-W23")] == ["không phát sinh"]
    await stage.say("chai", "còn thiếu")
    assert stage.last("chai").text.startswith("Ban KT-NS HĐND đã đủ")


@pytest.mark.parametrize(
    "said",
    [
        "tuần này không có gì mới ạ",
        "ko co gi",
        "Không có gì thay đổi",
        "bình thường",
        "on dinh",
        "không có nội dung báo cáo",
        "vẫn như thường em nhé",
        "Ban KTNS tuần 23 không có việc gì mới",
    ],
)
async def test_nothing_new_is_what_a_department_of_words_says(stage: Stage, said: str) -> None:
    await stage.say("chai", said)

    assert await words(stage, "2026-W23") == ["Không phát sinh"]
    assert "Báo cáo ghi “Không phát sinh”" in stage.last("chai").text
    assert stage.last("chai").labels == ["Xong"]


async def test_words_sent_after_nothing_new_take_its_place_and_stay_when_it_is_said_again(stage: Stage) -> None:
    await stage.say("chai", "bình thường")
    await stage.say("chai", DRUGS)
    await stage.say("chai", "không phát sinh gì")

    assert await words(stage, "2026-W23") == [DRUGS]
    assert "đã có nội dung, được giữ nguyên" in stage.last("chai").text


@pytest.mark.parametrize("said", ["bình thường", "không có nội dung báo cáo", "tình hình ổn định em ạ"])
async def test_nothing_new_is_no_zero_of_a_department_that_owes_figures(stage: Stage, said: str) -> None:
    await stage.say("giang", said)

    assert stage.last("giang").text.startswith("Còn thiếu 2 số · Hội CCB")
    assert f"“{said}” chưa cho biết số nào" in stage.last("giang").text
    async with stage.app.kit.db.reading() as rx:
        assert await figures.current(rx, "2026-W23") == {}


@pytest.mark.parametrize("said", ["không ổn định", "chưa có nội dung", "có gì mới không", "chưa bình thường"])
async def test_what_is_not_nothing_new_is_asked_back(stage: Stage, said: str) -> None:
    await stage.say("chai", said)

    assert await words(stage, "2026-W23") == []


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("nông thôn mới không có gì mới", 1),
        ("phòng chống thiên tai không phát sinh", 1),
        ("NTM với thiên tai bình thường", 2),
        ("thiên tai và NTM bình thường em nhé", 2),
        ("công tác xây dựng nông thôn mới: ko có gì mới", 1),
        ("nong thon moi - khong co gi moi", 1),
        ("mục 8 bình thường", 1),
    ],
)
async def test_a_section_of_words_is_named_before_nothing_new(stage: Stage, said: str, count: int) -> None:
    await stage.enrol("hung", "Lý Văn Hùng", unit="phong-kinh-te")
    await stage.say("hung", said)

    assert await words(stage, "2026-W23") == ["Không phát sinh"] * count
    async with stage.app.kit.db.reading() as rx:
        assert await figures.current(rx, "2026-W23") == {}


async def test_nothing_new_of_a_section_stands_beside_figures_and_carries_none(stage: Stage) -> None:
    await stage.enrol("hung", "Lý Văn Hùng", unit="phong-kinh-te")
    await stage.say("hung", "lúa mùa 549/650, nông thôn mới không có gì mới, ngô 1110")

    assert await words(stage, "2026-W23") == ["Không phát sinh"]
    assert "Không có việc mới: Nông thôn mới." in stage.last("hung").text
    assert await stage.value("maize_area_done_ha") == 1110
    async with stage.app.kit.db.reading() as rx:
        assert all("herd" not in i for i in await figures.current(rx, "2026-W23"))


@pytest.mark.parametrize("said", ["Phòng chống thiên tai: không phát sinh", "mục 8: không có gì"])
async def test_nothing_in_a_section_of_words_asks_for_no_figure(stage: Stage, said: str) -> None:
    await stage.enrol("hung", "Lý Văn Hùng", unit="phong-kinh-te")
    await stage.say("hung", said)

    assert "?" not in stage.last("hung").text
    assert len(await words(stage, "2026-W23")) == 1


async def test_nothing_new_behind_a_number_keeps_no_figure_of_the_whole_department(stage: Stage) -> None:
    await stage.enrol("hung", "Lý Văn Hùng", unit="phong-kinh-te")
    await stage.say("hung", "4. Không phát sinh\n8. Không có gì mới")

    async with stage.app.kit.db.reading() as rx:
        assert await figures.current(rx, "2026-W23") == {}
