"""An old .doc is read as a person reads its pages: tables, notes, tracked changes, fields; unsafe ones are refused."""

from __future__ import annotations

import io
import struct
import unicodedata
from pathlib import Path

import olefile
import pytest

from bot.rendering.attachments import AttachmentText, Refusal, Remark, read_attachment
from tests.gold_report import gold_figures

FOLDER = Path(__file__).parents[1] / "data" / "doc"
SMALL = (FOLDER / "bao-cao.doc").read_bytes()
MAGIC, ENCRYPTED, FLAGS = 0xA5EC, 0x0100, 10


def with_stream(data: bytes, name: str, change) -> bytes:
    """The file after `change(bytearray)` on one stream."""
    out = io.BytesIO(data)
    with olefile.OleFileIO(out, write_mode=True) as file:
        stream = bytearray(file.openstream(name).read())
        change(stream)
        file.write_stream(name, bytes(stream))
    return out.getvalue()


def in_text(place: int, value: bytes) -> bytes:
    def change(stream: bytearray) -> None:
        stream[place : place + len(value)] = value

    return with_stream(SMALL, "WordDocument", change)


def with_entry_named(name: str) -> bytes:
    """The file whose summary is called otherwise in the directory."""
    old = "\x01CompObj".encode("utf-16-le")
    place = SMALL.index(old)
    entry = bytearray(SMALL[place : place + 128])
    entry[:66] = name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<H", 2 * len(name) + 2)
    return SMALL[:place] + bytes(entry) + SMALL[place + 128 :]


def read(data: bytes) -> AttachmentText:
    found = read_attachment(data)
    assert isinstance(found, AttachmentText), found
    return found


def test_lines_are_what_stands_on_the_page():
    assert read(SMALL).text.splitlines() == [
        "BÁO CÁO TUẦN",
        "Đảng ủy xã Lùng Phình: diện tích lúa mùa thực hiện đạt 560/650 ha.",
        "Xem trang 1 của báo cáo.",
        "Chỉ tiêu\tKế hoạch\tĐạt",
        "Lúa mùa (ha)\t650\t549",
        "Ngô (ha)\t\t1.110",
        "Rau (ha)\t132\t86 (ước)",
        "Giảm nghèo: “ước” đạt 64,5 % – không phát sinh ca bệnh.",
    ]


def test_tracked_changes_and_hidden_words_are_told():
    assert read(SMALL).remarks == (Remark("tracked"), Remark("hidden_text"))


def test_the_whole_report_is_read_with_every_figure_and_footnote():
    text = read((FOLDER / "bao-cao-tuan.doc").read_bytes()).text
    whole = "".join(unicodedata.normalize("NFC", text).split())
    lost = [f["id"] for f in gold_figures() if "".join(f["surface"].split()) not in whole]

    assert lost == []
    assert "Tổ chức 02 buổi sinh hoạt với 63 lượt hội viên" in text


def test_text_that_is_kept_a_byte_a_letter_is_read():
    """Word keeps pieces without Vietnamese letters so: the heading's three words become one such piece."""
    words = "Bao cao tuan"
    with olefile.OleFileIO(io.BytesIO(SMALL)) as file:
        stream = file.openstream("WordDocument").read()
        table = file.openstream("1Table" if struct.unpack_from("<H", stream, FLAGS)[0] & 0x0200 else "0Table").read()
        name = "1Table" if struct.unpack_from("<H", stream, FLAGS)[0] & 0x0200 else "0Table"
    start, _ = struct.unpack_from("<II", stream, 0x1A2)
    assert table[start] == 2
    count = (struct.unpack_from("<I", table, start + 1)[0] - 4) // 12
    (place,) = struct.unpack_from("<I", table, start + 5 + 4 * (count + 1) + 2)
    assert len(words) == len("BÁO CÁO TUẦN")

    def narrow(stream: bytearray) -> None:
        stream[place : place + len(words)] = words.encode("cp1252")

    def point(stream: bytearray) -> None:
        struct.pack_into("<I", stream, start + 5 + 4 * (count + 1) + 2, place * 2 | 0x40000000)

    narrowed = with_stream(with_stream(SMALL, "WordDocument", narrow), name, point)

    assert read(narrowed).text.startswith(words)


REFUSED = {
    "a password": ((FOLDER / "mat-khau.doc").read_bytes, "encrypted"),
    "a macro": (lambda: with_entry_named("Macros"), "macro"),
    "an encrypted package": (lambda: with_entry_named("EncryptedPackage"), "encrypted"),
    "a workbook": (lambda: with_entry_named("Workbook"), "old_excel"),
    "Word 95": (lambda: in_text(0, struct.pack("<HH", 0xA5DC, 0x68)), "old_word"),
    "no Word text": (lambda: in_text(0, b"\0\0"), "not_a_document"),
    "a piece table far out": (lambda: in_text(0x1A2, struct.pack("<II", 2**31, 100)), "not_a_document"),
    "runs far out": (lambda: in_text(0xFA, struct.pack("<II", 2**31, 100)), "not_a_document"),
    "more text than there is": (lambda: in_text(76, struct.pack("<i", 10**6)), "not_a_document"),
    "less than no text": (lambda: in_text(76, struct.pack("<i", -5)), "not_a_document"),
    "half a file": (lambda: SMALL[: len(SMALL) // 2], "not_a_document"),
    "the first bytes only": (lambda: SMALL[:8] + b"WordDocument", "not_a_document"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_safely_is_refused(name):
    make, code = REFUSED[name]

    assert read_attachment(make()) == Refusal(code)


@pytest.mark.parametrize("code", ["old_word", "old_excel", "other_inside"])
def test_a_refusal_of_an_old_kind_says_to_save_it_anew(code):
    assert "lưu lại" in Refusal(code).words


@pytest.mark.parametrize(
    "data", [b"{\\rtf1\\ansi b\\u225?o c\\u225?o}", b"\xef\xbb\xbf\n<html><table><tr><td>549</td></tr></table>"]
)
def test_another_format_under_the_name_of_an_old_one_is_named_as_such(data):
    assert read_attachment(data) == Refusal("other_inside")
