"""Words of an Office file that are not read as its text: page headers and footers, comments, properties, hidden words.

Knows: in which parts they lie. A stamp of secrecy stands there more often than in the text.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_PARTS = re.compile(r"word/(?:document|header|footer|comments|footnotes|endnotes)\w*\.xml|docProps/\w+\.xml")
_SHEETS = re.compile(r"xl/(?:worksheets|chartsheets)/\w+\.xml|xl/workbook\.xml")
_ENDS = re.compile(r"</(?:w:p|w:tc|dc:\w+|cp:\w+|vt:\w+|Company|Manager|Template)>|<w:(?:br|cr|tab)\b[^>]*>")
_TAGS = re.compile(r"<[^>]*>")
_OF_PAGES = re.compile(r"<(?:odd|even|first)(?:Header|Footer)>([^<]*)<")
_LAYOUT = re.compile(r"&(?:[LCRBIUSXYEKDTPNGAFZ]|\"[^\"]*\"|\d+|K[0-9A-F]{6})")  # of a sheet's page header
_SHEET_NAMES = re.compile(r'<sheet [^>]*name="([^"]*)"')


def words_beside(entries: Mapping[str, bytes]) -> str:
    """A line a paragraph, cell or property."""
    lines: list[str] = []
    for name, blob in entries.items():
        if _PARTS.fullmatch(name):
            marked = _ENDS.sub("\n", blob.decode("utf-8", "replace"))
            lines.append(html.unescape(_TAGS.sub("", marked)))
        elif _SHEETS.fullmatch(name):
            text = blob.decode("utf-8", "replace")
            lines += [_LAYOUT.sub("\n", html.unescape(found)) for found in _OF_PAGES.findall(text)]
            lines += map(html.unescape, _SHEET_NAMES.findall(text))
    return "\n".join(lines)
