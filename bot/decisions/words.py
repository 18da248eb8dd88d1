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
    from bot.decisions.desk import Desk

HERE = To(Whom.CHAT)
MOST_PLACES = 5
MOST_WORDS = 30  # that are passed on by a button; a longer text is hardly meant for a person


def place_question(desk: Desk, text: str, reply_id: int, key: str) -> Say:
    """«Đưa vào mục nào?», or whether the words are for the report at all where there is one place only."""
    places = sorted(desk.text_places, key=lambda place: place in desk.texts)
    answers = {
        name_of(place): Answer(effect="place", data={"text": text, "reply_id": str(reply_id), "place": name_of(place)})
        for place in places[:MOST_PLACES]
    }
    answers["ignore"] = Answer(effect="ignore")
    is_short = len(text.split()) <= MOST_WORDS
    told = receipts.common(desk) | {"quote": text, "may_pass_on": is_short and len(places) < MOST_PLACES}
    if is_short:
        answers["office"] = typed(f"{printed_word(CommandKind.OFFICE)} {text}")
    if len(places) <= 1:
        only = answers[name_of(places[0])] if places else Answer(effect="ignore")
        return Say("unread_ack", HERE, told, Purpose.QUESTION, key, answers | {"narrative": only})
    shown = {_label_of(desk, p): name_of(p) for p in reversed(places[:MOST_PLACES])}  # the same name: the first place
    candidates = [{"key": key_, "label": label} for label, key_ in reversed(shown.items())]
    told |= {"candidates": candidates, "others": max(0, len(places) - MOST_PLACES)}
    return Say("pick_section", HERE, told, Purpose.QUESTION, key, answers)


def _label_of(desk: Desk, place: tuple[str, str | None]) -> str:
    """The section; the department where a person answers for several parts of it."""
    form = desk.form
    is_shared = sum(p[0] == place[0] for p in desk.text_places) > 1
    return form.departments[form.writer_of(*place)].short if is_shared else short_of(form.sections[place[0]])
