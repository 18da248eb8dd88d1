"""Whose paragraph a number stands in, where several organisations write one section: «Hội Nông dân: …», «HND vay …».

Knows: the parts of the sections in reach and what their departments are called. Does not know: indicators.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.fuzz import ratio

from bot.replies.label_index import name_words
from bot.replies.normalise import fold
from bot.replies.tokens import Kind, places

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.forms.model import Department, Form
    from bot.replies.claims import Claim
    from bot.replies.mentions import Analysis
    from bot.replies.tokens import Token

_SLIP_FROM, _CLOSE = 6, 90  # letters, and percent of likeness
_LONGEST = 9  # tokens of a paragraph's label
_ENDS = frozenset(".;\n")


class PartName(NamedTuple):
    """What a part is called; a title needs no colon behind it («HND vay …»), an everyday word does («nông dân: …»)."""

    part: str
    is_title: bool


def part_names(form: Form, sections: Sequence[str]) -> dict[tuple[str, ...], PartName]:
    """Every name of a part in these sections."""
    found: dict[tuple[str, ...], PartName] = {}
    for section in sections:
        for part in form.sections[section].parts if section in form.sections else ():
            department = form.departments.get(part.department)
            titles: list[str] = [part.label]
            others: list[str] = []
            if department is not None:
                titles += [department.name, department.short]
                for alias in department.aliases:
                    (others if alias.islower() else titles).append(alias)
            for text in titles + others:
                found.setdefault(name_words(text)[0], PartName(part.id, text in titles))
    return found


class PartLabel(NamedTuple):
    """«Hội Nông dân:» over tokens [first, last)."""

    first: int
    last: int
    part: str


def labels_of_parts(analysis: Analysis, names: Mapping[tuple[str, ...], PartName]) -> list[PartLabel]:
    """Every name of a part that opens a line and ends in a colon, and every title that opens a line or a sentence."""
    found = []
    tokens, has_colon = analysis.tokens, ":" in analysis.said
    for at in (0, *(end + 1 for end in places(analysis.words, _ENDS))):
        opens = has_colon and (at == 0 or tokens[at - 1].kind == Kind.BREAK)
        label = (_label_at(tokens, at, names) if opens else None) or _title_at(tokens, at, names)
        if label is not None:
            found.append(label)
    return found


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
    for claim in claims:
        claim.part = next((label.part for label in reversed(labels) if label.first <= claim.first), None)


def _label_at(tokens: Sequence[Token], first: int, names: Mapping[tuple[str, ...], PartName]) -> PartLabel | None:
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


def _title_at(tokens: Sequence[Token], first: int, names: Mapping[tuple[str, ...], PartName]) -> PartLabel | None:
    """«HPN dự 3 hội nghị», «- Hội CCB sinh hoạt 2 buổi»: the longest title that the words begin with."""
    while first < len(tokens) and tokens[first].kind == Kind.MARK:
        first += 1
    words = [token.word for token in takewhile(lambda t: t.kind == Kind.WORD, tokens[first : first + _LONGEST])]
    for length in range(len(words), 0, -1):
        name = names.get(tuple(words[:length]))
        if name is not None and name.is_title:
            return PartLabel(first, first + length, name.part)
    return None


def _named(said: tuple[str, ...], names: Mapping[tuple[str, ...], PartName]) -> str | None:
    """Exactly, without a last word («… xã»), or all but a slip."""
    found = names.get(said) or names.get(said[:-1])
    if found is not None:
        return found.part
    text = " ".join(said)
    long = len(text) >= _SLIP_FROM
    close = {n.part for words, n in names.items() if long and ratio(text, " ".join(words), score_cutoff=_CLOSE)}
    return close.pop() if len(close) == 1 else None
