"""Files of department heads become text within hard limits; everything refused says why and what to do instead."""

from __future__ import annotations

import io
import re
import struct
import subprocess
import sys
import time
import zipfile
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import docx
import openpyxl
import pytest

from bot.rendering.attachment_worker import MAX_PAGES, MEMORY
from bot.rendering.attachments import AttachmentText, Refusal, Remark, kind_of, read_attachment, surroundings, told
from bot.rendering.attachments import _words as all_words
from bot.rendering.pdf import pdf
from bot.rendering.word.fill import fill
from tests import word_edits, word_file
from tests.gold_report import gold_report, gold_sections

PATIENCE = 15
DATA = Path(__file__).parents[1] / "data" / "doc"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def zipped(parts: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def repacked(data: bytes, changed: dict[str, bytes | str]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return zipped({**{name: archive.read(name) for name in archive.namelist()}, **changed})


def sheet(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet_with(cells: str) -> bytes:
    xml = f'{HEAD}<worksheet xmlns="{SHEET}"><sheetData>{cells}</sheetData></worksheet>'
    return repacked(sheet([["a"]]), {"xl/worksheets/sheet1.xml": xml})


def empty_pdf(pages: int) -> bytes:
    """A PDF of blank pages, written by hand."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>"]
    kids = " ".join(f"{n + 3} 0 R" for n in range(pages))
    objects.append(f"<</Type/Pages/Count {pages}/Kids[{kids}]>>".encode())
    objects += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"] * pages
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj".encode() + body + b"endobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(out)


def text_of(data: bytes) -> str:
    found = read_attachment(data)

    assert isinstance(found, AttachmentText), found
    return found.text


# ------------------------------------------------------------------------------------------------ what is read


def test_a_word_file_is_read_with_its_footnotes_and_tracked_changes():
    def edit(root):
        word_edits.replace_words(root, "549", "560", tracked=True)

    text = text_of(word_file.edited(fill(gold_report(), word_file.template_bytes()), edit))

    assert "Diện tích lúa mùa thực hiện đạt 560/650 ha" in text
    assert "Tổ chức 02 buổi sinh hoạt với 63 lượt hội viên" in text


def test_a_table_in_word_is_a_line_for_every_row():
    document = docx.Document()
    table = document.add_table(2, 3)
    for cell, words in zip(table._cells, ["Chỉ tiêu", "Kế hoạch", "Đạt", "Lúa mùa (ha)", "650", "549"], strict=True):
        cell.text = words
    out = io.BytesIO()
    document.save(out)

    assert text_of(out.getvalue()).splitlines() == ["Chỉ tiêu\tKế hoạch\tĐạt", "Lúa mùa (ha)\t650\t549"]


def test_a_sheet_is_read_as_it_is_shown_here():
    text = text_of(sheet([["Lúa mùa", Decimal("549.5"), "1.110", 77567], ["Có phát sinh", None, 0]]))

    assert text.splitlines() == ["Lúa mùa\t549,5\t1.110\t77.567", "Có phát sinh\t\t0"]


def test_percents_and_dates_of_a_sheet_are_read_as_people_see_them():
    book = openpyxl.Workbook()
    book.active.append(["Tỷ lệ", 0.8446153, "ngày", None])
    book.active["B1"].number_format = "0.0%"
    book.active["D1"] = date(2026, 6, 5)
    out = io.BytesIO()
    book.save(out)

    assert text_of(out.getvalue()) == "Tỷ lệ\t84,5%\tngày\t05/06/2026"


def test_a_formula_that_nobody_calculated_is_no_zero():
    found = read_attachment(sheet([["Tổng", "=1+1"]]))

    assert isinstance(found, AttachmentText)
    assert (found.text, found.remarks) == ("Tổng", (Remark("uncalculated", ("B1",)),))


def test_a_pdf_is_read_in_paragraphs():
    text = text_of(pdf(gold_report()))
    first = gold_sections()[7]["body"].split(";")[0]

    assert first in text


def test_decomposed_letters_are_composed():
    document = docx.Document()
    document.add_paragraph("Đa\u0309ng u\u0309y xa\u0303")
    out = io.BytesIO()
    document.save(out)

    assert text_of(out.getvalue()) == "Đảng ủy xã"


# --------------------------------------------------------------------------------------------- what is refused


def bomb() -> bytes:
    """A small file that unpacks to 60 MB."""
    return repacked(fill(gold_report(), word_file.template_bytes()), {"word/document.xml": b"<a>" + b" " * 60_000_000})


def lying_bomb() -> bytes:
    """A bomb whose directory says it is small."""
    data = bytearray(zipped({"word/document.xml": b" " * 50_000_000, "[Content_Types].xml": "<a/>"}))
    small = struct.pack("<I", 1000)
    return bytes(data).replace(struct.pack("<I", 50_000_000), small)


def locked() -> bytes:
    data = bytearray(word_file.template_bytes())
    for found in re.finditer(b"PK\x01\x02", bytes(data)):
        data[found.start() + 8] |= 1
    return bytes(data)


def laughs() -> bytes:
    names = "abcdefghijklm"
    entities = '<!ENTITY a "ha">' + "".join(f'<!ENTITY {b} "{f"&{a};" * 20}">' for a, b in pairwise(names))
    document = f"<!DOCTYPE x [{entities}]><x>&m;</x>"
    return repacked(word_file.template_bytes(), {"word/document.xml": document})


def old_font() -> bytes:
    document = docx.Document()
    document.add_paragraph("§¶ng ñy x· Lïng Ph×nh b¸o c¸o: lóa mïa ®¹t 549/650 ha")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def document_with(body: str) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    xml = f'{HEAD}<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    return repacked(word_file.template_bytes(), {"word/document.xml": xml})


def outside_entity() -> bytes:
    document = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
    return repacked(word_file.template_bytes(), {"word/document.xml": document})


def quadratic() -> bytes:
    document = f'<!DOCTYPE x [<!ENTITY a "{"x" * 50_000}">]><x>{"&a;" * 50_000}</x>'
    return repacked(word_file.template_bytes(), {"word/document.xml": document})


def looping_pdf() -> bytes:
    """A tree of pages that is its own child."""
    return empty_pdf(1).replace(b"/Count 1/Kids[3 0 R]", b"/Count 9999999/Kids[2 0 R 2 0 R]")


PARAGRAPH = "<w:p><w:r><w:t>Lúa mùa 549</w:t></w:r></w:p>"
TABLE, ELBAT = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
CASES = {
    "tables in tables": (lambda: document_with(TABLE * 100_000 + "<w:p/>" + ELBAT * 100_000), "not_a_document"),
    "endless text": (lambda: document_with(PARAGRAPH * 300_000), "too_long"),
    "entity from outside": (outside_entity, "not_a_document"),
    "quadratic blow-up": (quadratic, "not_a_document"),
    "a row wider than Excel": (lambda: sheet_with(f'<row r="1">{"<c/>" * 20_000}</row>'), "not_a_document"),
    "a style that is not there": (
        lambda: sheet_with('<row r="1"><c r="A1" s="99"><v>1</v></c></row>'),
        "not_a_document",
    ),
    "looping pages": (looping_pdf, "not_a_document"),
    "locked pdf": ((DATA / "mat-khau.pdf").read_bytes, "encrypted"),
    "zip bomb": (bomb, "unpacks_too_large"),
    "lying zip bomb": (lying_bomb, "not_a_document"),
    "many parts": (lambda: zipped({f"a{n}": "" for n in range(3000)}), "too_many_parts"),
    "wide sheet": (
        lambda: sheet_with('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>'),
        "too_wide",
    ),
    "long sheet": (lambda: sheet_with('<row r="2001"><c r="A2001"><v>1</v></c></row>'), "too_wide"),
    "macro": (lambda: repacked(word_file.template_bytes(), {"word/vbaProject.bin": b"x"}), "macro"),
    "locked parts": (locked, "encrypted"),
    "old font": (old_font, "old_font"),
    "billion laughs": (laughs, "not_a_document"),
    "long pdf": (lambda: empty_pdf(MAX_PAGES + 1), "too_many_pages"),
    "scanned pdf": (lambda: empty_pdf(3), "scan"),
    "broken pdf": (lambda: b"%PDF-1.7 nothing more", "not_a_document"),
    "broken zip": (lambda: word_file.template_bytes()[:3000], "not_a_document"),
    "other zip": (lambda: zipped({"a.txt": "a"}), "unknown_kind"),
    "huge file": (lambda: b"%PDF-" + b" " * 11_000_000, "too_large"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n", "picture"),
    "text": (lambda: b"hello", "unknown_kind"),
    "nothing": (lambda: b"", "empty"),
    "empty word": (
        lambda: repacked(word_file.template_bytes(), {"word/document.xml": "<a/>", "word/footnotes.xml": "<a/>"}),
        "empty",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_an_attack_or_a_wrong_file_is_refused_in_time_with_words(name):
    make, code = CASES[name]
    data = make()
    start = time.monotonic()
    refusal = read_attachment(data)

    assert refusal == Refusal(code)
    assert time.monotonic() - start < PATIENCE
    assert re.search(r"[À-ỹ]", refusal.words)
    assert "Xin" in refusal.words


def test_a_million_empty_cells_cost_little():
    rows = "".join(f'<row r="{n}">{"<c/>" * 50}</row>' for n in range(2, 20_000))
    start = time.monotonic()

    assert text_of(sheet_with(f'<row r="1"><c r="A1"><v>549</v></c></row>{rows}')) == "549"
    assert time.monotonic() - start < PATIENCE


def test_ten_thousand_comments_are_left_aside():
    marks = '<w:r><w:commentReference w:id="1"/></w:r>' * 10_000
    found = read_attachment(document_with(f"<w:p><w:r><w:t>Lúa mùa 549</w:t></w:r>{marks}</w:p>"))

    assert isinstance(found, AttachmentText)
    assert found.text.startswith("Lúa mùa 549")
    assert found.remarks == (Remark("comments"),)


def test_names_in_a_zip_lead_nowhere(tmp_path):
    evil = tmp_path / "evil.txt"
    data = repacked(document_with(PARAGRAPH), {f"../../../../../../..{evil}": "x", str(evil): "x"})

    assert text_of(data).startswith("Lúa mùa 549")
    assert not evil.exists()


def test_an_entity_in_a_sheet_is_not_read():
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><sst xmlns="{SHEET}"><si><t>&e;</t></si></sst>'

    assert "root" not in text_of(repacked(sheet([["Lúa"]]), {"xl/sharedStrings.xml": entity}))


def test_the_child_may_not_have_more_memory_than_its_limit():
    greedy = f"from bot.rendering.attachment_worker import limit_resources; limit_resources(); bytearray({MEMORY + 1})"
    done = subprocess.run([sys.executable, "-c", greedy], env=surroundings(), capture_output=True, check=False)

    assert b"MemoryError" in done.stderr


def test_the_service_goes_on_after_a_child_died():
    assert read_attachment(sheet([["a"] * 50] * 2000), seconds=0.05) == Refusal("too_slow")
    assert text_of(sheet([["Lúa", 1]])) == "Lúa\t1"


def test_the_kind_is_seen_in_the_bytes_and_not_in_the_name():
    assert [kind_of(pdf(gold_report())), kind_of(word_file.template_bytes())] == ["pdf", "zip"]


def test_the_child_knows_no_secrets_of_the_service():
    assert set(surroundings()) == {"PYTHONPATH", "PYTHONIOENCODING"}


@pytest.mark.parametrize("code", ["uncalculated", "too_slow", "too_heavy", "too_long"])
def test_every_code_has_words(code):
    assert told(code) == all_words()[code]
