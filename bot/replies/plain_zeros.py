"""Noughts said without a verb, known by the names of the form: «không ngộ độc», «vi phạm đất đai không».

Layer A sees a nought only with a verb of occurring, since any word may follow «không»; here it counts when what
follows (or stands before, at the end of a clause) is a name. Such a nought must be named more clearly than others.
Knows: names in reach. Does not know: which indicator is meant.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from bot.replies.claims import Claim, Sort
from bot.replies.normalise import fold
from bot.replies.reading import Mention
from bot.replies.set_phrases import Mark
from bot.replies.tokens import Kind
from bot.replies.wording import Stop, Worth

if TYPE_CHECKING:
    from bot.replies.claiming import Claims
    from bot.replies.wording import Wording

_NOTS = frozenset({"không", "ko", "k", "kg", "khong", "hok", "hông"})
_SAID = frozenset(map(fold, _NOTS))
_LONGEST = 6
_ASKING = frozenset({"co", "duoc", "da", "phai", "dung", "xong", "nop", "gui", "hay", "biet", "con"})
_DOING = frozenset({"ra", "mo", "lam", "nhan", "du", "hop"})
_ALSO = frozenset({"cung", "van", "deu", "thi"})
_CLOSING = frozenset({"nhe", "a", "em", "anh", "chi", "nha", "roi", "gi", "nao", "ca", "het"})


def add_plain_zeros(found: Claims, wording: Wording) -> None:
    """Such noughts as further claims, in their place among the others."""
    if _SAID.isdisjoint(found.analysis.said):
        return
    taken = _taken(found)
    added = [
        claim
        for at, token in enumerate(wording.tokens)
        if token.kind == Kind.WORD and token.plain in _NOTS and at not in taken
        for claim in (_named_behind(found, wording, at) or _named_before(found, wording, at, taken),)
        if claim is not None
    ]
    if added:
        found.claims = sorted([*found.claims, *added], key=lambda claim: (claim.first, claim.last))
        for number, claim in enumerate(found.claims):
            claim.number = number


def _taken(found: Claims) -> set[int]:
    taken: set[int] = set()
    for place in found.analysis.places:  # noughts that layer A saw, and «2.000 kg»: that measure is no «không»
        taken.update(range(place.first, place.last))
    for phrase in found.phrases:
        if not isinstance(phrase.kind, Mark):
            taken.update(range(phrase.first, phrase.last))
    for first, last in found.asking:
        taken.update(range(first, last))
    return taken


def _named_behind(found: Claims, wording: Wording, at: int) -> Claim | None:
    first = at + 1
    if first + 1 >= len(wording.tokens) or not _begins_a_name(wording, first):
        return None
    if wording.pairs[first].startswith(f"{wording.tokens[at].word} "):
        return None  # «xây dựng không phép»: a word of the name
    last = first
    while last < len(wording.tokens) and last - first < _LONGEST and wording.tokens[last].kind == Kind.WORD:
        if last > first and wording.tokens[last].plain in _NOTS:
            break  # «không dịch không ngộ độc»
        last += 1
    return _claim(found, wording, at, first, last)


def _begins_a_name(wording: Wording, at: int) -> bool:
    """A telling word, or an everyday one that begins a name with the next: «k vụ việc», «không sinh hoạt»."""
    if wording.weights[at] < 1:
        return False
    if wording.worth[at] == Worth.EVERYDAY:
        done = wording.tokens[at].word in _DOING and wording.worth[at + 1] == Worth.TELLING  # «không ra NQ»
        return done or bool(wording.pairs[at + 1])
    return wording.worth[at] == Worth.TELLING


def _named_before(found: Claims, wording: Wording, at: int, taken: set[int]) -> Claim | None:
    tokens = wording.tokens
    if tokens[at + 1].kind == Kind.WORD and tokens[at + 1].word not in _CLOSING:
        return None
    last = at - 1 if tokens[at - 1].word in _ALSO else at
    first = last
    while first > 0 and last - first < _LONGEST and tokens[first - 1].kind == Kind.WORD and first - 1 not in taken:
        if tokens[first - 1].word in _ASKING or wording.stops[first - 1]:
            break
        first -= 1
    opens = first == 0 or tokens[first - 1].kind != Kind.WORD
    if not opens or not any(wording.worth[i] == Worth.TELLING for i in range(first, last)):
        return None
    if first and wording.stops[first - 1] == Stop.NONE and tokens[first - 1].kind == Kind.NUMERAL:
        return None
    return _claim(found, wording, at, first, last)


def _claim(found: Claims, wording: Wording, at: int, first: int, last: int) -> Claim:
    span = found.analysis.source.span
    tokens = wording.tokens
    start = span(tokens[min(at, first)].start, tokens[min(at, first)].end)[0]
    end = span(tokens[max(at, last - 1)].start, tokens[max(at, last - 1)].end)[1]
    num_start, num_end = span(tokens[at].start, tokens[at].end)
    mention = Mention(Decimal(0), start, end, num_start, num_end, in_words=True)
    return Claim(0, Sort.ZERO, mention, first, first, last, strict=True)
