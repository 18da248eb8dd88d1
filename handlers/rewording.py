"""The author's answer about words that have not changed: they stand on the author's word, or other ones follow.

Knows: that the old words stay until there are new ones. Does not know: when the question is asked.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.decisions.listing import place_named
from bot.decisions.outcome import Logged, Outcome, Say, Settled
from bot.decisions.reply import answered, read_message
from bot.decisions.same_words import KEPT, WANTED
from handlers import awaiting
from handlers.chat import HERE
from handlers.record import carry_out
from storage import checks

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.decisions.outcome import Fact, Pressed
    from handlers.chat import Chat

NEW_TEXT = "new_text"
LEAST_WORDS = 6  # of a text; fewer are something else


async def _kept(chat: Chat, pressed: Pressed) -> None:
    """«Còn đúng»: kept like a word of the office, with the author's as the reason."""
    data, desk = pressed.answer.data, chat.desk
    why = pressed.label[:1].lower() + pressed.label[1:]
    kept = checks.KeptCheck(data["check"], desk.period, why, desk.person.id, desk.now, data["operands"])
    await checks.keep(chat.tx, kept)
    said = Say("text_kept", HERE, chat.common() | {"number": data["number"]}, dedup=f"text-kept:{chat.key}")
    logged = Logged("check_kept", data["operands"], "", why, data["check"])
    await carry_out(chat.kit, chat.tx, desk, Outcome((*_settled(pressed), logged), (said,)), chat.here)


async def _wanted(chat: Chat, pressed: Pressed) -> None:
    """«Gửi đoạn mới»: the next words take the place of the old ones, which stand until then."""
    data, desk = pressed.answer.data, chat.desk
    await awaiting.wait(chat, NEW_TEXT, place=data["place"])
    said = Say("text_wanted", HERE, chat.common() | {"number": data["number"]}, dedup=f"text-wanted:{chat.key}")
    await carry_out(chat.kit, chat.tx, desk, Outcome(_settled(pressed), (said,)), chat.here)


async def _new_text(chat: Chat, data: Mapping[str, str]) -> bool:
    """Words about that section, with the figures in them; a figure of another one is read as ever."""
    place = place_named(data["place"])
    desk, message = chat.desk, chat.message
    if message is None or len(message.text.split()) < LEAST_WORDS or place not in desk.text_places:
        return False
    old = desk.texts.get(place)
    if old is not None:  # new words replace it instead of following it
        desk = replace(desk, texts={**desk.texts, place: replace(old, unchanged=True)})
    message = replace(message, section=place[0])
    taken = read_message(desk, message, chat.kit.reader)
    if not any((t.section, t.part) == place for t in taken.texts):
        return False
    await carry_out(chat.kit, chat.tx, desk, answered(desk, taken, message), chat.here)
    return True


def _settled(pressed: Pressed) -> tuple[Fact, ...]:
    return () if pressed.question_id is None else (Settled(pressed.question_id, pressed.key),)


EFFECTS: dict[str, Callable[[Chat, Pressed], Awaitable[None]]] = {KEPT: _kept, WANTED: _wanted}
AWAITED: dict[str, Callable[[Chat, Mapping[str, str]], Awaitable[bool]]] = {NEW_TEXT: _new_text}
