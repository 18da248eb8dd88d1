"""Tables as files: Excel with typed cells, and CSV.

Nothing that people wrote is ever a formula: text is stored as text, whatever it begins with, and in CSV, where a cell
has no type, such text gets an apostrophe before it.
Knows: cells and their looks. Does not know: what the tables are about.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Cell = str | Decimal | date | datetime | None

_FORMULA_STARTS = frozenset("=+-@\t\r\n|%\uff1d\uff0b\uff0d\uff20")
BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. Moments are local."""

    title: str
    headings: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]


def to_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """A workbook with a sheet for each table."""
    from bot.rendering.workbook import workbook  # noqa: PLC0415 - 5 MB that a service nobody asks for a table saves

    return workbook(sheets)


def to_csv(sheet: Sheet) -> bytes:
    """UTF-8 with its mark, so that Excel shows Vietnamese letters; numbers with a point, dates as ISO has them."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(sheet.headings)
    for row in sheet.rows:
        writer.writerow([plain(value) for value in row])
    return (BOM + out.getvalue()).encode("utf-8", "replace")


def plain(value: Cell) -> str:
    if isinstance(value, str):
        return f"'{value}" if looks_like_formula(value) else value
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(sep=" ", timespec="minutes")
    return plain_text(value)


def plain_text(value: Cell) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    return value if isinstance(value, str) else "" if value is None else value.isoformat()


def looks_like_formula(words: str) -> bool:
    """Spaces before the sign do not help: some programs take them away."""
    return words[:1] in _FORMULA_STARTS or words.lstrip()[:1] in _FORMULA_STARTS
