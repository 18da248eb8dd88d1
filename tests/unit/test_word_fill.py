"""A report becomes the Word file the office would have typed."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pytest

from bot.forms.model import HeadingStyle
from bot.rendering.word.fill import fill
from bot.reports.model import Block, Letterhead, Note, Paragraph, Piece, PieceKind, Report
from tests import word_file
from tests.gold_report import gold_figures, gold_report, gold_sections
from tests.word_file import W

HOSTILE = "a & b < c > d {{ 7*7 }} {% if %} </w:t></w:r>"


def small(text: str = "Nội dung.", **letterhead: str) -> Report:
    block = Block("I", 1, "I.", "MỤC", HeadingStyle.BLOCK, colon=False, paragraphs=(Paragraph((Piece(text),)),))
    return Report("2026-W23", 1, "Báo cáo", Letterhead(kind="BÁO CÁO", **letterhead), (block,))


@pytest.fixture(scope="module")
def filled() -> bytes:
    return fill(gold_report(), word_file.template_bytes())


def test_the_same_report_gives_the_same_bytes(filled):
    assert fill(gold_report(), word_file.template_bytes()) == filled


def test_three_footnotes_have_three_one_and_five_paragraphs(filled):
    assert [len(note) for note in word_file.footnotes(filled)] == [3, 1, 5]


def test_references_stand_in_the_text_in_the_order_of_the_footnotes(filled):
    root = word_file.part(filled, "word/document.xml")
    referred = [node.get(f"{W}id") for node in root.iter(f"{W}footnoteReference")]
    kept = [note.get(f"{W}id") for note in word_file.part(filled, "word/footnotes.xml") if note.get(f"{W}type") is None]

    assert referred == kept


def test_the_sample_footnote_is_gone_and_its_style_stays(filled):
    notes = word_file.part(filled, "word/footnotes.xml")
    styles = {word_file.style_of(p) for n in notes if n.get(f"{W}type") is None for p in n.iter(f"{W}p")}

    assert styles == {"FootnoteText"}
    assert "mẫu" not in "".join(word_file.paragraphs(filled, "word/footnotes.xml")).split("Ủy ban")[0][:40]


def test_headings_reach_four_levels_of_the_outline(filled):
    root = word_file.part(filled, "word/document.xml")
    headings = {word_file.style_of(p) for p in root.iter(f"{W}p")} & {f"Heading{n}" for n in range(1, 5)}

    assert headings == {"Heading1", "Heading2", "Heading3", "Heading4"}


def test_every_heading_of_the_report_is_printed_once(filled):
    printed = word_file.paragraphs(filled)
    for section in gold_sections()[1:]:
        heading = " ".join(section["heading"].split())
        if heading:
            assert sum(1 for p in printed if p.startswith(heading)) >= 1, heading


def test_the_text_of_every_section_stands_in_the_file(filled):
    printed = "\n".join(word_file.paragraphs(filled)) + "\n".join(word_file.paragraphs(filled, "word/footnotes.xml"))
    for section in gold_sections()[1:]:
        for text in (section["body"], *section["footnotes"].values()):
            for line in text.split("\n"):
                words = line.split("[^")[0].strip()
                assert words in printed, words


def test_every_figure_stands_in_a_paragraph_of_its_section(filled):
    whole = "\n".join(word_file.paragraphs(filled)) + "\n".join(word_file.paragraphs(filled, "word/footnotes.xml"))
    missing = [f["id"] for f in gold_figures() if f["quote"].replace("\n", " ") not in whole.replace("\n", " ")]

    assert missing == []


def test_the_page_is_a4_with_the_margins_of_the_rule(filled):
    section = docx.Document(io.BytesIO(filled)).sections[0]
    lengths = [section.page_width, section.page_height, section.top_margin, section.bottom_margin]
    lengths += [section.left_margin, section.right_margin, section.header_distance]

    assert [round(length.mm) for length in lengths] == [210, 297, 20, 20, 30, 15, 10]


def test_pages_are_numbered_from_the_second(filled):
    section = docx.Document(io.BytesIO(filled)).sections[0]

    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert "PAGE" not in section.first_page_header._element.xml


def test_another_program_reads_the_same_headings(filled):
    document = docx.Document(io.BytesIO(filled))
    headings = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]

    assert "I. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO CỦA ĐẢNG ỦY" in headings
    assert len(headings) == sum(1 for s in gold_sections()[1:] if s["heading_style"] == "block")


def test_every_block_has_a_bookmark_of_its_own(filled):
    root = word_file.part(filled, "word/document.xml")
    marks = [node.get(f"{W}name") for node in root.iter(f"{W}bookmarkStart")]
    ids = [node.get(f"{W}id") for node in root.iter(f"{W}bookmarkStart")]

    assert len(set(marks)) == len(marks)
    assert len(set(ids)) == len(ids)
    assert {"b_II_1_1_a", "b_II_1_2_d", "b_II_1_2__u111", "b_CLOSING"} <= set(marks)


def test_the_letterhead_and_the_signature_are_filled(filled):
    printed = word_file.paragraphs(filled)

    assert "Số 123-BC/ĐU" in printed
    assert "Lùng Phình, ngày 07 tháng 6 năm 2026" in printed
    assert "- Ban Thường vụ Tỉnh ủy;" in printed
    assert "- Lưu Văn phòng Đảng ủy." in printed
    assert not [p for p in printed if "{{" in p]


def test_january_and_single_days_are_written_with_two_digits():
    printed = word_file.paragraphs(fill(small(place="Lùng Phình", date="2027-01-03"), word_file.template_bytes()))

    assert "Lùng Phình, ngày 03 tháng 01 năm 2027" in printed


def test_a_number_that_is_not_given_yet_leaves_room_for_it():
    printed = word_file.paragraphs(fill(small(number="-BC/ĐU"), word_file.template_bytes()))

    assert "Số " + "\u00a0" * 8 + "-BC/ĐU" in printed


def test_the_last_paragraph_stays_with_the_signature(filled):
    root = word_file.part(filled, "word/document.xml")
    last = word_file.paragraph_starting(root, "Trên đây là Báo cáo")

    assert last.find(f"{W}pPr/{W}keepNext") is not None


def test_what_a_person_typed_is_printed_literally():
    data = fill(small(HOSTILE, signer=HOSTILE), word_file.template_bytes())

    assert word_file.paragraphs(data).count(HOSTILE) == 2


def test_what_no_document_can_hold_is_cleaned_and_the_rest_stays():
    data = fill(small("Đa\u0309ng\x00 u\u0309y\ud800 \ue000xã\x0b\tmới\ufffe"), word_file.template_bytes())

    assert "Đảng ủy xã" in word_file.paragraphs(data)
    assert "mới" in word_file.paragraphs(data)


def test_a_typed_line_break_starts_a_paragraph():
    assert {"một", "hai"} <= set(word_file.paragraphs(fill(small("một\r\nhai"), word_file.template_bytes())))


def test_a_gap_is_seen_and_no_number_stands_in_it():
    pieces = (Piece("Diện tích lúa "), Piece("[chưa có số]", PieceKind.GAP), Piece(" ha."))
    blocks = (
        Block("I", 1, "I.", "MỤC", HeadingStyle.BLOCK, colon=False, paragraphs=(Paragraph(pieces),)),
        Block("II", 1, "II.", "TRỐNG", HeadingStyle.BLOCK, colon=False, is_gap=True),
    )
    data = fill(replace(small(), blocks=blocks), word_file.template_bytes())
    root = word_file.part(data, "word/document.xml")
    gaps = [word_file.words_of(r) for r in root.iter(f"{W}r") if r.find(f"{W}rPr/{W}rStyle[@{W}val='Gap']") is not None]

    assert "Diện tích lúa [chưa có số] ha." in word_file.paragraphs(data)
    assert gaps == ["[chưa có số]", "[chưa có nội dung]"]


def test_a_reference_without_its_footnote_is_refused_by_name():
    report = small()
    lost = Paragraph((Piece("Chữ"), Piece("", PieceKind.NOTE, "9")))
    blocks = (replace(report.blocks[0], paragraphs=(lost,)),)

    with pytest.raises(ValueError, match="9"):
        fill(replace(report, blocks=blocks), word_file.template_bytes())


def test_a_footnote_without_a_reference_is_refused_by_name():
    note = Note("7", (Paragraph((Piece("Chú thích"),)),))

    with pytest.raises(ValueError, match="7"):
        fill(replace(small(), notes=(note,)), word_file.template_bytes())


@pytest.mark.parametrize("count", [0, 30])
def test_any_number_of_footnotes_is_written(count):
    pieces = tuple(p for n in range(count) for p in (Piece(f"chữ {n}"), Piece("", PieceKind.NOTE, str(n))))
    notes = tuple(Note(str(n), (Paragraph((Piece(f"chú thích {n}"),)),)) for n in range(count))
    block = Block(
        "I", 1, "I.", "MỤC", HeadingStyle.BLOCK, colon=False, paragraphs=(Paragraph(pieces or (Piece("chữ"),)),)
    )
    data = fill(replace(small(), blocks=(block,), notes=notes), word_file.template_bytes())

    assert word_file.footnotes(data) == [[f"chú thích {n}"] for n in range(count)]


def test_the_file_says_nothing_of_the_machine_that_made_it(filled):
    properties = docx.Document(io.BytesIO(filled)).core_properties

    assert (properties.title, properties.author) == ("Báo cáo tuần 23", "ĐẢNG ỦY XÃ LÙNG PHÌNH")
    assert properties.created.date().isoformat() == "2026-06-07"
    assert properties.comments == ""
    assert not [n for n in word_file.names(filled) if "thumbnail" in n or "Effects" in n]
