"""A reply cut into clauses: the stretches between commas, semicolons, full stops, brackets and line ends.

Knows: punctuation. Does not know: words, numbers.
Positions are token indices and offsets into the normalised text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.replies.tokens import END_PADDING, Kind

if TYPE_CHECKING:
    from bot.replies.scene import Scene

_OPENING = frozenset("([{")
_CLOSING = frozenset(")]}")
_COMMAS = frozenset(",;!?…|")
_SENTENCE_ENDS = frozenset("!?…")
_ABBREVIATED = frozenset({"tp", "ths", "ts", "gs", "pgs", "q", "p", "tx", "tt", "bs", "ks", "cn", "tr"})
_FIRST_SYMBOL = "\u2190"  # arrows and what lies above: emoji, bullets


class Clause(NamedTuple):
    """Tokens [first, last). `cut` is the mark before it, `depth` how many brackets it stands in."""

    first: int
    last: int
    start: int
    end: int
    cut: str
    depth: int
    sentence: int
    line: int


def clauses_of(scene: Scene) -> tuple[list[Clause], list[int]]:
    """All clauses, and for each token the number of the clause it stands in."""
    return _Cutter(scene).cut()


class _Cutter:
    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.clauses: list[Clause] = []
        self.of_token: list[int] = []
        self.first = 0
        self.mark = ""
        self.depth = self.sentence = self.line = 0

    def cut(self) -> tuple[list[Clause], list[int]]:
        tokens = self.scene.tokens
        for at in self.scene.marks:
            if tokens[at].kind == Kind.BREAK:
                self._close(at, "\n")
                self.line += 1
                self.sentence += 1
                self.depth = 0
            elif self._cuts(at):
                self._close(at, tokens[at].word)
        self._close(len(tokens) - END_PADDING, "")
        last = max(len(self.clauses) - 1, 0)
        self.of_token += [last] * (len(tokens) - len(self.of_token))
        return self.clauses, self.of_token

    def _cuts(self, at: int) -> bool:
        mark = self.scene.tokens[at].word
        if mark == ".":
            return self._ends_sentence(at)
        return mark in _COMMAS or mark in _OPENING or mark in _CLOSING or mark >= _FIRST_SYMBOL

    def _ends_sentence(self, at: int) -> bool:
        following = self.scene.tokens[at + 1]
        if following.kind < Kind.BREAK:
            apart = following.start > self.scene.tokens[at].end
            capital = self.scene.plain[following.start].isupper() and self.scene.is_word(at - 1)
            return (apart or capital) and self.scene.words[at - 1] not in _ABBREVIATED
        return True

    def _close(self, at: int, mark: str) -> None:
        tokens = self.scene.tokens
        self.of_token += [len(self.clauses)] * (at + 1 - len(self.of_token))  # the mark counts with what it closes
        if at > self.first:
            start, end = tokens[self.first].start, tokens[at - 1].end
            self.clauses.append(Clause(self.first, at, start, end, self.mark, self.depth, self.sentence, self.line))
        self.first = at + 1
        self.mark = mark
        if mark in _OPENING:
            self.depth += 1
        elif mark in _CLOSING:
            self.depth = max(0, self.depth - 1)
        elif mark == "." or mark in _SENTENCE_ENDS:
            self.sentence += 1
