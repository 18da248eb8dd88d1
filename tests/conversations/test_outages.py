"""Telegram forgets what it could not deliver for a day: whoever still owes is asked to send it again, once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from handlers.channel import Refusal, SendError
from storage import outbox
from tests.stage import Stage, staged

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    made = await staged(tmp_path)
    await made.enrol("hung", "Vàng A Hùng", unit="phong-kinh-te")
    await made.enrol("giang", "Sùng A Giàng", unit="hoi-ccb")
    await made.enrol("mai", "Vù Thị Mai", role="secretary")
    await made.at("2026-06-04 08:00")
    await made.say("giang", "không phát sinh")
    await reached(made)
    yield made
    await made.close()


async def reached(stage: Stage) -> None:
    stage.channel.last_poll = stage.clock
    await stage.tick()


def apologies(stage: Stage, who: str) -> list[str]:
    return [sent.text for sent in stage.channel.to(who) if "gián đoạn" in sent.text]


async def test_who_still_owes_is_asked_once_for_what_the_channel_has_forgotten(stage: Stage) -> None:
    await stage.restart()
    stage.clock += timedelta(hours=26)
    await reached(stage)
    stage.clock += timedelta(minutes=5)
    await reached(stage)

    (told,) = apologies(stage, "hung")
    assert "từ 8 giờ đến 10 giờ thứ Năm, 04/6" in told
    assert apologies(stage, "giang") == []


async def test_what_the_channel_kept_meanwhile_needs_no_apology(stage: Stage) -> None:
    stage.clock += timedelta(hours=23)
    await reached(stage)

    assert apologies(stage, "hung") == []


async def test_a_reminder_that_could_not_go_out_dies_when_the_part_arrives(stage: Stage) -> None:
    stage.channel.failures["hung"] = [(SendError(Refusal.NOT_SENT), False)] * 9
    await stage.at("2026-06-04 16:00")
    await stage.say("hung", "XONG")
    await stage.say("hung", "nộp phần đã có")
    async with stage.app.kit.db.reading() as rx:
        left = await rx.all("SELECT state FROM outbox WHERE priority = :p AND chat_id = 'hung'", {"p": 4})

    assert outbox.Priority.REMINDER == 4
    assert [row["state"] for row in left] == ["dropped"]
