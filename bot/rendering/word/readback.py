"""The way back from Word: what the secretary changed, by block, author and figure.

Knows: the report the file was made from. Does not know: who confirms, where figures are kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.rendering.format import load_format
from bot.rendering.word.alignment import Stretch, pair_up, stretches
from bot.rendering.word.bookmarks import END_OF_BODY, bookmark_names, letterhead_bookmark
from bot.rendering.word.fill import letterhead_values
from bot.rendering.word.reader import ReadDocument, Tracked, read_document
from bot.reports.clean import clean
from bot.reports.difference import FigureChange, edits, follow, places
from bot.reports.edited import Change, ChangeKind
from bot.reports.printed import LineKind, letterhead_of, note_lines, note_order, printed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.rendering.word.alignment import Pair
    from bot.rendering.word.reader import ReadParagraph
    from bot.reports.model import Report
    from bot.reports.printed import Line


def changes(report: Report, data: bytes) -> list[Change]:
    """What an edited file says differently from the report, in the file's order. Tracked changes count as accepted.

    Raises UnfitFileError where the file is no safe Word document.
    """
    return changes_in(report, read_document(data, Tracked.ACCEPT))


def changes_in(report: Report, document: ReadDocument) -> list[Change]:
    """The same of a file that was read."""
    gap = load_format().words["gap"]
    lines = printed(report, gap)
    names = bookmark_names(report)
    known = {name: line_id for line_id, name in names.items()}
    body = list(stretches(_body(report, document, known), known))
    pairs = pair_up(lines, names, body)
    found = list(_letterhead_changes(report, document))
    found += _told(pairs, document, "", {line.id: n for n, line in enumerate(lines)})
    owners = _note_owners(report)
    for key, paragraphs in _notes_by_key(report, document, known).items():
        lines = next((note_lines(note, gap) for note in report.notes if note.key == key), ())
        pairs = pair_up(lines, names, list(stretches(paragraphs, known)))
        order = {line.id: n for n, line in enumerate(lines)}
        found += _told(pairs, document, key, order, owners.get(key, ""))
    return found


def _body(report: Report, document: ReadDocument, known: dict[str, str]) -> list[ReadParagraph]:
    """The paragraphs between letterhead and signature that say something."""
    paragraphs = list(document.paragraphs)
    starts = [n for n, p in enumerate(paragraphs) if any(m.name in known for m in p.marks)]
    if not starts:
        return _body_by_looks(report, paragraphs)
    ends = [n for n, p in enumerate(paragraphs) if any(m.name == END_OF_BODY for m in p.marks)]
    # the end's bookmark may have run into the last paragraph when she joined them
    last = max(ends[0] if ends else 0, starts[-1] + 1)
    return [p for p in paragraphs[starts[0] : last] if p.text.strip() or any(m.name in known for m in p.marks)]


def _body_by_looks(report: Report, paragraphs: list[ReadParagraph]) -> list[ReadParagraph]:
    """The same where a program dropped all bookmarks: outside tables, and no line of the letterhead."""
    layout = load_format()
    values = letterhead_values(letterhead_of(report)).values()
    around = {_plain(words) for words in (*values, layout.words["abstract_rule"], "")}
    return [p for p in paragraphs if not p.in_table and _plain(p.text) not in around]


def _told(
    pairs: Sequence[Pair], document: ReadDocument, note: str, order: dict[str, int], owner: str = ""
) -> Iterator[Change]:
    block, above = owner, ""
    reached = -1
    for pair in pairs:
        if pair.line is not None:
            block, above = owner or pair.line.owner, pair.line.id
        yield from _of_pair(pair, (block, above, note), document)
        if pair.line is not None and pair.stretch is not None:
            place = order[pair.line.id]
            if place < reached:
                text = pair.stretch.text
                author = _author(pair.stretch, document)
                yield Change(block, ChangeKind.MOVED, text, text, author, line=above, note=note)
            reached = max(reached, place)


def _of_pair(pair: Pair, place: tuple[str, str, str], document: ReadDocument) -> Iterator[Change]:
    line, stretch = pair.line, pair.stretch
    block, above, note = place
    if stretch is None:
        if line is not None and line.text:
            gone = tuple(FigureChange(p.indicator, line.text[p.start : p.end], "") for p in places(line))
            yield Change(block, ChangeKind.REMOVED, line.text, "", document.editor, (), gone, line.id, note)
        return
    author = _author(stretch, document)
    if line is None:
        if stretch.text:
            yield Change(block, ChangeKind.ADDED, "", stretch.text, author, line=above, note=note)
    elif _plain(line.text) != _plain(stretch.text):
        yield _reworded(line, stretch, block, note, author)
    for comment_id in stretch.comments:
        remark = document.comments.get(comment_id)
        if remark is not None:
            yield Change(block, ChangeKind.COMMENT, stretch.text, remark.text, remark.author, line=above, note=note)


def _reworded(line: Line, stretch: Stretch, block: str, note: str, author: str) -> Change:
    if not stretch.text:
        gone = tuple(FigureChange(p.indicator, line.text[p.start : p.end], "") for p in places(line))
        return Change(block, ChangeKind.REMOVED, line.text, "", author, (), gone, line.id, note)
    made = edits(line.text, stretch.text)
    figures, _ = follow(places(line), line.text, stretch.text)
    in_heading = all(e.old_start + len(e.old) <= len(line.heading) for e in made) and bool(line.heading)
    is_heading = line.kind is LineKind.HEADING or (in_heading and not figures)
    kind = ChangeKind.HEADING if is_heading else ChangeKind.TEXT
    return Change(block, kind, line.text, stretch.text, author, made, figures, line.id, note)


def _letterhead_changes(report: Report, document: ReadDocument) -> Iterator[Change]:
    """A value that no longer stands in the paragraph where it was written."""
    values = letterhead_values(letterhead_of(report))
    for paragraph in document.paragraphs:
        for mark in paragraph.marks:
            tag = next((t for t in values if mark.name == letterhead_bookmark(t)), None)
            if tag is None or not values[tag]:
                continue
            text = clean(paragraph.text).strip()
            if _plain(values[tag]) not in _plain(text):
                author = ", ".join(paragraph.authors) or document.editor
                yield Change(tag, ChangeKind.LETTERHEAD, values[tag], text, author)


def _notes_by_key(
    report: Report, document: ReadDocument, known: dict[str, str]
) -> dict[str, tuple[ReadParagraph, ...]]:
    """Footnotes by the report's keys: by bookmark, else by the order of the text's references."""
    found: dict[str, tuple[ReadParagraph, ...]] = {}
    order = note_order(report)
    unnamed: list[tuple[ReadParagraph, ...]] = []
    for note_id in (i for p in document.paragraphs for i in p.note_ids):
        paragraphs = tuple(p for p in document.notes.get(note_id, ()) if p.text.strip())
        line_ids = [known[m.name] for p in paragraphs for m in p.marks if m.name in known]
        key = next((key for key in order if any(i.startswith(f"note {key}/") for i in line_ids)), None)
        if key is None:
            unnamed.append(paragraphs)
        else:
            found[key] = paragraphs
    missing = [key for key in order if key not in found]
    found.update(zip(missing, unnamed, strict=False))
    return {key: found.get(key, ()) for key in order}


def _note_owners(report: Report) -> dict[str, str]:
    return {piece.ref: line.owner for line in printed(report) for piece in line.pieces if piece.kind == "note"}


def _author(stretch: Stretch, document: ReadDocument) -> str:
    return ", ".join(stretch.authors) or document.editor


def _plain(text: str) -> str:
    """Without what two programs write differently: runs of blanks of any kind."""
    return " ".join(text.split())
