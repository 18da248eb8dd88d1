"""The cue a number goes by: this week, so far, the plan; before it, right behind it, or from further away.

Knows: cues and where clauses end. Does not know: which indicator is meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.replies.cues import Cue
from bot.replies.wording import Stop, Worth

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.replies.claims import Claim
    from bot.replies.cues import Found
    from bot.replies.wording import Wording

_CUE_REACH = 3
_REACH_OF_PLAN = 6
_COMPARING = frozenset({"so", "voi", "bang", "nhu", "hon", "giong", "cung"})
_ASSIGNED, _PLAN, _WEEK = Cue.ASSIGNED, Cue.PLAN, Cue.WEEK
_HINTS = frozenset({Cue.WEEK, Cue.CUMULATIVE, Cue.MONTH})


def set_cue(wording: Wording, cues: Mapping[int, Found], claim: Claim, previous: Claim | None, until: int) -> None:
    """The cue of the claim's own clause, before it or right behind it; else a hint from the sentence."""
    near = True
    for at in range(claim.first - 1, (previous.last if previous is not None else 0) - 1, -1):
        mark = wording.stops[at]
        if mark >= Stop.CLAUSE:
            break
        if mark and mark != Stop.COLON:
            near = False
        found = cues.get(at)
        if found is None or found.last > claim.first:
            continue
        cue = found.cue
        if cue is _ASSIGNED and at < claim.first - 2:
            continue
        if cue is _ASSIGNED:
            cue = _PLAN
        if near or (cue is _PLAN and _opens_bracket(wording, at, claim.first)):
            claim.cue = cue
            return
        if cue in _HINTS:
            claim.hint = cue
        break
    claim.cue = _cue_behind(wording, cues, claim.unit_at, until) or _past_behind(wording, cues, claim, until)
    if claim.cue is None and claim.hint is None and previous is not None:
        claim.hint = previous.hint or (previous.cue if previous.cue is _WEEK else None)


def _opens_bracket(wording: Wording, cue: int, number: int) -> bool:
    """«đạt 84,46% KH giao (650 ha)»: the plan itself stands in the bracket."""
    words = [wording.tokens[at].word for at in range(cue, number)]
    return words[-1] == "(" and "giao" in words and len(words) <= _REACH_OF_PLAN


def _cue_behind(wording: Wording, cues: Mapping[int, Found], last: int, until: int) -> Cue | None:
    """«2 thửa trong tuần», «650 ha giao». A cue with another number right behind it speaks for that one."""
    for at in range(last, min(until, last + _CUE_REACH)):
        if wording.stops[at] or wording.worth[at] >= Worth.TELLING:
            return None
        if at in cues:
            ahead = range(at + 1, min(until, at + _CUE_REACH + 1))
            free = any(wording.stops[i] or wording.worth[i] >= Worth.TELLING for i in ahead) or until > at + _CUE_REACH
            cue = cues[at].cue
            return (_PLAN if cue is _ASSIGNED else cue) if free else None
    return None


def _past_behind(wording: Wording, cues: Mapping[int, Found], claim: Claim, until: int) -> Cue | None:
    """«đã dập 1 ổ dịch từ tuần trước»: its own clause ends in another time, and nothing is compared with that."""
    for at in range(claim.unit_at, until):
        if wording.stops[at] or wording.tokens[at].word in _COMPARING:
            return None
        if at in cues and cues[at].cue is Cue.LAST:
            ends = until == len(wording.tokens) or any(wording.stops[cues[at].last : until])
            return Cue.LAST if ends else None
    return None
