"""Layer A on any text: nothing raises, spans point into the original, a number survives its spellings."""

from __future__ import annotations

import unicodedata
from collections import Counter
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.replies.mentions import analyse, find_mentions

PIECES = [
    "lúa mùa",
    "ngô",
    "không",
    "ko",
    "chưa",
    "có",
    "phát sinh",
    "dịch bệnh",
    "hoặc",
    "và",
    "hay",
    "năm",
    "tháng",
    "ngày",
    "tuần",
    "quý",
    "thứ",
    "số",
    "tỷ",
    "triệu",
    "nghìn",
    "tr",
    "k",
    "rưỡi",
    "nửa",
    "hai",
    "ba",
    "mười",
    "mươi",
    "lăm",
    "tư",
    "trăm",
    "lẻ",
    "gấp",
    "đôi",
    "lần",
    "tăng",
    "giảm",
    "so với",
    "cùng kỳ",
    "kế hoạch",
    "KH",
    "TH",
    "lũy kế",
    "trong tuần",
    "đạt",
    "bằng",
    "chiếm",
    "trên",
    "gần",
    "khoảng",
    "từ",
    "đến",
    "hộ",
    "ha",
    "con",
    "hồ sơ",
    "%",
    "đ/c",
    "đồng",
    "/",
    "-",
    "–",
    "(",
    ")",
    "[",
    "]",
    ",",
    ";",
    ".",
    ":",
    "\n",
    "…",
    "👍",
    "549",
    "650",
    "1.110",
    "64,5",
    "02",
    "2026",
    "12/6",
    "01-07/6/2026",
    "57-NQ/TW",
    "0900 111 222",
    "1tr5",
    "8h30",
    ">=",
    "~",
    "+",
    "giống OM 18",
    "thôn Đắk Kinh 1",
    "1.",
    "a)",
    "trong đó",
    "tổng số",
    "là",
    "«",
    "»",
    "\u200b",
    "é",
    "½",
    "٣",
]
replies = st.lists(st.sampled_from(PIECES), max_size=40).flatmap(
    lambda pieces: st.lists(st.sampled_from((" ", " ", " ", "")), min_size=len(pieces), max_size=len(pieces)).map(
        lambda gaps: "".join(piece + gap for piece, gap in zip(pieces, gaps, strict=True))
    )
)
counted = st.sampled_from(("con", "hộ", "hồ sơ", "trường hợp", "chi bộ"))

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def in_words(number: int) -> str:
    """The formal way of saying a number below a trillion."""
    words: list[str] = []
    for scale, name in ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        group, number = divmod(number, scale)
        if group:
            words += [*group_in_words(group, full=bool(words)), name]
    return " ".join(word for word in words if word) or DIGITS[0]


def group_in_words(group: int, *, full: bool) -> list[str]:
    hundreds, rest = divmod(group, 100)
    tens, units = divmod(rest, 10)
    words = [DIGITS[hundreds], "trăm"] if hundreds or full else []
    if not tens:
        return words + (["lẻ", DIGITS[units]] if units and words else [DIGITS[units]] if units else [])
    words += ["mười"] if tens == 1 else [DIGITS[tens], "mươi"]
    last = {1: "mốt" if tens > 1 else "một", 4: "tư" if tens > 1 else "bốn", 5: "lăm"}.get(units, DIGITS[units])
    return words + ([last] if units else [])


@given(st.one_of(st.text(max_size=200), replies))
@settings(max_examples=400, deadline=None)
def test_no_text_raises_and_spans_point_into_the_original(text):
    analysis = analyse(text)

    for mention in analysis.mentions.mentions:
        assert 0 <= mention.start <= mention.num_start < mention.num_end <= mention.end <= len(text)
        assert (mention.label_start, mention.label_end) == (
            -1,
            -1,
        ) or 0 <= mention.label_start < mention.label_end <= len(text)
        assert mention.ratio_with is None or analysis.mentions.mentions[mention.ratio_with].ratio_with is not None
        assert not mention.readings or mention.readings[0] == mention.value
        assert len(set(mention.readings)) == len(mention.readings)
    for distractor in analysis.mentions.distractors:
        assert 0 <= distractor.start < distractor.end <= len(text)
    assert len(analysis.places) == len(analysis.mentions.mentions)


@given(st.one_of(st.text(max_size=200), replies))
@settings(max_examples=200, deadline=None)
def test_a_number_is_a_figure_or_it_is_none(text):
    found = find_mentions(text)

    for mention in found.mentions:
        for distractor in found.distractors:
            assert mention.num_end <= distractor.start or distractor.end <= mention.num_start


@given(replies)
@settings(max_examples=150, deadline=None)
def test_decomposed_letters_change_no_value(text):
    values = [m.value for m in find_mentions(unicodedata.normalize("NFC", text)).mentions]

    assert [m.value for m in find_mentions(unicodedata.normalize("NFD", text)).mentions] == values


@given(st.integers(min_value=0, max_value=10**12 - 1), counted)
def test_a_whole_number_survives_its_spellings(number, unit):
    grouped = f"{number:,}".replace(",", ".")
    for written in (str(number), grouped, in_words(number)):
        text = f"Kết quả đã ghi {written} {unit}"
        mentions = find_mentions(text).mentions
        if number == 0 and written == "không":
            continue  # said as «không phát sinh», never as a bare word before a noun
        if written == "ba" and unit == "con":
            continue  # «ba con» is «bà con» where diacritics are typed carelessly
        assert [m.value for m in mentions] == [number], written


@given(st.decimals(min_value=0, max_value=99999, places=2), st.sampled_from(("ha", "tấn", "%", "tạ/ha")))
def test_a_decimal_survives_its_marks(number, unit):
    whole, _, part = f"{number:.2f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    for written in (f"{whole},{part}", f"{whole}.{part}", f"{grouped},{part}"):
        assert [(m.value, m.readings) for m in find_mentions(f"đạt {written} {unit}").mentions] == [(number, ())], (
            written
        )


CLAUSES = (
    "lúa mùa đạt 549/650 ha",
    "ngô 1.110 ha",
    "thu ngân sách 13 triệu đồng",
    "không phát sinh dịch bệnh",
    "khám 1.009 lượt người",
    "giải quyết hai mươi tư hồ sơ",
    "ban hành văn bản số 160",
    "trồng rừng 10,5 ha",
)


@given(st.permutations(CLAUSES))
def test_the_order_of_clauses_does_not_matter(clauses):
    def read(parts) -> Counter:
        return Counter((m.value, m.unit, m.label) for m in find_mentions("; ".join(parts)).mentions)

    assert read(clauses) == read(CLAUSES)


def test_a_value_is_exact_whatever_its_size():
    (mention,) = find_mentions("0,000001 tấn").mentions

    assert mention.value == Decimal("0.000001")
