"""Words passed on between a person and the office, as they stand: questions that no rule answers, and the answers.

Knows: what both sides are told. Nothing in these words is read for figures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.decisions import receipts
from bot.decisions.outcome import Answer, Purpose, Say, To, Whom

if TYPE_CHECKING:
    from bot.decisions.desk import Desk

HERE = To(Whom.CHAT)
ASKED = "unit_asked"  # the effect of the buttons under a question


def to_office(desk: Desk, words: str, key: str) -> tuple[Say, ...]:
    """The office reads a person's words as they stand and answers in this chat."""
    told = receipts.common(desk)
    if desk.person.is_secretary:  # she is the office: what may be typed is all there is to answer
        return (Say("help_office", HERE, told, dedup=key),)
    asked = told | {"words": words, "at": desk.now, "person": desk.person.name}
    data = {"person_id": str(desk.person.id), "unit": desk.unit}
    answers = {k: Answer(effect=ASKED, data=data) for k in ("reply", "phone")}
    return (
        Say("passed_to_office", HERE, told | {"person": None}, dedup=key),
        Say("unit_question", To(Whom.OFFICE), asked, Purpose.NOTICE, f"asked:{key}", answers),
    )


def answered(desk: Desk, words: str, to: tuple[int, str, str], key: str) -> tuple[Say, ...]:
    """The office's words, as they stand, to the person who asked. `to` is the person with name and unit."""
    person_id, name, unit = to
    told = receipts.common(desk) | {"unit": unit}
    theirs = Say("office_answer", To(Whom.PERSON, person_id), told | {"words": words}, Purpose.NOTICE, f"{key}:answer")
    return (Say("office_answered", HERE, told | {"person": name}, dedup=key), theirs)
