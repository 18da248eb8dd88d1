"""The words of one reply as pieces of names: what each token could be part of, and where clauses end.

Abbreviations are spelled out, one slip is mended where a neighbour bears it out, glued words come apart.
Knows: a label index and everyday words. Does not know: numbers; their tokens are masked.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.replies.cues import cues_of, words_of_period
from bot.replies.label_words import (
    ABBREVIATIONS,
    FILLER,
    FILLER_MARKED,
    GRAMMAR,
    GRAMMAR_MARKED,
    LIGHT,
    LIGHT_MARKED,
    OPENS_OTHER_WORD,
    OTHER_WORDS,
    OTHER_WORDS_MARKED,
    TWINS,
)
from bot.replies.syllables import is_syllable
from bot.replies.tokens import Kind, places

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.replies.cues import Found
    from bot.replies.label_index import LabelIndex
    from bot.replies.mentions import Analysis
    from bot.replies.tokens import Token

# Members by name: looked up on their class, each costs more than the comparison it serves.
_WORD, _NUMERAL, _MARK, _END, _BREAK = Kind.WORD, Kind.NUMERAL, Kind.MARK, Kind.END, Kind.BREAK
_OTHER_DIACRITICS = 0.35  # «mưa» is hardly «mùa»
_SPELLED_OUT = 0.9
_MENDED = 0.8
_EVERYDAY = FILLER | LIGHT
_EVERYDAY_MARKED = FILLER_MARKED | LIGHT_MARKED
_CUES = frozenset({"lk", "luy", "kh", "th"})
_SHORTEST_SLIP = 3
_TOWARDS = "doi"  # «đối với» is grammar; «đối tượng» is not
_FIRST_SYMBOL = chr(0x2000)


class Worth:
    """What a token says about the matter spoken of. Plain numbers: they are compared for every word."""

    NOTHING: Final = 0  # marks, numbers, grammar
    EVERYDAY: Final = 1
    TELLING: Final = 2  # some name has it
    STRANGE: Final = 3  # a word of weight that no name has


_TELLING, _STRANGE, _IS_EVERYDAY = Worth.TELLING, Worth.STRANGE, Worth.EVERYDAY


class Stop:
    """How much a mark parts what stands around it."""

    NONE: Final = 0
    COMMA: Final = 1
    OPEN: Final = 2
    CLOSE: Final = 3
    COLON: Final = 4
    CLAUSE: Final = 5
    SENTENCE: Final = 6
    LINE: Final = 7


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
    "!": Stop.SENTENCE,
    "?": Stop.SENTENCE,
}


class Wording(NamedTuple):
    """Parallel lists, one entry a token. `pairs` joins a token with the word before it, where some name does.

    `said` is every word, once.
    """

    tokens: Sequence[Token]
    said: frozenset[str]
    pieces: list[tuple[str, ...]]
    pairs: list[str]
    weights: list[float]
    worth: list[int]
    stops: list[int]
    listed: frozenset[str]  # words a comma does not part: «tin, bài»
    cues: Mapping[int, Found]
    everyday_names: frozenset[frozenset[str]]  # names of words that are no sign of a matter elsewhere


def word_the(analysis: Analysis, index: LabelIndex, masked: Iterable[tuple[int, int]]) -> Wording:
    """All tokens as pieces of names; `masked` token ranges are numbers."""
    tokens = analysis.tokens
    cues = cues_of(analysis.words)
    hidden = words_of_period(cues) if cues else set()
    for first, last in masked:
        hidden.update(range(first, last))
    hidden |= _grammar_pairs(analysis)
    writer = _Writer(tokens, index, accented=analysis.source.accented)
    if not OPENS_OTHER_WORD.isdisjoint(analysis.said):
        hidden |= writer.strange(_other_words(analysis, index) - hidden)
    grammar, known = writer.grammar, index.pieces
    before = ""
    for at, (kind, _, _, word, plain) in enumerate(tokens):
        if kind == _WORD:
            if at in hidden:
                before = ""
            elif word in known and plain not in grammar:
                writer.known(at, word, plain, before)
                before = word
            else:
                before = writer.other(at, word, plain, before)
        elif kind == _MARK:
            stop = _stop(tokens, at)
            if stop:
                writer.stops[at] = stop
                before = ""
        elif kind == _END:
            break
        else:
            if kind == _BREAK:
                writer.stops[at] = Stop.LINE
            before = ""
    return Wording(
        tokens,
        analysis.said,
        writer.pieces,
        writer.pairs,
        writer.weights,
        writer.worth,
        writer.stops,
        index.listed,
        cues,
        index.everyday_names,
    )


def _grammar_pairs(analysis: Analysis) -> set[int]:
    """«đối» of «đối với», which says nothing; that of «đối tượng» does."""
    if _TOWARDS not in analysis.said:
        return set()
    return {at for at, pair in enumerate(pairwise(analysis.words)) if pair == (_TOWARDS, "voi")}


def _other_words(analysis: Analysis, index: LabelIndex) -> set[int]:
    """Both halves of «dịch vụ», of which one is a name here and the whole is not."""
    tokens = analysis.tokens
    table = OTHER_WORDS_MARKED if analysis.source.accented else OTHER_WORDS
    found: set[int] = set()
    for at in places(analysis.words, OPENS_OTHER_WORD):
        one, other = tokens[at], tokens[at + 1]
        whole = f"{one.word} {other.word}"
        if f"{one.plain} {other.plain}" in table and whole not in index.pieces:
            found |= {at, at + 1}
    return found


class _Writer:
    """The lists being filled, word by word; `other` gives back what the next word may be a neighbour of."""

    __slots__ = ("accented", "everyday", "grammar", "index", "pairs", "pieces", "stops", "tokens", "weights", "worth")

    def __init__(self, tokens: Sequence[Token], index: LabelIndex, *, accented: bool) -> None:
        count = len(tokens)
        self.tokens = tokens
        self.index = index
        self.accented = accented
        self.grammar = GRAMMAR_MARKED if accented else GRAMMAR
        self.everyday = _EVERYDAY_MARKED if accented else _EVERYDAY
        self.pieces: list[tuple[str, ...]] = [()] * count
        self.pairs = [""] * count
        self.weights = [1.0] * count
        self.worth = [Worth.NOTHING] * count
        self.stops = [Stop.NONE] * count

    def strange(self, places: set[int]) -> set[int]:
        for at in places:
            self.worth[at] = _STRANGE
        return places

    def other(self, at: int, word: str, plain: str, before: str) -> str:
        if plain in self.grammar and (self.accented or not self._joins(before, word, self.tokens[at + 1])):
            return before
        if word in self.index.pieces:
            self.known(at, word, plain, before)
            return word
        if plain in self.everyday or (word in _EVERYDAY and (plain == word or not self.accented)):
            self.worth[at] = _IS_EVERYDAY
            return ""
        return self._unknown(at, word, plain, before)

    def known(self, at: int, word: str, plain: str, before: str) -> None:
        """A word of some name."""
        self.pieces[at] = (word,)
        if before and (pair := f"{before} {word}") in self.index.pieces:
            self.pairs[at] = pair
        # In a text with diacritics a word without any is judged as it stands, unless no name is written so.
        everyday = plain in self.everyday
        if plain == word:
            everyday = everyday or (word in _EVERYDAY and word not in self.index.marked)
        elif plain not in self.index.marked:
            self.weights[at] = _OTHER_DIACRITICS
            self.worth[at] = _IS_EVERYDAY if everyday else _STRANGE
            return
        if everyday and (self.accented or word not in TWINS or not self._names(at, word, self.pairs[at])):
            self.worth[at] = _IS_EVERYDAY
        else:
            self.worth[at] = _TELLING

    def _names(self, at: int, word: str, pair: str) -> bool:
        """Whether an everyday word without its diacritics is a label here: «trong rung», «chi lk 77»."""
        following = self.tokens[at + 1]
        if pair or f"{word} {following.word}" in self.index.pieces:
            return True
        opens = at == 0 or self.tokens[at - 1].kind != _WORD
        return opens and (following.kind == _NUMERAL or following.word in _CUES)

    def _joins(self, before: str, word: str, after: Token) -> bool:
        """Whether a word of grammar without its diacritics is one of a name: «duoc lieu», but not «dat 80%»."""
        if after.kind == _NUMERAL:
            return False
        return f"{before} {word}" in self.index.pieces or f"{word} {after.word}" in self.index.pieces

    def _unknown(self, at: int, word: str, plain: str, before: str) -> str:
        """A word no name has as it stands: short for something, glued, slipped, or about something else."""
        index = self.index
        words = ABBREVIATIONS.get(plain) or ABBREVIATIONS.get(word)
        spelled = words is not None
        weight = _SPELLED_OUT
        if words is None:
            words = index.glued.get(word)
        if words is None:
            mended = self._mend(word, before, self.tokens[at + 1].word)
            words, weight = ((mended,), _MENDED) if mended else ((), weight)
        known = tuple(w for w in words if w in index.pieces)
        if not known:
            self.worth[at] = _IS_EVERYDAY if spelled and _EVERYDAY.issuperset(words) else _STRANGE
            return ""
        self.pieces[at] = known + tuple(p for p in map(" ".join, pairwise(words)) if p in index.pieces)
        self.weights[at] = weight
        self.worth[at] = _IS_EVERYDAY if _EVERYDAY.issuperset(known) else _TELLING
        if before and f"{before} {words[0]}" in index.pieces:
            self.pairs[at] = f"{before} {words[0]}"
        return words[-1]

    def _mend(self, word: str, before: str, after: str) -> str | None:
        """The one word of names within one slip that a neighbour joins in some name."""
        index = self.index
        if len(word) < _SHORTEST_SLIP or is_syllable(word) or not (before or after in index.pieces):
            return None
        near = set(index.repairs.get(word, ()))
        for at in range(len(word)):
            cut = word[:at] + word[at + 1 :]
            if cut in index.pieces:
                near.add(cut)
            near.update(index.repairs.get(cut, ()))
        # The first key is rarely missed, at most two are turned round.
        fitting = sorted(
            w
            for w in near
            if (w[0] == word[0] or w[:2] == word[1::-1])
            and (f"{before} {w}" in index.pieces or f"{w} {after}" in index.pieces)
        )
        if len(fitting) > 1:
            fitting = [w for w in fitting if sorted(w) == sorted(word)]
        return fitting[0] if len(fitting) == 1 else None


def _stop(tokens: Sequence[Token], at: int) -> int:
    word = tokens[at].word
    found = _STOPS.get(word)
    if found is not None:
        return found
    following = tokens[at + 1]
    if word == ".":
        # «P. Kinh tế», «tp.hcm»: a dot inside a word or behind a single letter ends nothing.
        inside = following.kind == _WORD and following.start == tokens[at].end
        return Stop.NONE if inside and at and len(tokens[at - 1].word) <= len("tp") else Stop.SENTENCE
    if word == "-" and at:
        spaced = tokens[at - 1].end < tokens[at].start and following.start > tokens[at].end
        return Stop.COMMA if spaced and tokens[at - 1].kind != _BREAK else Stop.NONE
    return Stop.COMMA if word >= _FIRST_SYMBOL else Stop.NONE  # emoji and bullets part what they stand between
