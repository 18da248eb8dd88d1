"""An edited Word file as paragraphs: tracked changes accepted or rejected, text boxes once, comments with authors.

Knows: everything a person may leave in a .docx that changes its words. Does not know: the report it was made from.
python-docx is no help here: it drops tracked insertions, new paragraphs, content controls and footnotes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.rendering.word.package import Package
from bot.rendering.word.xml import each, local_name, parse, qn, value_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element


class Tracked(StrEnum):
    """What becomes of tracked changes."""

    ACCEPT = "accept"
    REJECT = "reject"


@dataclass(slots=True)
class Mark:
    """A bookmark's start in a paragraph's text; `end` is -1 where it ends in a later paragraph."""

    name: str
    start: int
    end: int = -1


@dataclass(slots=True)
class ReadParagraph:
    """One paragraph as it reads. `authors` are those of tracked changes in it, `comments` ids of remarks on it."""

    text: str = ""
    marks: list[Mark] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    note_ids: list[str] = field(default_factory=list)
    in_table: bool = False
    runs_on: bool = False  # its end was deleted: the next paragraph continues it

    def add(self, other: ReadParagraph) -> None:
        """The next paragraph, joined because the break between them is gone."""
        place = len(self.text)
        self.text += other.text
        self.marks += [Mark(m.name, m.start + place, m.end + place if m.end >= 0 else -1) for m in other.marks]
        self.authors += other.authors
        self.comments += other.comments
        self.note_ids += other.note_ids
        self.runs_on = other.runs_on


@dataclass(frozen=True, slots=True)
class Comment:
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """Body and footnotes. `notes` are by the file's own ids; `editor` is who saved the file last."""

    paragraphs: tuple[ReadParagraph, ...]
    notes: dict[str, tuple[ReadParagraph, ...]]
    comments: dict[str, Comment]
    editor: str = ""


_INSERTED = (qn("w:ins"), qn("w:moveTo"))
_DELETED = (qn("w:del"), qn("w:moveFrom"))
_UNREAD = {qn(name) for name in ("w:pPr", "w:rPr", "w:instrText", "w:delInstrText", "mc:Fallback", "w:txbxContent")}
_SIGNS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-", qn("w:ptab"): " "}
_TEXT, _DELETED_TEXT = qn("w:t"), qn("w:delText")
_FALLBACK = qn("mc:Fallback")


def read_document(data: bytes, tracked: Tracked = Tracked.ACCEPT) -> ReadDocument:
    """Everything a person can read in the file, in order.

    Raises UnfitFileError where the file is no safe Word document.
    """
    package = Package.open(data)
    body = parse(package.parts[package.main])
    notes: dict[str, tuple[ReadParagraph, ...]] = {}
    part = package.related("footnotes")
    if part:
        for note in each(parse(package.parts[part]), "w:footnote"):
            if not value_of(note, "w:type"):
                notes[value_of(note, "w:id")] = tuple(paragraphs_of(note, tracked))
    return ReadDocument(tuple(paragraphs_of(body, tracked)), notes, _comments(package), _editor(package))


def paragraphs_of(root: _Element, tracked: Tracked) -> Iterator[ReadParagraph]:
    """Paragraphs in order; one whose end was deleted runs on into the next, or vanishes with its text."""
    waiting: list[str] = []  # bookmarks that start between paragraphs belong to the next one
    open_one: ReadParagraph | None = None
    for element in root.iter(qn("w:p"), qn("w:bookmarkStart")):
        if element.tag != qn("w:p"):
            if next(element.iterancestors(qn("w:p")), None) is None:
                waiting.append(value_of(element, "w:name"))
            continue
        if next(element.iterancestors(_FALLBACK), None) is not None:
            continue
        read = _Reading(tracked).paragraph(element)
        read.in_table = next(element.iterancestors(qn("w:tbl")), None) is not None
        read.marks[:0] = [Mark(name, 0) for name in waiting]
        waiting = []
        if open_one is not None:
            open_one.add(read)
            read = open_one
        open_one = read if read.runs_on and read.text.strip() else None
        if not read.runs_on:
            yield read
    if open_one is not None:
        yield open_one


class _Reading:
    """One walk through a paragraph's own words."""

    def __init__(self, tracked: Tracked) -> None:
        accept = tracked is Tracked.ACCEPT
        self._gone, self._kept = (_DELETED, _INSERTED) if accept else (_INSERTED, _DELETED)
        self._text_tags = (_TEXT,) if accept else (_TEXT, _DELETED_TEXT)
        self._mark_gone = qn("w:del") if accept else qn("w:ins")
        self._found = ReadParagraph()
        self._words: list[str] = []
        self._length = 0
        self._open: dict[str, Mark] = {}

    def paragraph(self, element: _Element) -> ReadParagraph:
        look = element.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
        if look is not None:
            self._found.runs_on = look.find(self._mark_gone) is not None
            for name in ("w:ins", "w:del"):
                change = look.find(qn(name))
                if change is not None:
                    self._author(change)
        self._walk(element)
        self._found.text = "".join(self._words)
        return self._found

    def _walk(self, element: _Element) -> None:
        for child in element:
            tag = child.tag
            if not isinstance(tag, str) or tag in _UNREAD:
                continue
            if tag in self._kept or tag in self._gone:
                self._author(child)
                if tag in self._gone:
                    continue
            if tag in self._text_tags:
                self._say(child.text or "")
            elif tag in _SIGNS:
                self._say(_SIGNS[tag])
            else:
                self._note(child, local_name(child))
                self._walk(child)

    def _note(self, child: _Element, name: str) -> None:
        if name == "bookmarkStart":
            mark = Mark(value_of(child, "w:name"), self._length)
            self._found.marks.append(mark)
            self._open[value_of(child, "w:id")] = mark
        elif name == "bookmarkEnd" and value_of(child, "w:id") in self._open:
            self._open[value_of(child, "w:id")].end = self._length
        elif name == "footnoteReference":
            self._found.note_ids.append(value_of(child, "w:id"))
        elif name == "commentReference":
            self._found.comments.append(value_of(child, "w:id"))

    def _say(self, words: str) -> None:
        self._words.append(words)
        self._length += len(words)

    def _author(self, change: _Element) -> None:
        name = value_of(change, "w:author")
        if name and name not in self._found.authors:
            self._found.authors.append(name)


def _comments(package: Package) -> dict[str, Comment]:
    part = package.related("comments")
    if not part:
        return {}
    return {
        value_of(c, "w:id"): Comment(
            value_of(c, "w:author"), "\n".join(p.text for p in paragraphs_of(c, Tracked.ACCEPT))
        )
        for c in each(parse(package.parts[part]), "w:comment")
    }


def _editor(package: Package) -> str:
    part = package.related("core-properties", of="")
    if not part:
        return ""
    found = parse(package.parts[part]).find(qn("cp:lastModifiedBy"))
    return "" if found is None else str(found.text or "")
