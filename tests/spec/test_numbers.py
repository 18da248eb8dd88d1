"""The corpus of numbers is the specification of layer A: one meaning, many spellings, and what must not be read."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.replies.mentions import find_mentions
from bot.replies.normalise import fold
from tests.spec.number_corpus import absences, meanings, requirements
from tests.spec.print_manual import TARGET, manual

LISTED = {"values": None, "units": "unit", "roles": "role", "percent_of": "percent_of", "labels": "label"}


@pytest.mark.parametrize("case", meanings(), ids=lambda case: case["id"])
def test_each_spelling_has_its_meaning(case):
    assert differences(case, find_mentions(case["text"]).mentions) == []


@pytest.mark.parametrize("case", absences(), ids=lambda case: case["id"])
def test_what_is_no_figure_is_never_read_as_one(case):
    found = find_mentions(case["text"])

    assert [case["text"][m.start : m.end] for m in found.mentions] == []
    if "kind" in case:
        assert case["kind"] in {d.kind.value for d in found.distractors}


def test_every_requirement_has_cases_and_every_case_a_requirement():
    cited = {case["requirement"] for case in (*meanings(), *absences()) if "requirement" in case}

    assert cited == set(requirements())


def differences(case: dict, mentions) -> list[str]:
    found = []
    if "zeros" in case:
        got = [fold(m.label) for m in mentions if m.in_words and m.value == 0]
        return (
            []
            if got == [fold(label) for label in case["zeros"]] and len(got) == len(mentions)
            else [f"zeros for {got}"]
        )
    readings = [Decimal(r) for r in case.get("readings", ())]
    values = [readings[0]] if readings else [Decimal(v) for v in case.get("values", [case.get("value")])]
    if [m.value for m in mentions] != values:
        return [f"values {[str(m.value) for m in mentions]}"]
    if readings and list(mentions[0].readings) != readings:
        found.append(f"readings {[str(r) for r in mentions[0].readings]}")
    doubtful = case.get("doubtful", [bool(readings)] * len(mentions))
    if not case.get("note") and [bool(m.readings) for m in mentions] != doubtful:
        found.append(f"doubt {[[str(r) for r in m.readings] for m in mentions]}")
    for key, name in LISTED.items():
        if name and key in case and [str(getattr(m, name)) for m in mentions] != case[key]:
            found.append(f"{key} {[str(getattr(m, name)) for m in mentions]}")
    if "unit" in case and mentions[0].unit != case["unit"]:
        found.append(f"unit {mentions[0].unit!r}")
    if "qualifier" in case and mentions[0].qualifier != case["qualifier"]:
        found.append(f"qualifier {mentions[0].qualifier}")
    if "upper" in case and [m.range_to for m in mentions] != [Decimal(v) for v in case["upper"]]:
        found.append(f"upper ends {[m.range_to for m in mentions]}")
    return found


def test_the_manual_is_printed_from_the_corpora():
    assert TARGET.read_text(encoding="utf-8") == manual()
