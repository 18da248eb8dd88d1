"""Words that say which value of a matter a number is: of this week, so far, the plan, what was done.

Knows: the cue words and how near they stand. Does not know: labels, the form.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from bot.replies.tokens import places

if TYPE_CHECKING:
    from collections.abc import Mapping


class Cue(StrEnum):
    """What a cue word speaks for."""

    WEEK = "week"
    CUMULATIVE = "cumulative"
    PLAN = "plan"
    ASSIGNED = "assigned"  # a lone «giao»: a plan only where the number is next
    DONE = "done"  # TH, thực hiện: the done side of plan and done
    MONTH = "month"
    TOTAL = "total"  # trong tổng số, trên tổng số: the whole of what came before
    LAST = "last"  # tuần trước, tuần tới: not of this report


_PHRASES: dict[Cue, tuple[str, ...]] = {
    Cue.WEEK: (
        "trong tuan",
        "tuan nay",
        "tuan qua",
        "ca tuan",
        "tuan vua",
        "tuan nay",
        "trong ky",
        "ky nay",
        "tuan bao cao",
        "hang tuan",
        "tuan",
    ),
    Cue.CUMULATIVE: (
        "luy ke",
        "lk",
        "l k",
        "cong don",
        "tu dau nam",
        "dau nam den nay",
        "den nay",
        "toi nay",
        "tinh den",
        "tu dau vu",
        "tu dau mua",
        "den het",
        "den thoi diem",
        "den cuoi",
        "den hien tai",
        "nang tong so len",
        "nang tong so",
        "nang tong",
        "tong so len",
        "nang luy ke len",
        "nang luy ke",
        "nang len",
    ),
    Cue.PLAN: (
        "ke hoach",
        "kh",
        "chi tieu",
        "duoc giao",
        "xa giao",
        "tinh giao",
        "giao lai",
        "huyen giao",
        "phai lam",
        "du toan",
    ),
    Cue.ASSIGNED: ("giao",),
    Cue.DONE: ("th", "da thuc hien", "thuc hien", "da lam"),
    Cue.MONTH: (
        "trong thang",
        "thang nay",
        "ca thang",
        "thang qua",
        "thang vua",
        "thang :",
        "trong quy",
        "ca quy",
        "ca nam",
    ),
    Cue.TOTAL: ("tren tong so", "trong tong so", "tong so", "trong so", "tren tong"),
    Cue.LAST: (
        "tuan truoc",
        "ky truoc",
        "tuan roi",
        "tuan truoc do",
        "thang truoc",
        "nam truoc",
        "nam ngoai",
        "cung ky",
        "tuan sau",
        "tuan toi",
        "ky sau",
        "ky toi",
        "thang sau",
        "thang toi",
        "nam sau",
        "nam toi",
        "du kien",
    ),
}
_OF_PERIOD = frozenset({Cue.WEEK, Cue.CUMULATIVE, Cue.PLAN, Cue.MONTH, Cue.LAST})
_NOT_AFTER = {
    Cue.PLAN: frozenset({"theo", "dung", "xay", "trien", "co", "cac", "nhiem"}),
    Cue.ASSIGNED: frozenset({"ban"}),
}
_NOT_BEFORE = {
    Cue.WEEK: frozenset({"truoc", "toi", "sau", "le"}),
    Cue.PLAN: frozenset({"hoa"}),
    Cue.ASSIGNED: frozenset({"ban", "thong", "dich", "viec"}),
}


class Found(NamedTuple):
    """A cue phrase over tokens [first, last)."""

    cue: Cue
    last: int


def _table() -> dict[str, list[tuple[list[str], Cue]]]:
    """By the first word of a phrase: its further words, the longest first, and what it speaks for."""
    table: dict[str, list[tuple[list[str], Cue]]] = {}
    for cue, said in _PHRASES.items():
        for first, *rest in map(str.split, said):
            table.setdefault(first, []).append((rest, cue))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return table


_TABLE = _table()
_OPENING = frozenset(_TABLE)
_NOWHERE: frozenset[str] = frozenset()


def cues_of(words: list[str]) -> dict[int, Found]:
    """For the first of every cue phrase among the folded words of a text, what it speaks for."""
    found: dict[int, Found] = {}
    table = _TABLE
    for at in places(words, _OPENING):
        for rest, cue in table[words[at]]:
            last = at + 1 + len(rest)
            if (not rest or words[at + 1 : last] == rest) and not _denied(words[at - 1], words[last], cue):
                found[at] = Found(cue, last)
                break
    return found


def words_of_period(cues: Mapping[int, Found]) -> set[int]:
    """Tokens of phrases that say a period or a plan: they name no matter."""
    return {at for first, found in cues.items() if found.cue in _OF_PERIOD for at in range(first, found.last)}


def _denied(before: str, behind: str, cue: Cue) -> bool:
    return before in _NOT_AFTER.get(cue, _NOWHERE) or behind in _NOT_BEFORE.get(cue, _NOWHERE)
