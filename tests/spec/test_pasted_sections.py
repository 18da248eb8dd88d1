"""Whole sections and footnotes of the real report, pasted: every figure, and nothing else."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from bot.replies.reading import Context

GOLD = Path(__file__).parent.parent / "data" / "gold"
SECTIONS = json.loads((GOLD / "sections.json").read_text(encoding="utf-8"))
MARKED = json.loads((GOLD / "figures.json").read_text(encoding="utf-8"))
TEXTS = [
    (section["id"], footnote, text)
    for section in SECTIONS
    for footnote, text in [(None, section["body"]), *section["footnotes"].items()]
    if text
]


def name(value):
    return value if isinstance(value, str) and len(value) < 10 else ""


def figures_of(section, footnote):
    here = [f for f in MARKED["figures"] if f["section_id"] == section and f["footnote"] == footnote]
    return [f for f in here if f["core"]]


def read(reader, section, text):
    return reader.read(text, Context(sections=(section,), week="01-07/6/2026"))


@pytest.mark.parametrize(("section", "footnote", "text"), TEXTS, ids=name)
def test_every_figure_is_stored_and_nothing_else(reader, section, footnote, text):
    reading = read(reader, section, text)
    wanted = {f["id"]: Decimal(f["value"]) for f in figures_of(section, footnote)}
    assert {f.indicator: f.value for f in reading.figures} == wanted


@pytest.mark.parametrize(("section", "footnote", "text"), TEXTS, ids=name)
def test_every_figure_points_at_its_number(reader, section, footnote, text):
    places = {f["id"]: (f["start"], f["end"]) for f in figures_of(section, footnote) if not f["implicit"]}
    found = {f.indicator: (f.start, f.end) for f in read(reader, section, text).figures}
    assert {i: found[i] for i in places} == places


def test_the_report_holds_132_figures_and_19_noughts_in_words():
    assert sum(f["core"] for f in MARKED["figures"]) == 132
    assert sum(f["implicit"] for f in MARKED["figures"]) == 19


@pytest.mark.parametrize("kind", ["distractors", "word_traps"])
def test_no_figure_stands_on_a_number_that_is_none(reader, kind):
    texts = {(section, footnote): text for section, footnote, text in TEXTS}
    traps = [t for t in MARKED[kind] if (t["section_id"], t.get("footnote")) in texts]
    assert len(traps) > 40
    for trap in traps:
        text = texts[trap["section_id"], trap.get("footnote")]
        for figure in read(reader, trap["section_id"], text).figures:
            assert figure.end <= trap["start"] or trap["end"] <= figure.start


def test_the_units_slip_of_the_report_itself_is_asked_about(reader):
    body = next(text for section, _, text in TEXTS if section == "II.1.2.a")
    question = read(reader, "II.1.2.a", body).questions[0]
    assert question.code == "unit_implausible"
    assert "public_investment_plan" in question.indicators
