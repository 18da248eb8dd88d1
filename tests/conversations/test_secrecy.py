"""A text that looks like a state secret: nothing of it is kept, the person and the office are told, the message goes."""

from __future__ import annotations

import logging
from io import BytesIO
from typing import TYPE_CHECKING

import docx
import pytest

from handlers.channel import Refusal, SendError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.stage import Stage

SECRET = "TUYỆT MẬT: phương án tác chiến X17 ngày 10/6, lực lượng 43 đồng chí"
PIECES = ("X17", "tác chiến", "43 đồng chí", "TUYỆT MẬT")


def kept(folder: Path) -> bytes:
    """Everything on the disk, the write-ahead log included."""
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


async def test_secret_text_is_refused(office: Stage, golden: Callable[[Stage], None]) -> None:
    office.lines.append("> giang: (một tin có dấu chỉ độ mật)")
    await office.send("giang", "text", text=SECRET)
    assert "Không nhận nội dung mật" in office.last("giang").text
    notice = office.last("mai").text
    assert "Hội CCB" in notice
    for piece in PIECES[:3]:
        assert piece not in notice
    await office.say("giang", "2 buổi sinh hoạt, 63 lượt hội viên")
    assert "Đã đủ 2/2" in office.last("giang").text
    golden(office)


async def test_nothing_of_a_secret_text_is_on_the_disk_or_in_the_logs(
    office: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await office.send("giang", "text", text=SECRET)
    await office.send("giang", "edited", text=SECRET, message="m900")
    await office.send("-100", "text", text=SECRET, chat_kind="group", sender="giang")
    await office.send("nguoi-la", "text", text=SECRET)
    disk = kept(office.settings.database.parent)
    written = "\n".join(str(vars(record)) for record in caplog.records)
    said = "\n".join(s.text for s in office.channel.sent)
    for piece in PIECES:
        assert piece.encode() not in disk
        assert piece.encode("unicode_escape") not in disk
        assert piece not in written
        assert piece not in said


@pytest.mark.parametrize(
    "text", ["tuyet mat: phuong an tac chien X17", "Độ mật: Tối mật\nPhương án X17", "Mật\nDanh sách X17"]
)
async def test_a_marking_is_seen_without_diacritics_and_capitals(office: Stage, text: str) -> None:
    await office.send("giang", "text", text=text)
    assert "Không nhận nội dung mật" in office.last("giang").text
    assert b"X17" not in kept(office.settings.database.parent)


async def test_a_message_that_is_edited_into_a_secret_is_refused_and_what_was_said_before_stays(office: Stage) -> None:
    sent = await office.say("giang", "2 buổi sinh hoạt")
    await office.send("giang", "edited", text="tối mật: 2 buổi sinh hoạt X17", message=sent)
    assert "Không nhận nội dung mật" in office.last("giang").text
    assert b"X17" not in kept(office.settings.database.parent)
    await office.say("giang", "xem")
    assert "2" in office.last("giang").text


@pytest.mark.parametrize("where", ["header", "footer", "hidden", "title", "box"])
async def test_a_stamp_anywhere_in_a_file_refuses_the_file(office: Stage, where: str) -> None:
    await office.send_file("giang", "x.docx", stamped(where))
    assert "Không nhận nội dung mật" in office.last("giang").text
    async with office.app.kit.db.reading() as rx:
        rows = await rx.all("SELECT count(*) AS n FROM blobs WHERE name = :name", {"name": "x.docx"})
    assert rows[0]["n"] == 0


def stamped(where: str) -> bytes:
    """A Word file whose text is harmless and that is marked secret elsewhere."""
    file = docx.Document()
    paragraph = file.add_paragraph("2 buổi sinh hoạt, 63 lượt hội viên. ")
    if where == "header":
        file.sections[0].header.paragraphs[0].text = "MẬT"
    elif where == "footer":
        file.sections[0].footer.paragraphs[0].text = "Tối mật"
    elif where == "hidden":
        run = paragraph.add_run("TUYỆT MẬT")
        run.font.hidden = True
    elif where == "title":
        file.core_properties.title = "TUYỆT MẬT"
    else:
        file.add_table(1, 1).cell(0, 0).text = "MẬT"
    made = BytesIO()
    file.save(made)
    return made.getvalue()


async def test_a_picture_alone_in_a_stamped_file_is_not_kept_either(office: Stage) -> None:
    file = docx.Document()
    file.sections[0].header.paragraphs[0].text = "MẬT"
    made = BytesIO()
    file.save(made)
    await office.send_file("giang", "x.docx", made.getvalue())
    async with office.app.kit.db.reading() as rx:
        rows = await rx.all("SELECT count(*) AS n FROM blobs WHERE name = :name", {"name": "x.docx"})
    assert rows[0]["n"] == 0


@pytest.mark.parametrize("text", ["thu hoạch mật ong 200 lít, 2 buổi", "giữ bí mật nhà nước, 2 buổi sinh hoạt"])
async def test_everyday_words_go_through(office: Stage, text: str) -> None:
    await office.say("giang", text)
    assert "Không nhận nội dung mật" not in office.last("giang").text


async def test_secret_message_is_deleted_from_the_chat_where_the_channel_can(office: Stage) -> None:
    message = await office.send("giang", "text", text=SECRET)
    assert ("giang", message) in office.channel.deleted
    assert "tin đã được xóa khỏi cuộc trò chuyện này" in office.last("giang").text
    assert "tin đã xóa khỏi cuộc trò chuyện" in office.last("mai").text
    ordinary = await office.say("giang", "2 buổi sinh hoạt")
    assert ("giang", ordinary) not in office.channel.deleted


async def test_channel_that_deletes_nothing_stops_nobody(office: Stage) -> None:
    office.channel.undeletable = SendError(Refusal.REJECTED)
    await office.send("giang", "text", text=SECRET)
    assert "Không nhận nội dung mật" in office.last("giang").text
    assert "đã được xóa" not in office.last("giang").text
    assert "xóa tin trong cuộc trò chuyện này" in office.last("giang").text
    await office.say("giang", "2 buổi sinh hoạt, 63 lượt hội viên")
    assert "Đã đủ 2/2" in office.last("giang").text
