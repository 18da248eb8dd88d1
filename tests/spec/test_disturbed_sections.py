"""The same sections as other hands would type them: nearly all right, and next to nothing wrong."""

from __future__ import annotations

from bot.replies.reading import Context
from tests.spec.disturb import cases

CASES = 300
LEAST_RIGHT, MOST_WRONG = 0.995, 0.0005


def test_other_hands_are_read_nearly_as_well(reader):
    figures = right = 0
    wrong = []
    for case in cases(CASES):
        stored = {
            f.indicator: f.value
            for f in reader.read(case.text, Context(sections=(case.section,), week="01-07/6/2026")).figures
        }
        figures += len(case.values)
        right += sum(stored.get(name) == value for name, value in case.values.items())
        wrong += [(case.number, name, value) for name, value in stored.items() if case.values.get(name) != value]
    assert figures > CASES * 5
    assert right >= LEAST_RIGHT * figures
    assert len(wrong) <= MOST_WRONG * figures, wrong


def test_the_generator_tells_the_same_cases_again():
    assert cases(20) == cases(20)
    assert len({c.text for c in cases(200)}) > 190
