"""Somebody else's Word file as lines of text: paragraphs, table rows with cells parted by tabs, footnotes last.

Knows: how tables and lists lie in a file. Does not know: our own report's bookmarks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rendering.word.package import Package
from bot.rendering.word.reader import Tracked, paragraphs_of
from bot.rendering.word.xml import each, parse, qn, value_of
from bot.rendering.zip_guard import UnfitFileError
from bot.reports.clean import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_OLD_FONTS = (".Vn", "VNI-")  # write Vietnamese with other letters' codes: the text would read as nonsense
_DEEPEST = 20  # of tables in tables


def document_lines(data: bytes) -> Iterator[str]:
    """Every line that is not blank. Tracked changes count as accepted.

    Raises UnfitFileError where it is no safe Word document, or is written in a font from before Unicode.
    """
    package = Package.open(data)
    body = parse(package.parts[package.main])
    if any(value_of(font, "w:ascii").startswith(_OLD_FONTS) for font in each(body, "w:rFonts")):
        raise UnfitFileError("old_font")
    yield from (line for line in _lines(body) if line)
    part = package.related("footnotes")
    if part:
        for note in each(parse(package.parts[part]), "w:footnote"):
            if not value_of(note, "w:type"):
                yield from (line for line in _lines(note) if line)


def _lines(holder: _Element, depth: int = 0) -> Iterator[str]:
    if depth > _DEEPEST:
        raise UnfitFileError("not_a_document")
    for child in holder:
        if child.tag == qn("w:p"):
            yield from (clean(p.text).strip() for p in paragraphs_of(child, Tracked.ACCEPT))
        elif child.tag == qn("w:tbl"):
            for row in child.iterchildren(qn("w:tr")):
                cells = [" ".join(line for line in _lines(cell, depth + 1) if line) for cell in _cells(row)]
                yield "\t".join(cells).strip("\t") if any(cells) else ""
        elif isinstance(child.tag, str):
            yield from _lines(child, depth + 1)


def _cells(row: _Element) -> Iterator[_Element]:
    """Cells, also those inside content controls."""
    for child in row:
        if child.tag == qn("w:tc"):
            yield child
        elif child.tag == qn("w:sdt") or child.tag == qn("w:sdtContent"):
            yield from _cells(child)
