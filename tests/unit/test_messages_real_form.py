"""The prompts, lists and receipts of the shipped form: every unit's fit one message and keep their budget."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.decisions import receipts
from bot.decisions.desk import Desk
from bot.decisions.listing import lines_of, main_of, missing_lines
from bot.decisions.tick import prompt
from bot.facts import Person, Post, PostRole
from bot.periods.actions import Action, ActionKind
from bot.periods.calendar import Period, Schedule, moments
from bot.rendering.messages import LONGEST, Reader, fits, length
from tests.compiling import form, gold_figures, opening
from tests.rendered import BARE, BUTTONS, catalogue

WEEK = moments(Schedule(), Period(2026, 23))
NOW = datetime(2026, 6, 4, 1, tzinfo=UTC)
UNITS = [d.id for d in form().departments.values()]


def desk(department: str, figures=None) -> Desk:
    person = Person(1, "Hùng", posts=(Post(PostRole.RESPONDENT, department),))
    return Desk(
        form(),
        WEEK,
        NOW,
        person,
        department,
        office="Văn phòng",
        figures=figures or {},
        previous=opening().values,
        plans=opening().plans,
    )


def rendered(message: str, data: dict[str, object], traits):
    words = catalogue().render(message, data, Reader(name="Hùng"), traits)
    body = words.text.rpartition("\nGõ: ")[0] if traits is BARE and not words.is_choice else words.text
    return words, body


def unnamed(at: Desk, text: str) -> list[str]:
    """Figures asked whose line (that of what was done, for a percent beside it) is not there."""
    shorts = {main_of(at.form, i).short for i in at.asked}
    return sorted(short for short in shorts if short.lower() not in text.lower())


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("traits", [BUTTONS, BARE], ids=["buttons", "bare"])
def test_the_prompt_fits_and_asks_for_everything(unit, traits):
    at = desk(unit)
    say = prompt(at, Action(ActionKind.PROMPT, "2026-W23", NOW, "person:1", ("key",), (unit,), person_id=1))
    words, body = rendered(say.message, dict(say.data), traits)
    entry = catalogue().entries[say.message]

    assert fits(body, entry.max_lines, entry.max_chars), words.text
    assert length(words.text) <= LONGEST
    assert unnamed(at, words.text) == []


@pytest.mark.parametrize("unit", UNITS)
def test_what_is_missing_is_named_to_the_last_figure(unit):
    at = desk(unit)
    words, body = rendered("missing_list", receipts.common(at) | {"missing": missing_lines(at)}, BARE)

    assert fits(body, 34, 1300), words.text
    assert unnamed(at, words.text) == []


@pytest.mark.parametrize("unit", UNITS)
def test_the_list_of_everything_fits_one_message(unit):
    at = desk(unit)
    sections = lines_of(at, (i.id for i in at.asked), texts=(s for s, _ in at.text_places), fold_zeros=True)
    words, _ = rendered("list_all", receipts.common(at) | {"sections": sections}, BARE)

    assert length(words.text) <= LONGEST
    assert len(words.text.split("\n")) > len(sections)


@pytest.mark.parametrize("unit", UNITS)
def test_a_complete_part_is_read_back_to_the_last_figure(unit):
    at = desk(unit, gold_figures())
    say = receipts.complete(at)
    words, body = rendered(say.message, say.data, BARE)

    assert fits(body, 40, 1500), words.text
    assert "số liệu, gõ XEM" not in words.text
    assert "còn thiếu" not in words.text
