"""A report and the office's template become one Word file. Same report, same template: same bytes.

Knows: which part of the package gets what. Does not know: how a report comes about, where the file goes.
"""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

from bot.rendering.format import load_format
from bot.rendering.word.body import Pen, keep_with_next, mark
from bot.rendering.word.bookmarks import END_OF_BODY, bookmark_names, issue_bookmark, letterhead_bookmark
from bot.rendering.word.notes import footnotes_part, number_notes, take_sample, write_notes
from bot.rendering.word.package import Package
from bot.rendering.word.properties import set_properties
from bot.rendering.word.styles import style_ids
from bot.rendering.word.tags import BODY, RECIPIENT, clone_per_line, paragraph_with, replace_tags, slug, tags_in
from bot.rendering.word.xml import dump, each, parse, qn, value_of
from bot.reports.clean import clean_line
from bot.reports.printed import letterhead_of, note_order, printed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

    from bot.reports.model import Letterhead, Report

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_UNDATED = "2000-01-01"  # a report without a date still gives the same bytes


def fill(report: Report, template: bytes) -> bytes:
    """The Word file.

    Raises UnfitFileError where the template cannot be opened, ValueError where it lacks the body's place or a style, or
    where the report's footnotes and references do not match.
    """
    package = Package.open(template)
    document = parse(package.parts[package.main])
    head = letterhead_of(report)
    values = letterhead_values(head)
    # looked for before anything is written: a value may itself read like a tag
    anchor, recipient = paragraph_with(document, BODY), paragraph_with(document, RECIPIENT)
    if anchor is None:
        raise ValueError(f"the template has no {{{{ {BODY} }}}}")
    numbers = _bookmark_numbers(document)
    _mark_letterhead(document, values, numbers)
    replace_tags(document, values)
    if recipient is not None:
        clone_per_line(recipient, RECIPIENT, [clean_line(r) for r in head.recipients])
    _write_body(package, anchor, report, numbers)
    first = next(each(document, "w:p"), None)
    if first is not None:
        mark(first, issue_bookmark(report), next(numbers))
    package.parts[package.main] = dump(document)
    for name in package.headers_and_footers():
        root = parse(package.parts[name])
        replace_tags(root, values)
        package.parts[name] = dump(root)
    date = head.date if _DATE.fullmatch(head.date) else _UNDATED
    set_properties(package, clean_line(report.title), clean_line(head.issuer), date)
    return package.save()


def letterhead_values(letterhead: Letterhead) -> Mapping[str, str]:
    """What stands around the body, by the template's tags."""
    values = {
        "cap_tren": letterhead.superior,
        "co_quan": letterhead.issuer,
        "so": letterhead.number,
        "dia_danh": letterhead.place,
        "ngay": load_format().date(letterhead.date),
        "ten_loai": letterhead.kind,
        "trich_yeu": letterhead.abstract,
        "quyen_han": letterhead.authority,
        "chuc_vu": letterhead.post,
        "ho_ten": letterhead.signer,
    }
    return {tag: clean_line(value) for tag, value in values.items()}


def _mark_letterhead(document: _Element, values: Mapping[str, str], numbers: Iterator[int]) -> None:
    """Bookmarks where values of the letterhead go, so that an edited one is noticed."""
    for paragraph, tag in list(tags_in(document)):
        if slug(tag) in values:
            mark(paragraph, letterhead_bookmark(slug(tag)), next(numbers))


def _write_body(package: Package, anchor: _Element, report: Report, numbers: Iterator[int]) -> None:
    name, notes = footnotes_part(package)
    looks = take_sample(anchor, notes)
    order = note_order(report)
    text = next((run for run in each(anchor, "w:r") if run.find(qn("w:t")) is not None), None)
    pen = Pen(
        styles=style_ids(package),
        paragraph_look=anchor.find(qn("w:pPr")),
        run_look=None if text is None else text.find(qn("w:rPr")),
        bookmarks=bookmark_names(report),
        bookmark_numbers=numbers,
        note_numbers=number_notes(notes, order),
    )
    made = [pen.paragraph(line) for line in printed(report, load_format().words["gap"])]
    if made:
        keep_with_next(made[-1])
    for paragraph in made:
        anchor.addprevious(paragraph)
    behind = next((p for p in anchor.itersiblings() for p in p.iter(qn("w:p"))), None)
    if behind is not None:
        mark(behind, END_OF_BODY, next(numbers))
    holder = anchor.getparent()
    if holder is not None:
        holder.remove(anchor)
    by_key = {note.key: note for note in report.notes}
    write_notes(notes, [by_key[key] for key in order], pen, looks)
    package.parts[name] = dump(notes)


def _bookmark_numbers(document: _Element) -> Iterator[int]:
    """Ids that no bookmark of the template has."""
    return count(
        max((int(value_of(found, "w:id") or 0) for found in each(document, "w:bookmarkStart")), default=-1) + 1
    )
