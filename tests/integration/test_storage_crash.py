"""A process that dies, or a disk that refuses: every block that returned is there afterwards, wholly."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from storage import meta
from storage.database import Database
from tests.integration.storage_victim import COMMIT_FAILED

if TYPE_CHECKING:
    from pathlib import Path


def victim(path: Path, most_bytes: int = 0) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.integration.storage_victim", str(path), str(most_bytes)],
        stdout=subprocess.PIPE,
        text=True,
    )


async def stored(path: Path) -> tuple[set[int], set[int]]:
    """The numbers in the two tables that each block writes to."""
    async with await Database.open(path) as db, db.reading() as rx:
        updates = {int(row["ext_id"]) for row in await rx.all("SELECT ext_id FROM inbox")}
        seen = {int(key.removeprefix("seen ")) for key in await meta.all_of(rx, "seen ")}
    return updates, seen


@pytest.mark.parametrize("acknowledged_before_the_kill", [1, 40, 333, 1001])
async def test_kill_9_loses_no_block_that_returned_and_halves_none(
    database_path: Path, acknowledged_before_the_kill: int
) -> None:
    with victim(database_path) as process:
        assert process.stdout is not None
        acknowledged = {int(process.stdout.readline()) for _ in range(acknowledged_before_the_kill)}
        process.kill()
        acknowledged |= {int(line) for line in process.stdout if line.endswith("\n")}

    updates, seen = await stored(database_path)

    assert acknowledged <= updates
    assert updates == seen


async def test_kill_9_again_and_again_on_the_same_database_loses_nothing(database_path: Path) -> None:
    for _ in range(3):
        with victim(database_path) as process:
            assert process.stdout is not None
            acknowledged = {int(process.stdout.readline()) for _ in range(50)}
            process.kill()

        updates, seen = await stored(database_path)

        assert acknowledged <= updates
        assert updates == seen


async def test_a_disk_that_takes_no_more_ends_the_process_with_everything_acknowledged_stored(
    database_path: Path,
) -> None:
    with victim(database_path, most_bytes=700_000) as process:
        assert process.stdout is not None
        acknowledged = {int(line) for line in process.stdout}
        code = process.wait()

    updates, seen = await stored(database_path)

    assert code == COMMIT_FAILED
    assert len(acknowledged) > 20
    assert updates == seen == acknowledged
