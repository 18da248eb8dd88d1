"""Whether a template that the secretary edited can be used, before it replaces the last good one.

Knows: what the filler needs and what the layout asks. Does not know: words (templates/words/template.toml does).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from rapidfuzz import process

from bot.forms.model import HeadingStyle
from bot.rendering.format import load_format
from bot.rendering.word.fill import fill
from bot.rendering.word.package import Package
from bot.rendering.word.styles import missing_styles
from bot.rendering.word.tags import BODY, TAGS, paragraph_with, slug, tags_in, text_nodes
from bot.rendering.word.xml import each, parse, qn, value_of
from bot.rendering.zip_guard import UnfitFileError
from bot.reports.model import Block, Letterhead, Note, Paragraph, Piece, PieceKind, Report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_TWIPS_IN_MM = 1440 / 25.4
_HINTS = ("page_size", "margin", "no_page_number", "first_page_numbered", "missing_tag")


@dataclass(frozen=True, slots=True)
class TemplateSlip:
    """One thing wrong. A hint does not keep the template from being used."""

    code: str
    detail: str = ""
    other: str = ""  # what it should be, or the nearest right name

    @property
    def is_hint(self) -> bool:
        return self.code in _HINTS

    @property
    def words(self) -> str:
        """The slip in the office's language."""
        return _words()[self.code].format(detail=self.detail, other=self.other)


def template_slips(data: bytes) -> list[TemplateSlip]:
    """Everything wrong with a template; empty where it may be used as it is."""
    try:
        package = Package.open(data)
        document = parse(package.parts[package.main])
    except UnfitFileError as error:
        return [TemplateSlip(f"file_{error.code}")]
    slips = [*_tag_slips(package, document), *_style_slips(package), *_page_slips(package, document)]
    if any(next(each(document, name), None) is not None for name in ("w:ins", "w:del", "w:moveFrom")):
        slips.append(TemplateSlip("tracked_changes"))
    if not any(not slip.is_hint for slip in slips):
        slips += _trial(data)
    return slips


def _tag_slips(package: Package, document: _Element) -> Iterator[TemplateSlip]:
    roots = [document, *(parse(package.parts[name]) for name in package.headers_and_footers())]
    typed = [name for root in roots for _, name in tags_in(root)]
    found = [slug(name) for name in typed]
    for name in typed:
        if slug(name) not in TAGS:
            nearest = process.extractOne(slug(name), TAGS)
            yield TemplateSlip("unknown_tag", name, nearest[0] if nearest else "")
    for tag in TAGS:
        if tag not in found:
            yield TemplateSlip("missing_body" if tag == BODY else "missing_tag", tag)
    if found.count(BODY) > 1:
        yield TemplateSlip("two_bodies", BODY)
    body = paragraph_with(document, BODY)
    if body is None:
        return
    words = "".join(node.text or "" for node in text_nodes(body)).strip()
    if not (words.startswith("{{") and words.endswith("}}") and words.count("{{") == 1):
        yield TemplateSlip("body_not_alone", BODY)


def _style_slips(package: Package) -> Iterator[TemplateSlip]:
    for name in missing_styles(package):
        yield TemplateSlip("missing_style", name)


def _page_slips(package: Package, document: _Element) -> Iterator[TemplateSlip]:
    page = load_format().page
    section = next(iter(list(each(document, "w:sectPr"))[-1:]), None)
    if section is None:
        return
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    if any(_off(value_of(size, f"w:{key}"), page[name]) for key, name in (("w", "width"), ("h", "height"))):
        yield TemplateSlip("page_size", other=f"{page['width']} × {page['height']}")
    for side in ("top", "bottom", "left", "right"):
        found = value_of(margins, f"w:{side}")
        if _off(found, page[side]):
            yield TemplateSlip("margin", _words()[side], str(page[side]))
    numbered = {name: _has_page_number(package, section, name) for name in ("default", "first")}
    if not numbered["default"]:
        yield TemplateSlip("no_page_number")
    if section.find(qn("w:titlePg")) is None or numbered["first"]:
        yield TemplateSlip("first_page_numbered")


def _off(twips: str, wanted: float) -> bool:
    try:
        return bool(abs(int(twips) / _TWIPS_IN_MM - wanted) > load_format().page["tolerance"])
    except ValueError:
        return True


def _has_page_number(package: Package, section: _Element, kind: str) -> bool:
    """Whether the header or footer of that kind of page holds a PAGE field."""
    for name in ("w:headerReference", "w:footerReference"):
        for reference in each(section, name):
            if value_of(reference, "w:type") != kind:
                continue
            part = package.target(value_of(reference, "r:id"))
            if part and _says_page(parse(package.parts[part])):
                return True
    return False


def _says_page(root: _Element) -> bool:
    codes = [node.text or "" for node in each(root, "w:instrText")]
    codes += [value_of(field, "w:instr") for field in each(root, "w:fldSimple")]
    return any("PAGE" in code.upper().split() for code in codes)


def _trial(data: bytes) -> Iterator[TemplateSlip]:
    """Fills the template with a report of every kind of line and looks whether all of it arrived."""
    try:
        made = Package.open(fill(_sample(), data))
        root = parse(made.parts[made.main])
    except (ValueError, KeyError) as error:
        yield TemplateSlip("trial_failed", str(error))
        return
    text = "".join(node.text or "" for node in each(root, "w:t"))
    lost = [words for words in _SAMPLE_WORDS if words not in text]
    if lost or next(each(root, "w:footnoteReference"), None) is None:
        yield TemplateSlip("trial_failed", ", ".join(lost))


_SAMPLE_WORDS = ("A&B <1>", "{{ 7*7 }}", "C/D")


def _sample() -> Report:
    first, second, third = (Piece(words) for words in _SAMPLE_WORDS)
    note = Piece("", PieceKind.NOTE, "1")
    blocks = [
        Block(f"s{level}", level, f"{level}.", "T", HeadingStyle.BLOCK, colon=False, paragraphs=(Paragraph((first,)),))
        for level in range(1, 5)
    ]
    run_in = (Paragraph((second, note), "L"),)
    blocks.append(Block("r", 4, "a)", "R", HeadingStyle.RUN_IN, colon=True, paragraphs=run_in))
    notes = (Note("1", (Paragraph((third,)), Paragraph((third,)))),)
    end = Block("e", 0, "", "", HeadingStyle.NONE, colon=False, paragraphs=(Paragraph((third,)),))
    return Report("2026-W01", 1, "T", Letterhead(recipients=("A", "B")), (*blocks, end), notes)


@cache
def _words() -> dict[str, str]:
    text = (files("templates") / "words" / "template.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
