"""The last look: the form's rules between figures, what follows from them, what is still owed.

Knows: rules as the form states them, values of this reply, of this period and of last week.
Does not know: how the values were read.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from bot.checks.values import percent
from bot.forms.model import PercentKind, Role
from bot.replies.period_said import week_of
from bot.replies.proposals import number_key
from bot.replies.reading import Mode, ProblemCode

if TYPE_CHECKING:
    from bot.forms.model import CheckRule
    from bot.replies.work import Work

# Members by name: looked up on their class, each costs more than the comparison it serves.
_REMIND = Mode.REMIND
_UNSAID = ProblemCode.MISSING
_HOLD = Mode.HOLD
_A_PERCENT = Role.PERCENT
_MANY = 30  # counts below this say nothing against an average


def check_rules(work: Work) -> None:
    """Rules of the form that this reply's values break: asked, stored provisionally."""
    given = {p.indicator.id for p in work.proposals if p.mode is not _HOLD}
    for rule in work.scope.rules:
        if given.isdisjoint(rule.indicators):
            continue
        if rule.kind == "balance":
            _balance(work, rule)
        elif rule.kind == "same_fact":
            _same_fact(work, rule, given)
        elif rule.kind == "week_vs_average":
            _average(work, rule, given)


def _value(work: Work, indicator: str) -> Decimal | None:
    """The value of this reply, or the one taken earlier in the period."""
    proposal = work.proposed(indicator)
    if proposal is not None:
        return proposal.value if proposal.mode is not _HOLD else None
    return work.context.stored.get(indicator)


def _confirm(work: Work, code: ProblemCode, indicators: tuple[str, ...], **data: str) -> None:
    for indicator in indicators:
        proposal = work.proposed(indicator)
        if proposal is not None and proposal.mode is None:
            proposal.mode = Mode.CONFIRM
    work.doubts.ask(Mode.CONFIRM, code, indicators, data=data)


def _balance(work: Work, rule: CheckRule) -> None:
    """Came in = went out + still there, with what was there before where that is known."""
    came, went, left = (_value(work, i) for i in rule.indicators)
    if came is None or went is None or left is None:
        return
    before = work.context.previous.get(rule.indicators[2])
    if before is not None:
        if before + came != went + left:
            _confirm(work, ProblemCode.SUM_MISMATCH, rule.indicators, before=number_key(before))
    elif went + left < came:
        _confirm(work, ProblemCode.SUM_MISMATCH, rule.indicators)


def _same_fact(work: Work, rule: CheckRule, given: set[str]) -> None:
    """The same fact told by two departments: this reply against what another one gave."""
    for mine in rule.indicators:
        if mine not in given:
            continue
        value = _value(work, mine)
        for other in rule.indicators:
            told = work.context.stored.get(other)
            if other != mine and told is not None and value is not None and (told == 0) != (value == 0):
                _confirm(work, ProblemCode.CROSS_SECTION_CONFLICT, (mine, other))
                return


def _average(work: Work, rule: CheckRule, given: set[str]) -> None:
    """A week many times the average of the year so far is likely a month."""
    flow, total = rule.indicators
    if flow not in given:
        return
    week, so_far = _value(work, flow), _value(work, total)
    before = work.context.previous.get(flow)
    if week is None or week < _MANY:
        return
    most = Decimal(rule.params.get("most", "3"))
    week_said = week_of(work.context.week)
    weeks = week_said.number if week_said is not None else 0
    usual = before if before is not None and before > 0 else so_far / weeks if so_far is not None and weeks else None
    if usual is None or week <= most * usual:
        return
    code = ProblemCode.UNSPECIFIED_ROLE if before is None else ProblemCode.PERIOD_MISMATCH
    _confirm(work, code, (flow,), average=number_key(usual.quantize(Decimal(1))))


def derive(work: Work) -> tuple[tuple[str, Decimal], ...]:
    """Running totals after a week's flow, and percents of plan: nothing else follows."""
    scope, found = work.scope, {}
    for proposal in work.proposals:
        if proposal.mode is _HOLD:
            continue
        total = scope.total_of.get(proposal.indicator.id)
        before = work.context.previous.get(total) if total is not None else None
        if total is None or before is None or _touched(work, total):
            continue
        if proposal.value:
            found[total] = before + proposal.value
    for name in [*work.by_indicator, *found]:
        share = scope.share_of.get(name)
        if share is None or _touched(work, share.id) or share.id in found:
            continue
        part = found.get(name) or _given(work, name)
        whole = _known(work, share.denominator)
        if part is not None and whole:
            found[share.id] = percent(part, whole)
    return tuple(found.items())


def _given(work: Work, indicator: str) -> Decimal | None:
    proposal = work.proposed(indicator)
    if proposal is None or proposal.mode is _HOLD or (indicator in work.doubts.asked and proposal.mode is None):
        return None
    return proposal.value


def _touched(work: Work, indicator: str) -> bool:
    """Stated or asked about in this reply."""
    return work.proposed(indicator) is not None or indicator in work.doubts.asked


def _known(work: Work, indicator: str | None) -> Decimal | None:
    if indicator is None:
        return None
    return _value(work, indicator) or work.context.stored.get(indicator, work.context.previous.get(indicator))


def ask_for_the_rest(work: Work) -> None:
    """A percent alone leaves its value owed; whatever was open and stays unanswered is recalled."""
    for proposal in list(work.proposals):
        indicator = proposal.indicator
        if indicator.role is not _A_PERCENT or indicator.percent_kind is not PercentKind.OF_PLAN:
            continue
        done = indicator.numerator
        if done is not None and done in work.context.open and not _touched(work, done):
            work.hold(ProblemCode.DERIVED_FROM_PERCENT, (done,))
    rest = tuple(i for i in work.context.open if not _touched(work, i))
    work.doubts.ask(_REMIND, _UNSAID, rest)
