"""Several numbers of one matter: which of them is its value, and what the others are.

    whole and parts      549 ha lúa mùa, trong đó giống Séng Cù 120 ha      the whole
    added and total      trồng thêm 2,5 ha, lũy kế 10,5 ha                  the total
    value and change     549 ha, tăng 19 ha                                 the value

Where the form asks for both (this week's and the running total) each keeps its own.
Knows: claims, what each would answer best. Does not know: values of other weeks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.replies.claims import Claim, Sort
from bot.replies.cues import Cue
from bot.replies.options import NONE
from bot.replies.tokens import Kind
from bot.replies.unit_fit import is_measure
from bot.replies.wording import Stop, Worth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.replies.options import Options
    from bot.replies.wording import Wording

_COUNTED = frozenset({Sort.NUMBER, Sort.RATIO})
_TOTAL = frozenset({"tong", "nang", "len", "thanh", "con", "hien"})
_LOSSES = frozenset({"giam", "chet", "ban", "xuat", "huy", "mat", "bot", "tu"})
_NEIGHBOURS = 6  # claims
_REACH = 5  # tokens before a number where «nâng tổng số lên» may stand


def relate(wording: Wording, claims: Sequence[Claim], options: list[Options]) -> None:
    """Take away what is no value from the options of those claims; `options` changes in place."""
    if len(claims) == 1:
        return
    tops = [found.best[0].place for found in options if found.best]
    if len(tops) == len(set(tops)):
        return
    for at, claim in enumerate(claims):
        top = _top(options[at])
        if top is None or claim.sort not in (*_COUNTED, Sort.CHANGE):
            continue
        if claim.parent is not None and _is_part_of_same(wording, claims, options, at):
            options[at] = NONE
            continue
        for earlier in range(at - 1, max(-1, at - 1 - _NEIGHBOURS), -1):
            other = claims[earlier]
            if _top(options[earlier]) == top and other.sort in (*_COUNTED, Sort.CHANGE):
                gone = _no_value(wording, other, claim)
                if gone is not None:
                    options[earlier if gone is other else at] = NONE
                if gone is not other:
                    break  # a total is of all the numbers before it


def _is_part_of_same(wording: Wording, claims: Sequence[Claim], options: Sequence[Options], at: int) -> bool:
    """«thu 18 triệu (thuế 12, phí 6)»: both are parts of what stands before the bracket."""
    claim = claims[at]
    whole = next((i for i in range(at - 1, -1, -1) if claims[i] is claim.parent), None)
    if whole is None or claims[whole].sort not in _COUNTED:
        return False
    return _top(options[whole]) == _top(options[at]) and _is_part(wording, claim, claims[whole])


def _top(options: Options) -> int | None:
    return options.best[0].place if options.best else None


def _no_value(wording: Wording, one: Claim, other: Claim) -> Claim | None:
    """Of two claims to one indicator, in the order said: the one that is no value of it."""
    if Stop.LINE in wording.stops[one.last : other.first]:
        return None
    if _is_put_right(wording, other):
        return one
    if other.sort is Sort.CHANGE:
        return other if one.sort in _COUNTED and other.is_bare else None
    if _is_part(wording, other, one):
        return other
    if one.sort is Sort.NUMBER and _is_what_remains(wording, one, other):
        return other
    total = other.cue is Cue.CUMULATIVE or says_total(wording, other)
    if not other.is_bare or one.mention.value > other.mention.value or one.cue is Cue.CUMULATIVE:
        return None
    return one if total or one.sort is Sort.CHANGE else None


def _is_put_right(wording: Wording, claim: Claim) -> bool:
    """«lúa 560 ngô 1110 à lúa 565 mới đúng»."""
    return [token.word for token in wording.tokens[claim.last : claim.last + 2]] in (["moi", "dung"], ["moi", "chuan"])


def _is_part(wording: Wording, claim: Claim, whole: Claim) -> bool:
    """Inside the brackets of the other, or behind its «trong đó», with words of its own, and smaller."""
    parent = claim.parent
    while parent is not None and parent is not whole:
        parent = parent.parent
    own = not claim.is_bare or _is_told_apart(wording, claim)
    return parent is whole and own and claim.mention.value < whole.mention.value


def _is_told_apart(wording: Wording, claim: Claim) -> bool:
    """«khám 169 lượt (nam 80, nữ 89)»: a word opens the bracket, however common."""
    opens = claim.first > 1 and wording.stops[claim.first - 2] == Stop.OPEN
    return opens and claim.cue is None and wording.tokens[claim.first - 1].kind == Kind.WORD


def _is_what_remains(wording: Wording, one: Claim, other: Claim) -> bool:
    """«mới 12 ha thôi, còn 44 ha»: still to be done; of what fell, died or was sold, «còn» is the value."""
    said = [token.word for token in wording.tokens[max(0, other.first - 2) : other.first]]
    between = wording.tokens[max(0, one.first - _REACH) : other.first]
    measured = is_measure(one.mention.unit) and is_measure(other.mention.unit)
    return measured and "con" in said and other.is_bare and not any(token.word in _LOSSES for token in between)


def says_total(wording: Wording, claim: Claim) -> bool:
    for at in range(claim.first - 1, max(-1, claim.first - _REACH - 1), -1):
        if wording.tokens[at].word in _TOTAL:
            return True
        if wording.stops[at] or wording.worth[at] == Worth.STRANGE:
            return False
    return False
