"""Accepted changes become the sections' own texts, in which figures stay alive."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.facts import LiveText
from bot.forms.model import Department, Form, HeadingStyle, Section
from bot.rendering.word.fill import fill
from bot.rendering.word.readback import changes
from bot.reports.model import Block, Letterhead, Note, Paragraph, Piece, PieceKind, Report
from bot.reports.rewriting import figure_values, new_texts
from tests import word_edits, word_file
from tests.word_file import edited

PERIOD = "2026-W23"
GAP = "[chưa có nội dung]"


def figure(words: str, indicator: str) -> Piece:
    return Piece(words, PieceKind.FIGURE, indicator)


def section(name: str, title: str, text_in: str = "") -> Section:
    return Section(name, title, 2, None, HeadingStyle.RUN_IN, "kt", text_in=text_in)


FORM = Form(
    "f", "1", "Mẫu", {"kt": Department("kt", "Phòng Kinh tế", "Phòng Kinh tế")},
    {"A": section("A", "Trồng trọt"), "B": section("B", "Lãnh đạo", "1"), "C": section("C", "Đoàn thể")}, {},
)  # fmt: skip
REPORT = Report(
    PERIOD, 1, "Báo cáo", Letterhead(kind="BÁO CÁO"),
    (
        Block("A", 2, "1.", "Trồng trọt", HeadingStyle.RUN_IN, colon=True, paragraphs=(
            Paragraph((Piece("Lúa "), figure("549", "rice"), Piece("/"), figure("650", "rice_plan"), Piece(" ha. Ngô tốt."))),
            Paragraph((Piece("Rau "), Piece("[chưa có số]", PieceKind.GAP, "greens"), Piece(" ha."))),
        )),
        Block("B", 2, "2.", "Lãnh đạo", HeadingStyle.BLOCK, colon=False, paragraphs=(
            Paragraph((Piece("Trong tuần"), Piece("", PieceKind.NOTE, "1"))),
        )),
        Block("C", 2, "3.", "Đoàn thể", HeadingStyle.BLOCK, colon=False, paragraphs=(
            Paragraph((Piece("Thăm "), figure("2", "visits"), Piece(" hộ.")), "Hội Nông dân:", "C#hoi"),
        )),
    ),
    (Note("1", (Paragraph((Piece("Họp "), figure("02", "meetings"), Piece(" hội nghị."))),)),),
)  # fmt: skip


@pytest.fixture(scope="module")
def sent() -> bytes:
    return fill(REPORT, word_file.template_bytes())


def rewritten(data: bytes) -> dict[tuple[str, str | None], LiveText]:
    return {(text.section, text.part): text for text in new_texts(FORM, REPORT, changes(REPORT, data), GAP)}


def slots(text: LiveText) -> dict[str, str]:
    return {slot.indicator: text.text[slot.start : slot.end] for slot in text.slots}


def test_an_untouched_file_rewrites_nothing(sent):
    assert rewritten(sent) == {}


def test_a_changed_figure_and_words_before_it_keep_every_slot_on_its_number(sent):
    def edit(root):
        word_edits.replace_words(root, "Lúa 549", "Diện tích lúa mùa 1.560", tracked=True)

    data = edited(sent, edit)
    text = rewritten(data)["A", None]

    assert text.text == "Diện tích lúa mùa 1.560/650 ha. Ngô tốt.\nRau [chưa có số] ha."
    assert slots(text) == {"rice": "1.560", "rice_plan": "650", "greens": "[chưa có số]"}
    assert figure_values(changes(REPORT, data)) == {"rice": Decimal(1560)}


def test_a_number_typed_into_a_gap_becomes_its_figure(sent):
    data = edited(sent, lambda root: word_edits.replace_words(root, "[chưa có số]", "86", tracked=False))

    assert figure_values(changes(REPORT, data)) == {"greens": Decimal(86)}
    assert slots(rewritten(data)["A", None])["greens"] == "86"


def test_a_deleted_sentence_and_a_new_paragraph_are_in_the_text(sent):
    def edit(root):
        word_edits.replace_words(root, " Ngô tốt.", "", tracked=True)
        word_edits.add_paragraph(root, "Rau", "Đã trồng xong cây dược liệu.", tracked=True)

    assert (
        rewritten(edited(sent, edit))["A", None].text
        == "Lúa 549/650 ha.\nRau [chưa có số] ha.\nĐã trồng xong cây dược liệu."
    )


def test_a_deleted_paragraph_is_gone_with_its_slots(sent):
    data = edited(sent, lambda root: word_edits.delete_paragraph(root, "Rau", tracked=True))
    text = rewritten(data)["A", None]

    assert text.text == "Lúa 549/650 ha. Ngô tốt."
    assert set(slots(text)) == {"rice", "rice_plan"}


def test_words_of_a_footnote_go_back_to_the_section_that_writes_it(sent):
    def edit(root):
        word_edits.replace_words(root, "Họp 02", "Tổ chức 03", tracked=True)

    data = edited(sent, edit, "word/footnotes.xml")
    text = rewritten(data)["B", None]

    assert text.text == "Tổ chức 03 hội nghị."
    assert slots(text) == {"meetings": "03"}


def test_the_body_above_such_a_footnote_is_a_text_of_its_own(sent):
    data = edited(sent, lambda root: word_edits.replace_words(root, "Trong tuần", "Trong kỳ", tracked=True))

    assert {key: text.text for key, text in rewritten(data).items()} == {("B", "B#body"): "Trong kỳ"}


def test_a_part_keeps_its_label_out_of_its_text(sent):
    data = edited(sent, lambda root: word_edits.replace_words(root, "Thăm 2", "Đã thăm 3", tracked=True))

    assert {key: text.text for key, text in rewritten(data).items()} == {("C", "C#hoi"): "Đã thăm 3 hộ."}
    assert slots(rewritten(data)["C", "C#hoi"]) == {"visits": "3"}


def test_a_changed_heading_changes_no_text(sent):
    data = edited(sent, lambda root: word_edits.replace_words(root, "Trồng trọt:", "Trồng cây:", tracked=False))

    assert rewritten(data) == {}
