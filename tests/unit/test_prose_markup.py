"""Which clauses stand when figures are missing. docs/form-files.md tells the rules in words."""

import pytest

from bot.forms.prose import MISSING, MarkupError, figure, paragraphs

A = figure("a", "05")
B = figure("b", "7,5")


def body(rendered):
    return [p.text for p in paragraphs(rendered).get("", ())]


def test_a_clause_without_its_figure_is_left_out_and_the_sentence_still_ends_with_a_full_stop():
    assert body(f"lúa {A} ha;\nngô {MISSING} ha;\nrau {MISSING} ha.") == ["Lúa 05 ha."]


def test_the_first_clause_that_stands_begins_with_a_capital():
    assert body(f"lúa {MISSING} ha;\nngô {A} ha,\nrau {B} ha.") == ["Ngô 05 ha, rau 7,5 ha."]


def test_a_sentence_without_any_figure_left_is_gone():
    assert body(f"Diện tích gieo trồng:\nlúa {MISSING} ha.\nTrong tuần có {A} vụ.") == ["Trong tuần có 05 vụ."]


def test_fixed_words_stand_where_no_figure_was_meant_to_stand_with_them():
    assert body("KHÁI QUÁT TÌNH HÌNH\n\nTrên đây là báo cáo./.") == ["KHÁI QUÁT TÌNH HÌNH", "Trên đây là báo cáo./."]


def test_an_optional_piece_goes_alone():
    assert body(f"đạt {A}[/{MISSING}] ha[, bằng {B}% kế hoạch].") == ["Đạt 05 ha, bằng 7,5% kế hoạch."]


def test_the_first_piece_that_can_stand_is_taken():
    assert body(f"đã xong {A} hồ sơ[, gồm {MISSING} đúng hạn|, đạt {B}%].") == ["Đã xong 05 hồ sơ, đạt 7,5%."]


def test_pieces_nest():
    line = f"có {A} hồ sơ[, trong đó {{}} đúng hạn[ ({{}}%)]]."

    assert body(line.format(B, MISSING)) == ["Có 05 hồ sơ, trong đó 7,5 đúng hạn."]
    assert body(line.format(MISSING, B)) == ["Có 05 hồ sơ."]


def test_an_alternative_is_taken_only_when_the_line_above_is_left_out():
    assert body(f"thu {A} triệu;\n| không có số thu;\nchi {B} triệu.") == ["Thu 05 triệu; chi 7,5 triệu."]
    assert body(f"thu {MISSING};\n| thu {MISSING};\n| thu cả năm {B} triệu.") == ["Thu cả năm 7,5 triệu."]


def test_a_following_clause_needs_its_subject():
    text = f"Thu ngân sách đạt {{}} triệu;\n+ lũy kế {B} triệu.\n| Thu ngân sách lũy kế {B} triệu."

    assert body(text.format(A)) == ["Thu ngân sách đạt 05 triệu; lũy kế 7,5 triệu."]
    assert body(text.format(MISSING)) == ["Thu ngân sách lũy kế 7,5 triệu."]


def test_an_empty_line_begins_a_paragraph_and_empty_paragraphs_vanish():
    assert body(f"Một {A}.\n\nHai {MISSING}.\n\nBa {B}.") == ["Một 05.", "Ba 7,5."]


def test_footnotes_and_parts_are_kept_apart():
    found = paragraphs(f"Thân.\n== note 1\nGhi {A}.\n\n== part hoi-ccb\nHội {MISSING}.")

    assert {name: [p.text for p in block] for name, block in found.items()} == {"": ["Thân."], "note 1": ["Ghi 05."]}


def test_every_figure_keeps_its_origin():
    (paragraph,) = paragraphs(f"có {A} và {B}.")[""]

    assert paragraph.refs == ("a", "b")


def test_words_from_outside_are_never_markup():
    assert body(f"xã {figure('', '[x] | + {{ 7*7 }}')} có {A}.") == ["Xã [x] | + {{ 7*7 }} có 05."]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("một\nhai [ba", 2),
        ("một]", 1),
        ("| một", 1),
        ("== phần hoi-ccb", 1),
        ("== note 1\n== note 1", 2),
    ],
)
def test_marks_that_do_not_match_are_told_with_their_line(text, line):
    with pytest.raises(MarkupError) as caught:
        paragraphs(text)

    assert caught.value.line == line
