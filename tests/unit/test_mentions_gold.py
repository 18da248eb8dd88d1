"""Layer A on the real report: every figure found, no distractor and no word trap ever read."""

from __future__ import annotations

import json
from decimal import Decimal
from functools import cache

import pytest

from bot.replies.mentions import find_mentions
from tests.gold_report import GOLD, gold_figures, gold_sections

PRINTED_IN = {"tỷ đồng": 10**9, "triệu đồng": 10**6}  # mentions are in base units


@cache
def texts() -> dict:
    found = {}
    for section in gold_sections():
        found[section["id"], None] = section["body"]
        for key, note in section["footnotes"].items():
            found[section["id"], key] = note
    return found


def text_of(entry: dict) -> str:
    return texts()[entry["section_id"], entry["footnote"]]


@cache
def mentions_of(text: str):
    return find_mentions(text).mentions


def traps() -> list[dict]:
    gold = json.loads((GOLD / "figures.json").read_text(encoding="utf-8"))
    return gold["distractors"] + gold["word_traps"]


def name(entry: dict) -> str:
    return f"{entry['section_id']} {entry['surface']}"


@pytest.mark.parametrize("figure", [f for f in gold_figures() if not f["implicit"]], ids=lambda f: f["id"])
def test_every_printed_figure_is_found_with_its_value_and_no_doubt(figure):
    wanted = Decimal(figure["value"]) * PRINTED_IN.get(figure["unit"], 1)
    found = [m for m in mentions_of(text_of(figure)) if (m.num_start, m.num_end) == (figure["start"], figure["end"])]

    assert [(m.value, m.readings) for m in found] == [(wanted, ())]


@pytest.mark.parametrize(
    "figure", [f for f in gold_figures() if f["implicit"]], ids=lambda f: f"{f['id']} {f['section_id']}"
)
def test_every_zero_in_words_is_found(figure):
    found = [m for m in mentions_of(text_of(figure)) if m.in_words and m.value == 0]

    assert any(m.start <= figure["start"] and m.end <= figure["end"] + 60 and m.end > figure["start"] for m in found)


@pytest.mark.parametrize("trap", traps(), ids=name)
def test_what_is_no_figure_is_never_read(trap):
    found = mentions_of(text_of(trap))

    assert [m for m in found if m.num_start < trap["end"] and trap["start"] < m.num_end] == []


def test_nothing_else_is_read_in_the_whole_report():
    gold = [(text_of(f), f["start"], f["end"]) for f in gold_figures()]

    extra = [
        text[m.start : m.end]
        for text in texts().values()
        for m in mentions_of(text)
        if not any(text == t and m.start < end and start < m.end for t, start, end in gold)
    ]
    assert extra == []
