"""Real databases in real files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage.database import Database
from storage.migrate import migrate

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
