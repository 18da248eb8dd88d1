"""Numbers told beside others that are of another week, a plan, or part of a name.

    of another week   «tuần trước lúa mùa 530, ngô 1110»      both are last week's
    of a plan         «BPTT đạt 69% kh 72%»                   72 is what was planned
    of a name         «sinh trước 18 là 1 ca»                 18 is an age

Knows: claims, cues, the numbers that names hold. Does not know: which indicator is meant.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bot.replies.claims import Sort
from bot.replies.cues import Cue
from bot.replies.normalise import fold
from bot.replies.tokens import Kind
from bot.replies.wording import Stop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.replies.claims import Claim
    from bot.replies.label_index import LabelIndex
    from bot.replies.mentions import Analysis
    from bot.replies.wording import Wording

_NUMBER, _PERCENT = Sort.NUMBER, Sort.PERCENT
_TOLD = frozenset({Sort.NUMBER, Sort.ZERO, Sort.RATIO})
_COMPARED = frozenset({"so", "voi", "bang"})  # «so KH 84,5%» is a percent of the plan, not the plan
_NOW = frozenset({"nay", "gio", "hien", "con"})


def without_numbers_of_names(analysis: Analysis, index: LabelIndex, claims: list[Claim]) -> list[Claim]:
    """A bare number that a name holds behind the same word counts nothing where another number follows."""
    if not index.numbers or not any(c.sort is _NUMBER for c in claims):
        return claims
    tokens, clause_of = analysis.tokens, analysis.clause_of
    kept: list[Claim] = []
    for at, claim in enumerate(claims):
        counted = fold(claim.mention.unit).split()[:1]
        said = tokens[claim.first - 1].word, tokens[claim.first].word, "".join(counted)
        goes_on = any(c.sort in _TOLD for c in claims[at + 1 : at + 2])
        same = goes_on and clause_of[claims[at + 1].first] == clause_of[claim.first]
        if not (same and claim.sort is _NUMBER and said in index.numbers):
            kept.append(claim)
    return kept


def tell_other_times(wording: Wording, claims: Sequence[Claim]) -> None:
    """A sentence that opens with another week is of that week until a word says otherwise."""
    for before, claim in pairwise(claims):
        between = range(before.last, claim.first)
        if _is_planned_percent(wording, before, claim):
            claim.cue = Cue.LAST
            before.mention = before.mention._replace(percent_of="")  # «69% kh 72%» is not 69 % of the plan
        elif before.cue is Cue.LAST and claim.cue is None and before.sort is _NUMBER is claim.sort:
            ends = any(wording.stops[at] >= Stop.SENTENCE or wording.tokens[at].word in _NOW for at in between)
            if not ends and Stop.OPEN not in wording.stops and _opens_sentence(wording, before.first):
                claim.cue = Cue.LAST


def _is_planned_percent(wording: Wording, before: Claim, claim: Claim) -> bool:
    if before.sort is not _PERCENT or claim.sort is not _PERCENT:
        return False
    at = next((a for a in range(before.last, claim.first) if a in wording.cues), None)
    if at is None or wording.cues[at].cue is not Cue.PLAN or wording.cues[at].last != claim.first:
        return False
    parted = any(stop >= Stop.CLAUSE for stop in wording.stops[before.last : claim.first])
    return not parted and wording.tokens[at - 1].word not in _COMPARED


def _opens_sentence(wording: Wording, number: int) -> bool:
    """Whether the nearest cue of another time before this number has no word before it in its sentence."""
    at = next((a for a in range(number - 1, -1, -1) if a in wording.cues and wording.cues[a].cue is Cue.LAST), None)
    if at is None:
        return False
    for back in range(at - 1, -1, -1):
        if wording.stops[back] >= Stop.CLAUSE:
            return True
        if wording.tokens[back].kind == Kind.WORD and wording.worth[back]:
            return wording.tokens[back].word in ("so", "lieu")
    return True
