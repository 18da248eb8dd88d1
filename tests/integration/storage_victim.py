"""A process that writes and says so, to be killed or starved of disk by a test: python -m tests.integration.storage_victim

Each line on its output is the number of a block that returned. Twenty blocks are under way at any time.
"""

from __future__ import annotations

import asyncio
import os
import resource
import sys
from datetime import UTC, datetime
from pathlib import Path

from storage import inbox, meta
from storage.database import CommitFailed, Database

NOW = datetime(2026, 6, 5, 1, 0, tzinfo=UTC)
COMMIT_FAILED = 75


async def write(db: Database, numbers: range) -> None:
    for n in numbers:
        async with db.transaction() as tx:
            await inbox.add(tx, [("fake", str(n), f"chat {n % 7}", "x" * 500)], NOW)
            await meta.put(tx, f"seen {n}", "yes")
        os.write(1, f"{n}\n".encode())


async def main(path: Path, most_bytes: int) -> int:
    async with await Database.open(path) as db:
        if most_bytes:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, resource.RLIM_INFINITY))
        outcomes = await asyncio.gather(
            *(write(db, range(start, 10**6, 20)) for start in range(20)), return_exceptions=True
        )
        return COMMIT_FAILED if all(isinstance(outcome, CommitFailed) for outcome in outcomes) else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]))))
