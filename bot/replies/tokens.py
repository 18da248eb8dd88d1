"""A reply cut into typed tokens, once, for everything that reads it.

Knows: numerals with their separators, words, line breaks, other marks.
Does not know: what any of them mean.
"""

from __future__ import annotations

import re
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bot.replies.normalise import Normalised


class Kind(IntEnum):
    """The numbers are the groups of the pattern below."""

    WORD = 1
    NUMERAL = 2  # 1.110,5 · 02 · ,77
    BREAK = 3
    MARK = 4
    END = 5  # one after the last, so that looking ahead needs no check


class Token(NamedTuple):
    """`word` is folded (lower, no diacritics); `plain` keeps diacritics, in lower case."""

    kind: Kind
    start: int
    end: int
    word: str
    plain: str


_TOKEN = re.compile(r"([^\W\d_]+)|(\d+(?:[.,]\d+)*|(?<![\d\w.,]),\d+)|(\n)|([^\w\s]|_)")
_KIND_OF_GROUP = (Kind.END, *Kind)
END_PADDING = 8  # how far anything looks ahead without checking


def tokenise(source: Normalised) -> list[Token]:
    """All tokens of the text, then `END_PADDING` end tokens."""
    folded = source.folded
    plain = source.plain.lower() if source.accented else folded
    if len(plain) != len(folded):  # a letter that changes length in lower case; none is Vietnamese
        plain = folded
    tokens: list[Token] = []
    make = tuple.__new__  # what a NamedTuple calls, without the detour: this runs for every word of every reply
    for match in _TOKEN.finditer(folded):
        start, end = match.span()
        kind = _KIND_OF_GROUP[match.lastindex or 0]
        tokens.append(make(Token, (kind, start, end, folded[start:end], plain[start:end])))
    end = len(folded)
    tokens += [Token(Kind.END, end, end, "", "")] * END_PADDING
    return tokens
