"""A week on a stage: the real service on real SQLite, a fake channel, and a clock that tests move.

Everything said is written down as a transcript that a person can read.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any, Self

from bot.app import App
from bot.facts import PostRole
from bot.rendering.forms import load_form, load_opening
from bot.settings import read_settings
from storage import codes, figures, plans
from storage.migrate import migrate
from tests.buttons import dead_buttons
from tests.fakes import FULL, FakeChannel, Sent, raw

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from bot.facts import Figure

SETTINGS = """
[office]
name = "Văn phòng Đảng ủy"
form = "dang-uy-xa"

[schedule]
opens = "thu 08:00"
deadline = "fri 15:00"
reminders = ["23h", "7h", "1h"]
post = "on approval"

[storage]
path = "{path}"
"""
BARE = replace(FULL, name="zalo", max_text=2000, buttons=False, documents_out=False, documents_in=False, edit=False)
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
SMALL_STEPS = 200


class Stage:
    """People are known by short names; `chat` of a person is the name itself."""

    def __init__(self, folder: Path, settings: str = SETTINGS) -> None:
        file = folder / "giaoban.toml"
        path = folder / "giaoban.db"
        file.write_text(settings.replace("{path}", str(path)), encoding="utf-8")
        self.settings = read_settings(file, {})
        self.zone: ZoneInfo = self.settings.schedule.zone
        self.clock = datetime(2026, 6, 1, 1, 0, tzinfo=UTC)
        self.channel = FakeChannel()
        self.second = FakeChannel(caps=BARE)  # chats that begin with its name are there
        self.lines: list[str] = []
        self.numbers = count(1)
        self.tokens = count(1)
        self.names: dict[str, str] = {}
        self.app: App
        self._shown = 0
        self._told: dict[str, tuple[str, int]] = {}

    async def open(self) -> Self:
        migrate(self.settings.database)
        await self._start()
        form = load_form(self.settings.office.form)
        async with self.app.kit.db.transaction() as tx:
            await plans.record_opening(tx, load_opening("dang-uy-xa", form), self.clock)
        return self

    async def _start(self) -> None:
        self.app = await App.open(
            self.settings,
            {c.caps.name: c for c in self.channels},
            now=lambda: self.clock,
            pause=self._pause,
            mint=lambda: f"t{next(self.tokens)}",
        )

    async def _close(self) -> None:
        if self.app.trials is not None:
            await self.app.trials.end()
        await self.app.kit.db.close()

    async def restart(self) -> None:
        """The process ends and another one begins, on the same database."""
        await self._close()
        await self._start()

    @property
    def channels(self) -> tuple[FakeChannel, ...]:
        return (self.channel, self.second)

    def channel_of(self, chat: str) -> FakeChannel:
        return self.second if chat.startswith(f"{BARE.name}:") else self.channel

    def _all_sent(self) -> list[Sent]:
        return [sent for channel in self.channels for sent in channel.sent]

    async def close(self) -> None:
        """Nothing that was shown may have been a dead button."""
        dead = await dead_buttons(self.app.kit)
        await self._close()
        assert dead == []

    async def _pause(self, seconds: float) -> None:
        self.clock += timedelta(seconds=seconds)

    # -- time -------------------------------------------------------------------------------------------------

    def local(self) -> datetime:
        return self.clock.astimezone(self.zone)

    async def at(self, when: str) -> None:
        """Move the clock to a local time like "2026-06-04 08:00", minute by minute where something is due."""
        wanted = datetime.fromisoformat(when).replace(tzinfo=self.zone).astimezone(UTC)
        self.clock = max(self.clock, wanted)
        self.note(f"{WEEKDAYS[self.local().weekday()]}, {self.local():%d/%-m %H:%M}")
        await self.tick()

    async def tick(self) -> None:
        for service in self._services():
            await service.ticker.turn()
        await self.settle()

    async def settle(self) -> None:
        """Work until nothing is left to do at this moment; small waits of the delivery move the clock."""
        for _ in range(SMALL_STEPS):
            await self._follow_trial()
            services = self._services()
            deliverers = [deliverer for service in services for deliverer in service.deliverers.values()]
            for service in services:
                await service.inbox.drain()
                if service.ticker.hurried.is_set():
                    service.ticker.hurried.clear()
                    await service.ticker.turn()
            before = len(self._all_sent()) + sum(s.edits for s in self._all_sent())
            seconds = min([await deliverer.turn() for deliverer in deliverers])
            for deliverer in deliverers:
                await deliverer.settled()
            after = len(self._all_sent()) + sum(s.edits for s in self._all_sent())
            self.show()
            busy = any(service.ticker.hurried.is_set() for service in services) or self._trial_changes()
            if after == before and not busy:
                untils = [at for service in services if (at := service.inbox.unfinished_until) is not None]
                until = min(untils, default=None)
                if until is None and seconds >= 1.5:
                    return
                self.clock = until or self.clock + timedelta(seconds=max(seconds, 0.05))
        raise AssertionError("the stage never comes to rest")

    def _services(self) -> list[Any]:
        """The service, and the one of a trial round that runs beside it."""
        trials = self.app.trials
        return [self.app] if trials is None or trials.running is None else [self.app, trials.running]

    def _trial_changes(self) -> bool:
        return self.app.trials is not None and self.app.trials.changed.is_set()

    async def _follow_trial(self) -> None:
        trials = self.app.trials
        if trials is not None and (trials.running is not None or self._trial_changes()):
            trials.changed.clear()
            await trials.follow()

    # -- people -----------------------------------------------------------------------------------------------

    async def enrol(self, who: str, full_name: str, *, unit: str = "van-phong", role: str = "respondent") -> None:
        code = f"C{next(self.numbers):03d}-ABCD-EFGH"
        until = self.clock + timedelta(hours=72)
        async with self.app.kit.db.transaction() as tx:
            await codes.issue_code(tx, code, codes.Invitation(until, PostRole(role), unit), self.clock)
        self.names[who] = full_name
        await self.send(who, "start", text=code)

    async def link_group(self, chat: str, title: str) -> None:
        code = f"G{next(self.numbers):03d}-ABCD-EFGH"
        until = self.clock + timedelta(hours=72)
        async with self.app.kit.db.transaction() as tx:
            await codes.issue_code(tx, code, codes.Invitation(until, group_purpose="leadership"), self.clock)
        await self.send(chat, "text", text=code, chat_kind="group", title=title)

    async def say(self, who: str, text: str, **more: Any) -> str:
        """A message; returns its id on the channel."""
        self.lines.append(f"> {who}: {text}")
        return await self.send(who, "text", text=text, **more)

    async def send_file(self, who: str, name: str, content: bytes, caption: str = "", **more: Any) -> None:
        """A document, with what is written beside it."""
        self.lines.append(f"> {who} [tệp {name}]: {caption}".rstrip(": "))
        file_id = f"f{next(self.numbers)}"
        self.channel.files[file_id] = content
        size = more.pop("file_size", len(content))
        await self.send(who, "file", text=caption, file_id=file_id, file_name=name, file_size=size, **more)

    async def say_at_once(self, who: str, *texts: str) -> list[str]:
        """Messages that are all there before the first is answered; returns their ids."""
        self.lines += [f"> {who}: {text}" for text in texts]
        return await self.send_at_once(who, *({"kind": "text", "text": text} for text in texts))

    async def send_at_once(self, chat: str, *updates: dict[str, Any]) -> list[str]:
        made = []
        for update in updates:
            number = next(self.numbers)
            told = {"message": f"m{number}", "name": self.names.get(chat, chat)} | update
            made.append(raw(number, chat, **told))
        await self.app.inbox.sink("fake")(made)
        await self.settle()
        return [json.loads(one.raw)["message"] for one in made]

    async def edit(self, who: str, message_id: str, text: str) -> None:
        self.lines.append(f"> {who} (sửa tin): {text}")
        await self.send(who, "edited", text=text, message=message_id)

    async def press(self, who: str, label: str, *, chat: str | None = None) -> None:
        """Press the newest button of the chat whose label begins so; one that is gone where no other does."""
        place = chat or who
        seen = list(reversed(self.channel_of(place).to(place)))
        tokens = [s.token(label) for s in seen] + [s.token_before(label) for s in seen]
        self.lines.append(f"> {who}: [{label}]")
        await self.send(place, "pressed", token=next(filter(None, tokens)), sender=who)

    async def send(self, chat: str, kind: str, **more: Any) -> str:
        number = next(self.numbers)
        message = more.pop("message", f"m{number}")
        name = more.pop("name", self.names.get(chat, chat))
        update = raw(number, chat, kind, message=message, name=name, **more)
        await self.app.inbox.sink(self.channel_of(chat).caps.name)([update])
        await self.settle()
        return str(message)

    # -- what was said ----------------------------------------------------------------------------------------

    def note(self, words: str) -> None:
        self.lines.append(f"\n# {words}")

    def show(self) -> None:
        """Write down what was sent, and what was put in place of something sent before."""
        for sent in self._all_sent():
            known = self._told.get(sent.id)
            if known == (sent.text, sent.edits):
                continue
            self._told[sent.id] = (sent.text, sent.edits)
            if known is not None and known[0] in (sent.text, sent.text.rpartition("\n→ ")[0]):
                continue  # the choice that was just made: the transcript has it
            self.lines.append(self._shown_as(sent, edited=known is not None))

    def _shown_as(self, sent: Sent, *, edited: bool) -> str:
        head = f"== {sent.chat_id}{' (sửa)' if edited else ''}"
        file = f"\n[tệp {sent.message.attachment.name}]" if sent.message.attachment is not None else ""
        buttons = "\n" + " ".join(f"[{label}]" for label in sent.labels) if sent.labels else ""
        return f"{head}\n{sent.text}{file}{buttons}"

    def last(self, chat: str) -> Sent:
        return self.channel_of(chat).to(chat)[-1]

    async def figure(self, indicator: str, period: str = "2026-W23") -> Figure | None:
        """What is stored of an indicator now."""
        async with self.app.kit.db.reading() as rx:
            return (await figures.current(rx, period, [indicator])).get(indicator)

    async def value(self, indicator: str, period: str = "2026-W23") -> Decimal | None:
        found = await self.figure(indicator, period)
        return found.value if found is not None else None

    @property
    def transcript(self) -> str:
        return "\n".join(self.lines).strip() + "\n"


async def staged(folder: Path, settings: str = SETTINGS) -> Stage:
    return await Stage(folder, settings).open()


def never() -> asyncio.Event:
    return asyncio.Event()
