"""Which department a person's words name."""

from __future__ import annotations

import pytest

from bot.decisions.naming import departments_named
from bot.rendering.forms import load_form

FORM = load_form("dang-uy-xa")


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("CA", ["cong-an"]),
        ("ca", ["cong-an"]),
        ("công an", ["cong-an"]),
        ("cong an xa", ["cong-an"]),
        ("cả", []),  # all of them, not the police
        ("hội ccb", ["hoi-ccb"]),
        ("phong kinh te", ["phong-kinh-te"]),
    ],
)
def test_marks_that_were_typed_tell_a_word_from_an_abbreviation(words, ids):
    assert [department.id for department in departments_named(words, FORM)] == ids
