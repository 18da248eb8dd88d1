"""Answers that every message needs and few messages change, kept until something they were read from is written.

The database is the truth: whatever writes goes through the one write connection, and each statement on it tells what
it writes before it is carried out. An answer is good as long as none of its sources was written since it was read; a
block that is undone counts as a second write, so that nothing it saw of its own survives it.

A source is a table, "people", or a part of it: a period's rows, "figures:2026-W22", or a chat's, "questions:fake:11".
Of two tables the newest rows are kept one by one, by period and by what they are about: a reply writes two figures of
a department and asks for all. What a statement added may be learnt from its parameters, without another look.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence

T = TypeVar("T")
Written = tuple[str, str, str]  # table, part, name; "" where a statement says none

MOST_KEPT = 20_000  # answers; then they are all read again
MOST_PERIODS = 64  # of which the newest rows are kept, likewise
# Tables whose rows are only ever added, each for the period its statement names; by which parameter it says about what.
BY_PERIOD = {"figures": "indicator", "texts": "section"}
BY_CHAT = frozenset({"questions", "buttons"})  # most of their statements name one chat
_TARGET = re.compile(r"\b(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO)\s+(\w+)", re.IGNORECASE)


class Memory:
    """What one connection remembers. Only blocks on that connection may ask it."""

    def __init__(self) -> None:
        self._written: Counter[str] = Counter()
        self._kept: dict[Hashable, tuple[tuple[int, ...], Any]] = {}
        self._newest: dict[tuple[str, str], dict[str, Any]] = {}  # by (table, period), None for what there is not

    def writes(self, sql: str, params: Mapping[str, Any]) -> Written | None:
        """Note what a statement is about to write; returns it, or None where it only reads."""
        table = target_of(sql)
        if table is None:
            return None
        written = (table, *_part(table, params))
        self._note(written)
        return written

    def undone(self, writes: Sequence[Written]) -> None:
        """What these changed is as it was before: that is a change, too."""
        for written in writes:
            self._note(written)

    def _note(self, written: Written) -> None:
        table, part, name = written
        self._written[f"{table}:{part}" if part else table] += 1
        if table not in BY_PERIOD:
            return
        if part and name:
            self._newest.get((table, part), {}).pop(name, None)
        else:
            self._newest.clear()

    def newest_known(self, table: str, period: str, name: str) -> tuple[Any] | None:
        """The newest row about a name, None in it for there is none; None where that would take a look."""
        known = self._newest.get((table, period), {})
        return (known[name],) if name in known else None

    def learn(self, table: str, period: str, name: str, newest: object) -> None:
        """What a look at the row that was just added would tell."""
        if (known := self._newest.get((table, period))) is not None:
            known[name] = newest

    async def newest(
        self, table: str, period: str, names: Sequence[str], read: Callable[[list[str]], Awaitable[Mapping[str, T]]]
    ) -> dict[str, T]:
        """The newest rows about these names, as `read` makes them; it is asked for those that were written since."""
        if len(self._newest) > MOST_PERIODS:
            self._newest.clear()
        known = self._newest.setdefault((table, period), {})
        if unknown := [name for name in names if name not in known]:
            known.update(dict.fromkeys(unknown) | dict(await read(unknown)))
        return {name: found for name in names if (found := known[name]) is not None}

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


def _part(table: str, params: Mapping[str, Any]) -> tuple[str, str]:
    """The part of its table that a statement writes, and the name of what it writes about."""
    name = BY_PERIOD.get(table)
    if name is not None:
        return params.get("period", ""), params.get(name, "")
    if table in BY_CHAT and "channel" in params and "chat_id" in params:
        return chat_part(params["channel"], params["chat_id"]), ""
    return "", ""


def chat_part(channel: str, chat_id: str) -> str:
    """How a chat's part of a table is called."""
    return f"{channel}:{chat_id}"


@lru_cache(maxsize=2048)  # the sources of a few answers, and their periods
def _with_tables(sources: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for source in sources for name in (source, source.partition(":")[0]))


@lru_cache(maxsize=1024)  # the statements of this package, each once
def target_of(sql: str) -> str | None:
    """The table a statement writes; None where it only reads."""
    found = _TARGET.search(sql)
    return found[1].lower() if found else None
