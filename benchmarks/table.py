"""Everything that is measured about speed and memory, in one table, with what limits each: `make bench`.

Only ratios within one run mean something on another machine; the bars are the project's own.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import storage, throughput, tick
from bot.demo.telegram_load import Crowd

if TYPE_CHECKING:
    from benchmarks.throughput import Run

RATIO_BAR = 1.5
LIMITS = "a third reading, a quarter SQLite and the way to it, a quarter deciding and wording, the rest HTTP"
STORAGE_ROWS = ("raw sqlite3, 1 row", "group commit, one row, 64", "whole reply", "due action", "outbox row")


@dataclass(frozen=True)
class Row:
    what: str
    ours: str
    peer: str
    limit: str


def main() -> None:
    talks, waves = throughput.measure(Crowd.converse), throughput.measure(Crowd.in_waves)
    rows = [*replies(*talks), *in_waves(*waves), *ticks(tick.measure()), *stored()]
    wide = [max(len(getattr(row, name)) for row in rows) for name in ("what", "ours", "peer")]
    heads = Row("measured in this run", "Giao Ban", "beside", "what limits it")
    for row in (heads, *rows):
        print(f"{row.what:<{wide[0]}}  {row.ours:>{wide[1]}}  {row.peer:>{wide[2]}}  {row.limit}")


def replies(ours: list[Run], echo: list[Run]) -> list[Row]:
    """The service beside the bare echo bot, medians of the rounds."""
    mine, theirs = middle(ours), middle(echo)
    ratio = throughput.ratio(ours, echo)
    lost = sum(run.replies - run.answered for run in ours)
    each_stored = sum(run.figures for run in ours) / max(1, sum(run.replies for run in ours))
    told = f"{lost} unanswered, {each_stored:.1f} figures stored a reply"
    return [
        Row(
            "durable replies a second, one core, people in talk",
            f"{mine['per_second']:.0f}",
            f"{theirs['per_second']:.0f} echo",
            told,
        ),
        Row("  ratio to the bare echo bot", f"{ratio:.2f}", f"bar {RATIO_BAR}", "pure Python on one core"),
        Row("CPU a reply, ms", f"{mine['cpu_ms']:.2f}", f"{theirs['cpu_ms']:.2f} echo", LIMITS),
        Row("memory idle, MB", f"{mine['idle_mb']:.0f}", f"{theirs['idle_mb']:.0f} echo", "imported modules; bar 80"),
        Row(
            "memory after the load, MB",
            f"{mine['loaded_mb']:.0f}",
            f"{theirs['loaded_mb']:.0f} echo",
            "the reader's tables of every department, SQLite's pages",
        ),
        Row("start to first poll, s", f"{mine['start']:.2f}", f"{theirs['start']:.2f} echo", "imports; bar 2"),
    ]


def in_waves(ours: list[Run], echo: list[Run]) -> list[Row]:
    """The same where everybody writes at once: the echo bot then fetches a hundred messages by one call."""
    mine, theirs = middle(ours), middle(echo)
    rates = f"{mine['per_second']:.0f}", f"{theirs['per_second']:.0f} echo"
    cost = f"{mine['cpu_ms']:.2f} ms of CPU beside {theirs['cpu_ms']:.2f}"
    return [
        Row("the same in waves, all write at once", *rates, cost),
        Row("  ratio to the bare echo bot", f"{throughput.ratio(ours, echo):.2f}", "", "the echo bot at its best"),
    ]


def middle(runs: list[Run]) -> dict[str, float]:
    names = ("per_second", "cpu_ms", "idle_mb", "loaded_mb", "start")
    return {name: statistics.median(getattr(run, name) for run in runs) for name in names}


def ticks(found: dict[str, float]) -> list[Row]:
    """66,000 departments due in one tick."""
    bare, idle = found["bare_loop_s"], found["nothing_due_s"]
    standing = f"{found['standings_s']:.2f} s"
    return [
        Row(
            "66,000 due departments, decided, s", f"{found['due_s']:.2f}", f"{bare:.2f} bare loop", "one pass in Python"
        ),
        Row("  who stands where, before it, s", standing[:-2], "", "one object a department"),
        Row("  a tick with nothing due, s", f"{idle:.3f}", "", "the same pass without claims"),
        Row("  memory of the plan, MB", f"{found['peak_mb']:.0f}", "", "one claim a department"),
    ]


def stored() -> list[Row]:
    """The main rows of benchmarks/storage.py, beside raw one-row commits."""
    with tempfile.TemporaryDirectory() as folder:
        lines = asyncio.run(storage.measure(Path(folder)))
    raw = lines[0].rate
    limit = "the disk's flush, shared by those who wait; the way to SQLite's thread"
    return [
        Row(f"{line.what}, a second", f"{line.rate:,.0f}", f"{line.rate / raw:.2f} of raw", limit)
        for line in lines
        if line.what.startswith(STORAGE_ROWS)
    ]


if __name__ == "__main__":
    main()
