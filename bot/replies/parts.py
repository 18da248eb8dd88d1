"""Whose paragraph a number stands in, where several organisations write one section: «Hội Nông dân: …», «HND: …».

Knows: the parts of the sections in reach and what their departments are called. Does not know: indicators.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz.fuzz import ratio

from bot.replies.label_index import name_words
from bot.replies.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.forms.model import Form
    from bot.replies.claims import Claim
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


def place_in_parts(tokens: Sequence[Token], claims: Sequence[Claim], names: Mapping[tuple[str, ...], str]) -> None:
    """Every claim after «Name:» at the start of a line belongs to that part, until the next such line."""
    starts: list[tuple[int, str]] = []
    for at in range(len(tokens)):
        if at == 0 or tokens[at - 1].kind is Kind.BREAK:
            part = _label_at(tokens, at, names)
            if part is not None:
                starts.append((at, part))
    for claim in claims:
        claim.part = next((part for at, part in reversed(starts) if at <= claim.first), None)


def _label_at(tokens: Sequence[Token], at: int, names: Mapping[tuple[str, ...], str]) -> str | None:
    words: list[str] = []
    for token in tokens[at : at + _LONGEST]:
        if token.kind is Kind.WORD:
            words.append(token.word)
        elif token.word == ":":
            return _named(tuple(words), names) if words else None
        elif token.kind is not Kind.MARK:
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
