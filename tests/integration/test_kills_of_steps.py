"""Killed with SIGKILL in the middle of a tick, a migration or a backup: done again, it is done once and whole."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.facts import Person, Post, PostRole
from bot.rendering.forms import load_form
from storage import people
from storage.database import Database
from storage.migrate import FOLDER, migrate
from tests.integration.service_victim import OPENING

if TYPE_CHECKING:
    from collections.abc import Callable

MANY = 700  # prompts; a transaction of the tick takes 200
BULKY = "CREATE TABLE bulk (n INTEGER PRIMARY KEY, filler TEXT NOT NULL);"
FILL = (
    "INSERT INTO bulk SELECT value, hex(randomblob(400)) FROM ("
    "WITH RECURSIVE up(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM up WHERE value < {rows}) SELECT value FROM up);"
)


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """A settings file; its database, `giaoban.db` beside it, is migrated."""
    file = tmp_path / "giaoban.toml"
    file.write_text('[schedule]\nopens = "thu 08:00"\n', encoding="utf-8")
    migrate(tmp_path / "giaoban.db")
    return file


def victim(step: str, settings: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "tests.integration.service_victim", step, str(settings)])


def killed_when(look: Callable[[], bool], step: str, settings: Path) -> int:
    """The exit code of a step that is killed as soon as there is something to see, or that was quicker."""
    with victim(step, settings) as process:
        while process.poll() is None:
            if look():
                process.kill()
                break
    return process.returncode


def asked(database: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute(sql).fetchall()


async def test_killed_between_two_batches_of_claims_everybody_is_prompted_once(settings: Path) -> None:
    database = settings.with_name("giaoban.db")
    departments = [d.id for d in load_form("dang-uy-xa").departments.values()]
    before = OPENING - timedelta(days=1)
    async with await Database.open(database) as db, db.transaction() as tx:
        for number in range(MANY):
            post = Post(PostRole.RESPONDENT, departments[number % len(departments)])
            person = Person(0, f"Người {number}", posts=(post,), channel="fake", chat_id=str(number))
            await people.add_person(tx, person, before)

    prompts = "SELECT chat_id, count(*) FROM outbox WHERE purpose LIKE 'prompt%' GROUP BY chat_id"
    code = killed_when(lambda: bool(asked(database, prompts)), "tick", settings)
    (claimed,) = asked(database, "SELECT count(*) FROM actions WHERE kind = 'prompt'")
    halfway = asked(database, prompts)
    assert code == -signal.SIGKILL
    assert 0 < len(halfway) < MANY
    assert claimed == (len(halfway),)

    with victim("tick", settings) as again:
        assert again.wait() == 0
    assert sorted(asked(database, prompts)) == sorted((str(number), 1) for number in range(MANY))


def test_killed_in_a_migration_the_database_is_as_before_and_migrating_again_finishes(settings: Path) -> None:
    database, folder = settings.with_name("giaoban.db"), settings.with_name("migrations")
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("INSERT INTO meta VALUES ('kept', 'yes')")
        connection.commit()
    folder.mkdir()
    with_name = "0001_initial.sql"
    shutil.copy(str(FOLDER / with_name), folder / with_name)
    (folder / "0002_bulk.sql").write_text(f"{BULKY}\n{FILL.format(rows=25_000)}\n", encoding="utf-8")
    log = database.with_name("giaoban.db-wal")

    def is_writing() -> bool:
        return log.exists() and log.stat().st_size > 1_000_000

    assert killed_when(is_writing, "migrate", settings) == -signal.SIGKILL
    assert asked(database, "PRAGMA user_version") == [(1,)]
    assert asked(database, "SELECT name FROM sqlite_master WHERE name = 'bulk'") == []

    with victim("migrate", settings) as again:
        assert again.wait() == 0
    assert asked(database, "SELECT count(*) FROM bulk") == [(25_000,)]
    assert asked(database, "SELECT value FROM meta WHERE key = 'kept'") == [("yes",)]
    copies = sorted(database.parent.glob("giaoban.db.v1.*.bak"))
    assert [asked(copy, "SELECT value FROM meta WHERE key = 'kept'") for copy in copies] == [[("yes",)]] * 2


def test_killed_in_a_backup_there_is_no_half_copy_and_the_next_one_is_whole(settings: Path) -> None:
    database, copy = settings.with_name("giaoban.db"), settings.with_name("copy.db")
    with closing(sqlite3.connect(database)) as connection:
        connection.execute(BULKY)
        connection.execute(FILL.format(rows=25_000))
        connection.commit()
    part = copy.with_name("copy.db.part")

    def is_copying() -> bool:
        return part.exists() and part.stat().st_size > 0

    assert killed_when(is_copying, "backup", settings) == -signal.SIGKILL
    assert part.exists()
    assert not copy.exists()

    with victim("backup", settings) as again:
        assert again.wait() == 0
    assert not part.exists()
    assert asked(copy, "PRAGMA integrity_check") == [("ok",)]
    assert asked(copy, "SELECT count(*) FROM bulk") == asked(database, "SELECT count(*) FROM bulk") == [(25_000,)]
