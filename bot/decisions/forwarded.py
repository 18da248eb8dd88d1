"""What follows when a person forwards somebody else's message: nothing is stored until they say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.decisions import receipts
from bot.decisions.outcome import Answer, Outcome, Purpose, Say, To, Whom
from bot.decisions.reply import read_message

if TYPE_CHECKING:
    from bot.decisions.desk import Desk
    from bot.decisions.reply import Message, Reads

RECORD = "record_forwarded"


def on_forwarded(desk: Desk, message: Message, reader: Reads) -> Outcome:
    """Asks whether the figures in it are this department's."""
    taken = read_message(desk, message, reader)
    told = receipts.common(desk) | {"count": len(receipts.lines_taken_in(desk, taken))}
    answers = {
        "record": Answer(effect=RECORD, data={"text": message.text, "reply_id": str(message.reply_id)}),
        "ignore": Answer(effect="ignore"),
    }
    say = Say("problem/forwarded", To(Whom.CHAT), told, Purpose.QUESTION, f"forwarded:{message.key}", answers)
    return Outcome((), (say,))
