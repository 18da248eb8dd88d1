"""What the other commands want of the office's data: a code, a look at the state of things, a copy, the opening values.

The running service carries these out for them (`handlers.control`); where none runs, the command opens the database and
does it itself. Requests and answers are plain dicts of text and numbers, so that they travel as JSON.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.facts import PostRole
from bot.forms.model import Opening
from handlers.weeks import Weeks
from storage import actions, codes, groups, inbox, meta, outbox, people, plans
from storage.backup import backup
from storage.engine import engine_report
from storage.errors import BackupFailed
from storage.migrate import latest_version

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from datetime import datetime

    from bot.periods.calendar import Schedule
    from handlers.channel import Health
    from storage.database import Database

CODE_LIVES = timedelta(hours=72)
USERNAME = "telegram.username"  # kept in storage.meta by the Telegram channel's owner

Request = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Bench:
    """What an errand works with. `health` is empty where no service runs."""

    db: Database
    now: datetime
    schedule: Schedule
    health: Sequence[Health] = ()


async def carry_out(bench: Bench, request: Request) -> Request:
    """Do one errand. An answer has `ok`; where that is false, `code` says why."""
    errand = _ERRANDS.get(str(request.get("errand")))
    if errand is None:
        return {"ok": False, "code": "unknown_errand"}
    return await errand(bench, request)


async def _invite(bench: Bench, request: Request) -> Request:
    """Take a one-time code into use. The code itself comes with the request and is kept only as a hash."""
    expires_at = bench.now + CODE_LIVES
    role = PostRole(request["role"]) if request.get("role") else None
    invitation = codes.Invitation(expires_at, role, request.get("department"), request.get("group"))
    async with bench.db.transaction() as tx:
        await codes.issue_code(tx, request["code"], invitation, bench.now)
        username = await meta.get(tx, USERNAME)
    return {"ok": True, "expires_at": expires_at.isoformat(), "username": username}


async def _status(bench: Bench, _: Request) -> Request:
    """The state of the service and of its queues, without a single figure or name."""
    weeks = Weeks(bench.schedule)
    async with bench.db.reading() as rx:
        await weeks.load(rx)
        week = weeks.at(bench.now)
        waiting = await inbox.counts(rx)
        leaving = await outbox.counts(rx)
        everybody = await people.all_people(rx)
        leadership = await groups.leadership_groups(rx)
        outcomes = await actions.outcomes(rx, str(week.period))
    engine = engine_report()
    return {
        "ok": True,
        "period": str(week.period),
        "opens": week.moments.opens.isoformat(),
        "deadline": week.moments.deadline.isoformat(),
        "engine": f"{engine.name} {engine.version}",
        "engine_is_fixed": engine.wal_reset_fixed,
        "schema": latest_version(),
        "inbox": waiting,
        "outbox": {state.value: count for state, count in leaving.items()},
        "people": len(everybody),
        "departments": sorted({name for person in everybody for name in person.departments}),
        "groups": len(leadership),
        "actions": dict(Counter(outcome.removeprefix("dropped:") or "done" for outcome in outcomes.values())),
        "channels": [_health(one) for one in bench.health],
    }


def _health(one: Health) -> Request:
    polled = one.last_poll.isoformat() if one.last_poll else ""
    return {"name": one.name, "connected": one.connected, "last_poll": polled, "detail": one.detail}


async def _backup(bench: Bench, request: Request) -> Request:
    target = Path(request["target"])
    try:
        size = await asyncio.to_thread(backup, bench.db.path, target)
    except FileExistsError:
        return {"ok": False, "code": "target_exists"}
    except BackupFailed:
        return {"ok": False, "code": "copy_damaged"}
    except OSError:
        return {"ok": False, "code": "target_not_writable"}
    return {"ok": True, "size": size}


async def _opening(bench: Bench, request: Request) -> Request:
    """Plans and last week's values; what is there already stays."""
    opening = Opening(request["period"], _decimals(request["plans"]), _decimals(request["values"]))
    async with bench.db.transaction() as tx:
        added = await plans.record_opening(tx, opening, bench.now)
    return {"ok": True, "added": added}


def _decimals(told: Mapping[str, str]) -> dict[str, Decimal]:
    return {indicator: Decimal(value) for indicator, value in told.items()}


_ERRANDS: dict[str, Callable[[Bench, Request], Awaitable[Request]]] = {
    "invite": _invite,
    "status": _status,
    "backup": _backup,
    "opening": _opening,
}
