"""The composition root: everything is made here, started here and stopped here. Only this file reads the clock.

Knows: all parts. Decides nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import secrets
import signal
import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import resources
from typing import TYPE_CHECKING, Any, Self

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from bot.decisions.naming import (
    asks_for_indicator,
    departments_named,
    indicators_named,
    is_like,
    names_of_departments,
    names_of_indicators,
    plain,
)
from bot.forms.overlay import overlaid
from bot.periods.standing import asked_of
from bot.rendering.forms import form_files, load_form, load_report_words
from bot.rendering.messages import Catalogue
from bot.rendering.prose import SectionProse
from bot.rendering.word.fill import fill
from bot.rendering.word.in_use import template_in_use
from bot.replies.commands import Names
from bot.replies.read import Reader
from bot.trial import Trials
from handlers.aftermath import hooks
from handlers.channel import TokenRefusedError
from handlers.control import listening
from handlers.deliver import Deliverer, recover
from handlers.enrolment import new_code
from handlers.errands import USERNAME, Bench, carry_out
from handlers.formuse import CHANGED, changes_made, keep_files
from handlers.inbound import Inbox
from handlers.kit import Kit
from handlers.tick import Ticker
from handlers.weeks import Weeks
from storage import meta
from storage.database import Database

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.forms.model import Form
    from bot.reports.model import Report
    from bot.settings import Settings
    from handlers.channel import Channel, RawUpdate
    from handlers.control import Answer

log = logging.getLogger("giaoban")

BEAT = "*/10"  # seconds at which APScheduler beats; minutes are the grain of the schedule
TOKEN_BYTES = 12  # of what a button carries: 96 bits, 16 characters
STOP_WITHIN = 3.0  # seconds for sends under way
GARBAGE = (20_000, 20, 20)  # objects: a reply makes thousands and hardly a cycle; the usual 700 cost 4% of its time


def utc_now() -> datetime:
    """The wall clock."""
    return datetime.now(tz=UTC)


@dataclass(slots=True)
class Bells:
    """What handlers ring when there is something to do; hung up once the loops exist."""

    wake: Callable[[], None] = lambda: None
    hurry: Callable[[], None] = lambda: None


class App:
    """A service that is open: its database is locked, nothing runs yet."""

    def __init__(self, kit: Kit, *, pause: Callable[[float], Awaitable[None]]) -> None:
        self.kit = kit
        self.inbox = Inbox(kit, self._to_trial)
        self.trials: Trials | None = None
        self.files = kit.form  # as the office's files have it, without what was changed from the chat
        self._form_changed = ""
        self.ticker = Ticker(kit, self.use_form)
        told = hooks(kit)
        self.deliverers: Mapping[str, Deliverer] = {
            name: Deliverer(kit.db, channel, told, now=kit.now, pause=pause) for name, channel in kit.channels.items()
        }

    @classmethod
    async def open(
        cls,
        settings: Settings,
        channels: Mapping[str, Channel],
        *,
        now: Callable[[], datetime] = utc_now,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        mint: Callable[[], str] = lambda: secrets.token_urlsafe(TOKEN_BYTES),
        is_trial: bool = False,
    ) -> Self:
        """Open the database and settle what an earlier process left half done.

        Raises FormBroken, and what `Database.open` raises.
        """
        files = load_form(settings.office.form)
        db = await Database.open(settings.database)
        bells = Bells()
        kit = _kit(settings, files, db, channels, now, mint, bells)
        if is_trial:
            kit = _marked(kit)
        app = cls(kit, pause=pause)
        app.files = files
        await app.use_form()
        bells.wake, bells.hurry = app.wake, app.hurry
        async with db.transaction() as tx:
            await kit.weeks.begin(tx, now())
            await keep_files(tx, files.id, form_files(settings.office.form), now())
        await recover(db, hooks(kit), now())
        if not is_trial:

            async def open_trial(copy: Settings) -> App:
                return await App.open(copy, channels, now=now, pause=pause, mint=mint, is_trial=True)

            app.trials = Trials(app.kit, open_trial)
            await app.trials.follow()  # one that ran when the process ended goes on
        return app

    async def use_form(self) -> None:
        """Put to use what the office changed from the chat; work under way ends with the form it began with."""
        async with self.kit.db.transaction() as tx:  # in turn with who writes: the change is seen
            changed = await meta.get(tx, CHANGED)
            changes = await changes_made(tx) if changed != self._form_changed else ()
        if changed == self._form_changed:
            return
        self._form_changed = changed
        made = await asyncio.to_thread(_of_form, overlaid(self.files, changes))
        self.kit = self.inbox.kit = self.ticker.kit = replace(self.kit, **made)
        if self.trials is not None:
            self.trials.kit = self.kit

    async def _to_trial(self, channel: str, updates: list[RawUpdate]) -> bool:
        """Whether a trial round took what people sent."""
        return self.trials is not None and await self.trials.take(channel, updates)

    async def close_database(self) -> None:
        """A trial's database, and nothing else: the channels are the service's."""
        await self.kit.db.close()

    def wake(self) -> None:
        """Something was queued."""
        for deliverer in self.deliverers.values():
            deliverer.wake()

    def hurry(self) -> None:
        """Something may be due now."""
        self.ticker.hurried.set()
        if self.trials is not None:
            self.trials.changed.set()

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set, or a loop ends by itself; what ended it is raised after everything is closed.

        Raises TokenRefusedError when no channel is left that receives, or the one that should send is refused.
        """
        scheduler = AsyncIOScheduler(timezone=UTC)
        beat = CronTrigger(second=BEAT, timezone=UTC)
        scheduler.add_job(self.ticker.hurried.set, beat, misfire_grace_time=None, coalesce=True, max_instances=1)
        scheduler.start()
        self.ticker.hurried.set()
        self.inbox.changed.set()
        loops = [asyncio.create_task(self.inbox.run()), asyncio.create_task(self.ticker.run())]
        loops += [asyncio.create_task(d.run()) for d in self.deliverers.values()]
        loops += [asyncio.create_task(self.trials.run())] if self.trials is not None else []
        polls = [asyncio.create_task(c.run(self.inbox.sink(n))) for n, c in self.kit.channels.items()]
        stopping = asyncio.create_task(stop.wait())
        receiving = asyncio.create_task(asyncio.wait(polls))
        try:
            async with listening(self.kit.settings.control_socket, self._answer()):
                await asyncio.wait([stopping, receiving, *loops], return_when=asyncio.FIRST_COMPLETED)
        finally:
            scheduler.shutdown(wait=False)
            await self._end([stopping, receiving, *polls], loops)
        for one in (*loops, *polls):
            if one.done() and not one.cancelled() and (why := one.exception()) is not None:
                raise why
        if not stop.is_set():
            raise TokenRefusedError

    async def _end(self, at_once: list[asyncio.Task[Any]], loops: list[asyncio.Task[None]]) -> None:
        for task in at_once:
            task.cancel()
        await asyncio.gather(*(d.stop(STOP_WITHIN) for d in self.deliverers.values()), return_exceptions=True)
        for loop in loops:
            loop.cancel()
        await asyncio.gather(*at_once, *loops, return_exceptions=True)

    def _answer(self) -> Answer:
        async def answer(request: dict[str, object]) -> dict[str, object]:
            await self._remember_name()
            health = [channel.health() for channel in self.kit.channels.values()]
            return await carry_out(Bench(self.kit.db, self.kit.now(), self.kit.weeks.schedule, health), request)

        return answer

    async def _remember_name(self) -> None:
        """The bot's name, so that invitations can carry a link."""
        name = _username(self.kit.channels)
        async with self.kit.db.transaction() as tx:
            if name and await meta.get(tx, USERNAME) != name:
                await meta.put(tx, USERNAME, name)

    async def close(self) -> None:
        if self.trials is not None:
            await self.trials.end()
        with contextlib.suppress(Exception):
            await asyncio.gather(*(channel.close() for channel in self.kit.channels.values()))
        await self.kit.db.close()


def _kit(
    settings: Settings,
    form: Form,
    db: Database,
    channels: Mapping[str, Channel],
    now: Callable[[], datetime],
    mint: Callable[[], str],
    bells: Bells,
) -> Kit:
    template = template_in_use(settings.word_template)
    words = _words("people")
    return Kit(
        settings=settings,
        catalogue=Catalogue.load(),
        db=db,
        channels=channels,
        now=now,
        mint=mint,
        weeks=Weeks(settings.schedule),
        report_words=load_report_words(),
        print_word=lambda report: fill(report, template),
        roles=words["roles"],
        file_label=words["file_label"],
        export_words=_words("export"),
        **_of_form(form),
        mint_code=new_code,
        link=lambda code: _link(_username(channels), code),
        mention=lambda: f"@{_username(channels)}" if _username(channels) else "",
        wake=lambda: bells.wake(),  # noqa: PLW0108 - hung up later
        hurry=lambda: bells.hurry(),  # noqa: PLW0108
    )


def _of_form(form: Form) -> dict[str, Any]:
    """What a kit has of the form."""
    return {
        "form": form,
        "reader": Reader(form),
        "prose": SectionProse(form),
        "asked": tuple(asked_of(form, department) for department in form.departments),
        "names": _names(form),
        "departments_named": lambda text: departments_named(text, form),
    }


def _names(form: Form) -> Names:
    indicators, departments = names_of_indicators(form.indicators.values()), names_of_departments(form)
    return Names(
        is_indicator=lambda text: bool(indicators_named(text, form.indicators.values())),
        is_department=lambda text: bool(departments_named(text, form)),
        is_department_name=lambda text: plain(text) in departments,
        asks_for_indicator=lambda text: asks_for_indicator(text, indicators),
        is_like_indicator=lambda text: is_like(text, indicators),
        is_like_department=lambda text: is_like(text, departments),
    )


def _marked(kit: Kit) -> Kit:
    """A trial's kit: its files say what they are, by name and in their number."""
    words = _words("people")
    mark, print_word = words["trial_mark"], kit.print_word

    def printed(report: Report) -> bytes:
        return print_word(replace(report, letterhead=replace(report.letterhead, number=mark)))

    exported = {**kit.export_words, "text": {**kit.export_words["text"], "file": words["trial_export_label"]}}
    return replace(kit, is_trial=True, file_label=words["trial_file_label"], print_word=printed, export_words=exported)


def _words(name: str) -> dict[str, Any]:
    """The words of a part of the service, from templates/words."""
    return tomllib.loads(resources.files("templates").joinpath(f"words/{name}.toml").read_text(encoding="utf-8"))


def _username(channels: Mapping[str, Channel]) -> str:
    """How the bot is called on the channel that has names; "" before it was reached."""
    return next((name for c in channels.values() if (name := getattr(c, "username", ""))), "")


def _link(username: str, code: str) -> str | None:
    return f"https://t.me/{username}?start={code.replace('-', '')}" if username else None


async def serve(settings: Settings, channels: Mapping[str, Channel]) -> None:
    """Run until SIGTERM or SIGINT. Raises what ended it otherwise."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    app = await App.open(settings, channels)
    gc.collect()
    gc.freeze()  # the form, its templates and the libraries stay: looking through them again frees nothing
    gc.set_threshold(*GARBAGE)
    log.info("started")
    try:
        await app.run(stop)
    finally:
        await app.close()
    log.info("stopped")
