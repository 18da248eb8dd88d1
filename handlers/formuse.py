"""The form in use: the office's files with what was changed from the chat; every version is kept with the data.

Knows: where changes and the files' texts are kept. Does not know: what a change does to a form.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.forms.overlay import FormChange, What
from storage import attachments, events, meta

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from storage.database import Reading, Transaction

CHANGED = "form.changed"  # the update that changed it last from the chat
FILES = "form.files"  # the hash of the files' texts as they were read last
PREFIX = "form_"
FILES_AT = "form.files.at:"  # and the moment from which they held; the value is their hash


async def changes_made(rx: Reading) -> tuple[FormChange, ...]:
    """Changes from the chat, in order."""
    known = {what.value: what for what in What}
    found = await events.of_kind(rx, PREFIX)
    return tuple(FormChange(known[e.what], e.subject, json.loads(e.new)) for e in found if e.what in known)


async def keep_files(tx: Transaction, form: str, texts: Mapping[str, str], now: datetime) -> None:
    """The files as they are read at a start: past weeks can be seen with the form they were asked by."""
    told = json.dumps(dict(texts), ensure_ascii=False, sort_keys=True).encode()
    before = await meta.get(tx, FILES)
    kept = await attachments.keep(tx, f"{form}.json", told)
    if kept != before:
        await meta.put(tx, FILES, kept)
        await meta.put(tx, f"{FILES_AT}{now.isoformat()}", kept)
