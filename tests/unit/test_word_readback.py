"""The secretary edits the report in Word and sends it back: exactly what she did is found, by block, author and figure."""

from __future__ import annotations

from decimal import Decimal

import pytest
from lxml import etree

from bot.rendering.word.fill import fill
from bot.rendering.word.readback import changes
from bot.rendering.word.reader import Tracked, read_document
from bot.reports.edited import ChangeKind
from bot.reports.printed import printed
from tests import word_edits, word_file
from tests.gold_report import gold_report
from tests.word_file import W, edited

REPORT = gold_report()
RICE = "a) Sản xuất nông nghiệp:"
DISASTER = "d) Công tác phòng chống thiên tai:"
LAST_SENTENCE = " Đôn đốc các cơ quan, đơn vị thực hiện nộp Quỹ phòng, chống thiên tai năm 2025."
CELLS = "4.3. Hoạt động của các chi bộ trực thuộc:"
NEW = "Hội CCB tổ chức 02 buổi sinh hoạt với 63 lượt hội viên."


@pytest.fixture(scope="module")
def sent() -> bytes:
    return fill(REPORT, word_file.template_bytes())


def told(data: bytes) -> list[tuple[str, str]]:
    return [(change.block, str(change.kind)) for change in changes(REPORT, data)]


def test_an_untouched_file_has_no_changes(sent):
    assert changes(REPORT, sent) == []


@pytest.mark.parametrize("tracked", [True, False])
def test_a_replaced_figure_a_new_paragraph_and_a_deleted_sentence_come_back_as_exactly_these(sent, tracked):
    def edit(root):
        word_edits.replace_words(root, "549", "560", tracked=tracked)
        word_edits.replace_words(root, LAST_SENTENCE, "", tracked=tracked)
        word_edits.add_paragraph(root, CELLS, NEW, tracked=tracked)

    rice, disaster, cells = changes(REPORT, edited(sent, edit))

    assert (rice.block, rice.kind, [(e.old, e.new) for e in rice.edits]) == (
        "II.1.1.a",
        ChangeKind.TEXT,
        [("549", "560")],
    )
    assert [(f.indicator, f.old, f.value) for f in rice.figures] == [("rice_area_done_ha", "549", Decimal(560))]
    assert (disaster.block, disaster.kind, disaster.sentences_removed) == ("II.1.1.d", ChangeKind.TEXT, 1)
    assert (cells.block, cells.kind, cells.new) == ("II.4.3", ChangeKind.ADDED, NEW)
    assert {c.author for c in (rice, disaster, cells)} == ({"Lan"} if tracked else {"ĐẢNG ỦY XÃ LÙNG PHÌNH"})


def test_rejected_changes_give_the_text_that_was_sent(sent):
    def edit(root):
        word_edits.replace_words(root, "549", "560", tracked=True)
        word_edits.add_paragraph(root, CELLS, NEW, tracked=True)
        word_edits.delete_paragraph(root, "1.2. Đầu tư xây dựng cơ bản", tracked=True)

    def texts(data):
        return [p.text for p in read_document(data, Tracked.REJECT).paragraphs]

    assert texts(edited(sent, edit)) == texts(sent)


@pytest.mark.parametrize("tracked", [True, False])
def test_a_deleted_paragraph_takes_its_figures_with_it(sent, tracked):
    data = edited(sent, lambda root: word_edits.delete_paragraph(root, "c) Công tác lâm nghiệp", tracked=tracked))
    (change,) = changes(REPORT, data)

    assert (change.block, change.kind, change.new) == ("II.1.1.c", ChangeKind.REMOVED, "")
    assert {f.indicator for f in change.figures} == {
        "forest_planting_done_ha",
        "forest_planting_plan_ha",
        "forest_planting_pct",
    }
    assert [f.value for f in change.figures] == [None] * len(change.figures)


def test_a_paragraph_emptied_but_left_standing_is_removed(sent):
    def edit(root):
        for text in word_file.paragraph_starting(root, DISASTER).iter(f"{W}t"):
            text.text = ""

    assert told(edited(sent, edit)) == [("II.1.1.d", "removed")]


def test_a_split_paragraph_is_a_shortened_one_and_a_new_one_in_the_same_block(sent):
    data = edited(sent, lambda root: word_edits.split_paragraph(root, RICE, "Cây ăn quả"))
    first, second = changes(REPORT, data)

    assert (first.block, first.kind) == ("II.1.1.a", ChangeKind.TEXT)
    assert (second.block, second.kind) == ("II.1.1.a", ChangeKind.ADDED)
    assert second.new.startswith("Cây ăn quả")


def test_two_joined_paragraphs_still_say_the_same(sent):
    assert told(edited(sent, lambda root: word_edits.join_with_next(root, RICE))) == []


def test_a_moved_paragraph_is_told(sent):
    data = edited(sent, lambda root: word_edits.move_before(root, DISASTER, RICE))

    assert ("moved") in {kind for _, kind in told(data)}
    assert {block for block, _ in told(data)} <= {"II.1.1.a", "II.1.1.b", "II.1.1.c", "II.1.1.d"}


def test_a_content_control_hides_nothing(sent):
    assert told(edited(sent, lambda root: word_edits.wrap_in_control(root, RICE))) == []


def test_a_text_box_is_read_once(sent):
    data = edited(sent, lambda root: word_edits.add_text_box(root, RICE, "Ghi chú bên lề"))

    assert [(c.block, c.kind, c.new) for c in changes(REPORT, data)] == [
        ("II.1.1.a", ChangeKind.ADDED, "Ghi chú bên lề")
    ]


def test_a_changed_heading_is_told_as_such(sent):
    data = edited(
        sent, lambda root: word_edits.replace_words(root, "Về phát triển kinh tế", "Phát triển kinh tế", tracked=True)
    )

    assert told(data) == [("II.1", "heading")]


def test_a_changed_run_in_heading_is_told_as_such(sent):
    data = edited(
        sent, lambda root: word_edits.replace_words(root, "Sản xuất nông nghiệp:", "Trồng trọt:", tracked=False)
    )

    assert told(data) == [("II.1.1.a", "heading")]


def test_a_changed_footnote_belongs_to_the_section_that_refers_to_it(sent):
    def edit(root):
        word_edits.replace_words(root, "02 buổi", "03 buổi", tracked=True)

    (change,) = changes(REPORT, edited(sent, edit, "word/footnotes.xml"))

    assert (change.block, change.note, change.author) == ("II.4.2", "3", "Lan")
    assert [(f.indicator, f.value) for f in change.figures] == [("veterans_meetings_week", Decimal(3))]


def test_a_changed_letterhead_is_told(sent):
    data = edited(sent, lambda root: word_edits.replace_words(root, "123-BC/ĐU", "124-BC/ĐU", tracked=False))

    assert [(c.block, c.old, c.new) for c in changes(REPORT, data) if c.kind is ChangeKind.LETTERHEAD] == [
        ("so", "123-BC/ĐU", "Số 124-BC/ĐU")
    ]


def test_a_file_without_bookmarks_is_aligned_by_likeness(sent):
    def edit(root):
        word_edits.replace_words(root, "549", "560", tracked=False)
        word_edits.add_paragraph(root, CELLS, NEW, tracked=False)
        word_edits.delete_paragraph(root, "c) Công tác lâm nghiệp", tracked=False)
        word_edits.remove_bookmarks(root)

    assert told(edited(sent, edit)) == [("II.1.1.a", "text"), ("II.1.1.c", "removed"), ("II.4.3", "added")]


def test_a_comment_is_passed_on_and_changes_nothing(sent):
    def edit(root):
        paragraph = word_file.paragraph_starting(root, RICE)
        reference = etree.SubElement(paragraph, f"{W}r")
        etree.SubElement(reference, f"{W}commentReference", {f"{W}id": "5"})

    data = word_file.with_comment(edited(sent, edit), "5", "Mai", "Xem lại số này")

    assert [(c.block, c.kind, c.new, c.author) for c in changes(REPORT, data)] == [
        ("II.1.1.a", ChangeKind.COMMENT, "Xem lại số này", "Mai")
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("549/650", "560/640", [("rice_area_done_ha", "560"), ("rice_area_plan_ha", "640")]),
        ("549", "1.110,5", [("rice_area_done_ha", "1.110,5")]),
        (
            "549/650 ha, bằng 84,5%",
            "vượt xa",
            [("rice_area_done_ha", ""), ("rice_area_plan_ha", ""), ("rice_area_percent", "")],
        ),
        (
            "549/650 ha, bằng 84,5%",
            "560 ha rồi",
            [("rice_area_done_ha", ""), ("rice_area_plan_ha", ""), ("rice_area_percent", "")],
        ),
    ],
)
def test_a_rewritten_stretch_gives_numbers_only_where_their_place_is_certain(sent, old, new, expected):
    def edit(root):
        node = next(t for t in root.iter(f"{W}t") if old in (t.text or ""))
        node.text = node.text.replace(old, new, 1)

    (change,) = changes(REPORT, edited(sent, edit))
    figures = {f.indicator: f for f in change.figures}

    assert len(figures) == len(expected)
    for name, written in expected:
        found = next(f for i, f in figures.items() if i.startswith(name.rsplit("_", 1)[0]) and f.new == written)
        assert found.is_clear is (written != "")


def test_every_line_of_the_report_is_found_again_in_its_own_file(sent):
    read = {p.text.strip() for p in read_document(sent).paragraphs}

    assert [line.id for line in printed(REPORT) if line.text.strip() not in read] == []
