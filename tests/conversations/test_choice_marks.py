"""A question that was answered loses its buttons and says what was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.channel import Refusal, SendError
from tests.stage import Stage, staged

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.fakes import Sent

DOUBTFUL = "giải ngân 1.000/21.070 tỷ đồng đạt 4,75%"


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    made = await staged(tmp_path)
    await made.enrol("hung", "Vàng A Hùng", unit="phong-kinh-te")
    await made.enrol("mai", "Vù Thị Mai", role="secretary")
    await made.enrol("thang", "Giàng Văn Thắng", role="leader")
    await made.at("2026-06-04 08:00")
    yield made
    await made.close()


def asked(stage: Stage, who: str, label: str) -> Sent:
    return next(sent for sent in reversed(stage.channel.to(who)) if label in sent.labels)


@pytest.mark.parametrize("typed", [True, False])
async def test_the_choice_stands_under_the_question_without_buttons(stage: Stage, typed: bool) -> None:
    await stage.say("hung", DOUBTFUL)
    question = asked(stage, "hung", "Triệu đồng")
    words = question.text
    if typed:
        await stage.say("hung", "triệu đồng")
    else:
        await stage.press("hung", "Triệu đồng")

    assert (question.text, question.labels) == (f"{words}\n→ Triệu đồng", [])


async def test_a_file_that_was_decided_about_keeps_its_words_and_loses_its_buttons(stage: Stage) -> None:
    await stage.say("hung", "lúa mùa 549/650")
    await stage.say("mai", "TRÌNH DUYỆT")
    shown = asked(stage, "thang", "Duyệt bản 1")
    words = shown.text
    await stage.press("thang", "Duyệt bản 1")

    assert (shown.text, shown.labels) == (words, [])
    assert shown.message.attachment is not None


async def test_an_offer_may_be_pressed_again(stage: Stage) -> None:
    await stage.say("hung", "lúa mùa 549/650")
    receipt = asked(stage, "hung", "Còn thiếu")
    await stage.press("hung", "Còn thiếu")

    assert "Còn thiếu" in receipt.labels


async def test_a_mark_that_cannot_be_made_is_nobodys_trouble(stage: Stage) -> None:
    await stage.say("hung", DOUBTFUL)
    before = len(stage.channel.to("mai"))
    stage.channel.refused_edits = [SendError(Refusal.REJECTED, "message can't be edited")]
    await stage.press("hung", "Triệu đồng")

    assert stage.channel.refused_edits == []
    assert len(stage.channel.to("mai")) == before
