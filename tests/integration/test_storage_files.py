"""The files: making, migrating, locking and copying the database."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from storage import inbox, meta
from storage.backup import backup
from storage.database import Database
from storage.engine import engine_report, wal_reset_fixed
from storage.errors import AlreadyRunning, NewerDatabase, OutdatedDatabase, StorageError
from storage.lock import Lock
from storage.migrate import FOLDER, latest_version, migrate, migrations
from tests.integration.storage_victim import NOW

if TYPE_CHECKING:
    from pathlib import Path


def schema(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name").fetchall()
    return [(name, " ".join(sql.split())) for name, sql in rows]


def names_in(folder: Path) -> list[str]:
    return sorted(f.name for f in folder.iterdir())


def migration_folder(path: Path, *files: tuple[str, str]) -> Path:
    path.mkdir()
    for name, sql in files:
        (path / name).write_text(sql, encoding="utf-8")
    return path


FIRST = ("0001_first.sql", "CREATE TABLE a (id INTEGER PRIMARY KEY);\nINSERT INTO a VALUES (7);\n")
SECOND = ("0002_second.sql", "-- adds; a column\nALTER TABLE a ADD COLUMN name TEXT NOT NULL DEFAULT 'x;y';\n")
BROKEN = ("0003_broken.sql", "CREATE TABLE b (id INTEGER PRIMARY KEY);\nINSERT INTO missing VALUES (1);\n")
DANGLING = (
    "0003_dangling.sql",
    "CREATE TABLE b (a_id INTEGER NOT NULL REFERENCES a (id));\nINSERT INTO b VALUES (99);\n",
)


def test_a_database_migrated_from_any_version_is_like_a_new_one(tmp_path: Path) -> None:
    new = tmp_path / "new.db"
    migrate(new)
    for version in range(1, latest_version() + 1):
        files = [(f"{n:04}_step.sql", sql) for n, sql in migrations()[:version]]
        old = tmp_path / f"old{version}.db"
        migrate(old, folder=migration_folder(tmp_path / f"until {version}", *files))
        migrate(old)

        assert schema(old) == schema(new)


def test_migrating_copies_the_database_first_and_keeps_what_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    migrate(path, folder=migration_folder(tmp_path / "one", FIRST))
    done = migrate(path, folder=migration_folder(tmp_path / "two", FIRST, SECOND))

    assert (done.before, done.after) == (1, 2)
    assert done.backup is not None
    with closing(sqlite3.connect(done.backup)) as old, closing(sqlite3.connect(path)) as new:
        assert old.execute("SELECT * FROM a").fetchall() == [(7,)]
        assert new.execute("SELECT * FROM a").fetchall() == [(7, "x;y")]


def test_migrating_what_is_up_to_date_does_nothing(database_path: Path) -> None:
    done = migrate(database_path)

    assert (done.before, done.after, done.backup) == (latest_version(), latest_version(), None)


@pytest.mark.parametrize("third", [BROKEN, DANGLING])
def test_a_migration_that_fails_leaves_the_version_before_it(tmp_path: Path, third: tuple[str, str]) -> None:
    path = tmp_path / "x.db"
    with pytest.raises((StorageError, sqlite3.Error)):
        migrate(path, folder=migration_folder(tmp_path / "three", FIRST, SECOND, third))

    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (2,)
        assert connection.execute("SELECT name FROM sqlite_master WHERE name = 'b'").fetchone() is None


def test_two_backups_of_one_version_lie_side_by_side(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    two = migration_folder(tmp_path / "two", FIRST, SECOND)
    migrate(path, folder=migration_folder(tmp_path / "one", FIRST))
    first = migrate(path, folder=two).backup
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE a DROP COLUMN name")
        connection.execute("PRAGMA user_version = 1")
    second = migrate(path, folder=two).backup

    assert first is not None
    assert second is not None
    assert first != second
    assert first.exists()
    assert second.exists()


def test_migrations_with_a_gap_in_their_numbers_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="one after the other"):
        migrations(migration_folder(tmp_path / "gap", FIRST, BROKEN))


def test_a_new_database_can_be_read_by_its_owner_only(database_path: Path) -> None:
    assert database_path.stat().st_mode & 0o077 == 0


async def test_opening_what_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(OutdatedDatabase, match="giaoban migrate"):
        await Database.open(tmp_path / "none.db")

    assert names_in(tmp_path) == []


@pytest.mark.parametrize(("version", "error"), [(0, OutdatedDatabase), (99, NewerDatabase)])
async def test_opening_a_database_of_another_release_is_refused(
    database_path: Path, version: int, error: type[StorageError]
) -> None:
    with closing(sqlite3.connect(database_path)) as connection:
        connection.execute(f"PRAGMA user_version = {version}")

    with pytest.raises(error, match=str(version)):
        await Database.open(database_path)
    with Lock(database_path):  # and it is not left locked
        pass


def test_migrating_a_newer_database_is_refused(database_path: Path) -> None:
    with closing(sqlite3.connect(database_path)) as connection:
        connection.execute("PRAGMA user_version = 99")

    with pytest.raises(NewerDatabase):
        migrate(database_path)


async def test_a_second_instance_is_refused_and_told_who_holds_the_database(db: Database) -> None:
    attempt = "import asyncio, sys; from pathlib import Path; from storage.database import Database;"
    attempt += "asyncio.run(Database.open(Path(sys.argv[1])))"
    second = subprocess.run(  # noqa: ASYNC221 - nothing else runs meanwhile
        [sys.executable, "-c", attempt, str(db.path)], capture_output=True, text=True, check=False
    )

    assert second.returncode == 1
    assert "AlreadyRunning" in second.stderr
    with pytest.raises(AlreadyRunning) as refused:
        await Database.open(db.path)
    with pytest.raises(AlreadyRunning):
        migrate(db.path)
    assert f"process {refused.value.pid} " in second.stderr


async def test_the_lock_goes_with_the_instance(database_path: Path) -> None:
    async with await Database.open(database_path):
        pass
    async with await Database.open(database_path) as db, db.transaction() as tx:
        await meta.put(tx, "a", "")


def test_a_lock_file_left_over_from_a_process_that_ended_holds_nobody_up(tmp_path: Path) -> None:
    (tmp_path / "x.db.lock").write_text("1\n")

    with Lock(tmp_path / "x.db") as lock:
        assert lock.path.read_text() != "1\n"


async def test_a_backup_of_a_running_service_is_restored_by_putting_it_in_place(db: Database, tmp_path: Path) -> None:
    async with db.transaction() as tx:
        await inbox.add(tx, [("fake", str(n), "1", "x" * 1000) for n in range(500)], NOW)
    async with db.transaction() as tx:
        await meta.put(tx, "half", "done")
        size = backup(db.path, tmp_path / "copy.db")  # in the middle of a block: it is not in the copy
    async with db.transaction() as tx:
        await meta.put(tx, "later", "not in the copy")
    place = tmp_path / "another machine" / "giaoban.db"
    place.parent.mkdir()
    (tmp_path / "copy.db").rename(place)

    async with await Database.open(place) as restored, restored.reading() as rx:
        assert await inbox.counts(rx) == {"open": 500}
        assert await meta.all_of(rx) == {}
        assert schema(place) == schema(db.path)
    assert size > 500_000


async def test_a_backup_replaces_nothing(db: Database, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("precious")

    with pytest.raises(FileExistsError):
        backup(db.path, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "precious"


async def test_a_backup_of_nothing_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        backup(tmp_path / "none.db", tmp_path / "copy.db")

    assert names_in(tmp_path) == []


@pytest.mark.parametrize(
    ("version", "is_fixed"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
    ],
)
def test_the_engines_with_the_lost_commit_fault_are_known(version: tuple[int, int, int], is_fixed: bool) -> None:
    assert wal_reset_fixed(version) is is_fixed


def test_the_report_names_the_engine_in_use() -> None:
    assert engine_report().version == sqlite3.sqlite_version


def test_the_statements_keep_to_what_two_engines_share() -> None:
    words = (
        "INSERT OR",
        "REPLACE INTO",
        "json_each",
        "json_group",
        "json_extract",
        "ifnull(",
        "strftime",
        "rowid",
        "AUTOINCREMENT",
        "TRIGGER",
        "GLOB",
    )
    folder = FOLDER.joinpath("..")
    sources = [f for f in folder.iterdir() if f.name.endswith(".py")] + list(FOLDER.iterdir())

    texts = {f.name: f.read_text(encoding="utf-8").replace("cursor.lastrowid", "") for f in sources if f.is_file()}

    assert [(name, word) for name, text in texts.items() for word in words if word in text] == []
