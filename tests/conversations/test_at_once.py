"""Many people who write in the same moment are worked off together; what goes wrong with one is that one's only."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.fakes import raw
from tests.stage import staged

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.decisions.reply import Reads
    from tests.stage import Stage

UNITS = {"an": "phong-kinh-te", "binh": "hoi-ccb", "chi": "hoi-nong-dan"}
WORDS = {"an": "lúa mùa 549/650, ngô 1110", "binh": "kết nạp VẤP 2 hội viên", "chi": "hôm nay chưa có số"}


class Stumbling:
    """A reader that one word makes stumble."""

    def __init__(self, reader: Reads) -> None:
        self._reader = reader

    def read(self, text: str, context: Any) -> Any:
        if "VẤP" in text:
            raise RuntimeError
        return self._reader.read(text, context)

    def split(self, text: str, *scope: Any) -> Any:
        return self._reader.split(text, *scope)


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    made = await staged(tmp_path)
    await made.enrol("thu", "Lê Thị Thu", role="secretary")
    for who, unit in UNITS.items():
        await made.enrol(who, f"Người {who}", unit=unit)
    await made.at("2026-06-04 08:00")
    yield made
    await made.close()


async def said_in_one_moment(stage: Stage) -> None:
    made = [
        raw(900 + n, who, "text", message=f"w{n}", name=who, text=words) for n, (who, words) in enumerate(WORDS.items())
    ]
    await stage.app.inbox.sink("fake")(made)
    await stage.settle()


async def rows(stage: Stage, sql: str) -> list[tuple[Any, ...]]:
    async with stage.app.kit.db.reading() as rx:
        return [tuple(row) for row in await rx.all(sql)]


async def test_each_of_many_is_stored_and_answered_once(stage: Stage) -> None:
    before = {who: len(stage.channel.to(who)) for who in WORDS}
    await said_in_one_moment(stage)

    assert {who: len(stage.channel.to(who)) - n for who, n in before.items()} == dict.fromkeys(WORDS, 1)
    assert await rows(stage, "SELECT count(*) FROM replies WHERE message_id IN ('w0', 'w1', 'w2')") == [(3,)]
    assert "549" in stage.last("an").text


async def test_a_message_that_cannot_be_worked_off_fails_alone(stage: Stage) -> None:
    stage.app.inbox.kit = replace(stage.app.kit, reader=Stumbling(stage.app.kit.reader))
    before = {who: len(stage.channel.to(who)) for who in WORDS}
    await said_in_one_moment(stage)

    failed = await rows(stage, "SELECT chat_id, error FROM inbox WHERE state = 'failed'")
    assert failed == [("binh", "RuntimeError: ")]
    assert {who: len(stage.channel.to(who)) - n for who, n in before.items()} == dict.fromkeys(WORDS, 1)
    assert "549" in stage.last("an").text
    stored = await rows(stage, "SELECT indicator, value FROM figures WHERE reply_id IS NOT NULL AND value = '549'")
    assert len(stored) == 1
    said = await rows(stage, "SELECT text FROM replies WHERE message_id LIKE 'w%' ORDER BY message_id")
    assert said == [(words,) for words in WORDS.values()]
