"""The group's copy of a report: names of persons become initials; the signed copy keeps them.

Knows: where names stand in a report, and what the office is told about them. Does not know: files.
The letterhead is left alone: who signs stands under every copy.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.decisions.listing import place_in_report
from bot.decisions.outcome import Answer, Logged, Outcome, Purpose, Say, To, Whom
from bot.replies.persons import masked, persons_in
from bot.reports.model import PieceKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from bot.facts import Issue
    from bot.forms.model import Form
    from bot.replies.persons import Named
    from bot.reports.model import Paragraph, Piece, Report

HERE = To(Whom.CHAT)
MASK, OPEN = "names_mask", "names_open"


@dataclass(frozen=True, slots=True)
class MaskedName:
    """One name, what stands for it in the group, and its section's id."""

    section: str
    words: str
    shown: str


@dataclass(frozen=True, slots=True)
class Masked:
    """The report as the group may read it, and every name that was masked, in the report's order."""

    report: Report
    names: tuple[MaskedName, ...] = ()


def masked_report(report: Report, known: Collection[str] = ()) -> Masked:
    """`known` are names that stand in every copy. Without names the report is the same one."""
    names: list[MaskedName] = []

    def cleaned(paragraphs: Iterable[Paragraph], section: str) -> tuple[Paragraph, ...]:
        return tuple(_paragraph(one, section, known, names) for one in paragraphs)

    where = {p.ref: b.id for b in report.blocks for one in b.paragraphs for p in one.pieces if p.kind is PieceKind.NOTE}
    blocks = tuple(replace(b, paragraphs=cleaned(b.paragraphs, b.id)) for b in report.blocks)
    notes = tuple(replace(n, paragraphs=cleaned(n.paragraphs, where.get(n.key, ""))) for n in report.notes)
    order = {block.id: at for at, block in enumerate(report.blocks)}
    names.sort(key=lambda name: order.get(name.section, len(order)))
    return Masked(replace(report, blocks=blocks, notes=notes) if names else report, tuple(names))


def _paragraph(paragraph: Paragraph, section: str, known: Collection[str], names: list[MaskedName]) -> Paragraph:
    composed = [replace(p, text=unicodedata.normalize("NFC", p.text)) for p in paragraph.pieces]
    found = persons_in("".join(p.text for p in composed), known)
    if not found:
        return paragraph
    names += [MaskedName(section, name.words, masked(name.words)) for name in found]
    return replace(paragraph, pieces=tuple(_pieces(composed, found)))


def _pieces(pieces: Iterable[Piece], found: Collection[Named]) -> Iterable[Piece]:
    """A name that runs over several pieces stands, masked, in the first of them."""
    begin = 0
    for piece in pieces:
        end = begin + len(piece.text)
        text, at = "", begin
        for name in found:
            if name.end <= begin or name.start >= end:
                continue
            text += piece.text[at - begin : max(name.start, begin) - begin]
            if name.start >= begin:
                text += masked(name.words)
            at = min(name.end, end)
            is_dotted = piece.text[at - begin : at - begin + 1] == "."
            at += 1 if is_dotted else 0  # «Nguyễn Văn B.» has its dot already
        yield replace(piece, text=text + piece.text[at - begin :])
        begin = end


def places(form: Form, found: Masked) -> tuple[str, ...]:
    """Where each masked name stands, «1.2.b»: what the office hears with the draft."""
    return tuple(place(form, name.section) for name in found.names)


def listed(form: Form, common: Mapping[str, object], issue: Issue, found: Masked, key: str) -> Say:
    """Every name beside what the group reads in its place."""
    data = {"period": issue.period, "version": str(issue.version)}
    once = dict.fromkeys(found.names)
    names = tuple({"place": place(form, n.section), "words": n.words, "shown": n.shown} for n in once)
    answers = {"mask": Answer(effect=MASK, data=data), "open": Answer(effect=OPEN, data=data)}
    told = {**common, "period": issue.period, "names": names, "version": issue.version}
    return Say("names_shown", HERE, told, Purpose.QUESTION, f"names-shown:{key}", answers)


def decided(common: Mapping[str, object], issue: Issue, state: str, key: str) -> Outcome:
    """`state` is masked, open, or posted where the word came too late."""
    said = Say("names_set", HERE, {**common, "version": issue.version, "state": state}, dedup=f"names-set:{key}")
    logged = Logged(f"names_{state}", subject=f"{issue.period}/{issue.version}")
    return Outcome(() if state == "posted" else (logged,), (said,))


def place(form: Form, section: str) -> str:
    """«1.2.b»; the title of a section the form no longer has is its id."""
    found = form.sections.get(section)
    return place_in_report(form, found) if found is not None else section
