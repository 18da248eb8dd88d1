"""The trial round: a whole second service on a copy of the database, over the same channels, until the office ends it.

While it runs, what people send goes to the copy and never into the real database; every message says that it is a
trial. It ends on the office's word, and by itself when a real week opens. The copy is kept beside the database, under
its date. Knows: when a trial begins and ends. Does not know: what happens in it.
"""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from bot.decisions.outcome import Say, To, Whom
from bot.facts import DeadlineMove
from handlers import words
from handlers.trialchat import is_real_week_open
from handlers.words import Addressee, rank_of
from storage import calendar, meta, outbox, people, trial
from storage.backup import copy_whole

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from pathlib import Path

    from bot.settings import Settings
    from handlers.channel import RawUpdate
    from handlers.deliver import Deliverer
    from handlers.inbound import Inbox
    from handlers.kit import Kit
    from handlers.tick import Ticker
    from storage.database import Transaction

log = logging.getLogger("giaoban.trial")

LASTS = timedelta(hours=2)  # from the prompts to the deadline
LAST_WORDS = timedelta(minutes=1)  # what the trial still has to say when it is over
BEAT = 10.0  # seconds between looks


class Running(Protocol):
    """A service that is open, as the composition root makes it."""

    kit: Kit
    inbox: Inbox
    ticker: Ticker

    @property
    def deliverers(self) -> Mapping[str, Deliverer]: ...

    async def close_database(self) -> None: ...


class Trials:
    """At most one trial at a time. `running` is the service on the copy."""

    def __init__(self, kit: Kit, open_service: Callable[[Settings], Awaitable[Running]]) -> None:
        self.kit = kit
        self.changed = asyncio.Event()
        self.running: Running | None = None
        self._open = open_service
        self._tasks: list[asyncio.Task[None]] = []
        self._runs_loops = False

    @property
    def path(self) -> Path:
        database = self.kit.settings.database
        return database.with_name(f"{database.stem}.trial{database.suffix}")

    async def take(self, channel: str, updates: Sequence[RawUpdate]) -> bool:
        """True when these updates went to the trial: they are committed there and nowhere else."""
        if self.running is None:
            return False
        await self.running.inbox.sink(channel)(list(updates))
        return True

    async def run(self) -> None:
        """For ever; what goes wrong in a trial ends the trial, not the service."""
        self._runs_loops = True
        while True:
            try:
                await self.follow()
            except Exception:
                log.exception("trial_failed")
            if self.running is not None:
                self.running.ticker.hurried.set()
            try:
                async with asyncio.timeout(BEAT):
                    await self.changed.wait()
            except TimeoutError:
                pass
            self.changed.clear()

    async def follow(self) -> None:
        """Begin what the office asked for; end what is over, or in a real week's way."""
        async with self.kit.db.transaction() as tx:  # in turn with who writes: what hurried this look is seen
            wanted = await meta.get(tx, trial.WANTED)
            in_the_way = bool(wanted) and await is_real_week_open(self.kit, tx, self.kit.now())
        if wanted and self.running is None and not in_the_way:
            await self._begin(json.loads(wanted))
        elif self.running is not None:
            await self._look_for_the_end(in_the_way=in_the_way)
        elif wanted:
            await self._forget()
        for task in self._tasks:
            if task.done():
                log.error("trial_broke_down", exc_info=task.exception())
                await self.end()
                await self._forget()
                return

    async def _begin(self, wanted: Mapping[str, str]) -> None:
        if not self.path.exists():
            await asyncio.to_thread(copy_whole, self.kit.settings.database, self.path)
        service = await self._open(replace(self.kit.settings, database=self.path))
        async with service.kit.db.reading() as rx:
            is_ready = bool(await meta.get(rx, trial.READY))
        if not is_ready:  # before any loop of it runs: the copy still holds what waits to be sent
            await _prepare(service.kit, wanted)
        self.running = service
        if self._runs_loops:
            loops = [service.inbox.run(), service.ticker.run(), *(d.run() for d in service.deliverers.values())]
            self._tasks = [asyncio.create_task(loop) for loop in loops]
        service.ticker.hurried.set()
        log.info("trial_began")

    async def _look_for_the_end(self, *, in_the_way: bool) -> None:
        assert self.running is not None
        kit = self.running.kit
        async with kit.db.transaction() as tx:
            over = await meta.get(tx, trial.OVER)
            queued = (await outbox.counts(tx)).get(outbox.Sending.QUEUED, 0)
        if not over and in_the_way:
            async with kit.db.transaction() as tx:
                await meta.put(tx, trial.OVER, kit.now().isoformat())
                await words.queue(kit, tx, [await announced(kit, tx, is_on=False, key="by itself")], None)
        elif over and (not queued or kit.now() - datetime.fromisoformat(over) > LAST_WORDS):
            await self.end()
            await self._forget()

    async def end(self) -> None:
        """Close the copy; a restart goes on with it."""
        service, self.running = self.running, None
        if service is None:
            return
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []
        await service.close_database()
        log.info("trial_ended")

    async def _forget(self) -> None:
        """The copy goes aside under its date: it is never opened again."""
        async with self.kit.db.transaction() as tx:
            await meta.remove(tx, trial.WANTED)
        if self.path.exists():
            stamp = f"{self.kit.now():%Y%m%d-%H%M%S}"
            self.path.rename(self.path.with_name(f"{self.path.stem}-{stamp}{self.path.suffix}"))


async def _prepare(kit: Kit, wanted: Mapping[str, str]) -> None:
    """In the copy: nothing is under way, and a period opens now."""
    now = kit.now()
    period = kit.weeks.at(now).period
    async with kit.db.transaction() as tx:
        await trial.clear(tx, now)
        await meta.put(tx, trial.READY, now.isoformat())
        if not await trial.is_empty(tx, str(period)):
            period = period.next
        person = await people.person_at(tx, wanted["channel"], wanted["chat"])
        by = person.id if person is not None else None
        await calendar.move_deadline(tx, DeadlineMove(str(period), now + LASTS, "", now, now, by))
        await trial.post_to(tx, wanted["channel"], wanted["chat"], kit.settings.office.name, now)
        await kit.weeks.load(tx)
        here = Addressee(wanted["channel"], wanted["chat"], person, rank=rank_of(person))
        await words.queue(kit, tx, [await announced(kit, tx, is_on=True, key="begin")], here)


async def announced(kit: Kit, tx: Transaction, *, is_on: bool, key: str) -> Say:
    """That a trial begins or ends, to the office."""
    now = kit.now()
    week = kit.weeks.at(now)
    told = {
        "unit": kit.settings.office.name,
        "office": kit.settings.office.name,
        "period": str(week.period),
        "deadline": week.moments.deadline,
        "now": now,
        "count": sum(1 for p in await people.all_people(tx) if p.posts),
        "on": is_on,
    }
    return Say("trial_started", To(Whom.OFFICE), told, dedup=f"trial:{key}")
