"""An old binary .doc as lines of text, as `plain` reads a .docx: paragraphs, table rows, notes, text boxes last.

Knows: the signs that end paragraphs, cells and fields. Does not know: where the file keeps them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rendering.word.old_format import Mark, open_old
from bot.rendering.zip_guard import UnfitFileError
from bot.reports.clean import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.rendering.word.old_format import OldText

_PARAGRAPH, _CELL = "\r", "\x07"
_ENDS = (_PARAGRAPH, "\x0c")  # a page's end ends a paragraph too
_FIELD, _RESULT, _FIELD_END = "\x13", "\x14", "\x15"
_SIGNS = {"\x0b": "\n", "\x0e": "\n", "\x1e": "-", "\xa0": " "}


def old_document_lines(data: bytes) -> tuple[list[str], list[str]]:
    """Every line that is not blank, and remarks. Tracked changes count as accepted, hidden words as left out.

    Raises UnfitFileError where it is no safe Word document.
    """
    document = open_old(data)
    texts = (document.body, document.footnotes, document.endnotes, document.boxes)
    remarks = ["comments"] if document.has_comments else []
    for mark, remark in ((Mark.DELETED | Mark.INSERTED, "tracked"), (Mark.HIDDEN, "hidden_text")):
        if any(value & mark for text in texts for value in set(text.marks)):
            remarks.append(remark)
    return [line for text in texts for line in _lines(text) if line.strip()], remarks


def _lines(text: OldText) -> Iterator[str]:
    """Paragraphs and rows."""
    words: list[str] = []
    cell: list[str] = []
    row: list[str] = []
    for sign, mark in _readable(text):
        if sign == _CELL and mark & Mark.ROW_END:
            yield "\t".join(row).strip("\t")
            row, cell, words = [], [], []
        elif sign == _CELL:
            row.append(" ".join(part for part in (*cell, _said(words)) if part))
            cell, words = [], []
        elif sign in _ENDS and mark & Mark.IN_TABLE:
            cell.append(_said(words))
            words = []
        elif sign in _ENDS:
            yield _said(words)
            words = []
        else:
            words.append(sign)
    yield "\t".join((*row, *cell)).strip("\t")
    yield _said(words)


def _readable(text: OldText) -> Iterator[tuple[str, int]]:
    """Characters that a reader of the page sees; of a field its result and not its code."""
    in_code: list[bool] = []
    for sign, mark in zip(text.words, text.marks, strict=True):
        if sign == _FIELD:
            in_code.append(True)
        elif sign == _RESULT and in_code:
            in_code[-1] = False
        elif sign == _FIELD_END and in_code:
            in_code.pop()
        elif not mark & (Mark.DELETED | Mark.HIDDEN) and not any(in_code):
            yield _SIGNS.get(sign, sign), mark
    if any(in_code):
        raise UnfitFileError("not_a_document")


def _said(words: list[str]) -> str:
    """The words, with halves of a character joined again."""
    return clean("".join(words).encode("utf-16", "surrogatepass").decode("utf-16", "ignore")).strip()
