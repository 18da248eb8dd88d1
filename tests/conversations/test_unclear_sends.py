"""Nobody can tell whether a message arrived: what is said again, after which pause, and what never is by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from handlers.channel import Refusal, SendError
from tests.stage import Stage, staged

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

FINE = (None, False)
LOST = (SendError(Refusal.UNCLEAR, "the answer was lost"), True)  # it stands in the chat all the same


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    made = await staged(tmp_path)
    await made.enrol("hung", "Vàng A Hùng", unit="phong-kinh-te")
    await made.enrol("mai", "Vù Thị Mai", role="secretary")
    await made.enrol("thang", "Giàng Văn Thắng", role="leader")
    await made.link_group("-100", "Lãnh đạo xã")
    yield made
    await made.close()


def heard(stage: Stage, chat: str, words: str) -> int:
    return sum(words in sent.text for sent in stage.channel.to(chat))


async def later(stage: Stage, seconds: float) -> None:
    stage.clock += timedelta(seconds=seconds)
    await stage.settle()


async def test_a_receipt_is_said_once_more_after_a_minute_and_not_before(stage: Stage) -> None:
    await stage.at("2026-06-04 08:00")
    stage.channel.failures["hung"] = [LOST]
    await stage.say("hung", "lúa mùa 549/650")
    await later(stage, 50)
    assert heard(stage, "hung", "549/650") == 1
    await later(stage, 11)
    assert heard(stage, "hung", "549/650") == 2
    await later(stage, 3600)
    assert heard(stage, "hung", "549/650") == 2


async def test_a_prompt_in_doubt_is_not_repeated_to_who_has_answered_it(stage: Stage) -> None:
    stage.channel.failures["hung"], stage.channel.failures["mai"] = [LOST], [LOST]
    await stage.at("2026-06-04 08:00")
    await later(stage, 10)
    await stage.say("hung", "lúa mùa 549/650")
    await later(stage, 120)

    assert heard(stage, "hung", "Báo cáo tuần 23") == 1
    assert heard(stage, "mai", "Báo cáo tuần 23") == 2


async def test_a_second_doubt_is_the_last_and_a_person_is_called_unreachable_once(stage: Stage) -> None:
    await stage.at("2026-06-04 08:00")
    stage.channel.failures["hung"] = [LOST, LOST]
    await stage.say("hung", "lúa mùa 549/650")
    await later(stage, 61)
    await later(stage, 3600)

    assert heard(stage, "hung", "549/650") == 2
    assert heard(stage, "mai", "Không gửi được") == 1


async def test_a_reminder_in_doubt_is_left_to_the_next_one(stage: Stage) -> None:
    await stage.at("2026-06-04 08:00")
    stage.channel.failures["hung"] = [LOST]
    await stage.at("2026-06-04 16:00")
    await later(stage, 600)

    assert stage.channel.failures["hung"] == []
    assert heard(stage, "hung", "Nhắc báo cáo") == 1
    before = len(stage.channel.to("hung"))
    await stage.at("2026-06-05 08:00")
    assert len(stage.channel.to("hung")) == before + 1


async def approved(stage: Stage, *coming: tuple[SendError | None, bool]) -> None:
    await stage.at("2026-06-04 08:00")
    await stage.say("hung", "lúa mùa 549/650")
    await stage.say("mai", "TRÌNH DUYỆT")
    stage.channel.failures["-100"] = list(coming)
    await stage.press("thang", "Duyệt bản 1")
    await later(stage, 120)


def documents(stage: Stage) -> int:
    return sum(sent.message.attachment is not None for sent in stage.channel.to("-100"))


@pytest.mark.parametrize("coming", [(FINE, LOST), (LOST, FINE), (LOST, LOST), (FINE, LOST, LOST, LOST)])
async def test_the_report_stands_in_the_group_once_whatever_was_in_doubt(
    stage: Stage, coming: tuple[tuple[SendError | None, bool], ...]
) -> None:
    await approved(stage, *coming)
    for _ in coming:
        await later(stage, 60)

    assert documents(stage) == 1
    assert heard(stage, "mai", "Đã đăng") == 1


async def test_where_messages_cannot_be_edited_a_report_in_doubt_waits_for_the_offices_word(tmp_path: Path) -> None:
    stage = await staged(tmp_path)
    stage.channel.caps = replace(stage.channel.caps, edit=False)
    await stage.enrol("hung", "Vàng A Hùng", unit="phong-kinh-te")
    await stage.enrol("mai", "Vù Thị Mai", role="secretary")
    await stage.enrol("thang", "Giàng Văn Thắng", role="leader")
    await stage.link_group("-100", "Lãnh đạo xã")
    await approved(stage, LOST)
    await later(stage, 24 * 3600)
    assert documents(stage) == 1

    await stage.press("mai", "Chưa thấy")
    await later(stage, 60)
    assert documents(stage) == 2
    await stage.close()


async def test_a_report_that_the_group_refused_goes_out_on_the_offices_word(stage: Stage) -> None:
    await approved(stage, (SendError(Refusal.UNREACHABLE, "the bot was removed"), False))
    assert documents(stage) == 0
    assert stage.last("mai").text.startswith("Chưa đăng được báo cáo tuần 23")

    await stage.say("mai", "ĐĂNG NHÓM")
    await later(stage, 60)
    assert documents(stage) == 1
    assert heard(stage, "mai", "Đã đăng báo cáo tuần 23") == 1

    await stage.say("mai", "ĐĂNG NHÓM")  # and not once more
    await later(stage, 60)
    assert documents(stage) == 1


@pytest.mark.parametrize("refusals", [1, 2])
async def test_a_report_that_another_row_took_over_is_not_sent_twice_on_the_offices_word(
    stage: Stage, refusals: int
) -> None:
    """The line that held its place refused the document and could not be deleted; now it would take it."""
    refused = (SendError(Refusal.REJECTED, "it can't be edited"), False)
    stage.channel.undeletable = SendError(Refusal.REJECTED, "it can't be deleted")
    await approved(stage, FINE, *[refused] * refusals)
    assert documents(stage) == 2 - refusals

    await stage.say("mai", "ĐĂNG NHÓM")
    await later(stage, 60)
    assert documents(stage) == 1
    assert heard(stage, "mai", "Đã đăng báo cáo tuần 23") == 1
