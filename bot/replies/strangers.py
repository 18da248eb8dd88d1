"""Figures that belong to another department: named clearly, but nobody's here.

Knows: names out of reach. Does not know: who should have sent them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.replies.assign import assign
from bot.replies.claiming import claims_of
from bot.replies.claims import Sort, gather
from bot.replies.normalise import fold
from bot.replies.options import NONE, options_of
from bot.replies.phrases import OF_ANOTHER
from bot.replies.reading import ProblemCode
from bot.replies.unit_fit import Fit
from bot.replies.wording import word_the

if TYPE_CHECKING:
    from bot.replies.options import Option
    from bot.replies.work import Work

_CLEAR = 0.65
_NAMED = 0.75
_CLEAR_BESIDE_OWN = 0.85
_NUMBERS = frozenset({Sort.NUMBER, Sort.RATIO})


def strangers(work: Work) -> None:
    """«lúa mùa 549/650» sent by the health post: not stored, and said so."""
    lost = {c.first for c in work.unresolved if c.sort in _NUMBERS and c.strange}
    if not lost:
        return
    beside_own = any(p.claim is not None and p.claim.sort in _NUMBERS for p in work.proposals)
    is_clear = _is_clear_beside_own if beside_own else _is_clear
    scope = work.beyond()
    found = claims_of(work.analysis)
    wording = word_the(work.analysis, scope.index, found.masked)
    gather(wording, found.claims)
    claims = [c for c in found.claims if c.sort in _NUMBERS]
    options = [options_of(scope, c, ()) if c.first in lost else NONE for c in claims]
    ids: list[str] = []
    first = None
    for answer in assign(claims, options):
        option = answer.option
        if option is None or not is_clear(option):
            continue
        first = first or answer.claim
        places = (option.place,) if option.whole is None else (option.place, option.whole)
        ids += [scope.indicator(place).id for place in places]
        work.unresolved = [c for c in work.unresolved if c.first != answer.claim.first]
    if first is not None:
        work.hold(ProblemCode.WRONG_SECTION, tuple(dict.fromkeys(ids)), claim=first)


def _is_clear(option: Option) -> bool:
    return option.score >= _CLEAR and option.likeness.recall >= _NAMED and option.fit is not Fit.OTHER


def _is_clear_beside_own(option: Option) -> bool:
    """Beside figures of one's own a number may be anything the sentence tells: the whole name, or its unit with it."""
    likeness = option.likeness
    sure = option.fit is Fit.SAME or (likeness.name.size > 1 and option.fit is not Fit.OTHER)
    own_name = fold(likeness.name.text) not in OF_ANOTHER  # «chi trả 331 đối tượng, số tiền 1,2 tỷ»
    return sure and own_name and likeness.recall == 1 and option.score >= _CLEAR_BESIDE_OWN
