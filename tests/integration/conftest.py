"""Real databases in real files; the real service in a process of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.app import utc_now
from bot.demo.telegram_standin import TelegramStandin
from storage.database import Database
from storage.migrate import migrate
from tests.integration.service_house import TOKEN, House

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
def database_path(tmp_path: Path) -> Path:
    """A database that was just made and is not open."""
    path = tmp_path / "giaoban.db"
    migrate(path)
    return path


@pytest.fixture
async def db(database_path: Path) -> AsyncIterator[Database]:
    async with await Database.open(database_path) as opened:
        yield opened


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """Set up and not yet started."""
    async with TelegramStandin(TOKEN, now=utc_now) as standin:
        found = House(tmp_path, standin)
        await found.set_up()
        try:
            yield found
        finally:
            await found.kill()
