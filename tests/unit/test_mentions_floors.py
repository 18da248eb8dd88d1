"""Floors on gold that may not be kept here; where its folder is absent these tests say so."""

from __future__ import annotations

import json
import statistics
from functools import cache

import pytest

from benchmarks.reader_mentions import Tally, gold_folder, numerals, score

FOLDER = gold_folder()
pytestmark = pytest.mark.skipif(FOLDER is None, reason="gold of other offices is not here")


@cache
def tally() -> Tally:
    return score(json.loads((FOLDER / "real_reports.json").read_text(encoding="utf-8")))


def test_values_and_units_of_other_offices_are_read():
    assert tally().found["value+unit"] / tally().figures >= 0.97


def test_roles_of_other_offices_are_read():
    assert tally().found["role"] / tally().found["value"] >= 0.85


def test_labels_of_other_offices_are_found():
    assert statistics.mean(tally().f1) >= 0.80


def test_numbers_that_are_no_figures_are_not_read():
    assert tally().found["read as figures"] / tally().distractors <= 0.01


def test_number_words_are_read_but_for_the_faults_their_sources_list():
    assert [wrong for _, _, _, wrong in numerals(FOLDER)] == [[], []]
