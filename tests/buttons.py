"""Which stored buttons would do nothing when they are pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.decisions import answer
from bot.decisions.forwarded import RECORD
from bot.decisions.outcome import TYPED
from bot.decisions.rights import roles_of
from bot.replies.commands import parse_command
from bot.replies.reading import Context
from handlers.officechat import EFFECTS
from handlers.words import pressed_of
from storage import buttons, people

if TYPE_CHECKING:
    from bot.decisions.outcome import Pressed
    from bot.facts import Person
    from bot.replies.command_words import Who
    from handlers.kit import Kit


async def dead_buttons(kit: Kit) -> list[str]:
    """«message: [label]» of every button that nothing answers."""
    async with kit.db.transaction() as tx:
        rows = await tx.all("SELECT token, person_id FROM buttons ORDER BY token")
        found = [(await buttons.find(tx, row["token"]), row["person_id"]) for row in rows]
        owners = {p.id: p for p in await people.all_people(tx)}
    pressed = [(pressed_of(button), owners.get(owner or 0)) for button, owner in found if button is not None]
    dead = [f"{p.message}: [{p.label}] ({p.key})" for p, owner in pressed if not _is_answered(kit, p, owner)]
    return list(dict.fromkeys(dead))


def _is_answered(kit: Kit, pressed: Pressed, owner: Person | None) -> bool:
    effect = pressed.answer.effect
    if pressed.answer.sets or effect in answer.EFFECTS or effect in EFFECTS or effect == RECORD:
        return True
    roles = roles_of(owner, has_leader=False) if owner is not None else frozenset()
    words = pressed.answer.data.get(TYPED, pressed.label)
    is_said = TYPED in pressed.answer.data and bool(kit.reader.read(words, Context()).intents)
    return not effect and (not roles or is_said or any(_understood(kit, words, role) for role in roles))


def _understood(kit: Kit, words: str, role: Who) -> bool:
    found = parse_command(words, role, kit.names)
    return found is not None and not found.is_unread
