"""A department's Word file comes in over real HTTP, to the real service in its own process."""

from __future__ import annotations

import io
import signal
from typing import TYPE_CHECKING

import pytest
from docx import Document

from bot.demo.telegram_script import Phase
from tests.integration.service_house import HUNG, House

if TYPE_CHECKING:
    pass


async def test_a_word_file_is_fetched_read_kept_and_answered(house: House) -> None:
    made = Document()
    made.add_paragraph("lúa mùa 549/650, ngô 1110")
    out = io.BytesIO()
    made.save(out)
    await house.start()

    house.standin.people.send_document(HUNG, "bao cao.docx", out.getvalue())
    await house.hears(HUNG, "bao cao.docx")

    assert any("549" in text for text in house.texts(HUNG))
    assert await house.rows("SELECT content FROM blobs WHERE name = 'bao cao.docx'") == [(out.getvalue(),)]
    assert await house.rows("SELECT kind FROM replies") == [("file",)]


async def test_what_is_no_document_is_refused_with_what_to_do_instead(house: House) -> None:
    await house.start()

    house.standin.people.send_document(HUNG, "bao cao.docx", b"PK\x03\x04 broken")
    await house.hears(HUNG, "bị hỏng")

    assert await house.rows("SELECT count(*) FROM figures WHERE reply_id IS NOT NULL") == [(0,)]


@pytest.mark.parametrize("phase", [Phase.BEFORE, Phase.ANSWERED])
async def test_killed_while_a_file_is_fetched_it_is_fetched_again_and_words_after_it_wait(
    house: House, phase: Phase
) -> None:
    made = Document()
    made.add_paragraph("lúa mùa 549/650, ngô 1110")
    out = io.BytesIO()
    made.save(out)
    await house.start()
    house.kill_at("download" if phase is Phase.BEFORE else "getFile", phase)
    house.standin.people.send_document(HUNG, "bao cao.docx", out.getvalue())
    house.standin.people.say(HUNG, "sửa lúa mùa 560")
    assert await house.ended() == -signal.SIGKILL

    await house.start()
    await house.hears(HUNG, "560")
    figures = await house.rows(
        "SELECT value FROM figures WHERE indicator = 'rice_area_done_ha' AND reply_id IS NOT NULL ORDER BY id"
    )
    assert figures == [("549",), ("560",)]
    assert await house.rows("SELECT kind FROM replies ORDER BY id") == [("file",), ("text",)]
