"""Whose paragraph a number stands in, where several organisations write one section: «Hội Nông dân: …», «HND: …».

Knows: the parts of the sections in reach and what their departments are called. Does not know: indicators.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.fuzz import ratio

from bot.replies.label_index import name_words
from bot.replies.normalise import fold
from bot.replies.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.forms.model import Department, Form
    from bot.replies.claims import Claim
    from bot.replies.mentions import Analysis
    from bot.replies.tokens import Token

_SLIP_FROM, _CLOSE = 6, 90  # letters, and percent of likeness
_LONGEST = 9  # tokens of a paragraph's label


def part_names(form: Form, sections: Sequence[str]) -> dict[tuple[str, ...], str]:
    """Every name of a part in these sections."""
    found: dict[tuple[str, ...], str] = {}
    for section in sections:
        for part in form.sections[section].parts if section in form.sections else ():
            department = form.departments.get(part.department)
            texts = [part.label]
            if department is not None:
                texts += [department.name, department.short, *department.aliases]
            for text in texts:
                found.setdefault(name_words(text)[0], part.id)
    return found


class PartLabel(NamedTuple):
    """«Hội Nông dân:» over tokens [first, last)."""

    first: int
    last: int
    part: str


def labels_of_parts(tokens: Sequence[Token], names: Mapping[tuple[str, ...], str]) -> list[PartLabel]:
    """Every name of a part that opens a line and ends in a colon."""
    starts = [at for at in range(len(tokens)) if at == 0 or tokens[at - 1].kind == Kind.BREAK]
    found = (_label_at(tokens, at, names) for at in starts)
    return [label for label in found if label is not None]


def own_names(analysis: Analysis, names: Mapping[str, Sequence[list[str]]]) -> list[tuple[int, int]]:
    """«UBKT nhận 02 đơn», «Trạm Y tế báo cáo: …»: who writes opens the line, and names no figure."""
    words = analysis.words
    starts = [0, *(at + 1 for at, word in enumerate(words) if word == "\n")] if "\n" in analysis.said else [0]
    found: list[tuple[int, int]] = []
    for at in starts:
        lengths = [len(name) for name in names.get(words[at], ()) if words[at : at + len(name)] == name]
        if lengths:
            found.append((at, at + max(lengths)))
    return found


def names_of_writers(form: Form, sections: Sequence[str], department: str | None) -> dict[str, list[list[str]]]:
    """What those who answer these sections are called, by the first word."""
    wanted = {form.sections[s].department for s in sections if s in form.sections}
    if department is not None:
        wanted = {department}
    found: dict[str, list[list[str]]] = {}
    for name in (name for one in sorted(wanted) for name in _names_of(form.departments.get(one))):
        found.setdefault(name[0], []).append(name)
    return found


def _names_of(department: Department | None) -> list[list[str]]:
    if department is None:
        return []
    # «nông dân», «y tế» are words of every day; a title or its capitals are not.
    short_forms = (alias for alias in department.aliases if alias.replace(" ", "").isupper())
    texts = (department.name, department.short, *short_forms)
    names = [fold(text).split() for text in dict.fromkeys(texts) if "-" not in text]
    return [name for name in names if 0 < len(name) <= _LONGEST]


def place_in_parts(labels: Sequence[PartLabel], claims: Sequence[Claim]) -> None:
    """Every claim behind such a label belongs to its part, until the next one."""
    if not labels:
        return
    for claim in claims:
        claim.part = next((label.part for label in reversed(labels) if label.first <= claim.first), None)


def _label_at(tokens: Sequence[Token], first: int, names: Mapping[tuple[str, ...], str]) -> PartLabel | None:
    words: list[str] = []
    for at in range(first, min(first + _LONGEST, len(tokens))):
        token = tokens[at]
        if token.kind == Kind.WORD:
            words.append(token.word)
        elif token.word == ":":
            part = _named(tuple(words), names) if words else None
            return PartLabel(first, at, part) if part is not None else None
        elif token.kind != Kind.MARK:
            return None
    return None


def _named(said: tuple[str, ...], names: Mapping[tuple[str, ...], str]) -> str | None:
    """Exactly, without a last word («… xã»), or all but a slip."""
    found = names.get(said) or names.get(said[:-1])
    if found is not None:
        return found
    text = " ".join(said)
    close = [part for name, part in names.items() if len(text) >= _SLIP_FROM and ratio(text, " ".join(name)) >= _CLOSE]
    return close[0] if len(set(close)) == 1 else None
