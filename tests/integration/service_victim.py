"""A step of the service in a process that a test kills: python -m tests.integration.service_victim STEP SETTINGS

The clock stands at the opening of week 23 of 2026. "tick" looks once at what is due; "migrate" and "backup" do what the
commands of these names do, the first with the migrations of a folder beside the database.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.app import App
from bot.settings import read_settings
from storage.backup import backup
from storage.migrate import migrate
from tests.fakes import FakeChannel

OPENING = datetime(2026, 6, 4, 1, 0, tzinfo=UTC)


async def tick(file: Path) -> None:
    app = await App.open(read_settings(file, {}), {"fake": FakeChannel()}, now=lambda: OPENING)
    try:
        await app.ticker.turn()
    finally:
        await app.close()


def main(step: str, file: Path) -> None:
    database = read_settings(file, {}).database
    if step == "tick":
        asyncio.run(tick(file))
    elif step == "migrate":
        migrate(database, folder=file.with_name("migrations"))
    else:
        backup(database, file.with_name("copy.db"))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
