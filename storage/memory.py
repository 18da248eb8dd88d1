"""Answers that every message needs and few messages change, kept until something they were read from is written.

The database is the truth: whatever writes goes through the one write connection, and each statement on it tells what
it writes before it is carried out. An answer is good as long as none of its sources was written since it was read; a
block that is undone counts as a second write, so that nothing it saw of its own survives it.

A source is a table, "people", or a period's rows of it, "figures:2026-W22".
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence

T = TypeVar("T")

MOST_KEPT = 20_000  # answers; then they are all read again
BY_PERIOD = frozenset({"figures"})  # tables whose rows are only ever added, each for the period its statement names
_TARGET = re.compile(r"\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+(\w+)", re.IGNORECASE)


class Memory:
    """What one connection remembers. Only blocks on that connection may ask it."""

    def __init__(self) -> None:
        self._written: Counter[str] = Counter()
        self._kept: dict[Hashable, tuple[tuple[int, ...], Any]] = {}

    def writes(self, sql: str, params: Mapping[str, Any]) -> str | None:
        """Note what a statement is about to write; returns its source, or None where it only reads."""
        table = target_of(sql)
        if table is None:
            return None
        source = f"{table}:{params['period']}" if table in BY_PERIOD and "period" in params else table
        self._written[source] += 1
        return source

    def undone(self, sources: Sequence[str]) -> None:
        """What these writes changed is as it was before: that is a change, too."""
        self._written.update(sources)

    async def of(self, key: Hashable, sources: tuple[str, ...], read: Callable[[], Awaitable[T]]) -> T:
        """The answer to `key`, read anew if one of its sources was written since."""
        stamp = self._stamp(sources)
        found = self._kept.get(key)
        if found is not None and found[0] == stamp:
            answer: T = found[1]
            return answer
        answer = await read()
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[key] = (stamp, answer)
        return answer

    def _stamp(self, sources: tuple[str, ...]) -> tuple[int, ...]:
        """How often each source was written, and the table that it is a part of."""
        return tuple([self._written.get(name, 0) for name in _with_tables(sources)])


@lru_cache(maxsize=256)  # the sources of a few answers, and their periods
def _with_tables(sources: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for source in sources for name in (source, source.partition(":")[0]))


@lru_cache(maxsize=1024)  # the statements of this package, each once
def target_of(sql: str) -> str | None:
    """The table a statement writes; None where it only reads."""
    found = _TARGET.search(sql)
    return found[1].lower() if found else None
