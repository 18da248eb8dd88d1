"""XUẤT: any span of weeks as an Excel or CSV file, to the office.

The wish is stored with its message; the file is made outside of any transaction, from a reading connection, since
a year of figures takes longer than others who write should wait. A restart in between changes nothing.
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from bot.decisions import exporting
from bot.decisions.exporting import LONGEST, Range
from bot.decisions.outcome import Answer, Document, Outcome, Purpose, Say
from bot.periods.calendar import Period
from bot.replies.command_words import CommandKind
from handlers import words
from handlers.chat import HERE, Chat
from handlers.exportfile import Tables, changes_of, file_of, load
from handlers.words import Addressee, File, rank_of
from storage import attachments, meta, people

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from bot.decisions.outcome import Pressed
    from bot.replies.commands import Command
    from handlers.exportfile import Found
    from handlers.kit import Kit

WISH = "export:"  # with the id of the update that asked
FEW_WEEKS = 4
EFFECT = "export"


async def _export(chat: Chat, command: Command) -> None:
    """«XUẤT 01/5–31/5», «XUẤT CSV tuần 20 đến 23»; alone it asks which weeks."""
    now = chat.kit.weeks.at(chat.happened.at).period
    today = chat.happened.at.astimezone(chat.desk.zone).date()
    found = exporting.range_named(command.argument, now, today)
    if found is None:
        await _which(chat, now, command.argument)
    else:
        await _wish(chat, found)


async def _which(chat: Chat, now: Period, said: str, longest: int | None = None) -> None:
    kind = exporting.kind_named(said)
    spans = {
        "week": exporting.last_weeks(1, now, kind),
        "weeks": exporting.last_weeks(FEW_WEEKS, now, kind),
        "year": exporting.this_year(now, kind),
    }
    answers = {key: Answer(effect=EFFECT, data=_told(span)) for key, span in spans.items()}
    unread = "" if said.strip().casefold() in ("csv", "excel", "xlsx") else said
    told = chat.common() | {"words": unread, "longest": longest}
    await chat.out(Outcome((), (Say("export_which", HERE, told, Purpose.QUESTION, f"export:{chat.key}", answers),)))


async def _pressed(chat: Chat, pressed: Pressed) -> None:
    await _wish(chat, _range(pressed.answer.data))


async def _wish(chat: Chat, wanted: Range) -> None:
    if len(wanted.periods) > LONGEST:
        await _which(chat, chat.kit.weeks.at(chat.happened.at).period, wanted.kind, LONGEST)
        return
    wish = _told(wanted) | {"channel": chat.here.channel, "chat": chat.here.chat_id, "period": chat.desk.period}
    await meta.put(chat.tx, f"{WISH}{chat.key}", json.dumps(wish))
    chat.kit.hurry()


def _told(wanted: Range) -> dict[str, str]:
    return {"first": str(wanted.first), "last": str(wanted.last), "kind": wanted.kind}


def _range(told: Mapping[str, Any]) -> Range:
    return Range(Period.parse(told["first"]), Period.parse(told["last"]), told["kind"])


async def make_wanted(kit: Kit) -> int:
    """Make the files that were asked for; returns how many there were."""
    async with kit.db.transaction() as tx:  # in turn with who writes: a look that a wish hurried must see it
        wishes = await meta.all_of(tx, WISH)
    for key, told in wishes.items():
        await _make(kit, key, json.loads(told))
    return len(wishes)


async def _make(kit: Kit, key: str, wish: Mapping[str, Any]) -> None:
    wanted = _range(wish)
    async with kit.db.reading() as rx:
        found = await load(rx, kit.form, wanted)
    content = await asyncio.to_thread(file_of, tables_of(kit), found, wanted.kind)
    now = kit.now()
    async with kit.db.transaction() as tx:
        await meta.remove(tx, key)
        person = await people.person_at(tx, wish["channel"], wish["chat"])
        if person is None or not person.is_secretary:
            return  # she asked, and has left the post since
        here = Addressee(wish["channel"], wish["chat"], person, rank=rank_of(person))
        name = kit.export_words["text"]["file"].format(first=wanted.first, last=wanted.last)
        file = File(await attachments.keep(tx, f"{name}.{wanted.kind}", content), f"{name}.{wanted.kind}")
        await words.queue(kit, tx, [_ready(kit, wish, wanted, found, key, now)], here, files={wanted.kind: file})


def tables_of(kit: Kit) -> Tables:
    return Tables(kit.form, kit.export_words, kit.settings.schedule.zone)


def _ready(kit: Kit, wish: Mapping[str, Any], wanted: Range, found: Found, key: str, now: datetime) -> Say:
    told = {
        "office": kit.settings.office.name,
        "period": wish["period"],
        "now": now,
        **_told(wanted),
        "rows": len(found.current),
        "changes": len(changes_of(tables_of(kit), found)),
        "carried": kit.channels[wish["channel"]].caps.documents_out,
    }
    answers = {EFFECT: Answer(effect=EFFECT, data=_told(Range(wanted.first, wanted.last, exporting.CSV)))}
    document = Document(wanted.kind, wish["period"]) if found.current else None
    return Say("export_ready", HERE, told, dedup=key, answers=answers, document=document)


WORDS: dict[CommandKind, Callable[[Chat, Command], Awaitable[bool | None]]] = {CommandKind.EXPORT: _export}
EFFECTS: dict[str, Callable[[Chat, Pressed], Awaitable[None]]] = {EFFECT: _pressed}
