"""One section of the report: its words, the figures they leave out, its footnotes and parts, its gaps.

Knows: which text belongs where within a section. Does not know: other sections, the period, Jinja.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.facts import Origin
from bot.forms.model import Role, Source
from bot.forms.prose import BODY, paragraphs
from bot.reports.model import Block, Note, Paragraph, Piece, PieceKind
from bot.reports.slots import live_paragraphs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from bot.facts import Figure, LiveText
    from bot.forms.model import Indicator, Part, Section
    from bot.forms.prose import ProseParagraph
    from bot.reports.numbers import Printed
    from bot.reports.slots import ReportWords

    Line = tuple[Piece, ...]

# LiveText.part "I.1#body": the body of a section whose words usually go into a footnote.
BODY_PART = "body"
SENTENCE_ENDS = ".!?;:,…"
_NUMBER_BEFORE = r"\s*(?:(?:[IVX]+|\d+|[a-zđ])(?:\.\d+)*[.)]\s*)?"


@dataclass(frozen=True, slots=True)
class Material:
    """What a section is made of. `render` gives its prose for the values it may print."""

    section: Section
    texts: tuple[LiveText, ...]
    figures: Mapping[str, Figure]
    indicators: Mapping[str, Indicator]
    printed: Mapping[str, Printed]
    render: Callable[[Mapping[str, Printed]], str]
    words: ReportWords


@dataclass(frozen=True, slots=True)
class _Place:
    """What stands in one place of a section: the body, "note 1" or "part hoi-ccb"."""

    lines: tuple[Line, ...] = ()
    is_given: bool = False  # somebody's words or figures, not fixed words alone


def assemble(material: Material) -> tuple[Block, tuple[Note, ...]]:
    """The section's block and its footnotes."""
    section = material.section
    places = _places(material)
    is_given = any(place.is_given for place in places.values())
    body = _body(material, places, is_given=is_given)
    notes: list[Note] = []
    for key in section.footnotes:
        found = [Paragraph(line) for line in places[f"note {key}"].lines if is_given]
        found += _parts(material, places, key)
        if found:
            notes.append(Note(key, tuple(found)))
            last = body[-1]
            body[-1] = Paragraph((*last.pieces, Piece("", PieceKind.NOTE, key)), last.lead, last.part)
    return Block(
        id=section.id,
        level=section.level,
        number=section.number,
        title=section.title,
        heading_style=section.heading_style,
        colon=section.colon,
        paragraphs=tuple(body),
        is_gap=section.is_asked and not is_given,
    ), tuple(notes)


def _body(material: Material, places: Mapping[str, _Place], *, is_given: bool) -> list[Paragraph]:
    section, own = material.section, places[BODY]
    parts = _parts(material, places, None)
    if own.lines and (own.is_given or is_given or not section.is_asked):
        return [*(Paragraph(line) for line in own.lines), *parts]
    if not section.is_asked or any(p.department == section.department and p.footnote is None for p in section.parts):
        return parts
    return [Paragraph((_gap(material.words.gap_section, section.id),)), *parts]


def _parts(material: Material, places: Mapping[str, _Place], footnote: str | None) -> list[Paragraph]:
    """Labelled paragraphs. A part is owed, and shows as a gap, unless its department wrote the body instead."""
    section, words = material.section, material.words
    found: list[Paragraph] = []
    for part in section.parts:
        place = places[_part_place(part)]
        is_owed = part.department != section.department or not places[BODY].is_given
        if part.footnote != footnote or not (place.is_given or is_owed):
            continue
        lead = words.lead.replace("{label}", part.label)
        lines = place.lines if place.is_given else ((_gap(words.gap_part, part.id),),)
        found += [Paragraph(line, lead if at == 0 else "", part.id) for at, line in enumerate(lines)]
    return found


def _places(material: Material) -> dict[str, _Place]:
    section = material.section
    slotted = {slot.indicator for text in material.texts for slot in text.slots}
    free = {i: p for i, p in material.printed.items() if i not in slotted}
    whole = paragraphs(material.render(free)) if section.body else {}
    rest = paragraphs(material.render(_left_out(material, free))) if section.body and material.texts else {}
    names = [BODY, *(f"note {key}" for key in section.footnotes), *(_part_place(p) for p in section.parts)]
    live: dict[str, list[Line]] = {name: [] for name in names}
    for text in material.texts:
        live.setdefault(_place_of(text, section), []).extend(_lines(material, text))
    return {name: _place(lines, whole.get(name, ()), rest.get(name, ())) for name, lines in live.items()}


def _place(live: list[Line], whole: tuple[ProseParagraph, ...], rest: tuple[ProseParagraph, ...]) -> _Place:
    if live:
        return _Place(tuple(_followed(live, [p for p in rest if p.refs])), is_given=True)
    return _Place(tuple(_pieces(p) for p in whole), is_given=any(p.refs for p in whole))


def _left_out(material: Material, free: Mapping[str, Printed]) -> dict[str, Printed]:
    """Values that a person gave and no text holds, with the plans and percents that are said with them."""
    own = [material.indicators[i] for i in material.section.indicators if i in free]
    given = {
        i.id for i in own if i.source not in (Source.KEPT, Source.RESTATED) and _by_a_person(material.figures[i.id])
    }
    groups = {material.indicators[i].group for i in given}
    found = dict.fromkeys(given)
    for indicator in own:
        is_total = indicator.source is Source.KEPT and indicator.group in groups
        if is_total or indicator.adds in given:
            found[indicator.id] = None
    for indicator in own:
        if indicator.role is Role.PERCENT and indicator.numerator in found:
            found[indicator.id] = None
    return {i: free[i] for i in found}


def _by_a_person(figure: Figure) -> bool:
    return figure.origin not in (Origin.COMPUTED, Origin.OPENING)


def _place_of(text: LiveText, section: Section) -> str:
    part = (text.part or "").rpartition("#")[2]
    if part == BODY_PART:
        return BODY
    if any(p.id == text.part for p in section.parts):
        return f"part {part}"
    return f"note {section.text_in}" if section.text_in else BODY


def _part_place(part: Part) -> str:
    return f"part {part.id.rpartition('#')[2]}"


def _lines(material: Material, text: LiveText) -> tuple[Line, ...]:
    """The text's lines, without the heading or label that the report prints itself."""
    label = next((p.label for p in material.section.parts if p.id == text.part), material.section.title)
    words = r"\s+".join(re.escape(word) for word in label.split())
    found = re.match(rf"{_NUMBER_BEFORE}{words}\s*:\s*", text.text, re.IGNORECASE) if words else None
    skip = found.end() if found else 0
    return live_paragraphs(text, material.figures, material.indicators, material.words, skip)


def _followed(live: list[Line], rest: Iterable[ProseParagraph]) -> Iterator[Line]:
    """The live lines; what they leave out follows at the end of the last."""
    yield from live[:-1]
    last = list(live[-1])
    for paragraph in rest:
        ends = "".join(p.text for p in last).rstrip().endswith(tuple(SENTENCE_ENDS))
        last += [Piece(" " if ends else ". "), *_pieces(paragraph)]
    yield tuple(last)


def _pieces(paragraph: ProseParagraph) -> Line:
    return tuple(
        Piece(span.text, PieceKind.FIGURE if span.ref else PieceKind.TEXT, span.ref) for span in paragraph.spans
    )


def _gap(words: str, ref: str) -> Piece:
    return Piece(words, PieceKind.GAP, ref)
