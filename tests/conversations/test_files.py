"""Files in the chat: a head's part as Word or Excel, what is refused, and the report that comes back from Word."""

from __future__ import annotations

import asyncio
import io
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docx import Document
from openpyxl import Workbook

from bot.facts import Origin
from handlers.channel import Refusal, SendError
from storage import attachments, figures, inbox, replies, reports
from tests.fakes import raw
from tests.word_edits import replace_words
from tests.word_file import W, edited

if TYPE_CHECKING:
    from tests.fakes import FakeChannel
    from tests.stage import Stage

WEEK = "2026-W23"
RICE = "rice_area_done_ha"
MAIZE = "maize_area_done_ha"
CROPS = "lúa mùa 549/650, ngô 1110, rau 86/132"


def word(*paragraphs: str) -> bytes:
    made = Document()
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def sheet(*rows: tuple[object, ...]) -> bytes:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def with_macro(data: bytes) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"macro")
    return out.getvalue()


async def open_rows(stage: Stage) -> int:
    async with stage.app.kit.db.reading() as rx:
        return (await inbox.counts(rx)).get("open", 0)


async def drafted(stage: Stage) -> bytes:
    """The file of the newest draft, as the secretary has it."""
    await stage.say("hung", CROPS)
    await stage.say("mai", "BẢN THẢO")
    return await file_of(stage)


async def file_of(stage: Stage) -> bytes:
    async with stage.app.kit.db.reading() as rx:
        issue = await reports.latest(rx, WEEK)
        assert issue is not None
        assert issue.id is not None
        content = await reports.content(rx, issue.id)
        assert content is not None
        assert content.docx_hash is not None
        blob = await attachments.find(rx, content.docx_hash)
    assert blob is not None
    return blob.content


def with_560(data: bytes) -> bytes:
    return edited(data, lambda root: replace_words(root, "549", "560", tracked=True))


def without_its_issue(root) -> None:
    """As a program leaves it that drops a bookmark."""
    for mark in [m for m in root.iter(f"{W}bookmarkStart") if m.get(f"{W}name").startswith("i_")]:
        mark.getparent().remove(mark)


@pytest.mark.parametrize(
    ("name", "content"),
    [("bao cao.docx", word(CROPS)), ("bao cao.xlsx", sheet(("lúa mùa", "549/650 ha"), ("ngô", "1110 ha")))],
)
async def test_a_heads_file_is_read_like_words_and_kept(office: Stage, name: str, content: bytes) -> None:
    await office.send_file("hung", name, content)

    assert await office.value(RICE) == Decimal(549)
    assert name in office.last("hung").text
    async with office.app.kit.db.reading() as rx:
        stored = (await figures.current(rx, WEEK))[RICE]
        assert stored.reply_id is not None
        reply = await replies.find(rx, stored.reply_id)
    assert reply is not None
    assert reply.kind == "file"
    assert "549" in reply.text


async def test_what_is_written_beside_a_file_is_read_too(office: Stage) -> None:
    await office.send_file("hung", "ngo.docx", word("ngô 1110 ha"), "lúa mùa 549/650")

    assert await office.value(RICE) == Decimal(549)


async def test_a_file_with_a_macro_is_refused_with_what_to_do_instead(office: Stage) -> None:
    await office.send_file("hung", "bao cao.docx", with_macro(word(CROPS)))

    assert "macro" in office.last("hung").text
    assert await office.value(RICE) is None


async def test_what_was_left_out_of_a_readable_file_is_told(office: Stage) -> None:
    made = Workbook()
    made.active.append(("lúa mùa", "549/650 ha"))
    hidden = made.create_sheet("Tuần 22")
    hidden.append(("lúa mùa", "530/650 ha"))
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    made.save(out)
    await office.send_file("hung", "bao cao.xlsx", out.getvalue())

    assert await office.value(RICE) == Decimal(549)
    told = [sent.text for sent in office.channel.to("hung") if "Trang tính ẩn, không đọc: Tuần 22." in sent.text]
    assert len(told) == 1
    assert "Lưu ý về tệp bao cao.xlsx" in told[0]


async def test_an_old_word_file_is_read_like_words(office: Stage) -> None:
    content = (Path(__file__).parents[1] / "data" / "doc" / "bao-cao.doc").read_bytes()
    await office.send_file("hung", "bao cao.doc", content)

    async with office.app.kit.db.reading() as rx:
        stored = await figures.current(rx, WEEK)
        maize = stored[MAIZE]
        assert maize.reply_id is not None
        reply = await replies.find(rx, maize.reply_id)
    assert reply is not None
    assert "diện tích lúa mùa thực hiện đạt 560/650 ha." in reply.text
    assert RICE not in stored  # its sentence says 560, its table 549: neither is taken
    assert office.last("hung").labels == ["560 ha", "549 ha"]
    assert any("Có chỗ sửa theo dõi" in sent.text for sent in office.channel.to("hung"))


async def test_a_file_too_large_is_never_fetched(office: Stage) -> None:
    await office.send_file("hung", "to.docx", b"", file_size=11 * 1024 * 1024)

    assert "10 MB" in office.last("hung").text


async def test_a_secret_in_a_file_is_refused_and_nothing_of_it_stored(office: Stage) -> None:
    content = word("TỐI MẬT", CROPS)
    await office.send_file("hung", "mat.docx", content)

    assert "mật" in office.last("hung").text
    async with office.app.kit.db.reading() as rx:
        rows = await rx.all("SELECT count(*) AS n FROM blobs WHERE name = :name", {"name": "mat.docx"})
    assert rows[0]["n"] == 0
    assert await office.value(RICE) is None


async def test_a_file_that_cannot_be_fetched_now_is_fetched_later_and_later_words_wait_for_it(office: Stage) -> None:
    channel: FakeChannel = office.channel
    channel.fetch_failures = [SendError(Refusal.NOT_SENT)]
    await office.send_file("hung", "bao cao.docx", word(CROPS))
    await office.say("hung", "sửa lúa mùa 560")
    assert await open_rows(office) == 2

    await office.at("2026-06-04 08:05")
    assert await open_rows(office) == 0
    assert await office.value(RICE) == Decimal(560)


async def test_a_file_that_cannot_be_fetched_for_a_day_is_asked_for_again(office: Stage) -> None:
    office.channel.fetch_failures = [SendError(Refusal.UNCLEAR)] * 2
    await office.send_file("hung", "bao cao.docx", word(CROPS))
    await office.at("2026-06-05 08:05")

    assert await open_rows(office) == 0
    assert any("Xin gửi lại" in sent.text for sent in office.channel.to("hung"))


async def test_a_tracked_change_in_the_report_becomes_the_figure_after_a_restart(office: Stage) -> None:
    sent = await drafted(office)
    await office.send_file("mai", "BC_tuan23_2026_ban1.docx", with_560(sent))
    assert "549" in office.last("mai").text
    assert await office.value(RICE) == Decimal(549)

    await office.restart()
    await office.press("mai", "Nhận")

    assert await office.value(RICE) == Decimal(560)
    async with office.app.kit.db.reading() as rx:
        stored = (await figures.current(rx, WEEK))[RICE]
        issue = await reports.latest(rx, WEEK)
    assert stored.origin is Origin.WORD
    assert stored.amends is not None
    assert issue is not None
    assert issue.version == 2
    told = zipfile.ZipFile(io.BytesIO(await file_of(office))).read("word/document.xml").decode()
    assert "560" in told


async def test_changes_that_are_not_taken_change_nothing(office: Stage) -> None:
    sent = await drafted(office)
    await office.send_file("mai", "BC_tuan23_2026_ban1.docx", with_560(sent))
    await office.press("mai", "Không nhận")

    assert await office.value(RICE) == Decimal(549)
    assert "Không nhận" in office.last("mai").text


async def test_changes_are_taken_one_by_one(office: Stage) -> None:
    sent = await drafted(office)
    await office.send_file("mai", "BC_tuan23_2026_ban1.docx", with_560(sent))
    await office.press("mai", "Xem từng điểm")
    await office.press("mai", "Nhận")

    assert await office.value(RICE) == Decimal(560)


async def test_a_file_made_from_an_older_draft_is_compared_with_that_draft(office: Stage) -> None:
    sent = await drafted(office)
    await office.say("hung", "sửa ngô 1120")
    await office.say("mai", "BẢN THẢO")
    await office.send_file("mai", "BC_tuan23_2026_ban1 (1).docx", with_560(sent))

    assert "So với bản 1; mới nhất là bản 2." in office.last("mai").text
    await office.press("mai", "Nhận")
    assert await office.value(RICE) == Decimal(560)
    assert await office.value("maize_area_done_ha") == Decimal(1120)


async def test_a_file_that_does_not_say_its_draft_is_compared_with_the_newest_and_says_so(office: Stage) -> None:
    await drafted(office)
    await office.say("hung", "sửa ngô 1120")
    await office.say("mai", "BẢN THẢO")
    changed = with_560(await file_of(office))
    await office.send_file("mai", "sua.docx", edited(changed, without_its_issue))

    assert "tệp không ghi làm từ bản nào" in office.last("mai").text


async def test_a_changed_heading_is_listed_as_what_cannot_be_taken(office: Stage) -> None:
    sent = await drafted(office)
    changed = edited(sent, lambda root: replace_words(root, "Sản xuất nông nghiệp", "Trồng trọt", tracked=False))
    await office.send_file("mai", "BC_tuan23_2026_ban1.docx", changed)

    assert any("Phần không nhận được" in sent.text and "Trồng trọt" in sent.text for sent in office.channel.to("mai"))


async def test_another_word_file_of_the_secretary_is_no_report(office: Stage) -> None:
    await drafted(office)
    await office.send_file("mai", "khac.docx", word("Văn phòng đã tham mưu ban hành 12 văn bản"))

    assert "Bản Word đã sửa" not in office.last("mai").text


async def test_an_approved_report_takes_no_changes_from_word(office: Stage) -> None:
    sent = await drafted(office)
    await office.say("mai", "TRÌNH DUYỆT")
    await office.say("thang", "DUYỆT")
    await office.send_file("mai", "BC_tuan23_2026_ban1.docx", with_560(sent))

    assert "MỞ LẠI" in office.last("mai").text
    assert await office.value(RICE) == Decimal(549)


async def test_a_slow_file_holds_up_its_own_chat_and_nobody_else(office: Stage) -> None:
    channel: FakeChannel = office.channel
    channel.slow = asyncio.Event()
    await office.enrol("dung", "Lò Thị Dung", unit="tram-y-te")
    sending = asyncio.create_task(office.send_file("hung", "bao cao.docx", word(CROPS)))
    await channel.is_fetching.wait()
    office.channel.sent.clear()
    sink = office.app.inbox.sink("fake")
    await sink([raw(801, "dung", text="khám 120 lượt"), raw(802, "hung", text="sửa lúa mùa 560")])
    assert await office.app.inbox.turn() == 1
    assert await open_rows(office) == 2
    assert await office.value(RICE) is None

    channel.slow.set()
    await sending
    assert await open_rows(office) == 0
    assert await office.value(RICE) == Decimal(560)


async def test_a_file_that_will_not_come_is_told_of_once_and_then_asked_for_again(office: Stage) -> None:
    office.channel.fetch_failures = [SendError(Refusal.UNCLEAR)] * 5
    await office.send_file("hung", "bao cao.docx", word(CROPS))
    for minute in (1, 2, 4, 10):
        await office.at(f"2026-06-04 08:{minute:02d}")

    told = [sent.text for sent in office.channel.to("hung") if "bao cao.docx" in sent.text]
    assert sum("Sẽ tải lại" in text for text in told) == 1
    assert "Xin gửi lại" in told[-1]
    assert await open_rows(office) == 0
