"""Tables as an Excel workbook with typed cells. openpyxl takes 5 MB, so `table_files.to_xlsx` imports this when asked.

Knows: cells and their looks. Does not know: what the tables are about.
"""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from bot.rendering.table_files import looks_like_formula, plain, plain_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openpyxl.cell.cell import Cell as SheetCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

    from bot.rendering.table_files import Cell, Sheet

EXACT_DIGITS = 15  # what every spreadsheet keeps of a number; a longer one is written as text
LONGEST_TEXT = 32_767  # characters of a cell
WIDEST = 60
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BOLD = Font(bold=True)


def workbook(sheets: Sequence[Sheet]) -> bytes:
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
    return _text(page, _NOT_IN_XML.sub("\ufffd", plain_text(value))[:LONGEST_TEXT])


def _typed(page: WriteOnlyWorksheet, value: Any, look: str) -> SheetCell:
    cell = WriteOnlyCell(page, value)
    cell.number_format = look
    return cell


def _text(page: WriteOnlyWorksheet, words: str) -> SheetCell:
    """Its type says text; the quote mark keeps it text when somebody opens the cell and presses Enter."""
    cell = WriteOnlyCell(page, words)
    cell.data_type = "s"
    if looks_like_formula(words):
        cell.quotePrefix = True
    return cell


def _exponent(value: Decimal) -> int:
    found = value.as_tuple().exponent
    return found if isinstance(found, int) else 0


def _widths(sheet: Sheet) -> list[int]:
    shown = [[len(plain(value)) for value in column] for column in zip(sheet.headings, *sheet.rows, strict=True)]
    return [min(max(lengths) + 2, WIDEST) for lengths in shown]
