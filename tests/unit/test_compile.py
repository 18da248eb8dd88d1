"""Submissions into the report: the real report from its own words, prose where there are none, gaps where nothing is."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from bot.facts import LiveText, Origin, Slot, State
from bot.reports.compile import Submissions, missing_departments, printable, week_facts
from bot.reports.model import PieceKind
from tests.compiling import (
    WEEK,
    bare,
    block,
    body_of,
    figure,
    form,
    gold,
    gold_figures,
    gold_texts,
    note_of,
    opening,
    report_of,
    words,
)

GAP = "[chưa có nội dung]"
NOTHING: dict = {}


def squeezed(text):
    """Without the spaces and empty lines that a report does not print."""
    return "\n".join(" ".join(line.split()) for line in text.split("\n") if line.strip())


@pytest.fixture(scope="module")
def real():
    return report_of(gold_figures(), gold_texts())


@pytest.fixture(scope="module")
def bare_figures():
    """Figures alone: nobody wrote a word."""
    return report_of(gold_figures())


# ------------------------------------------------------------------------------------------------ the real report


@pytest.mark.parametrize("row", [r for r in gold("sections") if r["id"] != "TITLE"], ids=lambda row: row["id"])
def test_the_real_reports_own_words_come_out_as_they_went_in(real, row):
    assert squeezed(body_of(real, row["id"])) == squeezed(bare(row["body"]))
    for key, text in row["footnotes"].items():
        assert squeezed(note_of(real, key)) == squeezed(text)


def test_the_title_names_the_week(real):
    assert body_of(real, "TITLE") == "KHÁI QUÁT TÌNH HÌNH TỪ NGÀY 01 ĐẾN 07/6/2026"


@pytest.mark.parametrize("row", gold("figures")["figures"], ids=lambda row: row["id"])
def test_every_figure_of_the_real_report_stands_as_a_figure_where_gold_has_it(real, row):
    blocks = block(real, row["section_id"]).paragraphs
    notes = [p for note in real.notes if note.key == row["footnote"] for p in note.paragraphs]
    pieces = [piece for p in (notes if row["footnote"] else blocks) for piece in p.pieces if piece.ref == row["id"]]

    assert len(pieces) == 1
    assert row["surface"].endswith(pieces[0].text.strip())
    assert row["id"] in real.figures


def test_the_real_report_has_no_gap_and_its_footnotes_have_3_1_and_5_paragraphs(real):
    assert [b.id for b in real.blocks if b.is_gap] == []
    assert {note.key: len(note.paragraphs) for note in real.notes} == {"1": 3, "2": 1, "3": 5}
    assert real.missing_departments == ()
    assert real.missing_indicators == ()


def test_footnotes_are_referred_to_where_the_real_report_has_them(real):
    found = {
        b.id: piece.ref for b in real.blocks for p in b.paragraphs for piece in p.pieces if piece.kind is PieceKind.NOTE
    }

    assert found == {"I.1": "1", "I.2": "2", "II.4.2": "3"}


@pytest.mark.parametrize(
    "row", [r for r in gold("figures")["figures"] if r["core"] and not r["implicit"]], ids=lambda row: row["id"]
)
def test_amending_any_figure_of_the_real_report_changes_it_where_it_stands(real, row):
    value = Decimal(row["value"]) + 1
    amended = report_of({**gold_figures(), row["id"]: figure(row["id"], str(value), reply_id=2)}, gold_texts())
    before, after = (_pieces(r, row["id"]) for r in (real, amended))
    is_checked = form().indicators[row["id"]].numerator is not None  # a percent that no longer agrees is computed

    assert len(after) == len(before) == 1
    assert is_checked or Decimal(after[0].replace(".", "").replace(",", ".")) == value
    assert is_checked or after != before


def _pieces(report, indicator):
    paragraphs = [p for b in report.blocks for p in b.paragraphs] + [p for n in report.notes for p in n.paragraphs]
    return [piece.text for p in paragraphs for piece in p.pieces if piece.ref == indicator]


# ------------------------------------------------------------------------------------------------ prose alone


def _digits(text):
    return re.findall(r"\d+(?:[.,]\d+)*", text)


def test_prose_alone_prints_every_figure_that_was_given(bare_figures):
    assert {row["id"] for row in gold("figures")["figures"]} - set(bare_figures.figures) == set()


def test_prose_alone_prints_no_number_that_is_not_a_figure_or_a_fixed_word_of_the_form(bare_figures):
    fixed = {"4", "18", "10"}  # «từ 4 lần», «18 tuổi», «CT10»
    paragraphs = [p for b in bare_figures.blocks if b.id not in ("TITLE", "CLOSING") for p in b.paragraphs]
    paragraphs += [p for note in bare_figures.notes for p in note.paragraphs]
    loose = {n for p in paragraphs for piece in p.pieces if not piece.ref for n in _digits(piece.text)}

    assert loose <= fixed


def test_a_figure_prints_its_value(bare_figures):
    for paragraph in [p for b in bare_figures.blocks for p in b.paragraphs]:
        for piece in paragraph.pieces:
            if piece.kind is PieceKind.FIGURE and _digits(piece.text):
                written = Decimal(piece.text.replace(".", "").replace(",", "."))
                assert written == bare_figures.figures[piece.ref].value, piece


@pytest.mark.parametrize(
    ("section", "sentence"),
    [
        ("II.1.1.a", "Diện tích lúa mùa thực hiện đạt 549/650 ha, bằng 84,5% kế hoạch; diện tích ngô duy trì 1.110 ha"),
        ("II.1.1.a", "Cây ăn quả tổng diện tích 581 ha; trong tuần Nhân dân thu hoạch khoảng 2 tấn."),
        (
            "II.1.2.b",
            "Trích đo địa chính thửa đất: trong tuần thực hiện 0 thửa; lũy kế 22/20 thửa, đạt 110% kế hoạch giao.",
        ),
        ("II.1.2.b", "Đã trả kết quả lũy kế 01 hồ sơ; 01 hồ sơ đang trong thời hạn giải quyết."),
        ("II.1.2.đ", "Tổng chi ngân sách trong tuần không phát sinh; lũy kế chi ngân sách đạt 77.567 triệu đồng."),
        ("II.2.2.a", "không ghi nhận dịch bệnh lớn, ngộ độc thực phẩm hoặc các tình huống y tế khẩn cấp trên địa bàn."),
        (
            "II.2.6",
            "đã giải quyết 45 hồ sơ, trong đó 44 hồ sơ giải quyết đúng và trước hạn (đạt 98%), 01 hồ sơ quá hạn.",
        ),
        ("II.5.3.c", "Trong tuần, không phát sinh trường hợp đảng viên hoặc tổ chức đảng vi phạm đến mức phải xem xét"),
    ],
)
def test_prose_reads_like_the_real_report(bare_figures, section, sentence):
    assert sentence in body_of(bare_figures, section)


def test_a_plan_in_the_wrong_unit_is_printed_in_the_fields_unit(bare_figures):
    assert "1.000/21.070 triệu đồng" in body_of(bare_figures, "II.1.2.a")


# ------------------------------------------------------------------------------------------------ what follows


def test_percents_and_running_totals_follow_from_what_was_given():
    report = report_of(
        {i: figure(i, v) for i, v in {"rice_area_done_ha": "560", "cadastral_map_extract_week": "2"}.items()}
    )

    assert "560/650 ha, bằng 86,15% kế hoạch." in body_of(report, "II.1.1.a")
    assert "trong tuần thực hiện 02 thửa; lũy kế 26/30 thửa, đạt 86,67% kế hoạch giao." in body_of(report, "II.1.2.b")


def test_nothing_follows_from_a_week_that_was_not_given():
    report = report_of(NOTHING)

    assert report.figures == {}
    assert body_of(report, "II.1.2.đ") == GAP


@pytest.mark.parametrize(("stated", "shown"), [("84.5", "84,5"), ("84", "84"), ("84.46", "84,46"), ("94.5", "84,46")])
def test_a_stated_percent_stands_while_it_agrees_once_rounded(stated, shown):
    given = {"rice_area_done_ha": figure("rice_area_done_ha", "549"), "rice_area_pct": figure("rice_area_pct", stated)}

    assert f"bằng {shown}% kế hoạch" in body_of(report_of(given), "II.1.1.a")


def test_a_stored_percent_that_was_computed_is_computed_again():
    old = replace(figure("rice_area_pct", "84.46"), origin=Origin.COMPUTED)
    given = {"rice_area_done_ha": figure("rice_area_done_ha", "560"), "rice_area_pct": old}

    assert printable(form(), Submissions(given, (), opening().plans))["rice_area_pct"].value == Decimal("86.15")


def test_the_summary_says_the_same_as_the_section():
    report = report_of({"animal_disease_outbreaks_week": figure("animal_disease_outbreaks_week", "2")})

    assert "phát sinh 02 ổ dịch bệnh trên đàn vật nuôi" in body_of(report, "III.1")


def test_not_known_yet_is_not_nought():
    unknown = replace(figure("fruit_tree_area_ha", "1"), value=None, state=State.NO_DATA)
    report = report_of({"fruit_tree_area_ha": unknown})

    assert body_of(report, "II.1.1.a") == GAP
    assert "fruit_tree_area_ha" in report.missing_indicators


# ------------------------------------------------------------------------------------------------ words and figures


def herds(text, *marked):
    slots = tuple(Slot(i, text.index(part), text.index(part) + len(part)) for i, part in marked)
    return LiveText("II.1.1.b", WEEK, text, slots, reply_id=7)


def test_amending_a_figure_changes_the_sentence_and_the_percent_in_it():
    text = LiveText(
        "II.1.1.a",
        WEEK,
        "Lúa mùa đạt 549/650 ha, bằng 84,5% kế hoạch.",
        (Slot("rice_area_done_ha", 12, 15), Slot("rice_area_plan_ha", 16, 19), Slot("rice_area_pct", 29, 33)),
        reply_id=7,
    )
    said = {"rice_area_done_ha": "549", "rice_area_plan_ha": "650", "rice_area_pct": "84.5"}
    figures = {i: figure(i, v, reply_id=7) for i, v in said.items()}
    figures["rice_area_done_ha"] = figure("rice_area_done_ha", "560", reply_id=9)

    assert body_of(report_of(figures, [text]), "II.1.1.a") == "Lúa mùa đạt 560/650 ha, bằng 86,15% kế hoạch."


def test_a_figure_that_the_words_leave_out_follows_them():
    text = herds("Chăn nuôi ổn định, đàn gia súc 11.488 con", ("livestock_herd_total", "11.488"))
    given = {
        "livestock_herd_total": figure("livestock_herd_total", "11488", reply_id=7),
        "poultry_flock_total": figure("poultry_flock_total", "54913", reply_id=8),
    }

    assert body_of(report_of(given, [text]), "II.1.1.b") == (
        "Chăn nuôi ổn định, đàn gia súc 11.488 con. Tổng đàn gia cầm đạt 54.913/86.000 con, đạt 63,85% kế hoạch."
    )


def test_words_that_hold_every_figure_get_nothing_added():
    text = herds("Đàn gia súc 11.488 con.", ("livestock_herd_total", "11.488"))
    given = {"livestock_herd_total": figure("livestock_herd_total", "11488", reply_id=7)}

    assert body_of(report_of(given, [text]), "II.1.1.b") == "Đàn gia súc 11.488 con."


def test_words_without_figures_stand_before_the_figures_of_the_list():
    text = LiveText("II.1.1.b", WEEK, "Đã tiêm phòng dại cho chó mèo.", reply_id=7)
    given = {"animal_disease_outbreaks_week": figure("animal_disease_outbreaks_week", "0", reply_id=8)}

    assert body_of(report_of(given, [text]), "II.1.1.b") == (
        "Đã tiêm phòng dại cho chó mèo. Không phát sinh dịch bệnh trên đàn vật nuôi."
    )


def test_the_heading_a_person_pasted_is_not_printed_twice():
    text = LiveText("II.1.1.b", WEEK, "b) Chăn nuôi, thủy sản:  Ổn định.", reply_id=7)

    assert body_of(report_of(NOTHING, [text]), "II.1.1.b") == "Ổn định."


def test_words_sent_one_after_the_other_stand_in_that_order():
    sent = [LiveText("II.1.1.d", WEEK, words, reply_id=n) for n, words in enumerate(("Việc một.", "Việc hai."))]

    assert body_of(report_of(NOTHING, sent), "II.1.1.d") == "Việc một.\nViệc hai."


def test_what_the_office_writes_about_the_leadership_goes_into_the_footnote():
    text = LiveText("I.1", WEEK, "Thường trực Đảng ủy họp 02 lần.", (), reply_id=7)
    report = report_of(NOTHING, [text])

    assert note_of(report, "1") == "Thường trực Đảng ủy họp 02 lần."
    assert body_of(report, "I.1").startswith("Trong tuần, Thường trực Đảng ủy xã Lùng Phình")


# ------------------------------------------------------------------------------------------------ parts and gaps


def test_a_section_nobody_answered_shows_as_a_gap():
    report = report_of(NOTHING)

    assert body_of(report, "II.2.1") == GAP
    assert block(report, "II.2.1").is_gap
    assert not block(report, "TITLE").is_gap
    assert not block(report, "II.2").is_gap
    assert "1" not in {note.key for note in report.notes}


def test_a_missing_organisation_is_named_in_the_footnote():
    report = report_of({"veterans_meetings_week": figure("veterans_meetings_week", "2")})
    lines = note_of(report, "3").split("\n")

    assert lines[3] == f"Hội Nông dân: {GAP}"
    assert lines[4] == "Hội Cựu chiến binh: Tổ chức 02 buổi sinh hoạt."


def test_the_label_an_organisation_wrote_itself_is_printed_once():
    text = LiveText("II.4.2", WEEK, "Hội nông dân : Vận động hội viên.", part="II.4.2#hoi-nong-dan", reply_id=7)

    assert note_of(report_of(NOTHING, [text]), "3").split("\n")[3] == "Hội Nông dân: Vận động hội viên."


def test_a_council_board_is_a_labelled_paragraph_of_the_section():
    text = LiveText("II.4.b", WEEK, "Giám sát chuyên đề.", part="II.4.b#kinh-te-ngan-sach", reply_id=7)

    assert body_of(report_of(NOTHING, [text]), "II.4.b").split("\n") == [
        GAP,
        "Ban Kinh tế - Ngân sách: Giám sát chuyên đề.",
        f"Ban Văn hóa – Xã hội: {GAP}",
    ]


def test_causes_may_be_written_in_one_text_or_in_two_parts():
    whole = report_of(NOTHING, [LiveText("III.3", WEEK, "Do thời tiết.", reply_id=7)])
    parts = report_of(NOTHING, [LiveText("III.3", WEEK, "Do thời tiết.", part="III.3#khach-quan", reply_id=7)])

    assert body_of(whole, "III.3") == "Do thời tiết."
    assert body_of(parts, "III.3").split("\n") == [
        "Nguyên nhân khách quan: Do thời tiết.",
        f"Nguyên nhân chủ quan: {GAP}",
    ]


def test_who_gave_nothing_is_told_by_name_and_who_gave_a_word_is_not():
    given = Submissions(
        {"veterans_meetings_week": figure("veterans_meetings_week", "2")},
        (LiveText("II.4.b", WEEK, "Đã giám sát.", part="II.4.b#kinh-te-ngan-sach", reply_id=7),),
    )
    missing = missing_departments(form(), given)

    assert "hoi-ccb" not in missing
    assert "ban-kt-ns" not in missing
    assert {"vp-hdnd-ubnd", "ban-vh-xh", "phong-kinh-te", "van-phong"} <= set(missing)


def test_every_section_of_the_form_is_a_block_in_its_order():
    assert [b.id for b in report_of(NOTHING).blocks] == list(form().sections)


@pytest.mark.parametrize(
    ("period", "short", "last"),
    [("2026-W23", "01", "07/6/2026"), ("2026-W27", "29/6", "05/7/2026"), ("2026-W06", "02", "08/02/2026")],
)
def test_the_days_of_the_week_are_written_as_party_documents_do(period, short, last):
    facts = week_facts(period)

    assert (facts["first_day_short"], facts["last_day"]) == (short, last)


def test_what_a_person_typed_is_never_run_as_a_template():
    text = LiveText("II.2.1", WEEK, "Tỷ lệ {{ 7*7 }} {% for %} [x] | y", reply_id=7)

    assert body_of(report_of(NOTHING, [text]), "II.2.1") == "Tỷ lệ {{ 7*7 }} {% for %} [x] | y"


def test_same_submissions_same_report():
    assert report_of(gold_figures(), gold_texts()) == report_of(gold_figures(), gold_texts())


def test_words_for_gaps_come_from_the_file():
    assert words().gap_section == GAP
