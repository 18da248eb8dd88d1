"""What a one-time code looks like, and what is no code."""

from __future__ import annotations

import re

import pytest

from handlers.enrolment import looks_like_a_code, new_code


def test_codes_have_three_groups_and_do_not_repeat():
    drawn = {new_code() for _ in range(500)}

    assert len(drawn) == 500
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}", code) for code in drawn)


def test_whatever_is_drawn_is_known_again_as_it_is_typed():
    """One of a hundred used to have no digit, and was taken for a word of the report."""
    for _ in range(3_000):
        code = new_code()
        assert all(map(looks_like_a_code, (code, code.lower(), code.replace("-", ""), f" {code}\n"))), code


def test_letters_alone_are_a_code_in_groups_only():
    assert looks_like_a_code("DYYX-VMFW-SCZC")
    assert not looks_like_a_code("DYYXVMFWSCZC")


@pytest.mark.parametrize("said", ["0912-3456-7890", "091234567890", "LP7K 4MQ2 XD9T", "LP7K-4MQ2", "báo cáo tuần"])
def test_phone_numbers_and_words_are_no_codes(said):
    assert not looks_like_a_code(said)
