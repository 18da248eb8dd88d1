"""A value beside the change it is said to be: «570 ha, tăng 3 ha so với tuần trước» after 530 cannot both be true.

Knows: values of the reply and of last week. Does not know: which of the two is wrong; the person does.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bot.forms.model import Role
from bot.replies.claims import Sort
from bot.replies.reading import Mode
from bot.replies.unit_fit import Fit, measure
from bot.replies.wording import Stop

if TYPE_CHECKING:
    from decimal import Decimal

    from bot.forms.model import Indicator
    from bot.replies.claims import Claim
    from bot.replies.work import Work

# Members by name: looked up on their class, each costs more than the comparison it serves.
_CHANGE = Sort.CHANGE
_LOWERING = frozenset({"giam", "bot", "hut", "it", "thap"})
_STOCKS = frozenset({Role.SNAPSHOT, Role.CUMULATIVE})
_BACK, _AHEAD = 4, 8  # tokens
_LAST_WEEK = frozenset({("tuan", "truoc"), ("ky", "truoc"), ("tuan", "roi")})
_OTHER_TIMES = frozenset({"nam", "thang", "quy", "ke", "kh", "dau", "cung"})


def check_changes(work: Work) -> None:
    """Confirm a value that last week's and the change told with it do not come to."""
    if _CHANGE not in [c.sort for c in work.found.claims]:
        return
    for value, change in pairwise(work.found.claims):
        if change.sort is not _CHANGE or value.sort not in (Sort.NUMBER, Sort.RATIO):
            continue
        proposal = next((p for p in work.proposals if p.claim is value and p.mention is value.mention), None)
        if proposal is None or proposal.mode is not None or not _goes_with(work, value, change, proposal.indicator):
            continue
        before = work.value_before(proposal.indicator.id)
        if before is not None and before + _change(work, change, proposal.indicator) != proposal.value:
            proposal.mode = Mode.CONFIRM
            proposal.why = (*proposal.why, "delta")


def _goes_with(work: Work, value: Claim, change: Claim, indicator: Indicator) -> bool:
    """Said of the value right before it, against last week."""
    if max(work.wording.stops[value.last : change.first], default=Stop.NONE) >= Stop.SENTENCE:
        return False
    names = work.scope.index.words_of[work.scope.place[indicator.id]]
    if (change.telling or change.strange) and not change.own <= names:
        return False
    if measure(change.mention, indicator.unit).fit in (Fit.CONFLICT, Fit.OTHER):
        return False
    words = [token.word for token in work.analysis.tokens[change.last : change.last + _AHEAD]]
    if any(pair in _LAST_WEEK for pair in pairwise(words)):
        return True
    return indicator.role in _STOCKS and _OTHER_TIMES.isdisjoint(words)


def _change(work: Work, change: Claim, indicator: Indicator) -> Decimal:
    amount = measure(change.mention, indicator.unit).value
    return -amount if is_fall(work, change) else amount


def is_fall(work: Work, change: Claim) -> bool:
    """«giảm 87 con», «thấp hơn 3%»: the change goes down."""
    tokens = work.analysis.tokens
    return any(tokens[at].word in _LOWERING for at in range(max(0, change.first - _BACK), change.first))
