"""One report in several messages: each is kept word for word, and one receipt answers them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import figures, replies
from tests.fakes import raw
from tests.stage import Stage, staged

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

PERIOD = "2026-W23"
FILLER = "Tiếp tục chỉ đạo chăm sóc cây trồng vụ mùa trên địa bàn xã. "


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    made = await staged(tmp_path)
    await made.enrol("hung", "Vàng A Hùng", unit="phong-kinh-te")
    await made.enrol("mai", "Vù Thị Mai", role="secretary")
    await made.at("2026-06-04 08:00")
    yield made
    await made.close()


def heard(stage: Stage, before: int) -> list[str]:
    return [sent.text for sent in stage.channel.to("hung")[before:]]


async def stored(stage: Stage) -> dict[str, str]:
    async with stage.app.kit.db.reading() as rx:
        return {i: str(f.value) for i, f in (await figures.current(rx, PERIOD)).items()}


async def words_of(stage: Stage, indicator: str) -> tuple[str, str]:
    """The message a figure came with, and the words in it that told it."""
    async with stage.app.kit.db.reading() as rx:
        figure = (await figures.current(rx, PERIOD))[indicator]
        reply = await replies.find(rx, figure.reply_id)
    return reply.message_id, reply.text[figure.start : figure.end]


async def test_messages_that_wait_together_get_one_receipt_and_each_figure_names_its_message(stage: Stage) -> None:
    before = len(stage.channel.to("hung"))
    ids = await stage.say_at_once("hung", "lúa mùa 549/650", "ngô 1110", "gia súc 11488, gia cầm 54913")

    (receipt,) = heard(stage, before)
    assert receipt.startswith("Đã ghi 4 số")
    assert [await words_of(stage, i) for i in ("rice_area_done_ha", "maize_area_done_ha", "poultry_flock_total")] == [
        (ids[0], "549"),
        (ids[1], "1110"),
        (ids[2], "54913"),
    ]


async def test_a_piece_corrects_the_one_before_and_both_are_kept(stage: Stage) -> None:
    before = len(stage.channel.to("hung"))
    await stage.say_at_once("hung", "rau 86, ngô 1110", "nhầm, rau 88")

    (receipt,) = heard(stage, before)
    assert "88/132" in receipt
    assert "86" not in receipt
    async with stage.app.kit.db.reading() as rx:
        rows = await rx.all("SELECT value FROM figures WHERE indicator = 'vegetable_area_done_ha' AND reply_id > 0")
    assert [row["value"] for row in rows] == ["86", "88"]


async def test_an_edit_that_waits_is_read_instead_of_what_it_edits(stage: Stage) -> None:
    before = len(stage.channel.to("hung"))
    await stage.send_at_once(
        "hung",
        {"kind": "text", "text": "rau 86", "message": "a"},
        {"kind": "text", "text": "ngô 1110", "message": "b"},
        {"kind": "edited", "text": "rau 88", "message": "a"},
    )

    (receipt,) = heard(stage, before)
    assert "88/132" in receipt
    assert await words_of(stage, "vegetable_area_done_ha") == ("a", "88")
    async with stage.app.kit.db.reading() as rx:
        assert [v.text for v in await replies.versions(rx, "fake", "hung", "a")] == ["rau 86", "rau 88"]


@pytest.mark.parametrize("other", ["XONG", "hạn nộp mấy giờ vậy?", "còn thiếu gì"])
async def test_what_is_no_piece_is_answered_by_itself_and_in_its_turn(stage: Stage, other: str) -> None:
    before = len(stage.channel.to("hung"))
    await stage.say_at_once("hung", "rau 86", "ngô 1110", other, "dược liệu 64,5")

    first, _, *last = heard(stage, before)
    assert first.startswith("Đã ghi 2/6 số")
    assert any("Dược liệu" in text for text in last)
    assert {"vegetable_area_done_ha", "maize_area_done_ha", "medicinal_area_done_ha"} <= set(await stored(stage))


async def test_messages_a_minute_apart_are_two_answers_although_the_service_was_away(stage: Stage) -> None:
    before = len(stage.channel.to("hung"))
    sent = ({"sent_at": f"2026-06-04T07:{minute}:00+07:00"} for minute in (10, 11))
    await stage.send_at_once(
        "hung", {"kind": "text", "text": "rau 86"} | next(sent), {"kind": "text", "text": "ngô 1110"} | next(sent)
    )

    assert len(heard(stage, before)) == 2


async def test_a_text_that_was_cut_in_mid_sentence_is_read_as_one(stage: Stage) -> None:
    before = len(stage.channel.to("hung"))
    long = f"Trồng trọt: {FILLER * 40}Diện tích rau các loại trồng được"
    ids = await stage.say_at_once("hung", long, "86 ha, ngô 1110 ha. Tiếp tục chăm sóc.")

    (receipt,) = heard(stage, before)
    assert "86/132" in receipt
    assert await words_of(stage, "vegetable_area_done_ha") == (ids[1], "86")


async def test_the_rest_of_a_cut_text_is_waited_for_and_a_kill_meanwhile_loses_nothing(stage: Stage) -> None:
    before = len(stage.channel.to("hung"))
    long = f"Trồng trọt: {FILLER * 40}Diện tích rau các loại trồng được"
    sink = stage.app.inbox.sink("fake")
    await sink([raw(901, "hung", message="a", text=long)])
    await stage.app.inbox.drain()
    assert stage.app.inbox.unfinished_until is not None
    assert heard(stage, before) == []

    await stage.restart()
    await stage.app.inbox.sink("fake")([raw(902, "hung", message="b", text="86 ha.")])
    await stage.settle()
    (receipt,) = heard(stage, before)
    assert "86/132" in receipt


async def test_a_long_text_that_nothing_follows_is_answered_after_five_seconds(stage: Stage) -> None:
    before, began = len(stage.channel.to("hung")), stage.clock
    await stage.say("hung", f"Trồng trọt: {FILLER * 40}Rau trồng được 86 ha.")

    (receipt,) = heard(stage, before)
    assert "86/132" in receipt
    assert 5 <= (stage.clock - began).total_seconds() < 7


async def test_an_answer_to_the_open_question_is_not_held_for_company(stage: Stage) -> None:
    await stage.say("hung", "giải ngân 1.000/21.070 tỷ đồng đạt 4,75%")
    before = len(stage.channel.to("hung"))
    await stage.say_at_once("hung", "triệu đồng", "rau 86")

    assert len(heard(stage, before)) == 2
