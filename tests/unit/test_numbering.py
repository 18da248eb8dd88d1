from bot.forms.model import HeadingStyle, Section
from bot.forms.numbering import numbers
from tests.compiling import form


def _section(id_, level, parent=None):
    return Section(id_, id_, level, parent, HeadingStyle.BLOCK, "d")


def test_levels_have_their_own_signs():
    outline = [_section("T", 0), _section("A", 1), _section("B", 2, "A"), _section("C", 3, "B"), _section("D", 4, "C")]

    assert dict(numbers(outline)) == {"T": "", "A": "I.", "B": "1.", "C": "1.1.", "D": "a)"}


def test_letters_follow_the_vietnamese_order_with_d_stroke_after_d():
    outline = [_section("A", 3), *(_section(f"x{n}", 4, "A") for n in range(24))]

    letters = [number for id_, number in numbers(outline).items() if id_ != "A"]

    assert letters[:8] == ["a)", "b)", "c)", "d)", "đ)", "e)", "g)", "h)"]
    assert letters[-2:] == ["y)", "aa)"]


def test_counting_starts_anew_under_every_parent():
    outline = [
        _section("A", 1),
        _section("A1", 2, "A"),
        _section("B", 1),
        _section("B1", 2, "B"),
        _section("B2", 2, "B"),
    ]

    assert [numbers(outline)[i] for i in ("A", "A1", "B", "B1", "B2")] == ["I.", "1.", "II.", "1.", "2."]


def test_no_number_of_the_real_report_is_missing_or_doubled():
    found = {s.id: s.number for s in form().sections.values()}

    assert [found[i] for i in ("II.4.a", "II.4.b", "II.4.c", "II.4.2", "II.4.3")] == [
        "4.1.",
        "4.2.",
        "4.3.",
        "4.4.",
        "4.5.",
    ]
    assert [found[f"II.2.4.{n}"] for n in (1, 2, 3)] == ["a)", "b)", "c)"]
    assert [found[f"II.5.3.{n}"] for n in "abcde"] == ["a)", "b)", "c)", "d)", "đ)"]
    assert found["II.1.2.đ"] == "đ)"
    assert found["CLOSING"] == ""
