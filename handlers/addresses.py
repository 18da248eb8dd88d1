"""One person on several channels: what is asked once the second one is known.

Knows: who has which chats. Does not know: how they came by them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.decisions.outcome import Answer, Purpose, Say, To, Whom
from storage import people

if TYPE_CHECKING:
    from bot.facts import Person
    from handlers.happened import Happened
    from handlers.kit import Kit
    from storage.database import Transaction


async def which_channel(kit: Kit, tx: Transaction, happened: Happened, person: Person) -> Say:
    """One person on several channels is written to on one of them: on which, they say."""
    addresses = await people.addresses_of(tx, person.id)
    answers = {
        f"on_{n}": Answer(effect="channel_prefer", data={"channel": a.channel, "chat_id": a.chat_id})
        for n, a in enumerate(addresses)
    }
    told = common(kit, happened, next(iter(person.departments), "")) | {
        "channel": addresses[-1].channel.capitalize(),
        "channels": [{"key": f"on_{n}", "label": a.channel.capitalize()} for n, a in enumerate(addresses)],
    }
    key = f"which-channel:{happened.inbox_id}"
    return Say("also_other_channel", To(Whom.PERSON, person.id), told, Purpose.QUESTION, key, answers)


def common(kit: Kit, happened: Happened, department: str) -> dict[str, object]:
    week = kit.weeks.at(happened.at)
    known = kit.form.departments.get(department)
    return {
        "unit": known.short if known is not None else kit.settings.office.name,
        "office": kit.settings.office.name,
        "period": str(week.period),
        "deadline": week.moments.deadline,
        "now": happened.at,
    }
