"""The edited Word file before and after the secretary takes it: figures follow, not only the text."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from bot.decisions.word import take, told
from bot.facts import Figure, Origin
from bot.rendering.forms import load_form, load_opening, load_report_words
from bot.rendering.prose import SectionProse
from bot.rendering.word.fill import fill
from bot.rendering.word.readback import changes
from bot.reports.compile import Submissions, compile_report
from tests import word_edits, word_file
from tests.gold_report import LETTERHEAD, gold_figures
from tests.word_file import edited, template_bytes

PERIOD = "2026-W23"
GAP = "[chưa có nội dung]"
NOW = datetime(2026, 6, 5, 9, 0, tzinfo=UTC)
FORM = load_form("dang-uy-xa")
OPENING = load_opening("dang-uy-xa", FORM)
GIVEN = {
    f["id"]: Figure(f["id"], PERIOD, Decimal(f["value"]), id=n)
    for n, f in enumerate(gold_figures())
    if f["id"] in FORM.indicators
}


def compiled(submissions: Submissions):
    return compile_report(
        FORM, submissions, LETTERHEAD, period=PERIOD, version=1, prose=SectionProse(FORM), words=load_report_words()
    )


REPORT = compiled(Submissions(GIVEN, (), OPENING.plans, OPENING.values))


CELLS = next(block for block in REPORT.blocks if block.id == "II.4.3").heading


@pytest.fixture(scope="module")
def sent() -> bytes:
    return fill(REPORT, template_bytes())


def edit(root):
    word_edits.replace_words(root, "549", "560", tracked=True)
    word_edits.add_paragraph(root, CELLS, "Đã kết nạp thêm.", tracked=True)


def test_the_message_names_each_figure_and_each_paragraph(sent):
    found = told(FORM, REPORT, changes(REPORT, edited(sent, edit)))

    assert [(c["n"], c["section"], c["kind"]) for c in found] == [(1, "1.1.a", "figure"), (2, "4.3", "added")]
    line = found[0]["line"]
    assert (line.label, line.old, line.value, line.pct) == ("lúa mùa", Decimal(549), Decimal(560), Decimal("86.15"))


def test_taken_changes_are_figures_by_word_and_texts_with_slots(sent):
    taken = take(FORM, REPORT, changes(REPORT, edited(sent, edit)), person_id=7, at=NOW, gap=GAP)

    assert [(f.indicator, f.value, f.origin, f.person_id, f.amends) for f in taken.figures] == [
        ("rice_area_done_ha", Decimal(560), Origin.WORD, 7, GIVEN["rice_area_done_ha"].id)
    ]
    assert [text.section for text in taken.texts] == ["II.1.1.a", "II.4.3"]
    assert (taken.unclear, taken.left) == ((), ())


def test_the_next_draft_says_what_she_wrote_and_its_share_follows(sent):
    taken = take(FORM, REPORT, changes(REPORT, edited(sent, edit)), person_id=7, at=NOW, gap=GAP)
    stated = {i: f for i, f in GIVEN.items() if i != "rice_area_pct"}
    figures = stated | {f.indicator: f for f in taken.figures}
    again = compiled(Submissions(figures, taken.texts, OPENING.plans, OPENING.values))
    rice = next(block for block in again.blocks if block.id == "II.1.1.a").paragraphs[0].text
    cells = next(block for block in again.blocks if block.id == "II.4.3").paragraphs[-1].text

    assert "560/650 ha, bằng 86,15% kế hoạch" in rice
    assert cells == "Đã kết nạp thêm."


def test_a_figure_that_cannot_be_told_is_asked_for_and_not_guessed(sent):
    data = edited(sent, lambda root: word_edits.replace_words(root, "549/650 ha", "gần hết diện tích", tracked=True))
    taken = take(FORM, REPORT, changes(REPORT, data), person_id=7, at=NOW, gap=GAP)

    assert taken.figures == ()
    assert set(taken.unclear) == {"rice_area_done_ha", "rice_area_plan_ha"}


def test_headings_and_the_letterhead_are_left_to_her(sent):
    def other(root):
        word_edits.replace_words(root, "123-BC/ĐU", "124-BC/ĐU", tracked=True)
        word_edits.replace_words(root, "Về phát triển kinh tế", "Kinh tế", tracked=True)

    found = changes(REPORT, edited(sent, other))
    taken = take(FORM, REPORT, found, person_id=7, at=NOW, gap=GAP)

    assert told(FORM, REPORT, found) == []
    assert [str(change.kind) for change in taken.left] == ["letterhead", "heading"]


def test_an_untouched_file_brings_nothing(sent):
    taken = take(FORM, REPORT, changes(REPORT, sent), person_id=7, at=NOW, gap=GAP)

    assert (taken.figures, taken.texts, taken.unclear, taken.left) == ((), (), (), ())
    assert word_file.paragraphs(sent)
