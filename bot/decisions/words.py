"""Words without a figure: where in the report they belong, when the message does not say.

Knows: the places a department writes for. Asks instead of guessing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.decisions import receipts
from bot.decisions.listing import name_of, short_of
from bot.decisions.naming import printed_word
from bot.decisions.outcome import Answer, Purpose, Say, To, Whom, typed
from bot.replies.command_words import CommandKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.decisions.desk import Desk

    Place = tuple[str, str | None]

HERE = To(Whom.CHAT)
MOST_PLACES = 5
MOST_WORDS = 30  # that are passed on by a button; a longer text is hardly meant for a person


def place_question(desk: Desk, text: str, reply_id: int, key: str, start: int = 0) -> Say:
    """«Đưa vào mục nào?», or whether the words are for the report at all where there is one place only."""
    places = sorted(desk.text_places, key=lambda place: place in desk.texts)
    shown, following = page(places, start)
    kept = {"text": text, "reply_id": str(reply_id)}
    answers = {name_of(place): Answer(effect="place", data={**kept, "place": name_of(place)}) for place in shown}
    answers["ignore"] = Answer(effect="ignore")
    is_short = len(text.split()) <= MOST_WORDS
    told = receipts.common(desk) | {"quote": text, "may_pass_on": is_short and len(places) < MOST_PLACES}
    if is_short:
        answers["office"] = typed(f"{printed_word(CommandKind.OFFICE)} {text}")
    if len(places) <= 1:
        only = answers[name_of(places[0])] if places else Answer(effect="ignore")
        return Say("unread_ack", HERE, told, Purpose.QUESTION, key, answers | {"narrative": only})
    if following is not None:
        answers["more"] = Answer(effect="place_more", data={**kept, "start": str(following)})
    told |= {"candidates": candidates_of(desk, shown), "others": len(places) - len(shown)}
    return Say("pick_section", HERE, told, Purpose.QUESTION, key, answers)


def page(places: Sequence[Place], start: int) -> tuple[Sequence[Place], int | None]:
    """As many as have a button, and where «Mục khác» goes on: behind the last it begins again. None where all fit."""
    if len(places) <= MOST_PLACES:
        return places, None
    at = start if start < len(places) else 0
    following = at + MOST_PLACES - 1
    return places[at:following], following if following < len(places) else 0


def candidates_of(desk: Desk, places: Sequence[Place]) -> list[dict[str, str]]:
    """What the buttons are called; of two that bear one name the first."""
    shown = {_label_of(desk, place): name_of(place) for place in reversed(places)}
    return [{"key": key, "label": label} for label, key in reversed(shown.items())]


def _label_of(desk: Desk, place: Place) -> str:
    """The section; the department where a person answers for several parts of it."""
    form = desk.form
    is_shared = sum(p[0] == place[0] for p in desk.text_places) > 1
    return form.departments[form.writer_of(*place)].short if is_shared else short_of(form.sections[place[0]])
