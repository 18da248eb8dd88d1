"""An Excel file as lines of text: a row a line, cells parted by tabs, numbers as Excel shows them here.

Knows: used cells, number formats, formulas that were never calculated. Does not know: what the numbers mean.
"""

from __future__ import annotations

import io
import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl
from lxml import etree
from openpyxl.utils.cell import column_index_from_string as column_number
from openpyxl.utils.cell import coordinate_from_string

from bot.rendering.filters import number
from bot.rendering.zip_guard import UnfitFileError
from bot.reports.clean import clean_line

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_ROWS = 2_000
MAX_COLUMNS = 60
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_DECIMALS = re.compile(r"0\.(0+)")


def sheet_lines(data: bytes, parts: Mapping[str, bytes]) -> tuple[list[str], tuple[str, ...]]:
    """Lines of all sheets, and the cells whose formula nobody calculated: they have no value, least of all nought.

    Raises UnfitFileError where cells lie too far out, or the file cannot be read.
    """
    uncalculated: list[str] = []
    for name, blob in sorted(parts.items()):
        if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
            uncalculated += _survey(blob)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        lines = [_line(row) for sheet in book.worksheets for row in sheet.iter_rows(1, MAX_ROWS, 1, MAX_COLUMNS)]
    except (ValueError, KeyError, TypeError, AttributeError, etree.XMLSyntaxError, SyntaxError) as error:
        # the library lets every inner error of a broken file through
        raise UnfitFileError("not_a_document") from error
    return [line for line in lines if line], tuple(uncalculated)


def _survey(blob: bytes) -> list[str]:
    """Looks at every cell that holds something; returns those with a formula and no value."""
    found: list[str] = []
    walk = etree.iterparse(io.BytesIO(blob), tag=f"{_MAIN}c", resolve_entities=False, no_network=True, load_dtd=False)
    try:
        for _, cell in walk:
            place = str(cell.get("r", "A1"))
            value, formula = cell.find(f"{_MAIN}v"), cell.find(f"{_MAIN}f")
            if value is not None or formula is not None or cell.find(f"{_MAIN}is") is not None:
                column, row = coordinate_from_string(place)
                if row > MAX_ROWS or column_number(column) > MAX_COLUMNS:
                    raise UnfitFileError("too_wide")
            if formula is not None and (value is None or not value.text):
                found.append(place)
            cell.clear()
    except (etree.XMLSyntaxError, ValueError) as error:
        if isinstance(error, UnfitFileError):
            raise
        raise UnfitFileError("not_a_document") from error
    return found


def _line(row: tuple[Any, ...]) -> str:
    return "\t".join(_shown(cell.value, getattr(cell, "number_format", "") or "") for cell in row).rstrip("\t")


def _shown(value: object, look: str) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, datetime | date):
        return value.strftime("%d/%m/%Y")
    if not isinstance(value, int | float):
        return clean_line(str(value))
    exact = Decimal(str(value)) * (100 if "%" in look else 1)
    decimals = _DECIMALS.search(look)
    if decimals or look in ("0", "0%", "#,##0"):
        exact = round(exact, len(decimals[1]) if decimals else 0)
    return number(exact) + ("%" if "%" in look else "")
