"""The words of one reply as pieces of names: what each token could be part of, and where clauses end.

Abbreviations are spelled out, one slip is mended where a neighbour bears it out, glued words come apart.
Knows: a label index and everyday words. Does not know: numbers; their tokens are masked.
"""

from __future__ import annotations

from enum import IntEnum
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from bot.replies.label_words import ABBREVIATIONS, FILLER, FILLER_MARKED, GRAMMAR, GRAMMAR_MARKED, LIGHT, LIGHT_MARKED, TWINS
from bot.replies.cues import cues_of, words_of_period
from bot.replies.tokens import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.replies.cues import Found
    from bot.replies.label_index import LabelIndex
    from bot.replies.tokens import Token

_OTHER_DIACRITICS = 0.35  # «mưa» is hardly «mùa»
_SPELLED_OUT = 0.9
_MENDED = 0.8
_EVERYDAY = FILLER | LIGHT
_EVERYDAY_MARKED = FILLER_MARKED | LIGHT_MARKED
_CUES = frozenset({"lk", "luy", "kh", "th"})
_SHORTEST_SLIP = 3
_SHORTEST_LONE_SLIP = 6


class Worth(IntEnum):
    """What a token says about the matter spoken of."""

    NOTHING = 0  # marks, numbers, grammar
    EVERYDAY = 1
    TELLING = 2  # some name has it
    STRANGE = 3  # a word of weight that no name has


class Stop(IntEnum):
    """How much a mark parts what stands around it."""

    NONE = 0
    COMMA = 1
    OPEN = 2
    CLOSE = 3
    COLON = 4
    CLAUSE = 5
    SENTENCE = 6
    LINE = 7


_STOPS = {
    ",": Stop.COMMA,
    "(": Stop.OPEN,
    "[": Stop.OPEN,
    ")": Stop.CLOSE,
    "]": Stop.CLOSE,
    ":": Stop.COLON,
    "=": Stop.COLON,
    ";": Stop.CLAUSE,
    "|": Stop.COMMA,
    ".": Stop.SENTENCE,
    "!": Stop.SENTENCE,
    "?": Stop.SENTENCE,
}


class Wording(NamedTuple):
    """Parallel lists, one entry a token. `pairs` joins a token with the word before it, where some name does."""

    tokens: Sequence[Token]
    pieces: list[tuple[str, ...]]
    pairs: list[str]
    weights: list[float]
    worth: list[Worth]
    stops: list[Stop]
    listed: frozenset[str]  # words a comma does not part: «tin, bài»
    cues: Mapping[int, Found]


def word_the(tokens: Sequence[Token], index: LabelIndex, masked: Iterable[tuple[int, int]], *, accented: bool) -> Wording:
    """All tokens as pieces of names; `masked` token ranges are numbers."""
    count = len(tokens)
    pieces: list[tuple[str, ...]] = [()] * count
    pairs = [""] * count
    weights = [1.0] * count
    worth = [Worth.NOTHING] * count
    stops = [Stop.NONE] * count
    hidden = bytearray(count)
    for first, last in masked:
        hidden[first:last] = b"\1" * (last - first)
    postings, marked = index.postings, index.marked
    grammar = GRAMMAR_MARKED if accented else GRAMMAR
    everyday = _EVERYDAY_MARKED if accented else _EVERYDAY
    cues = cues_of(tokens)
    periods = words_of_period(cues)
    before = ""
    for at, token in enumerate(tokens):
        kind = token.kind
        if kind is Kind.WORD:
            if hidden[at] or at in periods:
                before = ""
                continue
            word = token.word
            if (token.plain if accented else word) in grammar and (
                accented or not _joins(index, before, word, tokens[at + 1])
            ):
                continue
            if word in postings:
                pieces[at] = (word,)
                other = accented and token.plain != word and token.plain not in marked
                if other:
                    weights[at] = _OTHER_DIACRITICS
                pair = f"{before} {word}"
                if before and pair in postings:
                    pairs[at] = pair
                if not _is_everyday(index, token, everyday):
                    worth[at] = Worth.STRANGE if other else Worth.TELLING
                else:
                    worth[at] = Worth.EVERYDAY if accented or not _names(index, tokens, at, pairs[at]) else Worth.TELLING
                before = word
                continue
            if token.plain in everyday or word in _EVERYDAY:
                worth[at] = Worth.EVERYDAY
                before = ""
                continue
            before = _unknown(index, tokens, at, before, pieces, pairs, weights, worth)
        elif kind is Kind.MARK:
            stops[at] = _stop(tokens, at)
            if stops[at]:
                before = ""
        elif kind is Kind.BREAK:
            stops[at] = Stop.LINE
            before = ""
        else:
            before = ""
    return Wording(tokens, pieces, pairs, weights, worth, stops, index.listed, cues)


def _is_everyday(index: LabelIndex, token: Token, everyday: frozenset[str]) -> bool:
    """In a text with diacritics a word without any is judged as it stands, unless no name is written so."""
    if token.plain in everyday:
        return True
    return token.plain == token.word and token.word in _EVERYDAY and token.word not in index.marked


def _names(index: LabelIndex, tokens: Sequence[Token], at: int, pair: str) -> bool:
    """Whether an everyday word without its diacritics is a label here: «trong rung», «chi lk 77»."""
    word = tokens[at].word
    if word not in TWINS:
        return False
    following = tokens[at + 1]
    if pair or f"{word} {following.word}" in index.postings:
        return True
    opens = at == 0 or tokens[at - 1].kind is not Kind.WORD
    return opens and (following.kind is Kind.NUMERAL or following.word in _CUES)


def _joins(index: LabelIndex, before: str, word: str, after: Token) -> bool:
    """Whether a word of grammar without its diacritics is one of a name here: «duoc lieu», but not «dat 80%»."""
    if after.kind is Kind.NUMERAL:
        return False
    return f"{before} {word}" in index.postings or f"{word} {after.word}" in index.postings


def _stop(tokens: Sequence[Token], at: int) -> Stop:
    word = tokens[at].word
    if word == ".":
        # «P. Kinh tế», «tp.hcm»: a dot inside a word or behind a single letter ends nothing.
        following = tokens[at + 1]
        inside = following.kind is Kind.WORD and following.start == tokens[at].end
        return Stop.NONE if inside and at and len(tokens[at - 1].word) <= 2 else Stop.SENTENCE
    if word in "-–" and at:
        spaced = tokens[at - 1].end < tokens[at].start and tokens[at + 1].start > tokens[at].end
        return Stop.COMMA if spaced and tokens[at - 1].kind is not Kind.BREAK else Stop.NONE
    found = _STOPS.get(word)
    if found is not None:
        return found
    return Stop.COMMA if ord(word[0]) > 0x2000 else Stop.NONE  # emoji and bullets part what they stand between


def _unknown(
    index: LabelIndex,
    tokens: Sequence[Token],
    at: int,
    before: str,
    pieces: list[tuple[str, ...]],
    pairs: list[str],
    weights: list[float],
    worth: list[Worth],
) -> str:
    """A word no name has as it stands: short for something, glued, slipped, or about something else."""
    token = tokens[at]
    spelled = ABBREVIATIONS.get(token.plain) or ABBREVIATIONS.get(token.word)
    glued = None if spelled else index.glued.get(token.word)
    mended = None if spelled or glued else _mend(index, token.word, before, tokens[at + 1].word)
    words = spelled or glued or ((mended,) if mended else ())
    known = tuple(w for w in words if w in index.postings)
    if not known:
        worth[at] = Worth.EVERYDAY if spelled and _EVERYDAY.issuperset(words) else Worth.STRANGE
        return ""
    inner = tuple(p for p in (f"{a} {b}" for a, b in pairwise(words)) if p in index.postings)
    pieces[at] = known + inner
    weights[at] = _MENDED if mended else _SPELLED_OUT
    worth[at] = Worth.TELLING
    pair = f"{before} {words[0]}"
    if before and pair in index.postings:
        pairs[at] = pair
    return words[-1]


def _mend(index: LabelIndex, word: str, before: str, after: str) -> str | None:
    """The one word of names within one slip, if a neighbour joins it in some name (or it is long)."""
    if len(word) < _SHORTEST_SLIP:
        return None
    near: dict[str, None] = dict.fromkeys(index.repairs.get(word, ()))
    for at in range(len(word)):
        cut = word[:at] + word[at + 1 :]
        if cut in index.postings:
            near[cut] = None
        near.update(dict.fromkeys(index.repairs.get(cut, ())))
    near = {w: None for w in near if w[0] == word[0] or w[:2] == word[1::-1]}  # the first key is rarely missed
    fitting = [w for w in near if f"{before} {w}" in index.postings or f"{w} {after}" in index.postings]
    if not fitting and len(word) >= _SHORTEST_LONE_SLIP:
        near = {w: None for w in near if w[0] == word[0] or w[:2] == word[1::-1]}  # the first key is rarely missed
    fitting = [w for w in near if len(w) >= _SHORTEST_LONE_SLIP - 1]
    return fitting[0] if len(fitting) == 1 else _closest(word, fitting)


def _closest(word: str, fitting: list[str]) -> str | None:
    """Of several, the one with the same letters in another order; else none."""
    same = [w for w in fitting if sorted(w) == sorted(word)]
    return same[0] if len(same) == 1 else None
