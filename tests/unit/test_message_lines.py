"""The forms of a figure line and its marks (conversation 2.2 and 2.3)."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal

import pytest

from bot.decisions.lines import Line, Lines, Mark
from bot.facts import Qualifier
from bot.rendering.catalogue import word_table
from bot.rendering.filters import Filters
from bot.rendering.line_forms import LineForms, at_most, figures, labels_all, places

WORDS = word_table()
FORMS = LineForms(WORDS, Filters(WORDS))
RICE = Line("lúa mùa", Decimal(549), "ha", Decimal(650), Decimal("84.46"), Decimal(19))


def marked(mark: Mark, **other) -> Line:
    return Line("gia súc", Decimal(11488), "con", mark=mark, **other)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (RICE, "• Lúa mùa: 549/650 ha, 84,46% (tăng 19)"),
        (marked(Mark.GIVEN), "• Gia súc: 11.488 con"),
        (marked(Mark.GIVEN, change=Decimal(0)), "• Gia súc: 11.488 con"),
        (marked(Mark.CARRIED), "• Gia súc: 11.488 con (như tuần trước)"),
        (marked(Mark.OFFICE), "• Gia súc: 11.488 con (Văn phòng nhập)"),
        (marked(Mark.CONFIRM), "? Gia súc: 11.488 con, chờ xác nhận"),
        (marked(Mark.DOUBT, quote="11,488"), "? Gia súc: “11,488”, chưa rõ"),
        (marked(Mark.MISSING), "– Gia súc: còn thiếu"),
        (marked(Mark.NO_DATA), "– Gia súc: chưa có số"),
        (Line("ổ dịch", Decimal(0), "ổ", mark=Mark.ZERO), "• Ổ dịch: không"),
        (Line("quả", Decimal(2), "tấn", qualifier=Qualifier.ABOUT), "• Quả: khoảng 2 tấn"),
        (Line("buổi sinh hoạt", Decimal(2), "buổi"), "• Buổi sinh hoạt: 2"),
        (Line("thấp còi", Decimal("24.19"), "%"), "• Thấp còi: 24,19%"),
    ],
)
def test_every_mark_has_its_sign_and_its_word(line, text):
    assert FORMS.bullet(line) == text


def test_a_line_that_came_back_from_storage_is_written_alike():
    told = {k: str(v) if isinstance(v, Decimal) else v for k, v in asdict(RICE).items()}

    assert FORMS.bullet(told) == FORMS.bullet(RICE)


def test_dense_lines_share_their_unit():
    section = Lines(1, "Trồng trọt", (RICE, Line("quả", Decimal(2), "tấn", qualifier=Qualifier.ABOUT)), unit="ha")

    assert FORMS.dense(section) == "lúa mùa 549/650 (84,46%); quả khoảng 2 tấn"


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (marked(Mark.CARRIED), "gia súc 11.488 con (như tuần trước)"),
        (marked(Mark.CONFIRM, pct=Decimal(75)), "gia súc 11.488 con (75%, chờ xác nhận)"),
        (marked(Mark.MISSING), "gia súc còn thiếu"),
        (marked(Mark.NO_DATA), "gia súc chưa có số"),
        (marked(Mark.DOUBT, quote="11,488"), "gia súc “11,488” chưa rõ"),
        (Line("ổ dịch", Decimal(0), "ổ", mark=Mark.ZERO), "ổ dịch 0"),
    ],
)
def test_dense_lines_keep_their_marks(line, text):
    assert FORMS.dense_lines([line]) == text


@pytest.mark.parametrize(
    ("line", "bullet", "dense"),
    [
        (
            Line("lúa mùa", unit="ha", last=Decimal(530), plan=Decimal(650)),
            "• Lúa mùa (530/650 ha)",
            "lúa mùa 530/650 ha",
        ),
        (Line("lúa mùa", unit="ha", plan=Decimal(650)), "• Lúa mùa (kế hoạch 650 ha)", "lúa mùa (kế hoạch 650 ha)"),
        (Line("ca sinh", unit="ca", last=Decimal(1), pct=Decimal("4.3")), "• Ca sinh (1, 4,3%)", "ca sinh 1"),
        (Line("ngô", unit="ha"), "• Ngô", "ngô"),
    ],
)
def test_what_is_asked_stands_beside_last_week(line, bullet, dense):
    assert FORMS.asked(line) == bullet
    assert FORMS.dense_asked(Lines(1, "Trồng trọt", (line,))) == dense


def test_three_lines_that_say_the_same_share_one():
    zeros = [Line(name, Decimal(0), mark=Mark.ZERO) for name in ("dịch", "ngộ độc", "cấp cứu")]
    carried = [Line(name, Decimal(5), "%", mark=Mark.CARRIED) for name in ("a", "b", "c")]

    assert FORMS.bullets([*zeros, RICE, *carried]) == [
        "• Dịch, ngộ độc, cấp cứu: không",
        FORMS.bullet(RICE),
        "• Như tuần trước: a 5%; b 5%; c 5%",
    ]
    assert len(FORMS.bullets([*zeros[:2], *carried[:2]])) == 4


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (Line("lúa mùa", Decimal(560), "ha", old=Decimal(549)), "549 → 560 ha"),
        (Line("lúa mùa", Decimal(560), "ha"), "còn thiếu → 560 ha"),
        (Line("lúa mùa", None, "ha", old=Decimal(549)), "549 → chưa có số"),
    ],
)
def test_what_changed_shows_old_and_new(line, text):
    assert FORMS.moved(line) == text


def test_a_reminder_names_seven_figures_and_counts_the_rest():
    owed = tuple(
        Lines(n, f"mục {n}", tuple(Line(f"{n}.{i}") for i in range(5)), zeros=("z",), text=n == 3) for n in (1, 2, 3)
    )
    shown = at_most(owed, 7)

    assert labels_all(shown) == ["1.0", "1.1", "1.2", "1.3", "1.4", "z", "2.0"]
    assert figures(owed) - figures(shown) == 11
    assert [s.n for s in shown] == [1, 2, 3]
    assert places(owed) == "1, 2, 3"
