"""Asks something of the office's data: of the running service if there is one, else of the database itself.

Two processes never write to one database (`storage.lock`), so whoever does not get the lock asks whoever has it.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from bot.commands.context import Refused
from handlers.control import ask
from handlers.errands import Bench, carry_out
from storage.database import Database
from storage.errors import AlreadyRunning, CommitFailed, NewerDatabase, OutdatedDatabase, StorageError

if TYPE_CHECKING:
    from pathlib import Path

    from bot.commands.context import Context


def ask_office(context: Context, errand: str, **request: Any) -> dict[str, Any]:
    """The answer, with `running` telling who gave it. Raises Refused."""
    return asyncio.run(_ask(context, {"errand": errand, **request}))


async def _ask(context: Context, request: dict[str, Any]) -> dict[str, Any]:
    settings = context.office_settings
    path = settings.database
    try:
        db = await Database.open(path)
    except AlreadyRunning:
        try:
            return {"running": True, **_checked(await ask(settings.control_socket, request), request)}
        except OSError:
            raise Refused("service_silent", path=path) from None
    except StorageError as error:
        raise refusal(error, path) from None
    try:
        return {
            "running": False,
            **_checked(await carry_out(Bench(db, context.now, settings.schedule), request), request),
        }
    finally:
        await db.close()


def _checked(answer: dict[str, Any], request: dict[str, Any]) -> dict[str, Any]:
    if not answer.get("ok"):
        raise Refused(str(answer.get("code")), **request)
    return answer


def refusal(error: StorageError, path: Path) -> Refused:
    """What a person is told when the database cannot be used."""
    code = next((code for kind, code in _CODES if isinstance(error, kind)), "storage")
    if code == "outdated_database" and not path.exists():
        code = "no_database"
    return Refused(code, path=path, detail=error)


def counts(told: dict[str, int], names: dict[str, str]) -> str:
    """«chờ gửi 3, đã gửi 40» of the counts an answer carries; "" of none."""
    return ", ".join(f"{names.get(state, state)} {count}" for state, count in told.items() if count)


_CODES = (
    (OutdatedDatabase, "outdated_database"),
    (NewerDatabase, "newer_database"),
    (AlreadyRunning, "already_running"),
    (CommitFailed, "commit_failed"),
)
