"""Looking around in the tokens of one reply: neighbours, capitals, line starts.

Knows: positions. Does not know: what anything means.
"""

from __future__ import annotations

from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING

from bot.replies.numbers import SCALES
from bot.replies.tokens import Kind, tokenise
from bot.replies.units import Unit, unit_at

if TYPE_CHECKING:
    from bot.replies.normalise import Normalised, Vocabulary

# Members by name: looked up on their class, each costs more than the comparison it serves.
_A_WORD, _A_NUMERAL = Kind.WORD, Kind.NUMERAL
_WORD = itemgetter(3)
_OPENING = frozenset({Kind.BREAK, Kind.END})
_BULLETS = frozenset("-+*•–·○●▪◦>=")


class Scene:
    """One reply, cut into tokens, with questions about neighbours.

    Lists may be asked a few places before the first token and behind the last: there stand end tokens, which are
    no words. So nothing that looks around needs to check.
    """

    def __init__(self, source: Normalised) -> None:
        self.source = source
        self.tokens, self.numerals, self.marks = tokenise(source)
        self.plain = source.plain
        self.accented = source.accented
        self.words: list[str] = list(map(_WORD, self.tokens))  # folded
        self.said = frozenset(self.words)  # each once, for a quick look whether any word of a table is there

    @cached_property
    def pairs(self) -> list[str]:
        """Each word with the next."""
        return [f"{a} {b}" for a, b in zip(self.words, self.words[1:], strict=False)]

    def says(self, at: int, words: Vocabulary) -> bool:
        """Whether the word at `at` is one of the table, with its diacritics where the text has them."""
        return self.tokens[at].plain in (words.plain if self.accented else words.folded)

    def is_word(self, at: int) -> bool:
        return self.tokens[at].kind == _A_WORD

    def is_numeral(self, at: int) -> bool:
        return self.tokens[at].kind == _A_NUMERAL

    def whole(self, at: int) -> int | None:
        """The value of a numeral of digits only."""
        token = self.tokens[at]
        return int(token.word) if token.kind == _A_NUMERAL and token.word.isdecimal() else None

    def typed(self, at: int) -> str:
        token = self.tokens[at]
        return self.plain[token.start : token.end]

    def is_capital(self, at: int) -> bool:
        return self.is_word(at) and self.plain[self.tokens[at].start].isupper()

    def is_upper(self, at: int) -> bool:
        return self.is_word(at) and self.typed(at).isupper()

    def glued(self, at: int) -> bool:
        """Whether token `at` stands right behind the one before it."""
        return at > 0 and self.tokens[at].start == self.tokens[at - 1].end

    def opens_line(self, at: int) -> bool:
        """First on its line, a bullet aside."""
        if at == 0 or self.tokens[at - 1].kind in _OPENING:
            return True
        return self.words[at - 1] in _BULLETS and (at == 1 or self.tokens[at - 2].kind in _OPENING)

    def opens_sentence(self, at: int) -> bool:
        return self.opens_line(at) or self.words[at - 1] in (".", ":", ";", "!", "?", '"', "(")

    def counts(self, at: int) -> bool:
        """Whether what stands at `at` makes the number before it an amount: a known unit, or a scale word."""
        return self.words[at] in SCALES or self.unit(at) is not None

    def unit(self, at: int) -> Unit | None:
        """A unit that is known to be one."""
        return unit_at(self.source, self.tokens, at, only_known=True)
