"""A fault of ours in one message: it is said, and what others did in the same moment holds."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from storage import buttons, calendar
from tests.conversations.test_buttons import Broken
from tests.fakes import raw

if TYPE_CHECKING:
    from tests.stage import Stage


async def broken_button(stage: Stage, who: str) -> str:
    """A button of an older release: what it names is not there any more, and nothing expects that."""
    told = {"label": "Sửa", "choice": True, "letters": False}
    told["answer"] = {"sets": [], "effect": "amend_value", "data": {"indicator": "no-such-indicator"}}
    button = buttons.Button("old", "fake", who, "2026-W23", "check_detail", "amend", payload=json.dumps(told))
    async with stage.app.kit.db.transaction() as tx:
        await buttons.add(tx, [button])
    return "old"


async def test_a_press_that_fails_is_not_answered_by_silence(office: Stage) -> None:
    token = await broken_button(office, "hung")
    before = len(office.channel.to("hung"))
    await office.send("hung", "pressed", token=token, sender="hung")

    assert len(office.channel.to("hung")) == before + 1
    assert "“Sửa” chưa có hiệu lực" in office.last("hung").text


async def test_a_file_that_cannot_be_worked_off_is_asked_for_in_words(office: Stage) -> None:
    office.app.inbox.kit = replace(office.app.kit, reader=Broken())
    await office.send_file("hung", "so-lieu.txt", b"lua mua 549/650")
    office.app.inbox.kit = office.app.kit

    assert office.last("hung").text.startswith("Chưa đọc được tệp")


async def test_a_deadline_that_was_moved_in_the_same_moment_is_moved(office: Stage) -> None:
    token = await broken_button(office, "hung")
    before = office.app.kit.weeks.at(office.clock).moments.deadline
    press = raw(902, "hung", "pressed", token=token, sender="hung")
    move = raw(901, "mai", "text", text="DỜI HẠN 16 giờ thứ Sáu: họp Huyện ủy")
    await office.app.inbox.sink("fake")([move, press])
    await office.settle()

    async with office.app.kit.db.reading() as rx:
        moves = await calendar.moves(rx)
    assert len(moves) == 1
    assert moves[0].deadline > before
    assert office.app.kit.weeks.at(office.clock).moments.deadline == moves[0].deadline
    assert "16 giờ" in office.last("dung").text
