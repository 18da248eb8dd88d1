"""The delivery loop: claim and commit, send, settle and commit.

Knows: what may be in flight, that a row is claimed before its request and settled after its answer.
Does not know: what messages say, how a channel sends. The clock and the waiting are given.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from handlers.channel import Address, ChatKind, Outgoing, Refusal, SendError, unpacked
from handlers.deliver.pace import Pace
from handlers.deliver.settle import ANEW, refused, repeat_due, sent, was_unclear
from storage import attachments, outbox
from storage.outbox import Priority, Stage

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from handlers.channel import Channel
    from handlers.deliver.settle import Hooks
    from storage.database import Database, Transaction
    from storage.outbox import OutboxRow

WIDTH = 16
ANSWERS = (Priority.RECEIPT, Priority.QUESTION)
LONGEST_BACKOFF = 30.0
GATHER = 0.01  # seconds that answers may wait for each other where many are under way
IDLE = 5.0  # looks again although nobody said there is something
SHORTEST = 0.1  # a row that is due but must wait for another of its chat is no reason to spin


class Deliverer:
    """Delivers one channel's part of the outbox. `wake` it after a commit that queued something."""

    def __init__(
        self,
        db: Database,
        channel: Channel,
        hooks: Hooks,
        *,
        now: Callable[[], datetime],
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        pace: Pace | None = None,
        width: int = WIDTH,
    ) -> None:
        self._db = db
        self._channel = channel
        self._hooks = hooks
        self._now = now
        self._pause = pause
        self._pace = pace or Pace.of(channel.caps)
        self._width = width
        self._in_flight: set[asyncio.Task[None]] = set()
        self._results: list[tuple[OutboxRow, str | SendError]] = []
        self._woken = asyncio.Event()
        self._is_stopping = False
        self._ended = asyncio.Event()
        self._ended.set()
        self._is_only_answers = True  # of late: then the bot's pace is no reason to claim less
        self._failures = 0  # in a row, without a connection
        self._look_at_unclear: datetime | None = now()

    # -- running ----------------------------------------------------------------------------------------------

    def wake(self) -> None:
        """There may be something to send."""
        self._woken.set()

    async def run(self) -> None:
        """Deliver until `stop`, or until the channel refuses our token. CommitFailed goes through: the process ends."""
        self._ended.clear()
        try:
            while not self._is_stopping:
                self._woken.clear()
                if len(self._in_flight) > self._width // 2:  # what is about to arrive is settled by the same commit
                    await asyncio.wait(self._in_flight, timeout=GATHER)
                seconds = await self.turn()
                if not self._woken.is_set() and not self._is_stopping:
                    await self._rest(seconds)
            await self.settled()
        finally:
            self._abandon()
            self._ended.set()

    async def stop(self, grace: float = 3.0) -> None:
        """Start nothing new, wait for the answers under way, and for `run` to commit them.

        What is then still open is unclear at the next start.
        """
        self._is_stopping = True
        self.wake()
        if self._in_flight:
            await asyncio.wait(self._in_flight, timeout=grace)
        self._abandon()
        await self._ended.wait()

    async def turn(self) -> float:
        """Settle what came back, start what may go now. Returns the seconds after which another look makes sense."""
        arrived = await self._settle_refusals()
        now = self._now()
        limit = self._limit(now.timestamp())
        name = self._channel.caps.name
        async with self._db.transaction() as tx:
            await self._settle_arrivals(tx, arrived, now)
            claimed = await outbox.claim(tx, now, limit, name) if limit else []
            ready = [row for row in claimed if not await self._put_back(tx, row, now)]
            messages = [(row, await self._message(tx, row)) for row in ready]
            if self._may_repeat(now, is_over=bool(limit) and not claimed):
                self._look_at_unclear = await repeat_due(tx, name, self._hooks, now)
            is_more = bool(limit) and len(ready) == limit
            due = None if is_more else await outbox.next_due(tx, name)
        for row, message in messages:
            self._start(row, message)
        if claimed:
            self._is_only_answers = all(row.priority in ANSWERS for row in claimed)
        return self._seconds_to_next(now, due, is_more=is_more)

    async def settled(self) -> None:
        """Wait until nothing is in flight and settle it: one step at a time, for tests and for the last look."""
        while self._in_flight:
            await asyncio.wait(self._in_flight)
        if arrived := await self._settle_refusals():
            async with self._db.transaction() as tx:
                await self._settle_arrivals(tx, arrived, self._now())

    async def _rest(self, seconds: float) -> None:
        woken = asyncio.ensure_future(self._woken.wait())
        rested = asyncio.ensure_future(self._pause(seconds))
        try:
            await asyncio.wait((woken, rested), return_when=asyncio.FIRST_COMPLETED)
        finally:
            woken.cancel()
            rested.cancel()

    def _abandon(self) -> None:
        for task in self._in_flight:
            task.cancel()

    # -- choosing ---------------------------------------------------------------------------------------------

    def _limit(self, at: float) -> int:
        """How many rows to claim: none that would have to wait for long, or a kill would leave them in doubt."""
        slots = self._width - len(self._in_flight)
        if self._is_stopping or slots <= 0 or self._pace.closed_for(at):
            return 0
        if self._failures:  # the connection is on trial
            return 0 if self._in_flight else 1
        return slots if self._is_only_answers else max(1, min(slots, self._pace.free(at)))

    async def _put_back(self, tx: Transaction, row: OutboxRow, now: datetime) -> bool:
        """A row whose chat, or whose bot, has had enough for now goes back, undone and untried."""
        at = now.timestamp()
        wait = self._pace.wait(row.chat_id, at, is_group=row.is_group, is_answer=row.priority in ANSWERS)
        if not wait:
            self._pace.took(row.chat_id, at, is_group=row.is_group)
            return False
        await outbox.settle_later(tx, row.id, now + timedelta(seconds=wait), row.error)
        return True

    def _may_repeat(self, now: datetime, *, is_over: bool) -> bool:
        """Second chances are not spent on an outage: rows that never went out find out first whether it is over."""
        if self._look_at_unclear is None or self._look_at_unclear > now:
            return False
        health = self._channel.health()
        return (is_over or not self._failures) and (health.connected or not health.detail)

    def _seconds_to_next(self, now: datetime, due: datetime | None, *, is_more: bool) -> float:
        at = now.timestamp()
        waits = [IDLE]
        if is_more and len(self._in_flight) < self._width:
            waits.append(0.0 if self._is_only_answers else self._pace.next_slot(at))
        elif due is not None:
            waits.append(max((due - now).total_seconds(), self._pace.next_slot(at) or SHORTEST))
        if self._look_at_unclear is not None:
            waits.append(max((self._look_at_unclear - now).total_seconds(), SHORTEST))
        return max(min(waits), self._pace.closed_for(at))

    async def _message(self, tx: Transaction, row: OutboxRow) -> Outgoing | SendError:
        """What goes out in this turn: the whole message, or the half of a report whose turn it is."""
        blob = await attachments.find(tx, row.attachment_hash) if row.attachment_hash else None
        if row.attachment_hash and blob is None:
            return SendError(Refusal.REJECTED, "the attachment is not stored")
        try:
            message = unpacked(row.payload, blob.content if blob else None, row.edit_of)
        except ValueError as broken:
            return SendError(Refusal.REJECTED, str(broken))
        if row.stage is Stage.PLACEHOLDER and self._channel.caps.edit:
            return Outgoing(message.placeholder or message.text, bold_title=False)
        if row.stage is Stage.DOCUMENT and row.error.startswith(ANEW):
            return SendError(Refusal.REJECTED, "on the office's word")
        if row.stage is Stage.DOCUMENT:
            return replace(message, edit_of=row.message_id)
        return message

    # -- sending and settling ---------------------------------------------------------------------------------

    def _start(self, row: OutboxRow, message: Outgoing | SendError) -> None:
        task = asyncio.create_task(self._deliver(row, message))
        self._in_flight.add(task)
        task.add_done_callback(self._in_flight.discard)

    async def _deliver(self, row: OutboxRow, message: Outgoing | SendError) -> None:
        to = Address(row.channel, row.chat_id, ChatKind.GROUP if row.is_group else ChatKind.PRIVATE)
        result: str | SendError
        try:
            if isinstance(message, SendError):
                result = message
            else:
                result = await self._channel.send(to, message)
                self._failures = 0
        except SendError as refusal:
            result = refusal
            self._hold_back(refusal)
        except Exception as fault:  # noqa: BLE001  a fault of ours in one message must not stop all others
            logging.getLogger(__name__).error("sending row %d failed: %s", row.id, type(fault).__name__)  # noqa: TRY400  a traceback shows the message
            result = SendError(Refusal.UNCLEAR, type(fault).__name__)
        self._results.append((row, result))
        self.wake()

    def _hold_back(self, refusal: SendError) -> None:
        """What a refusal means for the whole channel, at once: others are in flight."""
        at = self._now().timestamp()
        match refusal.refusal:
            case Refusal.THROTTLED:
                self._pace.throttled(at, refusal.retry_after)
            case Refusal.NOT_SENT | Refusal.UNCLEAR:
                # an outage must not use up what may be sent twice at most
                if not self._pace.closed_for(at):
                    self._pace.close(at, min(2.0**self._failures, LONGEST_BACKOFF))
                    self._failures += 1
            case Refusal.AUTH_FAILED:
                self._is_stopping = True
            case _:
                self._failures = 0

    async def _settle_arrivals(self, tx: Transaction, arrived: list[tuple[OutboxRow, str]], now: datetime) -> None:
        for row, message_id in arrived:
            await sent(tx, self._in_steps(row), message_id, self._hooks, now)

    async def _settle_refusals(self) -> list[tuple[OutboxRow, str]]:
        """Commit each refusal by itself. Returns what arrived, to be settled by the caller."""
        results, self._results = self._results, []
        now = self._now()
        for row, result in results:
            if isinstance(result, SendError):
                await self._settle_refusal(row, result, now)
        return [(row, result) for row, result in results if isinstance(result, str)]

    async def _settle_refusal(self, row: OutboxRow, refusal: SendError, now: datetime) -> None:
        reopens = now + timedelta(seconds=self._pace.closed_for(now.timestamp()))
        async with self._db.transaction() as tx:
            await refused(tx, self._in_steps(row), refusal, self._hooks, now, reopens)
        if refusal.refusal is Refusal.UNCLEAR:
            self._look_at_unclear = now
        if refusal.refusal is Refusal.REJECTED and row.stage is Stage.DOCUMENT and not was_unclear(row):
            await self._clear_away(row)

    async def _clear_away(self, row: OutboxRow) -> None:
        """The document goes out by itself: the line that announced it would promise another."""
        with contextlib.suppress(SendError):
            await self._channel.delete(Address(row.channel, row.chat_id, ChatKind.GROUP), row.message_id or "")

    def _in_steps(self, row: OutboxRow) -> OutboxRow:
        """A channel that can't edit posts a report in one step."""
        return row if self._channel.caps.edit or row.stage is None else replace(row, stage=None)
