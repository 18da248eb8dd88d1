"""Real footnotes: as many as the report has, each of as many paragraphs as it has, looking like the template's sample.

Knows: the footnotes part and its structural notes. Does not know: the body.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from bot.rendering.format import load_format
from bot.rendering.word.xml import dump, each, el, local_name, parse, qn, value_of
from bot.reports.printed import note_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from bot.rendering.word.body import Pen
    from bot.rendering.word.package import Package
    from bot.reports.model import Note

_STRUCTURAL = (("-1", "separator"), ("0", "continuationSeparator"))
_AFTER_FOOTNOTES = (  # what the schema wants behind w:footnotePr among the settings
    "endnotePr", "compat", "docVars", "rsids", "mathPr", "attachedSchema", "themeFontLang", "clrSchemeMapping",
    "doNotIncludeSubdocsInStats", "shapeDefaults", "decimalSymbol", "listSeparator",
)  # fmt: skip


def footnotes_part(package: Package) -> tuple[str, _Element]:
    """The part's name and root; made where the template has none."""
    name = package.related("footnotes")
    if name:
        return name, parse(package.parts[name])
    marks = [
        el("w:footnote", el("w:p", el("w:r", el(f"w:{kind}"))), w_type=kind, w_id=number)
        for number, kind in _STRUCTURAL
    ]
    root = el("w:footnotes", *marks)
    name = package.main.rsplit("/", 1)[0] + "/footnotes.xml"
    package.add(name, "footnotes", dump(root))
    _announce(package)
    return name, root


def take_sample(anchor: _Element, notes: _Element) -> tuple[_Element | None, _Element | None]:
    """Removes the sample footnote; its looks (paragraph, run) are for all the report's notes."""
    reference = next(each(anchor, "w:footnoteReference"), None)
    if reference is None:
        return None, None
    run = reference.getparent()
    holder = None if run is None else run.getparent()
    if run is not None and holder is not None:
        holder.remove(run)
    for note in each(notes, "w:footnote"):
        if value_of(note, "w:id") == value_of(reference, "w:id"):
            notes.remove(note)
            return _looks(note)
    return None, None


def number_notes(notes: _Element, keys: Sequence[str]) -> dict[str, int]:
    """A free id for every key, rising in the order of the text."""
    highest = max((int(value_of(n, "w:id") or 0) for n in each(notes, "w:footnote")), default=0)
    return {key: max(highest, 0) + place for place, key in enumerate(keys, start=1)}


def write_notes(
    notes: _Element, written: Sequence[Note], pen: Pen, looks: tuple[_Element | None, _Element | None]
) -> None:
    """Appends the notes with all their paragraphs."""
    paragraph_look, run_look = looks
    gap = load_format().words["gap"]
    for note in written:
        made = el("w:footnote", w_id=str(pen.note_numbers[note.key]))
        for place, line in enumerate(note_lines(note, gap)):
            look = el("w:pPr", el("w:pStyle", w_val=pen.styles["note"]))
            paragraph = el("w:p", deepcopy(paragraph_look) if paragraph_look is not None else look)
            if place == 0:
                mark = el("w:rPr", el("w:rStyle", w_val=pen.styles["note_reference"]))
                paragraph.append(el("w:r", mark, el("w:footnoteRef")))
                paragraph.append(_space())
            pen.mark(paragraph, line.id, list(pen.text_runs(line, run_look)))
            made.append(paragraph)
        notes.append(made)


def _looks(note: _Element) -> tuple[_Element | None, _Element | None]:
    paragraph = note.find(qn("w:p"))
    if paragraph is None:
        return None, None
    texts = [run for run in each(paragraph, "w:r") if run.find(qn("w:t")) is not None]
    return paragraph.find(qn("w:pPr")), texts[-1].find(qn("w:rPr")) if texts else None


def _space() -> _Element:
    text = el("w:t")
    text.text = " "
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return el("w:r", text)


def _announce(package: Package) -> None:
    """The settings part must name the structural notes, before what the schema wants behind them."""
    name = package.related("settings")
    if not name:
        return
    root = parse(package.parts[name])
    if root.find(qn("w:footnotePr")) is not None:
        return
    made = el("w:footnotePr", *(el("w:footnote", w_id=number) for number, _ in _STRUCTURAL))
    follower = next((child for child in root if local_name(child) in _AFTER_FOOTNOTES), None)
    if follower is None:
        root.append(made)
    else:
        follower.addprevious(made)
    package.parts[name] = dump(root)
