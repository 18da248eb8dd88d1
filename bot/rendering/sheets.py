"""An Excel file as lines of text: a row a line, cells parted by tabs, numbers as Excel shows them here.

Knows: used cells, number formats, formulas never calculated, what is hidden. Does not know: what the numbers mean.
"""

from __future__ import annotations

import io
import posixpath
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl
from lxml import etree
from openpyxl.utils.cell import column_index_from_string as column_number
from openpyxl.utils.cell import coordinate_from_string

from bot.rendering.filters import number
from bot.rendering.word.xml import parse, qn
from bot.rendering.zip_guard import UnfitFileError
from bot.reports.clean import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MAX_ROWS = 2_000
MAX_COLUMNS = 60
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ON = ("1", "true")
_EXCELS_COLUMNS = 16_384
_HOLDING = etree.XPath("m:c[m:v or m:f or m:is]", namespaces={"m": _MAIN[1:-1]})  # a million empty cells cost little
_DECIMALS = re.compile(r"0\.(0+)")


@dataclass(slots=True)
class _Surveyed:
    """What was seen in a sheet beside its values."""

    uncalculated: list[str] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def sheet_lines(data: bytes, parts: Mapping[str, bytes]) -> tuple[list[str], dict[str, tuple[str, ...]]]:
    """Lines of all sheets that can be seen, and remarks: codes with the sheets and cells they are about.

    A formula that nobody calculated has no value, least of all nought. Hidden sheets, rows and columns are left out.
    Raises UnfitFileError where cells lie too far out, or the file cannot be read.
    """
    lines: list[str] = []
    remarks: dict[str, list[str]] = {}
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        where = _parts_by_title(parts)
        seen = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        for sheet in seen:
            found = _survey(parts[where[sheet.title]])
            mark = f"{sheet.title}!" if len(seen) > 1 else ""
            remarks.setdefault("uncalculated", []).extend(f"{mark}{place}" for place in found.uncalculated)
            if found.hidden_rows or found.hidden_columns:
                remarks.setdefault("hidden_cells", []).append(sheet.title)
            lines += _shown_lines(sheet, found)
    except (ValueError, LookupError, TypeError, AttributeError, etree.XMLSyntaxError, SyntaxError) as error:
        if isinstance(error, UnfitFileError):
            raise
        # the library lets every inner error of a broken file through
        raise UnfitFileError("not_a_document") from error
    remarks["hidden_sheets"] = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
    told = {code: tuple(places) for code, places in remarks.items() if places}
    return lines, told | ({"pictures": ()} if any(name.startswith("xl/media/") for name in parts) else {})


def _parts_by_title(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Which part holds the sheet of that name."""
    targets = {
        str(relation.get("Id")): str(relation.get("Target")) for relation in parse(parts["xl/_rels/workbook.xml.rels"])
    }
    sheets = parse(parts["xl/workbook.xml"]).iter(f"{_MAIN}sheet")
    return {str(sheet.get("name")): _inside(targets[str(sheet.get(qn("r:id")))]) for sheet in sheets}


def _inside(target: str) -> str:
    """A target as the name of a part."""
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _shown_lines(sheet: Any, found: _Surveyed) -> Iterator[str]:
    for number_of, row in enumerate(sheet.iter_rows(1, MAX_ROWS, 1, MAX_COLUMNS), start=1):
        if number_of not in found.hidden_rows:
            line = _line([cell for n, cell in enumerate(row, start=1) if n not in found.hidden_columns])
            if line:
                yield line


def _survey(blob: bytes) -> _Surveyed:
    """Looks at every cell that holds something, without keeping any."""
    found = _Surveyed()
    tags = (f"{_MAIN}row", f"{_MAIN}col")
    walk = etree.iterparse(io.BytesIO(blob), tag=tags, resolve_entities=False, no_network=True, load_dtd=False)
    for _, element in walk:
        is_hidden = element.get("hidden") in _ON
        if element.tag == tags[1]:
            if is_hidden:
                last = min(int(element.get("max", "0")), MAX_COLUMNS)
                found.hidden_columns.update(range(int(element.get("min", "1")), last + 1))
            continue
        if len(element) > _EXCELS_COLUMNS:
            raise UnfitFileError("not_a_document")
        if is_hidden and element.get("r"):
            found.hidden_rows.add(int(element.get("r", "0")))
        holding: Any = _HOLDING(element)
        for cell in holding:
            _look_at(cell, found)
        _forget(element)
    return found


def _look_at(cell: etree._Element, found: _Surveyed) -> None:
    value, formula = cell.find(f"{_MAIN}v"), cell.find(f"{_MAIN}f")
    place = str(cell.get("r", "A1"))
    column, row = coordinate_from_string(place)
    if row > MAX_ROWS or column_number(column) > MAX_COLUMNS:
        raise UnfitFileError("too_wide")
    if formula is not None and (value is None or not value.text):
        found.uncalculated.append(place)


def _forget(row: etree._Element) -> None:
    """A sheet of a million cells must not stay in memory while it is looked through."""
    holder = row.getparent()
    row.clear()
    while holder is not None and row.getprevious() is not None:
        del holder[0]


def _line(row: Sequence[Any]) -> str:
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
