"""The old binary .doc as [MS-DOC] lays it out: its texts, and what each character is.

Knows: streams, the piece table, runs of properties. Does not know: lines, tables, fields.
Strict: what points outside the file, or is longer than any report, is refused rather than guessed at.
"""

from __future__ import annotations

import io
import struct
from bisect import bisect_right
from dataclasses import dataclass
from enum import IntFlag
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import olefile

from bot.rendering.zip_guard import UnfitFileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_CHARACTERS = 2_000_000
_WORD_97 = 0xC1  # the first version that is laid out like this
_MAGIC = 0xA5EC
_OLDER_MAGICS = (0xA5DC, 0xA59C, 0xA59B)
_ENCRYPTED, _TABLE_1 = 0x0100, 0x0200
_TEXTS = (76, 80, 84, 88, 92, 96, 100, 104)  # where the lengths of the texts stand
_CHARACTER_RUNS, _PARAGRAPH_RUNS, _PIECES = 0xFA, 0x102, 0x1A2  # where the places of the tables stand
_PAGE = 512
_OPERANDS = (1, 1, 2, 4, 2, 2, None, 3)  # bytes behind a property's code, by its top bits
_TABLE_WIDTHS, _LONG_TABS = 0xD608, 0xC615  # properties with a length of their own kind


class Mark(IntFlag):
    """What a character is, beside its letter."""

    NONE = 0
    DELETED = 1  # a tracked deletion
    HIDDEN = 2
    INSERTED = 4  # a tracked insertion
    IN_TABLE = 8
    ROW_END = 16


_MARKS = {
    0x0800: Mark.DELETED,
    0x0801: Mark.INSERTED,
    0x083C: Mark.HIDDEN,
    0x2416: Mark.IN_TABLE,
    0x2417: Mark.ROW_END,
}
_SHORT_MARKS = {
    0x41: Mark.DELETED,
    0x42: Mark.INSERTED,
    0x5C: Mark.HIDDEN,
    0x18: Mark.IN_TABLE,
    0x19: Mark.ROW_END,
}


@dataclass(frozen=True, slots=True)
class OldText:
    """One of the file's texts with the mark of every character."""

    words: str
    marks: bytes


@dataclass(frozen=True, slots=True)
class OldDocument:
    """The texts that are read: the body, then what stands apart from it. `has_comments` are remarks in the margin."""

    body: OldText
    footnotes: OldText
    endnotes: OldText
    boxes: OldText
    has_comments: bool


@dataclass(frozen=True, slots=True)
class _Run:
    """Bytes of the stream that share a mark."""

    start: int
    end: int
    mark: Mark


def open_old(data: bytes) -> OldDocument:
    """Raises UnfitFileError: encrypted, macro, old_excel, old_word, unknown_kind, too_long or not_a_document."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            stream, tables = _streams(file)
        return _document(stream, tables)
    except UnfitFileError:
        raise
    except (OSError, ValueError, IndexError, TypeError, struct.error, RecursionError, AttributeError) as error:
        # the library lets every inner error of a broken file through
        raise UnfitFileError("not_a_document") from error


def _streams(file: olefile.OleFileIO[Any]) -> tuple[bytes, bytes]:
    """The text's stream, and that of the tables about it."""
    if file.exists("EncryptedPackage"):
        raise UnfitFileError("encrypted")
    if file.exists("Workbook") or file.exists("Book"):
        raise UnfitFileError("old_excel")
    if not file.exists("WordDocument"):
        raise UnfitFileError("unknown_kind")
    if file.exists("Macros"):
        raise UnfitFileError("macro")
    stream = file.openstream("WordDocument").read()
    magic, version = struct.unpack_from("<HH", stream)
    (flags,) = struct.unpack_from("<H", stream, 10)
    if magic in _OLDER_MAGICS or (magic == _MAGIC and version < _WORD_97):
        raise UnfitFileError("old_word")
    if magic != _MAGIC:
        raise UnfitFileError("not_a_document")
    if flags & _ENCRYPTED:
        raise UnfitFileError("encrypted")
    return stream, file.openstream("1Table" if flags & _TABLE_1 else "0Table").read()


def _document(stream: bytes, tables: bytes) -> OldDocument:
    lengths = [struct.unpack_from("<i", stream, place)[0] for place in _TEXTS]
    if min(lengths) < 0:
        raise UnfitFileError("not_a_document")
    words, marks = _read(stream, tables)
    if sum(lengths) > len(words):
        raise UnfitFileError("not_a_document")
    parts, place = [], 0
    for length in lengths:
        parts.append(OldText(words[place : place + length], marks[place : place + length]))
        place += length
    body, footnotes, _headers, _macros, comments, endnotes, boxes, _header_boxes = parts
    return OldDocument(body, footnotes, endnotes, boxes, bool(comments.words))


def _read(stream: bytes, tables: bytes) -> tuple[str, bytes]:
    """All characters in the text's order. A character is one unit of UTF-16, as the file counts."""
    looks = (_runs(stream, tables, _CHARACTER_RUNS), _runs(stream, tables, _PARAGRAPH_RUNS))
    words: list[str] = []
    marks: list[bytes] = []
    for piece in _pieces(*_piece_table(_slice(tables, stream, _PIECES))):
        size = 1 if piece.is_narrow else 2
        raw = stream[piece.place : piece.place + piece.length * size]
        if len(raw) != piece.length * size:
            raise UnfitFileError("not_a_document")
        words.append(_decoded(raw, is_narrow=piece.is_narrow))
        marks.append(_marks_of(piece, size, looks))
    return "".join(words), b"".join(marks)


def _decoded(raw: bytes, *, is_narrow: bool) -> str:
    """As many characters as units: halves of a pair stay halves, and are joined where the text is put together."""
    if is_narrow:
        return raw.decode("cp1252", "replace")
    return "".join(map(chr, struct.unpack(f"<{len(raw) // 2}H", raw)))


@dataclass(frozen=True, slots=True)
class _Piece:
    """Characters that lie together in the stream."""

    length: int
    place: int
    is_narrow: bool  # a byte a character
    mark: Mark


def _slice(tables: bytes, stream: bytes, place: int) -> bytes:
    start, length = struct.unpack_from("<II", stream, place)
    if start + length > len(tables):
        raise UnfitFileError("not_a_document")
    return tables[start : start + length]


def _piece_table(blob: bytes) -> tuple[bytes, list[bytes]]:
    """The table itself, and the groups of properties before it."""
    groups: list[bytes] = []
    place = 0
    while blob[place] == 1:
        (length,) = struct.unpack_from("<h", blob, place + 1)
        groups.append(blob[place + 3 : place + 3 + max(length, 0)])
        place += 3 + max(length, 0)
    (length,) = struct.unpack_from("<I", blob, place + 1)
    if blob[place] != 2 or place + 5 + length > len(blob):
        raise UnfitFileError("not_a_document")
    return blob[place + 5 : place + 5 + length], groups


def _pieces(table: bytes, groups: list[bytes]) -> Iterator[_Piece]:
    count = (len(table) - 4) // 12
    starts = struct.unpack_from(f"<{count + 1}I", table)
    if starts[0] != 0 or any(a >= b for a, b in pairwise(starts)):
        raise UnfitFileError("not_a_document")
    if starts[-1] > MAX_CHARACTERS:
        raise UnfitFileError("too_long")
    for number in range(count):
        _, place, more = struct.unpack_from("<HIH", table, 4 * (count + 1) + 8 * number)
        is_narrow = bool(place & 0x40000000)
        place &= 0x3FFFFFFF
        length = starts[number + 1] - starts[number]
        yield _Piece(length, place // 2 if is_narrow else place, is_narrow, _mark_of_piece(more, groups))


def _mark_of_piece(more: int, groups: list[bytes]) -> Mark:
    """What holds for a whole piece: one property, or the number of a group of them."""
    if more & 1:
        return _mark_of(groups[more >> 1]) if more >> 1 < len(groups) else Mark.NONE
    return _SHORT_MARKS.get(more >> 1 & 0x7F, Mark.NONE) if more >> 8 & 1 else Mark.NONE


def _marks_of(piece: _Piece, size: int, looks: Iterable[list[_Run]]) -> bytes:
    """A mark for every character of a piece, from the runs that lie over its bytes."""
    marks = bytearray([piece.mark] * piece.length)
    end = piece.place + piece.length * size
    for runs in looks:
        first = max(bisect_right(runs, piece.place, key=lambda run: run.start) - 1, 0)
        for run in runs[first : bisect_right(runs, end, key=lambda run: run.start)]:
            if run.mark:
                start = max(run.start - piece.place, 0) // size
                for at in range(start, min((min(run.end, end) - piece.place) // size, piece.length)):
                    marks[at] |= run.mark
    return bytes(marks)


def _runs(stream: bytes, tables: bytes, place: int) -> list[_Run]:
    """Runs of characters or paragraphs, by place; each page of them is read once."""
    table = _slice(tables, stream, place)
    count = max((len(table) - 4) // 8, 0)
    numbers = struct.unpack_from(f"<{count}I", table, 4 * (count + 1)) if count else ()
    step = 1 if place == _CHARACTER_RUNS else 13
    found = [run for number in dict.fromkeys(numbers) for run in _runs_of_page(stream, number & 0x3FFFFF, step)]
    return sorted(found, key=lambda run: run.start)


def _runs_of_page(stream: bytes, number: int, step: int) -> Iterator[_Run]:
    page = stream[number * _PAGE : (number + 1) * _PAGE]
    if len(page) != _PAGE:
        raise UnfitFileError("not_a_document")
    count = page[-1]
    if 4 * (count + 1) + step * count >= _PAGE:
        raise UnfitFileError("not_a_document")
    edges = struct.unpack_from(f"<{count + 1}I", page)
    for n in range(count):
        at = page[4 * (count + 1) + step * n] * 2
        properties = b"" if at == 0 else _of_character(page, at) if step == 1 else _of_paragraph(page, at)
        yield _Run(edges[n], edges[n + 1], _mark_of(properties))


def _of_character(page: bytes, at: int) -> bytes:
    return page[at + 1 : at + 1 + page[at]]


def _of_paragraph(page: bytes, at: int) -> bytes:
    """Behind the length, counted in pairs of bytes, stands the style's number."""
    length = page[at]
    start = at + 1 if length else at + 2
    size = 2 * length - 1 if length else 2 * page[at + 1]
    return page[start + 2 : start + size]


def _mark_of(properties: bytes) -> Mark:
    """The last word on each property counts."""
    mark = Mark.NONE
    for code, operand in _properties(properties):
        found = _MARKS.get(code)
        if found is not None and operand:
            mark = mark | found if operand[0] & 1 else mark & ~found
    return mark


def _properties(blob: bytes) -> Iterator[tuple[int, bytes]]:
    """Codes and operands; ends at the first that is cut off."""
    place = 0
    while place + 2 <= len(blob):
        (code,) = struct.unpack_from("<H", blob, place)
        place += 2
        size = _OPERANDS[code >> 13]
        if size is None:
            if place >= len(blob) or (code == _LONG_TABS and blob[place] == 0xFF):
                return
            is_wide = code == _TABLE_WIDTHS and place + 2 <= len(blob)
            size = struct.unpack_from("<H", blob, place)[0] + 1 if is_wide else blob[place] + 1
        yield code, blob[place : place + size]
        place += size
