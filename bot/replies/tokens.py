"""A reply cut into typed tokens, once, for everything that reads it.

Knows: numerals with their separators, words, line breaks, other marks.
Does not know: what any of them mean.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.replies.normalise import Normalised


class Kind:
    """Words and numerals first. Plain numbers: they are compared for every word."""

    WORD: Final = 1
    NUMERAL: Final = 2  # 1.110,5 · 02 · ,77
    BREAK: Final = 3
    MARK: Final = 4
    END: Final = 5  # one after the last, so that looking ahead needs no check


# Members by name: looked up on their class, each costs more than the comparison it serves.
_WORD, _NUMERAL, _MARK, _END, _BREAK = Kind.WORD, Kind.NUMERAL, Kind.MARK, Kind.END, Kind.BREAK


class Token(NamedTuple):
    """`word` is folded (lower, no diacritics); `plain` keeps diacritics, in lower case."""

    kind: int
    start: int
    end: int
    word: str
    plain: str


_TOKEN = re.compile(r"([^\S\n]*)(?:([^\W\d_]+)|(\d+(?:[.,]\d+)*|(?<![\d\w.,]),\d+)|([^\w\s]|_)|\n)")
END_PADDING = 8  # how far anything looks ahead without checking


class Cut(NamedTuple):
    """The tokens of a text, then `END_PADDING` end tokens; where numerals, and where marks and line breaks stand."""

    tokens: list[Token]
    numerals: list[int]
    marks: list[int]


def tokenise(source: Normalised) -> Cut:
    folded = source.folded
    plain = source.plain.lower() if source.accented else folded
    if len(plain) != len(folded):  # a letter that changes length in lower case; none is Vietnamese
        plain = folded
    tokens: list[Token] = []
    numerals: list[int] = []
    marks: list[int] = []
    make = tuple.__new__  # what a NamedTuple calls, without the detour: this runs for every word of every reply
    end = 0
    for space, word, numeral, mark in _TOKEN.findall(folded):  # side by side, so that their lengths tell where they are
        start = end + len(space)
        if word:
            end = start + len(word)
            token = _WORD, start, end, word, plain[start:end]
        elif numeral:
            end = start + len(numeral)
            numerals.append(len(tokens))
            token = _NUMERAL, start, end, numeral, plain[start:end]
        else:
            end = start + 1
            marks.append(len(tokens))
            token = _MARK if mark else _BREAK, start, end, mark or "\n", plain[start:end]
        tokens.append(make(Token, token))
    end = len(folded)
    tokens += [Token(_END, end, end, "", "")] * END_PADDING
    return Cut(tokens, numerals, marks)


def places(words: Sequence[str], among: frozenset[str]) -> list[int]:
    """Where words of a table stand. Most texts hold none of them, or one."""
    found = among.intersection(words)
    if not found:
        return []
    if len(found) == 1:
        (word,) = found
        if words.count(word) == 1:
            return [words.index(word)]
    return [at for at, word in enumerate(words) if word in found]
