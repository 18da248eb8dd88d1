"""Somebody else's Word file as lines of text: paragraphs, table rows with cells parted by tabs, notes last.

Knows: how tables and lists lie in a file. Does not know: our own report's bookmarks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rendering.word.package import Package
from bot.rendering.word.reader import Tracked, paragraphs_of
from bot.rendering.word.xml import each, parse, qn, value_of
from bot.rendering.zip_guard import MAX_TEXT, UnfitFileError
from bot.reports.clean import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_OFF = ("0", "false", "off")
_DEEPEST = 20  # of tables in tables


_APART = (("footnotes", "w:footnote"), ("endnotes", "w:endnote"))
_REMARKS = {  # what a person sees, or saw once, and the lines do not hold
    "tracked": ("w:ins", "w:del", "w:moveFrom"),
    "comments": ("w:commentReference",),
    "pictures": ("pic:pic", "v:imagedata"),
    "embedded": ("w:object", "c:chart"),
}


def document_lines(data: bytes) -> tuple[list[str], list[str]]:
    """Every line that is not blank, and remarks. Tracked changes count as accepted.

    Raises UnfitFileError where it is no safe Word document.
    """
    package = Package.open(data)
    body = parse(package.parts[package.main])
    remarks = ["hidden_text"] if _without_hidden(body) else []
    lines = list(_within_limit(_lines(body)))
    for kind, name in _APART:
        part = package.related(kind)
        if part:
            for note in each(parse(package.parts[part]), name):
                if not value_of(note, "w:type"):
                    lines += _within_limit(_lines(note))
    for code, names in _REMARKS.items():
        if next(body.iter(*(qn(name) for name in names)), None) is not None:
            remarks.append(code)
    return lines, remarks


def _within_limit(lines: Iterator[str]) -> Iterator[str]:
    """Lines that say something; nobody waits for the end of a file that is far too long."""
    length = 0
    for line in lines:
        length += len(line) + 1
        if length > MAX_TEXT:
            raise UnfitFileError("too_long")
        if line:
            yield line


def _without_hidden(body: _Element) -> bool:
    """Takes words out that nobody sees on the page; whether there were any."""
    hidden = [
        run
        for run in each(body, "w:r")
        if (mark := run.find(f"{qn('w:rPr')}/{qn('w:vanish')}")) is not None and value_of(mark) not in _OFF
    ]
    said = any(text.text for run in hidden for text in each(run, "w:t"))
    for run in hidden:
        for text in list(each(run, "w:t")):
            text.text = ""
    return said


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
