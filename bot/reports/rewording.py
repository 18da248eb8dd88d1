"""Where two reports of one period say something else in words, figures apart.

Knows: two reports; sentences made of figures come and go with them, so places whose figures changed are not looked at.
Does not know: what was said before or since; a place is named, not its words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.reports.model import PieceKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from bot.forms.model import Form
    from bot.reports.model import Paragraph, Report

Place = tuple[str, str | None]  # section and part


@dataclass(frozen=True, slots=True)
class Rewording:
    """One department's words that differ; `sections` are named as the department knows them."""

    department: str
    sections: tuple[str, ...]


def reworded(form: Form, before: Report, after: Report, changed: Collection[str]) -> tuple[Rewording, ...]:
    """Departments whose words differ; `changed` are the indicators whose figures do."""
    touched = {place for i in changed if i in form.indicators for place in _places(form, i)}
    old, new = _words(form, before), _words(form, after)
    found: dict[str, list[str]] = {}
    for place in dict.fromkeys((*old, *new)):
        if old.get(place, ()) == new.get(place, ()) or place in touched or place[0] not in form.sections:
            continue
        section = form.sections[place[0]]
        found.setdefault(form.writer_of(*place), []).append(section.short or section.title)
    return tuple(Rewording(owner, tuple(dict.fromkeys(names))) for owner, names in found.items())


def _places(form: Form, indicator: str) -> tuple[Place, Place]:
    """Where a figure may be printed: in its part's paragraph, or in the section's own sentences."""
    told = form.indicators[indicator]
    return (told.section, told.part), (told.section, None)


def _words(form: Form, report: Report) -> Mapping[Place, tuple[str, ...]]:
    """The words of every place, without figures and marks of gaps."""
    noted = {key: section.id for section in form.sections.values() for key in section.footnotes}
    found: dict[Place, list[str]] = {}
    for block in report.blocks:
        _gather(found, block.id, block.paragraphs)
    for note in report.notes:
        _gather(found, noted.get(note.key, note.key), note.paragraphs)
    return {place: tuple(words) for place, words in found.items()}


def _gather(found: dict[Place, list[str]], section: str, paragraphs: Iterable[Paragraph]) -> None:
    for paragraph in paragraphs:
        words = "".join(p.text for p in paragraph.pieces if p.kind is PieceKind.TEXT).strip()
        if words:
            found.setdefault((section, paragraph.part), []).append(words)
