"""The report as a PDF, set from the same paragraphs as the Word file.

Knows: what the PDF's template wants. Does not know: typst's language.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.rendering.format import load_format
from bot.rendering.typesetting import Sheet, set_pages, set_pdf
from bot.reports.clean import clean_line
from bot.reports.printed import letterhead_of, note_lines, note_order, printed

if TYPE_CHECKING:
    from bot.reports.model import Report
    from bot.reports.printed import Line

_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)  # a report without a date still gives the same bytes


def pdf(report: Report) -> bytes:
    """The PDF. The same report gives the same bytes.

    Raises ValueError where footnotes and references do not match.
    """
    note_order(report)
    try:
        date = datetime.fromisoformat(report.letterhead.date).replace(tzinfo=UTC)
    except ValueError:
        date = _UNDATED
    return set_pdf(Sheet("bao-cao.typ", _data(report)), date)


def page_pictures(report: Report) -> list[bytes]:
    """The pages as pictures, for a look without opening the file."""
    note_order(report)
    return set_pages(Sheet("bao-cao.typ", _data(report)))


def _data(report: Report) -> dict[str, Any]:
    layout = load_format()
    letterhead = letterhead_of(report)
    gap = layout.words["gap"]
    head: dict[str, Any] = {
        name: [clean_line(v) for v in value] if isinstance(value, tuple) else clean_line(value)
        for name, value in asdict(letterhead).items()
    }
    number = {"so": clean_line(letterhead.number)}
    place = {"dia_danh": clean_line(letterhead.place), "ngay": clean_line(layout.date(letterhead.date))}
    return {
        "title": clean_line(report.title),
        "page": layout.page,
        "words": layout.words,
        "styles": {role: asdict(style) for role, style in layout.styles.items()},
        "letterhead": head,
        "number": _with_tags(layout.words["number"], number),
        "place_date": _with_tags(layout.words["place_date"], place),
        "lines": [_line(line) for line in printed(report, gap)],
        "notes": {note.key: [_line(line) for line in note_lines(note, gap)] for note in report.notes},
    }


def _line(line: Line) -> dict[str, Any]:
    pieces = [{"kind": str(p.kind), "text": p.text, "ref": p.ref} for p in line.pieces]
    return {"kind": str(line.kind), "level": line.level, "heading": line.heading, "lead": line.lead, "pieces": pieces}


def _with_tags(words: str, values: dict[str, str]) -> str:
    for tag, value in values.items():
        words = words.replace(f"{{{{ {tag} }}}}", value)
    return words
