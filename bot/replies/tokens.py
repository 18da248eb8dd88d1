"""A reply cut into typed tokens, once, for everything that reads it.

Knows: numerals with their separators, words, line breaks, other marks.
Does not know: what any of them mean.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from bot.replies.normalise import Normalised


class Kind:
    """The groups of the pattern below, words and numerals first. Plain numbers: they are compared for every word."""

    WORD: Final = 1
    NUMERAL: Final = 2  # 1.110,5 · 02 · ,77
    BREAK: Final = 3
    MARK: Final = 4
    END: Final = 5  # one after the last, so that looking ahead needs no check


class Token(NamedTuple):
    """`word` is folded (lower, no diacritics); `plain` keeps diacritics, in lower case."""

    kind: int
    start: int
    end: int
    word: str
    plain: str


_TOKEN = re.compile(r"([^\W\d_]+)|(\d+(?:[.,]\d+)*|(?<![\d\w.,]),\d+)|(\n)|([^\w\s]|_)")
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
        tokens.append(make(Token, (match.lastindex, start, end, folded[start:end], plain[start:end])))
    end = len(folded)
    tokens += [Token(Kind.END, end, end, "", "")] * END_PADDING
    return tokens
