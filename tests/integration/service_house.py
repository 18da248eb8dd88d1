"""The real service as a process of its own, a stand-in Telegram in this one, and a database that outlives both."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.app import utc_now
from bot.demo.telegram_script import Phase
from bot.facts import Person, Post, PostRole
from bot.rendering.forms import load_form, load_opening
from bot.settings import TOKEN_VARIABLE
from storage import groups, people, plans
from storage.database import Database, ReadTransaction
from storage.migrate import migrate

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from bot.demo.telegram_standin import TelegramStandin

TOKEN = "5123456789:AAF_not-a-real_token-0123456789abcd"
HUNG, MAI, THANG, GROUP = 11, 12, 13, -1001
POSTS = {
    HUNG: Post(PostRole.RESPONDENT, "phong-kinh-te"),
    MAI: Post(PostRole.SECRETARY, "van-phong"),
    THANG: Post(PostRole.LEADER, "van-phong"),
}
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SETTINGS = """
[schedule]
opens = "{opens}"
deadline = "{deadline}"
[telegram]
base_url = "{base_url}"
base_file_url = "{base_file_url}"
"""
BUSY = """SELECT (SELECT count(*) FROM inbox WHERE state = 'open')
    + (SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending'))"""


class House:
    """A folder with a database and settings; `start` and `killed_at` as often as wanted."""

    def __init__(self, folder: Path, standin: TelegramStandin) -> None:
        self.folder = folder
        self.standin = standin
        self.database = folder / "giaoban.db"
        self.process: asyncio.subprocess.Process | None = None

    async def set_up(self) -> None:
        """Three people and the leadership group; nothing is due for two days, so nothing is said unasked."""
        now = utc_now()
        opens, deadline = (f"{DAYS[(now + timedelta(days=d)).weekday()]} 08:00" for d in (2, 3))
        told = {"base_url": self.standin.base_url, "base_file_url": self.standin.base_file_url}
        text = SETTINGS.format(opens=opens, deadline=deadline, **told)
        (self.folder / "giaoban.toml").write_text(text, encoding="utf-8")
        migrate(self.database)
        form = load_form("dang-uy-xa")
        async with await Database.open(self.database) as db, db.transaction() as tx:
            await plans.record_opening(tx, load_opening("dang-uy-xa", form), now)
            for number, post in POSTS.items():
                person = Person(0, f"Người {number}", posts=(post,), channel="telegram", chat_id=str(number))
                await people.add_person(tx, person, now)
            await groups.bind(tx, groups.Group(groups.LEADERSHIP, "telegram", str(GROUP), "Lãnh đạo", now))
        for number in POSTS:
            self.standin.people.join(number, f"Người {number}")
            self.standin.world.chats[number].reachable = True
        self.standin.people.make_group(GROUP, "Lãnh đạo")
        self.standin.world.chats[GROUP].reachable = True

    async def enrol_more(self, numbers: Iterable[int]) -> list[int]:
        """Further people of the department of HUNG, before the service starts."""
        crowd = list(numbers)
        async with await Database.open(self.database) as db, db.transaction() as tx:
            for number in crowd:
                person = Person(0, f"Người {number}", posts=(POSTS[HUNG],), channel="telegram", chat_id=str(number))
                await people.add_person(tx, person, utc_now())
        for number in crowd:
            self.standin.people.join(number, f"Người {number}")
            self.standin.world.chats[number].reachable = True
        return crowd

    async def start(self) -> asyncio.subprocess.Process:
        """A new process; returns once it waits for updates."""
        self.process = await self.launch()
        await self.standin.people.wait_until(lambda: self.standin.world.is_polled, 20)
        return self.process

    async def launch(self) -> asyncio.subprocess.Process:
        command = ("-m", "bot", "run", "--settings", str(self.folder / "giaoban.toml"))
        environment = {**os.environ, TOKEN_VARIABLE: TOKEN}
        pipe = asyncio.subprocess.PIPE
        with (self.folder / "log").open("ab") as log:
            return await asyncio.create_subprocess_exec(
                sys.executable, *command, env=environment, stdout=log, stderr=pipe
            )

    def kill_at(self, method: str, phase: Phase, calls: int = 1) -> None:
        """SIGKILL at the call of `method` that is the `calls`-th from now; getUpdates counts the one that waits."""
        nth = self.standin.script.count(method) + calls
        self.standin.script.at(method, nth, phase, self.kill)

    async def kill(self) -> None:
        if self.process is not None and self.process.returncode is None:
            self.process.kill()
            await self.process.wait()

    def kill_when_told(self, chat: int) -> None:
        """SIGKILL once a message of the bot stands in this chat, before the bot hears of it."""

        def look(told: int) -> None:
            if told == chat and self.process is not None:
                self.standin.world.on_sent = None
                self.process.kill()

        self.standin.world.on_sent = look

    async def start_afresh(self) -> None:
        """Another process, for which the wait between two tries is short again."""
        async with await Database.open(self.database) as db, db.transaction() as tx:
            await tx.execute("UPDATE outbox SET tries = 0")
        self.process = await self.launch()

    async def ended(self, seconds: float = 15) -> int:
        assert self.process is not None
        return await asyncio.wait_for(self.process.wait(), seconds)

    async def rows(self, sql: str, **params: Any) -> list[tuple[Any, ...]]:
        """What is committed, seen from another connection."""
        async with ReadTransaction(self.database) as rx:
            return [tuple(row) for row in await rx.all(sql, params)]

    async def is_at_rest(self) -> None:
        """Wait until everything that came in is worked off and everything that is due has gone out."""
        async with asyncio.timeout(15):
            while await self.rows(BUSY) != [(0,)] or self.standin.world.pending:
                pass  # each look takes its time on a thread

    def texts(self, chat: int) -> list[str]:
        return [str(m.get("text") or m.get("caption") or "") for m in self.standin.people.from_bot(chat)]

    async def hears(self, chat: int, words: str) -> None:
        """Wait until the bot's messages in a chat say so."""
        await self.standin.people.wait_until(lambda: any(words in text for text in self.texts(chat)), 15)

    def documents(self, chat: int) -> int:
        return sum("document" in m for m in self.standin.people.from_bot(chat))
