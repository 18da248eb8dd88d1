"""One report that came as several messages: those that wait together in the inbox are stored one by one, answered once.

Knows: which updates belong together, and how long a text that may have been cut waits for the rest of it.
Does not know: what they say; what is made of them is `bot.decisions.pieces`. A message that nothing waits behind costs
nothing here, and is answered at once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.decisions.pieces import CUT_FROM, is_plain, may_go_on, on_pieces
from bot.decisions.reply import on_content
from handlers.channel import ChatKind, InboundKind
from handlers.happened import REFUSED, Happened, event_time
from storage import inbox

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from bot.decisions.desk import Desk
    from bot.decisions.outcome import Outcome
    from bot.decisions.reply import Message
    from handlers.channel import Inbound
    from handlers.kit import Kit
    from storage.database import Transaction
    from storage.inbox import InboxRow

APART = timedelta(seconds=20)  # at most, between two pieces of one answer
CUT_WITHIN = timedelta(seconds=5)  # the parts of a text that was cut come one right after the other
MOST = 40  # pieces in one transaction


@dataclass(frozen=True, slots=True)
class Piece:
    """A message as it stands now. `goes_on` is one that continues the piece before it in mid-sentence."""

    happened: Happened
    message: Message
    goes_on: bool = False


def may_go_on_until(kit: Kit, row: InboxRow, event: Inbound | None) -> datetime | None:
    """A long text was perhaps cut on its way: until when it waits for what follows. None: it is read now."""
    if len(row.raw) < CUT_FROM:
        return None
    until = row.received_at + CUT_WITHIN
    is_long = event is not None and event.kind is InboundKind.TEXT and may_go_on(event.text)
    is_here = event is not None and event.address.kind is ChatKind.PRIVATE
    return until if is_long and is_here and kit.now() < until else None


async def outcome_of(
    kit: Kit,
    tx: Transaction,
    desk: Desk,
    piece: Piece,
    is_content: Callable[[str], bool],
    store: Callable[[Happened], Awaitable[Message]],
) -> Outcome:
    """What follows from a message and from those behind it that belong to it."""
    first = piece.message
    chat = piece.happened.event.address
    rows = await inbox.behind(tx, (chat.channel, chat.chat_id), piece.happened.inbox_id, MOST)
    is_answer = desk.question is not None or desk.walk is not None or desk.is_locked
    shares = bool(rows) and not is_answer and is_plain(desk, first, kit.reader)
    if not rows or not (shares or may_go_on(first.text)):
        return on_content(desk, first, kit.reader)
    found = [piece]
    taken: list[int] = []
    for row in rows:
        event = _understood(kit, row)
        if event is None:
            break
        following = _with(desk, kit, found, Happened(event, row.id, event_time(event, row, kit.now())), is_content)
        if following is None:
            break
        at, new = following
        is_own = at == len(found) and not new.goes_on
        if is_own and (not shares or (row is rows[-1] and may_go_on_until(kit, row, event))):
            break
        found[at : at + 1] = [replace(new, message=await store(new.happened))]
        taken.append(row.id)
    if not taken:
        return on_content(desk, first, kit.reader)
    await inbox.mark_handled(tx, taken)
    return on_pieces(desk, _texts(found), kit.reader)


def _with(
    desk: Desk, kit: Kit, found: list[Piece], happened: Happened, is_content: Callable[[str], bool]
) -> tuple[int, Piece] | None:
    """Where the next update goes: a further piece, or a piece that was edited meanwhile. None: it is none of these."""
    event, last = happened.event, found[-1]
    message = replace(last.message, text=event.text)
    if not event.text.strip() or event.forwarded or not is_content(event.text):
        return None
    if event.kind is InboundKind.EDITED:
        at = next((n for n, p in enumerate(found) if p.happened.event.message_id == event.message_id), None)
        if at is None or not (found[at].goes_on or may_go_on(event.text) or is_plain(desk, message, kit.reader)):
            return None
        return at, Piece(happened, message, found[at].goes_on)
    if event.kind is not InboundKind.TEXT or happened.at - last.happened.at > APART:
        return None
    goes_on = may_go_on(last.message.text) and happened.at - last.happened.at <= CUT_WITHIN
    if not (goes_on or may_go_on(event.text) or is_plain(desk, message, kit.reader)):
        return None
    return len(found), Piece(happened, message, goes_on)


def _texts(found: list[Piece]) -> list[tuple[Message, ...]]:
    """The pieces as they are read: one that goes on is one text with the piece before it."""
    texts: list[tuple[Message, ...]] = []
    for piece in found:
        if piece.goes_on and texts:
            texts[-1] = (*texts[-1], piece.message)
        else:
            texts.append((piece.message,))
    return texts


def _understood(kit: Kit, row: InboxRow) -> Inbound | None:
    if REFUSED in row.raw:
        return None
    try:
        return kit.channels[row.channel].parse(row.raw)
    except ValueError:
        return None
