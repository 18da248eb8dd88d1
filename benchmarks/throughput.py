"""Durable replies a second through real HTTP, beside a bare echo bot, on one core each, on the same stand-in.

    python -m benchmarks.throughput [--rounds 2] [--each 4]

The stand-in and the crowd that writes to it run in this process on one core; the bot under measurement is a process of
its own on another. Both bots are asked the same messages by the same 400 people, in turns, in two ways. In talks, each
person writes again when he was answered, as people do: messages arrive one by one, and the echo bot fetches each by a
call of its own. In waves, all write at once, and again when all are answered: a hundred messages a call, the echo bot
at its best. (Were each to write several at once, the service would answer them together.) The service reads each reply,
stores it and its figures with synchronous=FULL, and answers; the echo bot only answers.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from bot.demo.telegram_load import Crowd
from bot.demo.telegram_standin import TelegramStandin
from bot.facts import Person, Post, PostRole
from bot.forms.model import Role
from bot.rendering.forms import load_form, load_opening
from bot.settings import TOKEN_VARIABLE
from storage import people, plans
from storage.database import Database
from storage.migrate import migrate

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from decimal import Decimal

    from bot.demo.telegram_load import Measured
    from bot.forms.model import Form, Indicator

Way: TypeAlias = "Callable[..., Awaitable[Measured]]"  # of the crowd to write
TOKEN = "5000000001:benchmark-token-of-nobody"
PEOPLE, EACH, ROUNDS = 400, 4, 2
MOST = 120.0  # seconds for one round
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SETTINGS = """
[schedule]
opens = "{opens}"
deadline = "{deadline}"
[telegram]
base_url = "{base_url}"
base_file_url = "{base_file_url}"
"""
SHAPES = ("{a} {x}, {b} {y}", "{a}: {x}\n{b}: {y}", "báo cáo anh: {a} {x}; {b} {y} ạ", "{a} {x} {unit}")


@dataclass(frozen=True)
class Run:
    """One bot, one round of the crowd."""

    replies: int
    answered: int
    per_second: float
    cpu_ms: float  # of each reply
    idle_mb: float
    loaded_mb: float
    start: float  # seconds from the command to the first poll
    stored: int = 0
    figures: int = 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--each", type=int, default=EACH)
    parser.add_argument("--way", choices=("talks", "waves"), action="append")
    asked = parser.parse_args()
    for way in asked.way or ("talks", "waves"):
        ours, echo = measure(Crowd.converse if way == "talks" else Crowd.in_waves, asked.rounds, asked.each)
        for name, runs in (("Giao Ban", ours), ("bare echo bot", echo)):
            for run in runs:
                print(f"{name:14} {run}")
        print(f"{way}: ratio {ratio(ours, echo):.2f}")


def measure(way: Way, rounds: int = ROUNDS, each: int = EACH) -> tuple[list[Run], list[Run]]:
    """Both bots in turns; the runs of the service and those of the echo bot."""
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cores[-1]})
    ours, echo = [], []
    try:
        for _ in range(rounds):
            echo.append(asyncio.run(one_run(way, None, each, cores[0])))
            with tempfile.TemporaryDirectory() as folder:
                ours.append(asyncio.run(one_run(way, Path(folder), each, cores[0])))
    finally:
        os.sched_setaffinity(0, set(cores))
    return ours, echo


def ratio(ours: list[Run], echo: list[Run]) -> float:
    return statistics.median(r.per_second for r in ours) / statistics.median(r.per_second for r in echo)


async def one_run(way: Way, folder: Path | None, each: int, core: int) -> Run:
    """`folder` is the service's; the echo bot has none."""
    form = load_form("dang-uy-xa")
    async with TelegramStandin(TOKEN, now=lambda: datetime.now(tz=UTC)) as standin:
        crowd = Crowd(standin, PEOPLE)
        crowd.join(lambda _person: "trợ giúp")
        if folder is not None:
            await prepare(folder, standin, form, crowd)
        began = time.perf_counter()
        process = start(folder, standin, core)
        try:
            await standin.people.wait_until(lambda: standin.script.count("getUpdates"), 30.0)
            started, idle = time.perf_counter() - began, resident(process.pid)
            await crowd.greeted()
            texts = replies(form, crowd)
            cpu = cpu_seconds(process.pid)
            done = await way(crowd, each, lambda person, nth: texts[person](nth), time.perf_counter, MOST)
            cpu = cpu_seconds(process.pid) - cpu
            loaded = resident(process.pid)
        finally:
            stop(process)
        stored, figures = await kept(folder) if folder is not None else (0, 0)
    cpu_ms = cpu / max(1, done.answered) * 1000
    return Run(done.replies, done.answered, done.per_second, cpu_ms, idle, loaded, started, stored, figures)


async def prepare(folder: Path, standin: TelegramStandin, form: Form, crowd: Crowd) -> None:
    """A database with last week's figures and the whole crowd enrolled, one department after another."""
    now = datetime.now(tz=UTC)
    local = now.astimezone()
    opens, deadline = (DAYS[(local + timedelta(days=d)).weekday()] + " 08:00" for d in (2, 3))
    values = {"base_url": standin.base_url, "base_file_url": standin.base_file_url}
    (folder / "giaoban.toml").write_text(SETTINGS.format(opens=opens, deadline=deadline, **values), encoding="utf-8")
    path = folder / "giaoban.db"
    migrate(path)
    async with await Database.open(path) as db, db.transaction() as tx:
        await plans.record_opening(tx, load_opening("dang-uy-xa", form), now)
        for person in crowd.people:
            post = Post(PostRole.RESPONDENT, department_of(form, person))
            known = Person(0, f"Người {person}", posts=(post,), channel="telegram", chat_id=str(person))
            await people.add_person(tx, known, now)


def department_of(form: Form, person: int) -> str:
    departments = [d.id for d in form.departments.values() if form.asked_of(d.id)]
    return departments[person % len(departments)]


def replies(form: Form, crowd: Crowd) -> dict[int, Callable[[int], str]]:
    """What each person says: figures of their own department, in several shapes, moving a little each time."""
    last = load_opening("dang-uy-xa", form).values

    def of(person: int) -> Callable[[int], str]:
        own = [i for i in form.asked_of(department_of(form, person)) if i.role is not Role.PLAN and i.unit != "%"]

        def said(nth: int) -> str:
            moved = nth * len(crowd.people) // len(form.departments) + person // len(form.departments) % 12
            if department_of(form, person) == "phong-kinh-te" and nth % 2 == 0:
                return f"lúa mùa {549 + moved}/650, ngô {1110 - moved}"
            at = (nth * 2 + person // 16) % len(own)
            a, b = own[at], own[(at + 1) % len(own)]
            x, y = (value_of(i, last, moved) for i in (a, b))
            return SHAPES[nth % len(SHAPES)].format(a=a.short, b=b.short, x=x, y=y, unit=a.unit)

        return said

    return {person: of(person) for person in crowd.people}


def value_of(indicator: Indicator, last: Mapping[str, Decimal], moved: int) -> str:
    """Near last week's, and not twice the same, so that it is a change to be stored."""
    return f"{int(last.get(indicator.id, 0)) + moved + 1}"


def start(folder: Path | None, standin: TelegramStandin, core: int) -> subprocess.Popen:
    command = [sys.executable, "-m", "bot", "run", "--settings", str(folder / "giaoban.toml")] if folder else None
    echo = [sys.executable, "benchmarks/echo_peer.py", "--base-url", standin.base_url, "--token", TOKEN]
    environment = {**os.environ, TOKEN_VARIABLE: TOKEN}
    log = (folder / "log").open("w") if folder else subprocess.DEVNULL
    process = subprocess.Popen(command or echo, env=environment, stdout=log, stderr=log)
    with contextlib.suppress(ProcessLookupError):
        os.sched_setaffinity(process.pid, {core})
    return process


def stop(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


async def kept(folder: Path) -> tuple[int, int]:
    """Replies and figures with a reply that are in the database once the service has stopped."""
    async with await Database.open(folder / "giaoban.db") as db, db.reading() as rx:
        said = await rx.one("SELECT count(*) AS n FROM replies")
        read = await rx.one("SELECT count(*) AS n FROM figures WHERE reply_id IS NOT NULL")
        failed = await rx.one("SELECT count(*) AS n FROM inbox WHERE state = 'failed'")
    if failed["n"]:
        raise SystemExit(f"{failed['n']} updates failed: see the service's log")
    return said["n"], read["n"]


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


if __name__ == "__main__":
    main()
