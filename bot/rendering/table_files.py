"""Tables as files: Excel with typed cells, and CSV.

Nothing that people wrote is ever a formula: text is stored as text, whatever it begins with, and in CSV, where a cell
has no type, such text gets an apostrophe before it.
Knows: cells and their looks. Does not know: what the tables are about.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.cell.cell import Cell as SheetCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Cell = str | Decimal | date | datetime | None

EXACT_DIGITS = 15  # what every spreadsheet keeps of a number; a longer one is written as text
LONGEST_TEXT = 32_767  # characters of a cell
WIDEST = 60
_FORMULA_STARTS = frozenset("=+-@\t\r\n|%\uff1d\uff0b\uff0d\uff20")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BOLD = Font(bold=True)
BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. Moments are local."""

    title: str
    headings: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]


def to_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """A workbook with a sheet for each table."""
    book = openpyxl.Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.title)
        page.freeze_panes = "A2"
        for number, width in enumerate(_widths(sheet), start=1):
            page.column_dimensions[get_column_letter(number)].width = width
        last = get_column_letter(len(sheet.headings))
        page.auto_filter.ref = f"A1:{last}{len(sheet.rows) + 1}"
        page.append([_heading(page, words) for words in sheet.headings])
        for row in sheet.rows:
            page.append([_cell(page, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def to_csv(sheet: Sheet) -> bytes:
    """UTF-8 with its mark, so that Excel shows Vietnamese letters; numbers with a point, dates as ISO has them."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(sheet.headings)
    for row in sheet.rows:
        writer.writerow([_plain(value) for value in row])
    return (BOM + out.getvalue()).encode("utf-8", "replace")


def _heading(page: WriteOnlyWorksheet, words: str) -> SheetCell:
    cell = WriteOnlyCell(page, words)
    cell.font = _BOLD
    return cell


def _cell(page: WriteOnlyWorksheet, value: Cell) -> SheetCell | None:
    if value is None or value == "":
        return None
    if isinstance(value, Decimal) and len(value.as_tuple().digits) <= EXACT_DIGITS:
        decimals = max(0, -_exponent(value))
        return _typed(page, value, "#,##0" + ("." + "0" * decimals if decimals else ""))
    if isinstance(value, datetime):
        return _typed(page, value.replace(tzinfo=None, microsecond=0), "dd/mm/yyyy hh:mm")
    if isinstance(value, date):
        return _typed(page, value, "dd/mm/yyyy")
    return _text(page, _NOT_IN_XML.sub("\ufffd", _plain_text(value))[:LONGEST_TEXT])


def _typed(page: WriteOnlyWorksheet, value: Any, look: str) -> SheetCell:
    cell = WriteOnlyCell(page, value)
    cell.number_format = look
    return cell


def _text(page: WriteOnlyWorksheet, words: str) -> SheetCell:
    """Its type says text; the quote mark keeps it text when somebody opens the cell and presses Enter."""
    cell = WriteOnlyCell(page, words)
    cell.data_type = "s"
    if _looks_like_formula(words):
        cell.quotePrefix = True
    return cell


def _plain(value: Cell) -> str:
    if isinstance(value, str):
        return f"'{value}" if _looks_like_formula(value) else value
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(sep=" ", timespec="minutes")
    return _plain_text(value)


def _plain_text(value: Cell) -> str:
    if isinstance(value, Decimal):
        return format(value, "f")
    return value if isinstance(value, str) else "" if value is None else value.isoformat()


def _looks_like_formula(words: str) -> bool:
    """Spaces before the sign do not help: some programs take them away."""
    return words[:1] in _FORMULA_STARTS or words.lstrip()[:1] in _FORMULA_STARTS


def _exponent(value: Decimal) -> int:
    found = value.as_tuple().exponent
    return found if isinstance(found, int) else 0


def _widths(sheet: Sheet) -> list[int]:
    shown = [[len(_plain(value)) for value in column] for column in zip(sheet.headings, *sheet.rows, strict=True)]
    return [min(max(lengths) + 2, WIDEST) for lengths in shown]
