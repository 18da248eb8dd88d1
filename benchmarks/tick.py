"""66,000 due departments in one tick: `python benchmarks/tick.py`. Prints time and memory, beside a bare loop."""

from __future__ import annotations

import sys
import time
import tracemalloc
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bot.periods.calendar import Period, Schedule, moments
from bot.periods.plan import due_actions
from bot.periods.standing import Asked, Item, PeriodFacts, standings

COUNT = 66_000


def timed(work):
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def bare_loop(names):
    """The least a tick can do: one key for each department, looked up once."""
    done = set()
    return [key for name in names if (key := f"2026-W23:prompt:{name}/1") not in done]


def measure(count=COUNT):
    schedule = Schedule()
    week = moments(schedule, Period(2026, 23))
    asked = [Asked(f"d{n}", (Item("s", f"i{n}"),)) for n in range(count)]
    seats = {f"d{n}": (n,) for n in range(count)}
    now = week.opens
    names = [one.department for one in asked]
    bare = min(timed(lambda: bare_loop(names))[0] for _ in range(3))
    standing_time, seen = timed(lambda: standings(asked, PeriodFacts(), week.deadline, now, seats))
    prompt_time, plan = min(
        (timed(lambda: due_actions(now, schedule, week, seen, set())) for _ in range(3)), key=lambda t: t[0]
    )
    assert len(plan.due) == count + 1
    done = {claim for action in plan.due for claim in action.claims}
    idle_time, idle = timed(lambda: due_actions(now + timedelta(minutes=1), schedule, week, seen, done))
    assert not idle.due
    tracemalloc.start()
    due_actions(now, schedule, week, seen, set())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return {
        "departments": count,
        "standings_s": round(standing_time, 3),
        "due_s": round(prompt_time, 3),
        "nothing_due_s": round(idle_time, 3),
        "bare_loop_s": round(bare, 3),
        "ratio": round(prompt_time / bare, 1),
        "peak_mb": round(peak / 2**20, 1),
    }


if __name__ == "__main__":
    for name, value in measure().items():
        print(f"{name:15} {value}")
