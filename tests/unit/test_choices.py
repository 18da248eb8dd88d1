"""Answers to an open question: keys, labels, yes and no (conversation rules 2, 6 and 7)."""

from __future__ import annotations

import pytest

from bot.replies.choices import parse_choice, parse_part, yes_or_no

UNITS = ("Triệu đồng", "Tỷ đồng")
TONS = ("2 tấn", "3 tấn")


@pytest.mark.parametrize(
    "text",
    [
        "2",
        "2.",
        "2)",
        " 2 ",
        "số 2",
        "so 2",
        "chọn 2",
        "câu 2",
        "2 nhé",
        "2 ạ",
        "2 nhé em",
        "tỷ đồng",
        "TY DONG",
        "2. Tỷ đồng",
    ],
)
def test_a_key_or_a_label_chooses(text):
    assert parse_choice(text, UNITS, letters=False) == 1


@pytest.mark.parametrize(
    "text",
    ["3", "0", "22", "2 tấn", "2,5", "2/3", "81, 77, 9", "B", "b", "1 và 2", "tỷ", "đồng", "", "   ", "?", "2 " * 40],
)
def test_anything_else_is_no_choice(text):
    assert parse_choice(text, UNITS, letters=False) is None


@pytest.mark.parametrize("text", ["B", "b", "b.", "chọn B", "B nhé", "3 tấn", "B. 3 tấn"])
def test_letters_choose_where_letters_stand(text):
    assert parse_choice(text, TONS, letters=True) == 1


@pytest.mark.parametrize("text", ["2", "3", "số 2", "C", "2,5 tấn"])
def test_with_letters_a_number_is_a_value(text):
    assert parse_choice(text, TONS, letters=True) is None


def test_a_single_word_needs_the_right_diacritics_or_none():
    assert parse_choice("dung", ("Đúng", "Gửi lại"), letters=False) == 0
    assert parse_choice("đúng", ("Đúng", "Gửi lại"), letters=False) == 0
    assert parse_choice("dùng", ("Đúng", "Gửi lại"), letters=False) is None


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("cái đầu", 0),
        ("cai dau tien nhe", 0),
        ("số trên", 0),
        ("cái thứ hai", 1),
        ("phương án 2", 1),
        ("cái thứ 2 em ạ", 1),
        ("cái cuối", 1),
        ("cái dưới", 1),
        ("cái ba", None),
        ("thứ hai", None),
        ("cả hai", None),
        ("số đầu con", None),
    ],
)
def test_a_place_in_the_list_chooses(text, index):
    assert parse_choice(text, UNITS, letters=False) == index


def test_beside_letters_a_spelled_number_is_a_value():
    assert parse_choice("số hai", TONS, letters=True) is None
    assert parse_choice("cái thứ hai", TONS, letters=True) == 1


def test_labels_with_marks_may_be_typed_as_they_stand():
    labels = ("Ha", "Tấn (sản lượng)", "Bỏ “trong tuần”")

    assert parse_choice("tấn (sản lượng)", labels, letters=False) == 1
    assert parse_choice("bỏ “trong tuần”", labels, letters=False) == 2


@pytest.mark.parametrize(
    "text", ["đúng", "Đúng rồi ạ", "ừ", "ok", "OK em", "vâng", "Dạ đúng", "👍", "👍🏻", "dung", "chính xác", "có"]
)
def test_yes(text):
    assert yes_or_no(text) is True


@pytest.mark.parametrize("text", ["không", "Ko", "k", "không ạ", "không phải", "chưa", "sai rồi em", "khong"])
def test_no(text):
    assert yes_or_no(text) is False


@pytest.mark.parametrize(
    "text",
    [
        "dừng",
        "dùng",
        "cô",
        "5",
        "không phát sinh",
        "không có",
        "lúa mùa 560",
        "đúng 549",
        "",
        "👎",
        "đã đúng hạn",
        "ok lúa 5",
    ],
)
def test_neither(text):
    assert yes_or_no(text) is None


@pytest.mark.parametrize(
    ("text", "chosen"),
    [("cả", 0), ("tháng", 0), ("ca thang ạ", 0), ("là trong tuần", 1), ("tuần nhé", 1), ("số khác", 2), ("gửi", 2)],
)
def test_a_part_of_one_label_stands_for_it(text: str, chosen: int):
    assert parse_part(text, ("Cả tháng", "Trong tuần", "Gửi số khác")) == chosen


@pytest.mark.parametrize("text", ["thắng", "số", "150", "trong tháng", "", "là", "ạ"])
def test_other_words_are_no_part_of_a_label(text: str):
    assert parse_part(text, ("Cả tháng", "Trong tuần", "Gửi số khác")) is None


@pytest.mark.parametrize("text", ["có", "số", "chưa có"])
def test_words_of_two_labels_or_short_last_words_choose_nothing(text: str):
    assert parse_part(text, ("Chưa có số", "Chưa có gì", "Việc này có")) is None


@pytest.mark.parametrize(("text", "chosen"), [("giữ", 1), ("giu 650", 1), ("chưa", 1), ("đã giao", 0), ("650", None)])
def test_each_half_of_a_label_names_it(text: str, chosen: int | None):
    assert parse_part(text, ("Đã giao lại", "Chưa, giữ 650")) == chosen
