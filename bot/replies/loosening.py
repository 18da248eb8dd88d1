"""Units that are none: «549 ngo 1110», «650 thực hiện 549», «77 con 9». Layer A takes any noun behind a number for
its unit; where nobody here counts in it and it is a word of a name or of grammar, it belongs to what follows.

Knows: the units and names in reach. Does not know: values.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.replies.label_words import ABBREVIATIONS
from bot.replies.normalise import fold
from bot.replies.nouns import TWO
from bot.replies.tokens import Kind
from bot.replies.unit_fit import Fit, is_known_noun, is_measure, nouns_fit
from bot.replies.wording import Worth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.replies.claims import Claim
    from bot.replies.reading import Mention
    from bot.replies.scope import Scope
    from bot.replies.wording import Wording

_SPOKEN_TO, _SOFTENING = frozenset({"em", "anh", "chi"}), frozenset({"nhe", "nha", "a", "oi", "nhen"})
_PER = "/"  # a rate: đồng/kg
_PLANT, _FOR = "cây", frozenset({"cho", "giong"})
_FEWEST_IN_TURNS = 3
_AS_TYPED = 0.9  # a mended word proves nothing


def loosen(scope: Scope, wording: Wording, claims: Sequence[Claim]) -> None:
    """Free the words behind numbers that no unit in reach is."""
    if len(claims) >= _FEWEST_IN_TURNS:
        _free_labels(wording, claims)
    for claim in claims:
        last = claim.whole or claim.mention
        if claim.unit_at >= claim.last or not last.unit or is_measure(last.unit) or _PER in last.unit:
            continue
        worth = wording.worth[claim.unit_at]
        if wording.tokens[claim.unit_at].word in _SPOKEN_TO and wording.tokens[claim.last].word in _SOFTENING:
            claim.mention = _bare(claim.mention)  # «549 em nhé»
            claim.last = claim.unit_at
            continue
        if worth == Worth.TELLING and _is_implied(wording, claim, last.unit):
            claim.last = claim.unit_at
            continue
        unnamed = all(wording.worth[at] != Worth.TELLING for at in range(claim.unit_at, claim.last))
        if unnamed and fold(last.unit) in TWO:
            continue  # «35 ngày công»
        if worth == Worth.STRANGE or wording.weights[claim.unit_at] < _AS_TYPED or _is_counted(last.unit, scope.nouns):
            continue
        still = last.unit == "con" and wording.tokens[claim.last].kind == Kind.NUMERAL  # «77 con 9»: còn 9
        if is_known_noun(last.unit) and not still:
            continue
        if last.unit == _PLANT and wording.tokens[claim.last].word in _FOR:
            continue  # «20.000 cây cho 15 hộ»
        claim.mention = _bare(claim.mention)
        if claim.whole is not None:
            claim.whole = _bare(claim.whole)
        claim.last = claim.unit_at


def _free_labels(wording: Wording, claims: Sequence[Claim]) -> None:
    """«BC 3 TB 3 TCĐ 3 ĐV 6»: words and numbers take turns, the first a word and the last a number."""
    first = 0
    for at, claim in enumerate(claims):
        following = claims[at + 1].first if at + 1 < len(claims) else -1
        if following >= 0 and not any(wording.stops[claim.last : following]):
            continue
        run = claims[first : at + 1]
        first = at + 1
        opens = run[0].first > 0 and bool(wording.pieces[run[0].first - 1])
        if len(run) < _FEWEST_IN_TURNS or not opens or claim.unit_at < claim.last:
            continue
        filled = [c for c, after in pairwise(run) if c.unit_at < c.last == after.first]
        if len(filled) >= len(run) // 2 and not any(is_measure(c.mention.unit) for c in filled):
            for one in filled:
                one.mention, one.last = _bare(one.mention), one.unit_at


@lru_cache(maxsize=1024)
def _is_counted(unit: str, nouns: frozenset[str]) -> bool:
    """Whether something is counted in this noun, or one like it."""
    return any(nouns_fit(unit, noun) >= Fit.ALIKE for noun in nouns)


def _is_implied(wording: Wording, claim: Claim, unit: str) -> bool:
    """The unit was understood from elsewhere, and the words behind the number are other ones."""
    words = [wording.tokens[at].word for at in range(claim.unit_at, claim.last)]
    known = fold(unit).split()
    return words[0] not in ABBREVIATIONS and known[0] not in words


def _bare(mention: Mention) -> Mention:
    return mention._replace(unit="", end=max(mention.num_end, mention.num_start))
