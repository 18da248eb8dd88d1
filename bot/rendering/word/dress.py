"""A new report in the look of an edited one: what the secretary changed in Word beside the words stays.

Knows: paragraphs by bookmark, page and styles. Does not know: what she changed on purpose; all of it is hers.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from bot.rendering.word.package import Package
from bot.rendering.word.xml import dump, each, parse, qn, value_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_PAGE = ("w:pgSz", "w:pgMar")
_PASSING = ("w:rPr", "w:sectPr", "w:pPrChange", "w:rPrChange", "w:ins", "w:del", "w:moveFrom", "w:moveTo")
_STYLES = "word/styles.xml"


def dressed(made: bytes, edited: bytes) -> bytes:
    """`made` with the page, the styles and the paragraphs' looks of `edited`, both printed from one template.

    Raises UnfitFileError where a file is no safe Word document.
    """
    ours, hers = Package.open(made), Package.open(edited)
    known = _dress_styles(ours, hers)
    body, look = parse(ours.parts[ours.main]), parse(hers.parts[hers.main])
    by_name = {name: paragraph for paragraph in each(look, "w:p") for name in _names(paragraph)}
    for paragraph in each(body, "w:p"):
        model = next((by_name[name] for name in _names(paragraph) if name in by_name), None)
        if model is not None:
            _dress(paragraph, model, known)
    _dress_page(body, look)
    ours.parts[ours.main] = dump(body)
    return ours.save()


def _names(paragraph: _Element) -> list[str]:
    return [value_of(mark, "w:name") for mark in each(paragraph, "w:bookmarkStart")]


def _dress_styles(ours: Package, hers: Package) -> set[str]:
    """Her definition of every style that both have; the ids that a paragraph may name."""
    if _STYLES not in ours.parts or _STYLES not in hers.parts:
        return set()
    sheet = parse(ours.parts[_STYLES])
    defined = {value_of(style, "w:styleId"): style for style in each(parse(hers.parts[_STYLES]), "w:style")}
    known = set()
    for style in list(each(sheet, "w:style")):
        name = value_of(style, "w:styleId")
        known.add(name)
        if name in defined:
            style.getparent().replace(style, deepcopy(defined[name]))  # type: ignore[union-attr]
    ours.parts[_STYLES] = dump(sheet)
    return known


def _dress(paragraph: _Element, model: _Element, known: set[str]) -> None:
    look = model.find(qn("w:pPr"))
    style = look.find(qn("w:pStyle")) if look is not None else None
    if look is None or (style is not None and value_of(style) not in known):
        return  # another program renamed the styles: its paragraphs name none of ours
    own = paragraph.find(qn("w:pPr"))
    if own is not None:
        paragraph.remove(own)
    paragraph.insert(0, _lasting(look))
    letters = _letters(model)
    for run in paragraph.iterchildren(qn("w:r")):
        own = run.find(qn("w:rPr"))
        if own is not None and own.find(qn("w:rStyle")) is not None:
            continue  # a label, a gap, a footnote's sign
        if own is not None:
            run.remove(own)
        if letters is not None:
            run.insert(0, deepcopy(letters))


def _letters(model: _Element) -> _Element | None:
    """The look of her paragraph's longest stretch of plain words."""
    runs = [
        (sum(len(text.text or "") for text in each(run, "w:t")), run.find(qn("w:rPr")))
        for run in each(model, "w:r")
        if run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}") is None
    ]
    look = max(runs, key=lambda found: found[0], default=(0, None))[1]
    return _lasting(look) if look is not None else None


def _lasting(look: _Element) -> _Element:
    """Without marks of tracked changes and of the section's end."""
    kept = deepcopy(look)
    for name in _PASSING:
        for passing in kept.findall(qn(name)):
            kept.remove(passing)
    return kept


def _dress_page(body: _Element, look: _Element) -> None:
    ours, hers = (root.find(f"{qn('w:body')}/{qn('w:sectPr')}") for root in (body, look))
    for name in _PAGE:
        own, new = (section.find(qn(name)) if section is not None else None for section in (ours, hers))
        if own is not None and new is not None:
            own.getparent().replace(own, deepcopy(new))  # type: ignore[union-attr]
