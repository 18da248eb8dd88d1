"""What of a readable file was not read is told; what nobody sees on the page is not read."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from bot.rendering.attachments import AttachmentText, Remark, read_attachment
from bot.rendering.old_letters import looks_old
from bot.rendering.pdf import pdf
from tests import word_file
from tests.gold_report import gold_report
from tests.unit.test_attachments import repacked, sheet

FOLDER = Path(__file__).parents[1] / "data" / "doc"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(data: bytes) -> AttachmentText:
    found = read_attachment(data)
    assert isinstance(found, AttachmentText), found
    return found


def saved(made) -> bytes:
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_a_plain_file_has_no_remarks():
    assert read(sheet([["Lúa mùa", 549]])).remarks == ()
    assert read(pdf(gold_report())).remarks == ()


def test_a_hidden_sheet_is_left_out_and_named():
    book = openpyxl.Workbook()
    book.active.append(["Lúa mùa", 549])
    hidden = book.create_sheet("Tuần 22")
    hidden.append(["Lúa mùa", 530])
    hidden.sheet_state = "hidden"
    found = read(saved(book))

    assert found.text == "Lúa mùa\t549"
    assert found.remarks == (Remark("hidden_sheets", ("Tuần 22",)),)
    assert found.remarks[0].words == "Trang tính ẩn, không đọc: Tuần 22."


def test_hidden_rows_and_columns_are_left_out_and_their_sheet_is_named():
    book = openpyxl.Workbook()
    page = book.active
    page.title = "Tuần 23"
    for row in (["Lúa mùa", 530, 549], ["Ngô", 1000, 1110], ["Rau", 84, 86]):
        page.append(row)
    page.column_dimensions["B"].hidden = True
    page.row_dimensions[2].hidden = True
    found = read(saved(book))

    assert found.text.splitlines() == ["Lúa mùa\t549", "Rau\t86"]
    assert found.remarks == (Remark("hidden_cells", ("Tuần 23",)),)


def test_cells_without_a_value_are_named_with_their_sheet_where_there_are_several():
    book = openpyxl.Workbook()
    book.active.append(["Tổng", "=1+1"])
    book.create_sheet("Hai").append(["Tổng", "=2+2"])

    assert read(saved(book)).remarks == (Remark("uncalculated", ("Sheet!B1", "Hai!B1")),)


def test_a_long_list_of_places_is_cut_in_words_and_says_so():
    assert (
        Remark("blank_pages", tuple(map(str, range(1, 10)))).words
        == "Trang không có chữ đọc được: 1, 2, 3, 4, 5, 6, …."
    )


def test_hidden_words_of_a_document_are_left_out():
    made = docx.Document()
    paragraph = made.add_paragraph("Lúa mùa 549 ha")
    paragraph.add_run(", tuần trước 530").font.hidden = True
    found = read(saved(made))

    assert found.text == "Lúa mùa 549 ha"
    assert found.remarks == (Remark("hidden_text"),)


def test_a_picture_in_a_document_is_told():
    made = docx.Document()
    made.add_paragraph("Lúa mùa 549 ha")
    made.add_picture(str(FOLDER.parents[2] / "docs" / "pictures" / "history.png"))

    assert read(saved(made)).remarks == (Remark("pictures"),)


def test_endnotes_are_read_like_footnotes():
    found = read(
        repacked(
            saved(_with_endnotes()),
            {
                "word/endnotes.xml": f'<w:endnotes {W}><w:endnote w:id="2"><w:p><w:r><w:t>Ngô 1.110 ha</w:t></w:r></w:p></w:endnote></w:endnotes>'
            },
        )
    )

    assert found.text.splitlines() == ["Lúa mùa 549 ha", "Ngô 1.110 ha"]


def _with_endnotes():
    made = docx.Document()
    made.add_paragraph("Lúa mùa 549 ha")
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.endnotes+xml"
    part = Part(PackURI("/word/endnotes.xml"), kind, b"<a/>", made.part.package)
    made.part.relate_to(part, RELATIONSHIP_TYPE.ENDNOTES)
    return made


def test_pages_without_text_are_named():
    document = pypdfium2.PdfDocument(pdf(gold_report()))
    document.new_page(500, 700, index=1)

    assert read(saved(document)).remarks == (Remark("blank_pages", ("2",)),)


def test_a_pdf_that_only_forbids_changes_is_read():
    assert "Lúa mùa (ha) 650 549" in read((FOLDER / "bao-cao.pdf").read_bytes()).text


@pytest.mark.parametrize(
    "text",
    [
        "§¶ng ñy x· Lïng Ph×nh b¸o c¸o t×nh h×nh kinh tÕ x· héi tuÇn 23, diÖn tÝch lóa mïa ®¹t 549/650 ha",
        "Ñaûng uûy xaõ Luøng Phình baùo caùo kinh teá xaõ hoäi tuaàn 23, dieän tích luùa muøa ñaït 549",
    ],
)
def test_text_in_a_font_from_before_unicode_is_known(text):
    assert looks_old(text)


@pytest.mark.parametrize(
    "text",
    [
        "Đảng ủy xã Lùng Phình báo cáo, 5×6 m®",
        "hoàn thành quá hạn, toàn xã, khoá, thuý",
        "lua mua 549/650",
        "",
        "Phú Yên",
    ],
)
def test_todays_letters_are_not_taken_for_old_ones(text):
    assert not looks_old(text)


def test_a_file_of_the_report_itself_has_no_old_letters():
    assert not looks_old("\n".join(word_file.paragraphs(word_file.template_bytes())))
