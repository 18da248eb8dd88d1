"""An answer taken for what it says: a value, one counted on from another, two sides of a stroke; or a doubt about it.

Knows: one claim and the indicator it answers. Does not know: how sure the answer is; `bot.replies.settling` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.checks.values import agrees
from bot.facts import Origin
from bot.forms.model import PercentKind, Role
from bot.replies.believing import is_stranger, may_be_other
from bot.replies.changes import is_fall
from bot.replies.claims import Claim, Sort
from bot.replies.cues import Cue
from bot.replies.explain import evidence
from bot.replies.odd_words import is_of_another_doing, left_from_before, told_closer
from bot.replies.period_said import day_beside
from bot.replies.proposals import candidate
from bot.replies.reading import Mode, ProblemCode
from bot.replies.unit_fit import measure, plus
from bot.replies.wording import Worth

if TYPE_CHECKING:
    from decimal import Decimal

    from bot.forms.model import Indicator
    from bot.replies.options import Option
    from bot.replies.work import Work

# Members by name: looked up on their class, each costs more than the comparison it serves.
_NUMBER, _PERCENT = Sort.NUMBER, Sort.PERCENT
_A_PERCENT, _A_WEEK, _A_CUMULATIVE = Role.PERCENT, Role.WEEK, Role.CUMULATIVE
_CUE_WEEK = Cue.WEEK
_STATED = Origin.STATED
_LAST_DAY = 31
_BACK = 4
_WHOSE = frozenset({"cua", "cho", "tu"})


def take_value(work: Work, claim: Claim, option: Option, indicator: Indicator) -> None:
    why = evidence(claim, option, indicator)
    if indicator.role is _A_PERCENT and claim.sort is _NUMBER and not _is_near_last(work, indicator, option):
        work.hold(ProblemCode.UNIT_MISMATCH, (indicator.id,), option.value, claim=claim)
        return
    if claim.sort is _PERCENT and _is_share_of_it(work, claim, indicator):
        if claim.strange:
            work.unresolved.append(claim)
        else:
            work.hold(ProblemCode.AMBIGUOUS_SCOPE, (indicator.id,), option.value, claim=claim)
        return
    if claim.is_year and not _is_near_last(work, indicator, option):
        work.hold(ProblemCode.AMBIGUOUS_NUMBER, (indicator.id,), option.value, claim=claim)
        return
    if "them" in work.analysis.said and _added(work, claim, indicator):
        base = work.context.stored.get(indicator.id)
        so_far = work.value_before(indicator.id)
        if base is None and _A_CUMULATIVE in indicator.role_alt and so_far and so_far >= option.value:
            base = so_far  # «cập nhật thêm 20 đv» of members that were 700
        if base is None and indicator.role is not _A_WEEK:
            base = so_far
            if base is None:
                work.hold(ProblemCode.DELTA, (indicator.id,), claim=claim)
                return
        if base is not None:
            why = (*why, "delta")
            proposal = work.propose(indicator, plus(base, option.value), Origin.DELTA, claim.mention, claim, why)
            proposal.mode = Mode.CONFIRM
            return
    if indicator.role is _A_WEEK and _has_telling_part(work, claim, option, indicator):
        return
    proposal = work.propose(indicator, option.value, _STATED, claim.mention, claim, why)
    # A prompt asks for everything; only what was asked alone may go by a light name.
    asked = work.context.open == (indicator.id,) or claim.cue is _CUE_WEEK
    other_kind = option.value and (
        (not asked and may_be_other(work, claim, option, indicator))
        or is_of_another_doing(work, claim, option, indicator)
        or (claim.is_bare and _goes_on_from_doubt(work, claim))
        or _is_theirs(work, claim)
    )
    day = day_beside(work, claim) if indicator.role is _A_WEEK and claim.cue is not _CUE_WEEK else None
    if day is not None or other_kind:
        proposal.mode = Mode.HOLD if other_kind else Mode.CONFIRM
        offers = (candidate(option.value, indicator.id, indicator.unit),)
        ids, quote, data = (indicator.id,), work.quote(claim), {"day": day} if day else None
        work.doubts.ask(proposal.mode, ProblemCode.AMBIGUOUS_SCOPE, ids, offers, quote, data)


def take_change(work: Work, claim: Claim, option: Option, indicator: Indicator) -> None:
    """«tăng 20 con»: counted on from last week, and shown. Where the value itself is given, the change is a remark."""
    if work.proposed(indicator.id) is not None:
        return
    before = work.value_before(indicator.id)
    if before is None:
        work.unbased.append((indicator.id, claim))
        return
    value = before - option.value if is_fall(work, claim) else before + option.value
    why = (*evidence(claim, option, indicator), "delta")
    work.propose(indicator, value, Origin.DELTA, claim.mention, claim, why).mode = Mode.CONFIRM


def take_ratio(work: Work, claim: Claim, option: Option, indicator: Indicator) -> None:
    whole = claim.whole
    if whole is None:
        return
    if option.whole is None:
        right = measure(whole, indicator.unit).value
        # «cư trú 30/30»: all of them; «hội viên 210/230»: that many of so many, where it is no day of a month.
        if right == option.value or (option.value < right and _is_no_date(work, claim, right)):
            take_value(work, claim, option, indicator)
            _take_running_total(work, claim, indicator, right)
            return
        work.hold(ProblemCode.AMBIGUOUS_NUMBER, (indicator.id,), option.value, right, claim=claim)
        return
    other = work.scope.indicator(option.whole)
    why = evidence(claim, option, indicator)
    work.propose(indicator, option.value, _STATED, claim.mention, claim, why)
    work.propose(other, measure(whole, other.unit).value, _STATED, whole, claim, (*why, "whole"))


def _take_running_total(work: Work, claim: Claim, week: Indicator, right: Decimal) -> None:
    """«khám 155/3185»: this week's, and what all weeks come to with it."""
    name = work.scope.total_of.get(week.id)
    before = work.value_before(name) if name is not None else None
    if name is not None and before is not None and before + claim.mention.value == right:
        work.propose(work.scope.get(name), right, _STATED, claim.whole, claim, ("arithmetic", "whole"))


def _is_no_date(work: Work, claim: Claim, right: Decimal) -> bool:
    """More than a month has days, a counted noun behind it («3/11 thôn»), or a percent that comes out."""
    if right > _LAST_DAY or claim.mention.unit:
        return True
    said = next((c for c in work.found.claims if c.hangs_on is claim), None)
    return said is not None and agrees(said.mention.value, claim.mention.value, right)


def has_doubtful_role(work: Work, claim: Claim, option: Option, indicator: Indicator) -> bool:
    """The words say a period this indicator is not of."""
    roles = (indicator.role, *indicator.role_alt)
    before = work.value_before(indicator.id)
    if claim.cue is _CUE_WEEK and indicator.role is _A_CUMULATIVE and _A_WEEK not in roles:
        if before is not None and option.value >= before:
            return False
        code = ProblemCode.CUMULATIVE_DECREASE if before is not None else ProblemCode.UNSPECIFIED_ROLE
    elif claim.cue is Cue.CUMULATIVE and indicator.role is _A_WEEK and _A_CUMULATIVE not in roles:
        code = ProblemCode.UNSPECIFIED_ROLE
    elif claim.cue is Cue.MONTH and indicator.role in (_A_WEEK, _A_CUMULATIVE):
        code = ProblemCode.PERIOD_MISMATCH
    else:
        return False
    work.doubts.ask(Mode.HOLD, code, (indicator.id,), (candidate(option.value, indicator.id),), work.quote(claim))
    return True


def _goes_on_from_doubt(work: Work, claim: Claim) -> bool:
    """«thu hồi vốn vay 50tr của 1 hộ»: of the same doubtful matter as the number right before it."""
    before = next((p for p in reversed(work.proposals) if p.claim is not None and p.claim is not claim), None)
    if before is None or before.claim is None or before.mode is not Mode.HOLD:
        return False
    said = before.claim
    return said.number == claim.number - 1 and not any(work.wording.stops[said.last : claim.first])


def _is_theirs(work: Work, claim: Claim) -> bool:
    """«thu lãi 12 triệu của 30 hộ vay»: those of whom another matter was just told."""
    if not work.unresolved or work.unresolved[-1].number != claim.number - 1:
        return False
    before = work.unresolved[-1]
    between = {token.word for token in work.wording.tokens[before.last : claim.first]}
    return bool(between) and between <= _WHOSE and is_stranger(work, before)


def _has_telling_part(work: Work, claim: Claim, option: Option, indicator: Indicator) -> bool:
    """A part of it was there before, or is what the name asks for: which of them, only the person knows."""
    parts = [c for c in work.found.claims if c.parent is claim and c.sort is _NUMBER]
    if not parts:
        return False
    left = left_from_before(work, claim, parts)
    closer = told_closer(work, parts, option) if left is None else None
    if left is not None:
        offers = plus(option.value, -left.mention.value), option.value
    elif closer is not None:
        offers = option.value, closer.mention.value
    else:
        return False
    work.hold(ProblemCode.AMBIGUOUS_SCOPE, (indicator.id,), *offers, claim=claim)
    return True


def _is_share_of_it(work: Work, claim: Claim, indicator: Indicator) -> bool:
    """«làm cỏ 60% diện tích lúa»: so much of what there is; of its plan, the name or «kế hoạch» would come first."""
    of_plan = indicator.percent_kind is PercentKind.OF_PLAN and claim.mention.percent_of != "plan"
    named = [at for at in claim.said if work.wording.worth[at] == Worth.TELLING] if of_plan else []
    return bool(named) and min(named) > claim.first


def _is_near_last(work: Work, indicator: Indicator, option: Option) -> bool:
    """A percent without its sign is taken where it is about what it was, or just what was asked."""
    before = work.value_before(indicator.id)
    if before is not None:
        return abs(option.value - before) * 5 <= before
    return indicator.id in work.context.open


def _added(work: Work, claim: Claim, indicator: Indicator) -> bool:
    """«thêm 2 hồ sơ» to what was given before; «thêm được 2 thửa» of a first message is the week's own number."""
    if indicator.role not in (_A_WEEK, _A_CUMULATIVE, Role.SNAPSHOT):
        return False
    tokens = work.analysis.tokens
    return any(tokens[at].word == "them" for at in range(max(0, claim.first - _BACK), claim.first))
