"""Every quantity of a reply as a claim to some indicator, with the words that speak for it.

    own words   from the number back to the one before it, and on to the next boundary; nearer words count more
    inherited   the words of what it hangs on: «trong đó» and brackets make a parent, else the claim before
    heading     the words before a colon hold until the end of the line

Knows: clauses, brackets, enumerations. Does not know: which indicator is meant; `bot.replies.assign` decides that.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from bot.replies.wording import Stop, Worth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.replies.reading import Mention
    from bot.replies.wording import Wording

_BEFORE_COMMA, _BEFORE_COMMA_BARE = 0.55, 0.85
_BEFORE_BOUNDARY = 0.85
_BRACKET = 0.85
_AFTER, _AFTER_JOINED, _AFTER_FADE = 0.9, 0.55, 0.96
_BEFORE_REACH, _AFTER_REACH = 40, 14
_UNIT_WORDS = 0.8
_HEADING = 0.5
_FROM_PARENT, _FROM_SIBLING = 0.6, 0.35
_BARE_FROM, _STRANGE_FROM = 0.85, 0.3
_OVER_CLAUSE, _OVER_SENTENCE, _OVER_LINE = 0.9, 0.7, 0.5
_JOINERS = frozenset({"va", "con", "cung", "trong", "gom"})
_OF_PARENT = ("trong", "do")  # «trong đó»
_AMONG = frozenset({"gom", "bao"})


class Sort(Enum):
    """What kind of quantity claims an indicator."""

    NUMBER = "number"
    RATIO = "ratio"  # `mention` / `whole`
    PERCENT = "percent"
    ZERO = "zero"  # said in words


@dataclass(slots=True)
class Claim:
    """One quantity and the words that speak for it; its tokens are [first, last), the number's end at `unit_at`."""

    number: int
    sort: Sort
    mention: Mention
    first: int
    unit_at: int
    last: int
    whole: Mention | None = None
    words: dict[str, float] = field(default_factory=dict)
    telling: int = 0  # own words that some name has
    strange: int = 0  # own words that no name has
    parent: Claim | None = None

    @property
    def is_bare(self) -> bool:
        """Nothing but everyday words stands beside it."""
        return not self.telling and not self.strange


def gather(wording: Wording, claims: Sequence[Claim]) -> None:
    """Give every claim its words, in the order of the text."""
    before = 0
    previous: Claim | None = None
    heading: dict[str, float] = {}
    for claim, following in zip(claims, [*claims[1:], None], strict=True):
        heading = _heading(wording, heading, before, claim.first)
        until = following.first if following is not None else len(wording.tokens)
        _words_before(wording, claim, before)
        _words_after(wording, claim, until)
        if previous is not None:
            _inherit(wording, claim, previous)
        for piece, weight in heading.items():
            if claim.words.get(piece, 0.0) < weight * _HEADING:
                claim.words[piece] = weight * _HEADING
        previous, before = claim, claim.last


def _words_before(wording: Wording, claim: Claim, stop: int) -> None:
    stops, worth = wording.stops, wording.worth
    weight = 1.0
    pair = ""
    for at in range(claim.first - 1, max(stop, claim.first - _BEFORE_REACH) - 1, -1):
        mark = stops[at]
        if mark:
            pair = ""
            content = claim.telling or claim.strange
            if mark >= Stop.CLAUSE:
                if content:
                    return
                weight *= _BEFORE_BOUNDARY
            elif mark is Stop.COMMA:
                weight *= _BEFORE_COMMA if content else _BEFORE_COMMA_BARE
            elif mark is not Stop.COLON:
                weight *= _BRACKET
            continue
        kind = worth[at]
        if kind:
            _take(wording, claim, at, weight)
            if pair:
                _put(claim.words, pair, weight)
            pair = wording.pairs[at]


def _words_after(wording: Wording, claim: Claim, until: int) -> None:
    stops, worth, tokens = wording.stops, wording.worth, wording.tokens
    for at in range(claim.unit_at, claim.last):
        if worth[at]:
            for piece in wording.pieces[at]:
                _put(claim.words, piece, _UNIT_WORDS * wording.weights[at])
            if wording.pairs[at]:
                _put(claim.words, wording.pairs[at], _UNIT_WORDS)
    weight = _AFTER
    begun = False
    for at in range(claim.last, min(until, claim.last + _AFTER_REACH)):
        mark = stops[at]
        if mark:
            if mark is not Stop.COMMA or begun or at > claim.last:
                return
            weight = _AFTER_JOINED  # «01 tin, bài tuyên truyền»
            continue
        if tokens[at].word in _JOINERS and until < len(tokens):
            weight = min(weight, _AFTER_JOINED)
        if worth[at]:
            _take(wording, claim, at, weight)
            if wording.pairs[at]:
                _put(claim.words, wording.pairs[at], weight)
            begun = begun or worth[at] >= Worth.TELLING
        weight *= _AFTER_FADE


def _take(wording: Wording, claim: Claim, at: int, weight: float) -> None:
    kind = wording.worth[at]
    if kind == Worth.TELLING:
        claim.telling += 1
    elif kind == Worth.STRANGE:
        claim.strange += 1
    weight *= wording.weights[at]
    for piece in wording.pieces[at]:
        _put(claim.words, piece, weight)


def _put(words: dict[str, float], piece: str, weight: float) -> None:
    if words.get(piece, 0.0) < weight:
        words[piece] = weight


def _inherit(wording: Wording, claim: Claim, previous: Claim) -> None:
    parent, sibling_part = _parent(wording, claim, previous)
    claim.parent = parent
    boundary = max((wording.stops[at] for at in range(previous.last, claim.first)), default=Stop.NONE)
    across = (
        _OVER_LINE
        if boundary == Stop.LINE
        else _OVER_SENTENCE
        if boundary == Stop.SENTENCE
        else _OVER_CLAUSE
        if boundary == Stop.CLAUSE
        else 1.0
    )
    if claim.is_bare:
        share = _BARE_FROM
    elif claim.telling or parent is not None:
        share = _FROM_PARENT if parent is not None else _FROM_SIBLING
    else:
        share = _STRANGE_FROM
    source = parent or previous
    for piece, weight in source.words.items():
        _put(claim.words, piece, weight * share * across)
    if parent is not None and sibling_part and not claim.is_bare:
        for piece, weight in previous.words.items():
            _put(claim.words, piece, weight * _FROM_SIBLING * across * 0.5)


def _parent(wording: Wording, claim: Claim, previous: Claim) -> tuple[Claim | None, bool]:
    """The claim this one is a part of, and whether another part stands between them."""
    depth = 0
    boundary = Stop.NONE
    for at in range(previous.last, claim.first):
        mark = wording.stops[at]
        if mark is Stop.OPEN:
            depth += 1
        elif mark is Stop.CLOSE:
            depth -= 1
        elif mark >= Stop.CLAUSE:
            boundary = max(boundary, mark)
        elif _says_among(wording, at):
            return previous, False
    if depth > 0:
        return previous, False
    if depth < 0 or boundary >= Stop.CLAUSE or previous.parent is None:
        inherits = depth < 0 and boundary < Stop.CLAUSE and previous.parent is not None
        return (previous.parent.parent if inherits and previous.parent is not None else None), False
    return previous.parent, True


def _says_among(wording: Wording, at: int) -> bool:
    tokens = wording.tokens
    word = tokens[at].word
    if word == _OF_PARENT[0]:
        return tokens[at + 1].word == _OF_PARENT[1]
    return word in _AMONG


def _heading(wording: Wording, heading: dict[str, float], start: int, stop: int) -> dict[str, float]:
    """The words before the last colon between two claims, unless a new line began after them."""
    found = heading
    line: dict[str, float] = {}
    content = False
    for at in range(start, stop):
        mark = wording.stops[at]
        if mark is Stop.COLON:
            if content:
                found = line
            line, content = {}, False
        elif mark >= Stop.CLAUSE:
            if mark is Stop.LINE:
                found = {}
            line, content = {}, False
        elif wording.worth[at]:
            content = content or wording.worth[at] == Worth.TELLING
            for piece in wording.pieces[at]:
                line[piece] = wording.weights[at]
            if wording.pairs[at]:
                line[wording.pairs[at]] = 1.0
    return found
