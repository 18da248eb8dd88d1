"""A pasted table: what its heading says of a column, every number of the column is.

    Chỉ tiêu | KH | TH
    Lúa mùa | 650 | 552

Knows: lines whose cells are parted by strokes or tabs, and a heading of such cells.
Does not know: indicators.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.replies.claims import Claim, Sort
from bot.replies.cues import Cue
from bot.replies.normalise import fold

if TYPE_CHECKING:
    from bot.replies.mentions import Analysis

_CELL, _TAB = _MARKS = "|\t"
_FEWEST = 2  # strokes in a heading
_HEADINGS = {
    Cue.PLAN: "kh|ke hoach|kh giao|ke hoach giao|ke hoach nam|kh nam|giao|chi tieu giao",
    Cue.DONE: "th|thuc hien|ket qua|da thuc hien|thuc hien den nay|ket qua thuc hien|so luong|so lieu",
    Cue.WEEK: "trong tuan|tuan nay|tuan|trong ky|ky nay|th trong tuan|thuc hien trong tuan",
    Cue.CUMULATIVE: "luy ke|lk|luy ke den nay|cong don|th luy ke|tu dau nam",
    Cue.LAST: "tuan truoc|ky truoc|cung ky|nam truoc|th tuan truoc",
}
_SHARES = ("ty le", "ti le", "phan tram")
_REST = re.compile(r"[(\d:/]")
_ENDS = frozenset({"nam", "den", "ngay", "tuan", "so", "het"})
_CUES = {heading: cue for cue, said in _HEADINGS.items() for heading in said.split("|")}


def cue_columns(analysis: Analysis, claims: list[Claim]) -> None:
    """Give the numbers of a table the cue of their column; those of the heading itself are none."""
    plain = analysis.source.plain
    if _CELL not in plain and _TAB not in plain:
        return
    columns: dict[int, Cue | Sort] = {}
    start = 0
    for line in plain.splitlines(keepends=True):
        end = start + len(line)
        inside = [c for c in claims if start <= analysis.tokens[c.first].start < end]
        mark = next((m for m in _MARKS if line.count(m) >= _FEWEST), "")
        found = _headings(line, mark) if mark else {}
        if found:
            columns = found
            claims[:] = [c for c in claims if c not in inside]  # «KH 2026»
        elif mark and columns:
            for claim in inside:
                before = plain[start : analysis.tokens[claim.first].start]
                if not before.strip():
                    claims.remove(claim)  # «1 | Lúa mùa | …»: the row's own number
                else:
                    _tell(claim, columns.get(before.count(mark)))
        elif line.strip() and not mark:
            columns = {}
        start = end


def _tell(claim: Claim, said: Cue | Sort | None) -> None:
    if isinstance(said, Cue):
        claim.cue = said
    elif said is Sort.PERCENT and claim.sort is Sort.NUMBER:
        claim.sort = said


def _headings(line: str, mark: str) -> dict[int, Cue | Sort]:
    found = ((at, _heading(fold(cell))) for at, cell in enumerate(line.strip("\r\n").split(mark)))
    return {at: said for at, said in found if said is not None}


def _heading(cell: str) -> Cue | Sort | None:
    """«KH 2026», «TH đến 07/6 (ha)», «Tỷ lệ (%)»."""
    if "%" in cell or cell.strip().startswith(_SHARES):
        return Sort.PERCENT
    words = _REST.split(cell, maxsplit=1)[0].split()
    while words and words[-1] in _ENDS:
        words.pop()
    return _CUES.get(" ".join(words))
