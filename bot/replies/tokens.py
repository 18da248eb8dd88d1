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

    NUMERAL = 1  # 1.110,5 · 02 · ,77
    WORD = 2
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


_TOKEN = re.compile(r"(\d+(?:[.,]\d+)*|(?<![\d\w.,]),\d+)|([^\W\d_]+)|(\n)|([^\w\s]|_)")
_KINDS = tuple(Kind)
_KIND_OF = (None, *_KINDS)
END_PADDING = 8  # how far anything looks ahead without checking


def tokenise(source: Normalised) -> list[Token]:
    """All tokens of the text, then `END_PADDING` end tokens."""
    folded = source.folded
    plain = source.plain.lower() if source.accented else folded
    if len(plain) != len(folded):  # a letter that changes length in lower case; none is Vietnamese
        plain = folded
    tokens = [
        Token(_KIND_OF[m.lastindex or 0], start := m.start(), end := m.end(), m[0], plain[start:end])  # type: ignore[arg-type]
        for m in _TOKEN.finditer(folded)
    ]
    end = len(folded)
    tokens += [Token(Kind.END, end, end, "", "")] * END_PADDING
    return tokens
