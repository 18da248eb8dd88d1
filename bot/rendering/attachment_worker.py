"""The child that parses a sent file: limits first, then formats. Reads the file from standard input, answers JSON.

Knows: .docx, .doc, .xlsx, .pdf. Does not know: who sent it. It may be killed at any moment; only its parent notices.
"""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Read = tuple[str, Mapping[str, Sequence[str]]]  # the text, and what its sender should know: codes and places

MEMORY = 1024 * 1024 * 1024
PROCESSOR_SECONDS = 15
MAX_PAGES = 50
_ENDS = (".", ";", ":", "!", "?")
_ITEM = re.compile(r"(?:[-–+•*]|\d+(?:\.\d+)*[.)]|[a-zđA-ZĐ][.)]|[IVX]+[.)-])\s")
SCAN = 40  # characters a page; below, the pages are pictures


def limit_resources() -> None:
    """Memory and processor time, where the system knows such limits; elsewhere the parent's clock is the only one."""
    try:
        import resource  # noqa: PLC0415 (Unix only)
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def answer(kind: str, data: bytes) -> dict[str, object]:
    """The text with its remarks, or the code of a refusal; and whether anything in the file looks like a secret."""
    from bot.rendering.zip_guard import UnfitFileError  # noqa: PLC0415 (behind the limits)
    from bot.replies.secrecy import looks_classified  # noqa: PLC0415

    told = _read(kind, data)
    beside = ""
    if kind == "zip":
        try:
            beside = _beside(data)
        except (UnfitFileError, MemoryError):
            beside = ""  # refused as it is
    return told | {"secret": looks_classified(f"{told.get('text', '')}\n{beside}")}


def _beside(data: bytes) -> str:
    from bot.rendering.beside_text import words_beside  # noqa: PLC0415
    from bot.rendering.zip_guard import guarded_entries  # noqa: PLC0415

    return words_beside(guarded_entries(data))


def _read(kind: str, data: bytes) -> dict[str, object]:
    # imported behind the limits: a parser's own start counts too
    from bot.rendering.old_letters import looks_old  # noqa: PLC0415
    from bot.rendering.zip_guard import MAX_TEXT, UnfitFileError  # noqa: PLC0415

    try:
        text, remarks = _READERS[kind](data)
    except UnfitFileError as error:
        return {"refusal": error.code}
    except MemoryError:
        return {"refusal": "too_heavy"}
    if not text.strip():
        return {"refusal": "empty"}
    if len(text) > MAX_TEXT:
        return {"refusal": "too_long"}
    if looks_old(text):
        return {"refusal": "old_font"}
    return {"text": text, "remarks": [(code, places) for code, places in remarks.items()]}


def _zip(data: bytes) -> Read:
    from bot.rendering.sheets import sheet_lines  # noqa: PLC0415
    from bot.rendering.word.plain import document_lines  # noqa: PLC0415
    from bot.rendering.zip_guard import UnfitFileError, guarded_entries  # noqa: PLC0415

    names = guarded_entries(data)
    if any(name.endswith("document.xml") for name in names):
        lines, remarks = document_lines(data)
        return "\n".join(lines), dict.fromkeys(remarks, ())
    if "xl/workbook.xml" in names:
        lines, places = sheet_lines(data, names)
        return "\n".join(lines), places
    raise UnfitFileError("unknown_kind")


def _ole(data: bytes) -> Read:
    from bot.rendering.word.old import old_document_lines  # noqa: PLC0415

    lines, remarks = old_document_lines(data)
    return "\n".join(lines), dict.fromkeys(remarks, ())


def _pdf(data: bytes) -> Read:
    import pypdfium2  # noqa: PLC0415

    from bot.rendering.zip_guard import UnfitFileError  # noqa: PLC0415
    from bot.reports.clean import clean  # noqa: PLC0415

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnfitFileError("encrypted" if "password" in str(error).lower() else "not_a_document") from error
    if len(document) > MAX_PAGES:
        raise UnfitFileError("too_many_pages")
    pages = [clean(page.get_textpage().get_text_range()) for page in document]
    if sum(len(page.strip()) for page in pages) < SCAN * len(pages):
        raise UnfitFileError("scan")
    blank = tuple(str(n) for n, page in enumerate(pages, start=1) if not page.strip())
    return "\n".join(_unwrapped(pages)), {"blank_pages": blank} if blank else {}


def _unwrapped(pages: Iterable[str]) -> Iterator[str]:
    """Paragraphs again: a line goes on with the next unless it ends a sentence or the next opens an item."""
    open_line = ""
    for line in (line.strip() for page in pages for line in page.split("\n")):
        if not line:
            continue
        if open_line and not open_line.endswith(_ENDS) and not _ITEM.match(line):
            open_line = f"{open_line} {line}"
            continue
        if open_line:
            yield open_line
        open_line = line
    if open_line:
        yield open_line


_READERS: dict[str, Callable[[bytes], Read]] = {"zip": _zip, "ole": _ole, "pdf": _pdf}


def main() -> None:
    limit_resources()
    told = answer(sys.argv[1], sys.stdin.buffer.read())
    sys.stdout.write(json.dumps(told, ensure_ascii=False))


if __name__ == "__main__":
    main()
