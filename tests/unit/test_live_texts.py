"""A person's words keep their wording; only the figures in them follow."""

from dataclasses import replace
from decimal import Decimal

from bot.facts import LiveText, Origin, Slot
from bot.reports.model import PieceKind
from bot.reports.slots import live_paragraphs
from tests.compiling import WEEK, figure, form, words


def live(text, *marked, reply_id=1):
    """The text with each (indicator, words) as a slot, in the order in which they stand."""
    slots, at = [], 0
    for indicator, part in marked:
        at = text.index(part, at)
        slots.append(Slot(indicator, at, at + len(part)))
    return LiveText("II.1.1.b", WEEK, text, tuple(slots), reply_id=reply_id)


def shown(text, *figures):
    paragraphs = live_paragraphs(text, {f.indicator: f for f in figures}, form().indicators, words())
    return "\n".join("".join(p.text for p in pieces) for pieces in paragraphs)


HERDS = live(
    "Đàn gia súc có 11.488 con, gia cầm 54.913 con.",
    ("livestock_herd_total", "11.488"),
    ("poultry_flock_total", "54.913"),
)


def test_values_from_the_same_reply_stand_as_they_were_written():
    text = live("lúa mùa cấy được năm trăm bốn chín ha", ("rice_area_done_ha", "năm trăm bốn chín"))

    assert shown(text, figure("rice_area_done_ha", "549", reply_id=1)) == text.text


def test_an_amended_figure_changes_the_sentence_and_nothing_else():
    text = shown(HERDS, figure("livestock_herd_total", "11500", reply_id=2), figure("poultry_flock_total", "54913"))

    assert text == "Đàn gia súc có 11.500 con, gia cầm 54.913 con."


def test_an_amended_count_keeps_its_leading_zero():
    text = live("Ban hành 02 văn bản", ("farmers_documents_issued_week", "02"))

    assert shown(text, figure("farmers_documents_issued_week", "5", reply_id=2)) == "Ban hành 05 văn bản"


def test_a_hedge_inside_the_slot_stays():
    text = live("thu hoạch khoảng 2 tấn", ("fruit_harvest_week_tonnes", "khoảng 2 tấn"))

    assert shown(text, figure("fruit_harvest_week_tonnes", "3", reply_id=2)) == "thu hoạch khoảng 3 tấn"


def test_a_figure_taken_back_leaves_a_gap_not_the_old_number():
    text = shown(HERDS, figure("poultry_flock_total", "54913", reply_id=1))

    assert "11.488" not in text
    assert "[chưa có số] con, gia cầm 54.913" in text


def test_a_number_in_words_follows_in_digits():
    text = live("cấy được năm trăm ha lúa", ("rice_area_done_ha", "năm trăm ha"))

    assert shown(text, figure("rice_area_done_ha", "560", reply_id=2)) == "cấy được 560 ha lúa"


def test_a_denial_that_no_longer_holds_is_said_anew():
    text = live(
        "Đàn vật nuôi ổn định; không phát sinh dịch bệnh.",
        ("animal_disease_outbreaks_week", "không phát sinh dịch bệnh"),
    )

    assert shown(text, figure("animal_disease_outbreaks_week", "1", reply_id=2)).endswith("; có 01 ổ dịch.")
    assert shown(text, figure("animal_disease_outbreaks_week", "0", reply_id=2)) == text.text


def overlapping():
    text = "không ghi nhận dịch bệnh lớn, ngộ độc thực phẩm trên địa bàn"
    first, both = "không ghi nhận dịch bệnh lớn", "không ghi nhận dịch bệnh lớn, ngộ độc thực phẩm"
    slots = (Slot("major_epidemics_week", 0, len(first)), Slot("food_poisoning_cases_week", 0, len(both)))
    return LiveText("II.2.2.a", WEEK, text, slots, reply_id=1)


def test_one_denial_of_two_noughts_stands_and_shows_both_origins():
    noughts = figure("major_epidemics_week", "0", reply_id=1), figure("food_poisoning_cases_week", "0", reply_id=1)
    (pieces,) = live_paragraphs(overlapping(), {f.indicator: f for f in noughts}, form().indicators, words())

    assert "".join(p.text for p in pieces) == overlapping().text
    assert [p.ref for p in pieces if p.kind is PieceKind.FIGURE] == [
        "major_epidemics_week",
        "food_poisoning_cases_week",
    ]


def test_one_denial_of_two_noughts_is_said_anew_when_one_of_them_is_none():
    text = shown(
        overlapping(),
        figure("major_epidemics_week", "0", reply_id=1),
        figure("food_poisoning_cases_week", "2", reply_id=2),
    )

    assert text == "không có dịch bệnh lớn, có 02 vụ ngộ độc thực phẩm trên địa bàn"


INVESTMENT = live(
    "giải ngân đạt 1.000/21.070 tỷ đồng, bằng 4,75%",
    ("public_investment_disbursed", "1.000"),
    ("public_investment_plan", "21.070"),
    ("public_investment_pct", "4,75"),
)


def test_the_unit_follows_when_the_doubt_about_it_was_settled():
    """«1.000/21.070 tỷ đồng», asked, answered «triệu đồng»: the report says triệu đồng."""
    settled = replace(figure("public_investment_disbursed", "1000", reply_id=1), reply_id=None, origin=Origin.CHOSEN)
    text = shown(
        INVESTMENT, settled, figure("public_investment_plan", "21070"), figure("public_investment_pct", "4.75")
    )

    assert text == "giải ngân đạt 1.000/21.070 triệu đồng, bằng 4,75%"


def test_a_unit_that_fits_the_stored_value_stays():
    text = live("thu 1,5 tỷ đồng", ("state_revenue_in_area_week", "1,5"))

    assert shown(text, figure("state_revenue_in_area_week", "1500", reply_id=2)) == "thu 1,5 tỷ đồng"
    assert shown(text, figure("state_revenue_in_area_week", "1600", reply_id=2)) == "thu 1.600 triệu đồng"


def test_every_line_is_a_paragraph_and_blank_lines_vanish():
    text = live("Dòng một có 5 con. \n\n  Dòng hai.", ("livestock_herd_total", "5"))

    assert shown(text, figure("livestock_herd_total", "5", reply_id=1)) == "Dòng một có 5 con.\nDòng hai."


def test_a_computed_percent_never_passes_for_the_persons_own():
    computed = replace(figure("public_investment_pct", "4.8", reply_id=1), origin=Origin.COMPUTED)
    given = (
        figure("public_investment_disbursed", "1000", reply_id=1),
        figure("public_investment_plan", "21070", reply_id=1),
    )

    assert shown(INVESTMENT, *given, computed).endswith("bằng 4,8%")
    assert computed.value == Decimal("4.8")


def test_a_slot_of_an_indicator_that_the_form_no_longer_has_is_plain_words():
    text = live("Đàn ngựa 12 con, gia súc 5 con.", ("horses", "12"), ("livestock_herd_total", "5"))

    assert shown(text, figure("livestock_herd_total", "6", reply_id=2)) == "Đàn ngựa 12 con, gia súc 6 con."


def test_a_slot_beyond_the_text_is_left_alone():
    text = LiveText("II.1.1.b", WEEK, "ngắn", (Slot("livestock_herd_total", 2, 90),), reply_id=1)

    assert shown(text, figure("livestock_herd_total", "6", reply_id=2)) == "ngắn"
