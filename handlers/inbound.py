"""One thing that happened on a channel: committed raw, then worked off, in order for each chat.

Knows: the way from an update to a decision, and that both commits come before anything is said.
Does not know: channels; what a reply means.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

from bot.record import record
from bot.replies.secrecy import looks_classified
from handlers import files, groupchat, pieces, privatechat
from handlers.channel import ChatKind, InboundKind, Refusal, SendError
from handlers.happened import KEPT_BY_CHANNELS, REFUSED, Happened, event_time
from storage import inbox
from storage.errors import CommitFailed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine
    from datetime import datetime

    from handlers.channel import Inbound, RawUpdate
    from handlers.kit import Kit
    from storage.database import Transaction

log = logging.getLogger("giaoban.inbound")

WIDTH = 32  # chats worked on side by side
BREATH = 8  # of them, after which everybody else in the process gets a word in
FETCHES = 8  # files at the same time: the channel's other calls need connections, too
RETRY_AFTER = 5.0  # seconds before a turn is tried again after a surprise
NAMES = frozenset({"first_name", "last_name", "display_name", "username", "name"})  # a person may be called Mật
_LETTERS = re.compile(r"[mм][\W_]*[ậâạaа][\W_]*[tт]", re.IGNORECASE)
FETCH_AGAIN = (5.0, 15.0, 60.0, 300.0)  # seconds before a file is fetched again; then it is asked for again


@record(repr=False)
class Update:
    """A row of the inbox, parsed once. `fault` is why it could not be."""

    row: inbox.InboxRow
    event: Inbound | None = None
    fault: ValueError | None = None

    @property
    def is_refused(self) -> bool:
        return REFUSED in self.row.raw and bool(json.loads(self.row.raw).get(REFUSED))

    @property
    def is_file(self) -> bool:
        return self.event is not None and self.event.kind is InboundKind.FILE


Elsewhere: TypeAlias = "Callable[[str, list[RawUpdate]], Awaitable[bool]]"


class Inbox:
    """Receives and works off. `changed` is set whenever there may be something to do."""

    def __init__(self, kit: Kit, elsewhere: Elsewhere | None = None) -> None:
        self.kit = kit
        self.changed = asyncio.Event()
        self._elsewhere = elsewhere  # takes what comes in while a trial runs
        self._resting: dict[tuple[str, str], tuple[int, datetime]] = {}  # chats whose file could not be fetched
        self._unfinished: dict[tuple[str, str], datetime] = {}  # chats whose last message may be going on
        self._fetching: dict[tuple[str, str], asyncio.Task[None]] = {}  # a file may take minutes: its chat alone waits
        self._fetches = asyncio.Semaphore(FETCHES)
        self._asides: set[asyncio.Task[None]] = set()  # courtesies nobody waits for

    def sink(self, channel: str) -> Callable[[list[RawUpdate]], Awaitable[None]]:
        """What a channel hands its updates to: it returns once they are committed."""

        async def receive(updates: list[RawUpdate]) -> None:
            if self._elsewhere is not None and await self._elsewhere(channel, updates):
                return
            rows = [(channel, u.ext_id, u.chat_id, screened(u.raw)) for u in updates]
            async with self.kit.db.transaction() as tx:
                await inbox.add(tx, rows, self.kit.now())
            self.changed.set()

        return receive

    async def turn(self) -> int:
        """Work off the oldest open update of up to WIDTH chats; returns how many there were."""
        for chat, task in [(chat, task) for chat, task in self._fetching.items() if task.done()]:
            del self._fetching[chat]
            task.result()
        async with self.kit.db.transaction() as tx:
            rows = await inbox.take(tx, WIDTH, [*self._at_rest(), *self._fetching])
        updates = [self._understood(row) for row in rows]
        for update in updates:
            if update.is_file:
                task = asyncio.create_task(self._with_file(update))
                task.add_done_callback(lambda _: self.changed.set())
                self._fetching[update.row.chat] = task
        alone = [update for update in updates if not update.is_file]
        together = [update for update in alone if self._is_plain(update)]
        if len(together) > 1 and await self._all_of(together):
            alone = [update for update in alone if update not in together]
        await asyncio.gather(*(self._one(update) for update in alone))
        return len(updates)

    def _is_plain(self, update: Update) -> bool:
        """Nothing outside of the database has to be asked, done or waited for first."""
        is_known = update.event is not None and REFUSED not in update.row.raw
        return is_known and not pieces.may_go_on_until(self.kit, update.row, update.event)

    async def _all_of(self, updates: list[Update]) -> bool:
        """People who wrote in the same moment are worked off in one transaction.

        A surprise undoes all of it and returns False: then each has one of its own, and the surprise is only its own.
        """
        try:
            async with self.kit.db.transaction() as tx:
                for nth, update in enumerate(updates, 1):
                    await self._apply(tx, update, None, is_refused=False, is_deleted=False)
                    if nth % BREATH == 0:
                        await asyncio.sleep(0)
                await inbox.mark_handled(tx, [update.row.id for update in updates])
        except CommitFailed:
            raise
        except Exception as surprise:  # noqa: BLE001 - whose it was is found out, and logged, one by one
            log.info("wave_undone", extra={"updates": len(updates), "reason": type(surprise).__name__})
            await self._forget()
            return False
        for update in updates:
            self._resting.pop(update.row.chat, None)
            self._unfinished.pop(update.row.chat, None)
            self._acknowledge(update)
        return True

    async def _forget(self) -> None:
        """The weeks as the database has them: a deadline that was moved in what was undone is not moved."""
        async with self.kit.db.transaction() as tx:
            await self.kit.weeks.load(tx)

    async def _with_file(self, update: Update) -> None:
        async with self._fetches:
            await self._one(update)

    async def drain(self) -> None:
        """Until nothing is open that can be worked off now."""
        while await self.turn() or self._fetching:
            if self._fetching:
                await asyncio.wait(self._fetching.values())

    async def run(self) -> None:
        """For ever; a surprise is logged and tried again, a failed commit ends it."""
        try:
            while True:
                await self._run_once()
        finally:
            for task in (*self._fetching.values(), *self._asides):
                task.cancel()

    async def _run_once(self) -> None:
        self.changed.clear()
        try:
            if await self.turn():
                return
        except CommitFailed:
            raise
        except Exception:
            log.exception("turn_failed")
            await asyncio.wait([asyncio.ensure_future(self.changed.wait())], timeout=RETRY_AFTER)
            return
        waits = [(until - self.kit.now()).total_seconds() for until in self._untils().values()]
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(min(waits, default=None)):
                await self.changed.wait()

    @property
    def unfinished_until(self) -> datetime | None:
        """When the next message that may be going on is read as it is."""
        return min(self._unfinished.values(), default=None)

    def _untils(self) -> dict[tuple[str, str], datetime]:
        return {chat: until for chat, (_, until) in self._resting.items()} | self._unfinished

    def _at_rest(self) -> list[tuple[str, str]]:
        now = self.kit.now()
        return [chat for chat, until in self._untils().items() if until > now]

    def _understood(self, row: inbox.InboxRow) -> Update:
        try:
            return Update(row, self.kit.channels[row.channel].parse(row.raw))
        except ValueError as fault:
            return Update(row, fault=fault)

    async def _one(self, update: Update) -> None:
        row = update.row
        tries, _ = self._resting.pop(row.chat, (0, None))
        self._unfinished.pop(row.chat, None)
        if update.fault is not None:
            log.warning("update_not_understood", extra={"inbox_id": row.id})
            await self._failed(update, update.fault)
            return
        try:
            if until := pieces.may_go_on_until(self.kit, row, update.event):
                self._unfinished[row.chat] = until
                return
            file = await self._file(update, tries)
            is_refused = update.is_refused or (file is not None and file.is_secret)
            is_deleted = is_refused and await self._take_back(update)
            async with self.kit.db.transaction() as tx:
                await self._apply(tx, update, file, is_refused=is_refused, is_deleted=is_deleted)
                await inbox.mark_handled(tx, [row.id])
            self._acknowledge(update)
        except CommitFailed:
            raise
        except SendError as failed:
            await self._fetch_later(update, failed, tries)
        except Exception as surprise:
            log.exception("update_failed", extra={"inbox_id": row.id})
            await self._failed(update, surprise)

    def _acknowledge(self, update: Update) -> None:
        """What the channel does about an update that was worked off, once that is committed."""
        event = update.event
        if event is not None and event.callback_id:
            self._aside(self.kit.channels[update.row.channel].acknowledge(event.callback_id))

    def _aside(self, courtesy: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(courtesy)
        self._asides.add(task)
        task.add_done_callback(self._asides.discard)

    async def _take_back(self, update: Update) -> bool:
        """What was refused goes from the chat as well, where the channel can; before anybody is told that it did."""
        event = update.event
        if event is None or not event.message_id:
            return False
        try:
            await self.kit.channels[update.row.channel].delete(event.address, event.message_id)
        except SendError as refused:
            log.warning("secret_not_deleted", extra={"inbox_id": update.row.id, "reason": refused.refusal.value})
            return False
        return True

    async def _failed(self, update: Update, surprise: Exception) -> None:
        """The update stays with its error; what a person wrote goes to the office, and the person is told so."""
        error = f"{type(surprise).__name__}: {surprise}"[:500]
        row, event = update.row, update.event
        try:
            await self._forget()
            async with self.kit.db.transaction() as tx:
                await inbox.mark_failed(tx, row.id, error)
                if event is not None and event.address.kind is ChatKind.PRIVATE:
                    happened = Happened(event, row.id, event_time(event, row, self.kit.now()))
                    await privatechat.hand_over(self.kit, tx, happened)
        except CommitFailed:
            raise
        except Exception:
            log.exception("hand_over_failed", extra={"inbox_id": row.id})
            async with self.kit.db.transaction() as tx:
                await inbox.mark_failed(tx, row.id, error)

    async def _file(self, update: Update, tries: int) -> files.ReadFile | None:
        """Before the transaction: the network and a child process may take their time. A refused update has no file."""
        event = update.event
        if event is None or REFUSED in update.row.raw:
            return None
        try:
            return await files.fetched(self.kit, event)
        except SendError as failed:
            is_old = self.kit.now() - update.row.received_at >= KEPT_BY_CHANNELS
            if not is_old and (failed.refusal is not Refusal.UNCLEAR or tries < len(FETCH_AGAIN)):
                raise
            return files.not_fetched(event)  # the chat must not stand still for ever: it is asked for again

    async def _fetch_later(self, update: Update, failed: SendError, tries: int) -> None:
        """Another try after a while. Whoever sent the file hears of it once, since later words wait for it."""
        row, event = update.row, update.event
        seconds = max(FETCH_AGAIN[min(tries, len(FETCH_AGAIN) - 1)], failed.retry_after)
        log.warning("file_not_fetched", extra={"inbox_id": row.id, "reason": failed.refusal.value})
        self._resting[row.chat] = (tries + 1, self.kit.now() + timedelta(seconds=seconds))
        if event is not None and tries:
            async with self.kit.db.transaction() as tx:
                happened = Happened(event, row.id, event_time(event, row, self.kit.now()))
                await privatechat.file_waits(self.kit, tx, happened)

    async def _apply(
        self, tx: Transaction, update: Update, file: files.ReadFile | None, *, is_refused: bool, is_deleted: bool
    ) -> None:
        event, row = update.event, update.row
        if event is None:
            return
        now = event_time(event, row, self.kit.now())
        happened = Happened(event, row.id, now, is_refused, file, row.behind, is_deleted)
        if event.address.kind is ChatKind.GROUP:
            await groupchat.handle(self.kit, tx, happened)
        else:
            await privatechat.handle(self.kit, tx, happened)


def screened(raw: str) -> str:
    """The update without anything that looks like a state secret: it is refused before it is stored."""
    if not _may_be_secret(raw):
        return raw
    told = json.loads(raw)
    found = False

    def cleaned(value: Any) -> Any:
        nonlocal found
        if isinstance(value, str) and looks_classified(value):
            found = True
            return ""
        if isinstance(value, dict):
            return {key: item if key in NAMES else cleaned(item) for key, item in value.items()}
        if isinstance(value, list):
            return [cleaned(item) for item in value]
        return value

    try:
        told = cleaned(told)
    except RecursionError:
        return raw
    return json.dumps(told | {REFUSED: True}, ensure_ascii=False) if found and isinstance(told, dict) else raw


def _may_be_secret(raw: str) -> bool:
    """Cheap first look: the word's letters stand in the text, apart or not; or the text is escaped."""
    return "\\u" in raw or _LETTERS.search(raw) is not None
