"""Numbers without a name: what was asked last tells what they are, or nothing does.

Knows: the open questions in the order asked. Does not know: labels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.facts import Origin
from bot.forms.model import Role, Source
from bot.replies.claims import Sort
from bot.replies.intents import PLEASANTRIES
from bot.replies.livetext import is_prose
from bot.replies.reading import Candidate, Mode, ProblemCode
from bot.replies.settling import fits
from bot.replies.tokens import Kind
from bot.replies.unit_fit import is_measure, measure
from bot.replies.wording import Worth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.forms.model import Indicator
    from bot.replies.claims import Claim
    from bot.replies.work import Work

_MOST_OFFERED = 6
_FEW = 1
_NUMBERS = frozenset({Sort.NUMBER, Sort.RATIO, Sort.PERCENT})


def answer_open(work: Work) -> None:
    """Bare numbers and bare «không» by what is open; without that, a question."""
    bare = [c for c in work.unresolved if c.is_bare and not _counts_something_else(work, c)]
    zeros = [c for c in bare if c.sort is Sort.ZERO]
    numbers = [c for c in bare if c.sort in _NUMBERS]
    if zeros and not work.proposals:
        _bare_zero(work, zeros[0])
    if not numbers:
        return
    named_too = any(c.sort in _NUMBERS and c not in numbers for c in work.found.claims)
    is_open = [work.scope.get(i) for i in work.context.open if i in work.scope.form.indicators]
    is_open = [i for i in is_open if work.proposed(i.id) is None and i.id not in work.doubts.asked]
    if not named_too and len(is_open) == 1 and len(numbers) == 1:
        _single(work, numbers[0], is_open[0])
    elif not named_too and len(is_open) == len(numbers) > 1 and _all_fit(numbers, is_open):
        _in_order(work, numbers, is_open)
    elif not is_prose(work):
        lone = [c for c in numbers if _says_little(work, c)]
        if lone and (is_open or not work.proposals):
            _ask(work, lone, is_open)


def _counts_something_else(work: Work, claim: Claim) -> bool:
    """«35 BHYT»: a noun behind the number that nobody here counts."""
    noun = claim.unit_at < claim.last and not is_measure(claim.mention.unit)
    return noun and work.wording.worth[claim.unit_at] == Worth.STRANGE


def _single(work: Work, claim: Claim, indicator: Indicator) -> None:
    if not fits(claim, indicator):
        work.hold(ProblemCode.UNIT_MISMATCH, (indicator.id,), claim=claim)
    elif claim.mention.range_to is not None:
        value = measure(claim.mention, indicator.unit).value
        top = measure(claim.mention, indicator.unit, of=claim.mention.range_to).value
        work.hold(ProblemCode.VAGUE_QUANTITY, (indicator.id,), value, top, claim=claim)
    else:
        _take(work, claim, indicator, "open")


def _take(work: Work, claim: Claim, indicator: Indicator, why: str, mode: Mode | None = None) -> None:
    value = measure(claim.mention, indicator.unit).value
    work.propose(indicator, value, Origin.STATED, claim.mention, claim, (why,)).mode = mode
    right = work.scope.whole_of.get(indicator.id)
    if claim.whole is not None and right is not None:
        other = work.scope.get(right)
        value = measure(claim.whole, other.unit).value
        work.propose(other, value, Origin.STATED, claim.whole, claim, (why, "whole")).mode = mode


def _all_fit(numbers: Sequence[Claim], is_open: Sequence[Indicator]) -> bool:
    return all(fits(c, i) and c.mention.range_to is None for c, i in zip(numbers, is_open, strict=True))


def _in_order(work: Work, numbers: Sequence[Claim], is_open: Sequence[Indicator]) -> None:
    """«81, 77, 9» for three questions: mapped in the order asked, shown, and confirmed."""
    for claim, indicator in zip(numbers, is_open, strict=True):
        _take(work, claim, indicator, "order", Mode.CONFIRM)
    ids = tuple(i.id for i in is_open)
    work.doubts.ask(Mode.CONFIRM, ProblemCode.ORDER_MAPPING, ids, quote=work.text.strip())


def _says_little(work: Work, claim: Claim) -> bool:
    """Hardly a word beside the number in its clause: it was meant as an answer, not told in passing."""
    tokens, clause = work.analysis.tokens, work.analysis.clauses[work.analysis.clause_of[claim.first]]
    beside = [
        at
        for at in range(clause.first, clause.last)
        if not claim.first <= at < claim.last and tokens[at].kind == Kind.WORD and tokens[at].word not in PLEASANTRIES
    ]
    return len(beside) <= _FEW


def _ask(work: Work, numbers: Sequence[Claim], is_open: Sequence[Indicator]) -> None:
    claim = numbers[0]
    fitting = [i for i in is_open if fits(claim, i)] or list(is_open)
    if not fitting:
        fitting = [
            i
            for at, i in enumerate(work.scope.index.indicators)
            if at in work.scope.home and i.source is Source.ASKED and fits(claim, i) and work.proposed(i.id) is None
        ][:_MOST_OFFERED]
    ids = tuple(i.id for i in fitting)
    offers = tuple(Candidate(i.id, i.id, measure(claim.mention, i.unit).value, i.unit) for i in fitting[:_MOST_OFFERED])
    work.doubts.ask(Mode.HOLD, ProblemCode.NO_LABEL, ids, offers, work.quote(claim))


def _bare_zero(work: Work, claim: Claim) -> None:
    """«Ko»: zero for the one open flow; for several, which?"""
    wanted = work.context.open or tuple(
        i.id for at, i in enumerate(work.scope.index.indicators) if at in work.scope.home and i.source is Source.ASKED
    )
    flows = [work.scope.get(i) for i in wanted if work.scope.get(i).role is Role.WEEK]
    if len(flows) == 1:
        work.propose(flows[0], claim.mention.value, Origin.ZERO_IN_WORDS, claim.mention, claim, ("open",))
    else:
        work.hold(ProblemCode.AMBIGUOUS_SCOPE, tuple(i.id for i in flows), claim=claim)
