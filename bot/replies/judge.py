"""Whether a value can be true: against last week, the plan, the percent beside it, and the form's rules.

A value in doubt is held (nothing stored) or provisional (stored, shown, asked); which of the two is part of each rule.
Knows: proposals and what is known already. Does not know: words.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from bot.checks.values import agrees, percent
from bot.forms.model import PercentKind, Role
from bot.replies.arithmetic import within_twice
from bot.replies.cues import Cue
from bot.replies.normalise import fold
from bot.replies.proposals import Doubts, Proposal, as_read, candidate, number_key
from bot.replies.reading import Candidate, Mode, ProblemCode
from bot.replies.unit_fit import exact, is_measure, is_money, is_of_plan, rescaled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.replies.claims import Claim
    from bot.replies.scope import Scope

# Members by name: looked up on their class, each costs more than the comparison it serves.
_HOLD = Mode.HOLD
_A_PLAN, _A_CUMULATIVE, _A_WEEK, _A_PERCENT, _A_SNAPSHOT, _A_OTHER = (
    Role.PLAN,
    Role.CUMULATIVE,
    Role.WEEK,
    Role.PERCENT,
    Role.SNAPSHOT,
    Role.OTHER,
)
_OF_A_WHOLE = (PercentKind.RATE, PercentKind.SHARE)
_TEN, _HUNDRED, _THOUSAND = Decimal(10), Decimal(100), Decimal(1000)
_FAR = 3  # times the value before
_APART = 5  # readings nearer to each other are not told apart by last week's value: «3 tấn 2»
_MUCH, _FAR_COUNT = 5, 20  # times a week's count before: shown and asked; asked first
_SMALL = 20  # below this, times mean little
_FEW_CASES = 30  # more outbreaks, violations or incidents than this in a week where usually there are none
_TOO_MUCH_MONEY = Decimal(10**6)  # of the stored unit: nobody keeps trillions in millions
_FRACTION_MOST = 10
_DONG, _MILLIONS = "đồng", "triệu đồng"
_MONEY_OF = {"ty": "tỷ đồng", "ti": "tỷ đồng", "trieu": "triệu đồng", "tr": "triệu đồng", "trd": "triệu đồng"}


class Judge:
    """One look at all proposals of a reply together."""

    def __init__(
        self,
        scope: Scope,
        proposals: Sequence[Proposal],
        previous: Mapping[str, Decimal],
        stored: Mapping[str, Decimal],
        doubts: Doubts,
        quote: Callable[[Claim], str],
    ) -> None:
        self.scope = scope
        self.proposals = proposals
        self.by_id = {p.indicator.id: p for p in proposals}
        self.previous = previous
        self.stored = stored
        self.doubts = doubts
        self.quote = quote

    def run(self) -> None:
        for proposal in self.proposals:
            if proposal.mention is not None and proposal.mention.readings:
                self._readings(proposal)
        for proposal in self.proposals:
            if is_money(proposal.indicator.unit):
                self._magnitude(proposal)
        several = len(self.proposals) > 1
        for proposal in self.proposals if several else ():
            self._ratio(proposal)
        for proposal in self.proposals:
            if proposal.mode is None:
                self._alone(proposal)
        if several:
            self._percents()

    def known(self, indicator: str) -> Decimal | None:
        """The value of this report if there is one, else last week's."""
        proposal = self.by_id.get(indicator)
        if proposal is not None and proposal.mode is not _HOLD:
            return proposal.value
        return self.stored.get(indicator, self.previous.get(indicator))

    def hold(self, code: ProblemCode, proposals: Sequence[Proposal], *candidates: Candidate, **data: str) -> None:
        self._doubt(_HOLD, code, proposals, candidates, data)

    def confirm(self, code: ProblemCode, proposals: Sequence[Proposal], *candidates: Candidate, **data: str) -> None:
        self._doubt(Mode.CONFIRM, code, proposals, candidates, data)

    def _doubt(
        self,
        mode: Mode,
        code: ProblemCode,
        proposals: Sequence[Proposal],
        candidates: tuple[Candidate, ...],
        data: Mapping[str, str],
    ) -> None:
        for proposal in proposals:
            if proposal.mode is not _HOLD:
                proposal.mode = mode
        said = next((p.claim for p in proposals if p.claim is not None), None)
        words = self.quote(said) if said is not None else ""
        if mode is _HOLD and code is not ProblemCode.AMBIGUOUS_NUMBER:
            data = {**data, **as_read(proposals)}
        self.doubts.ask(mode, code, tuple(p.indicator.id for p in proposals), candidates, words, data=data)

    # One value by what it could mean.

    def _readings(self, proposal: Proposal) -> None:
        """«1,110»: last week settles it, or the person does."""
        mention = proposal.mention
        if mention is None or not mention.readings or proposal.mode is not None:
            return
        factor = proposal.value / mention.value if mention.value else Decimal(1)
        readings = tuple(dict.fromkeys(r * factor for r in mention.readings))
        if len(readings) < 2:
            return
        before = self.previous.get(proposal.indicator.id)
        near = [r for r in readings if before is not None and within_twice(r, before)]
        name = proposal.indicator.id
        offers = tuple(candidate(r, name, proposal.indicator.unit) for r in readings[:2])
        apart = max(readings) >= min(readings) * _APART
        if len(near) == 1 and apart:
            proposal.value = near[0]
        elif near:
            proposal.value = near[0] if apart else readings[0]
            self.confirm(ProblemCode.AMBIGUOUS_NUMBER, [proposal], *offers)
        else:
            self.hold(ProblemCode.AMBIGUOUS_NUMBER, [proposal], *offers)

    def _magnitude(self, proposal: Proposal) -> None:
        """«21.070 tỷ đồng» for a commune: the scale word is another unit's."""
        mention = proposal.mention
        if mention is None or proposal.mode is not None:
            return
        smaller = rescaled(mention, proposal.indicator.unit) if mention.scale else self._shared_scale(proposal)
        in_dong = smaller is None and not mention.unit and self._is_in_dong(proposal)
        if in_dong:
            smaller = exact(proposal.value / _TOO_MUCH_MONEY)
        if smaller is None or smaller == proposal.value:
            return
        partners = self._pair(proposal)
        before = self.previous.get(proposal.indicator.id)
        too_much = max(p.value for p in partners) >= _TOO_MUCH_MONEY
        if before is not None:
            too_much = too_much or (proposal.value >= before * _HUNDRED and within_twice(smaller, before))
        if not too_much:
            return
        for partner in partners:
            if partner.mention is not None:
                again = rescaled(partner.mention, partner.indicator.unit) if partner.mention.scale else None
                partner.said = partner.value
                partner.value = again if again is not None else partner.value / (proposal.value / smaller)
        # One key for each unit, whichever of the two figures it is offered for.
        offers = []
        for partner in partners:
            asked, name = partner.indicator.unit, partner.indicator.id
            read, said = (_DONG, asked) if in_dong else (asked, _unit_said(partner))
            offers += [Candidate(read, name, partner.value, read), Candidate(said, name, partner.said, said)]
        self.confirm(ProblemCode.UNIT_IMPLAUSIBLE, partners, *offers)

    def _is_in_dong(self, proposal: Proposal) -> bool:
        """«109.013.000.000» where millions are asked."""
        return proposal.indicator.unit == _MILLIONS and proposal.value >= _TOO_MUCH_MONEY

    def _shared_scale(self, proposal: Proposal) -> Decimal | None:
        """The left side of a slash takes the scale of the right one."""
        claim = proposal.claim
        if claim is None or claim.whole is None or not claim.whole.scale or proposal.mention is not claim.mention:
            return None
        right = rescaled(claim.whole, proposal.indicator.unit)
        if right is None or not right:
            return None
        factor = claim.whole.value / right
        return exact(claim.mention.value / factor)

    def _pair(self, proposal: Proposal) -> list[Proposal]:
        """Both sides of the slash this value stands at."""
        if proposal.claim is None or proposal.claim.whole is None:
            return [proposal]
        return [p for p in self.proposals if p.claim is proposal.claim]

    # Both sides of a slash.

    def _ratio(self, proposal: Proposal) -> None:
        done, whole = self._sides(proposal)
        if done is None or whole is None or done is not proposal or done.mode or whole.mode:
            return
        if self._is_fraction(done, whole):
            return
        plan = self.previous.get(whole.indicator.id)
        before = self.previous.get(done.indicator.id)
        stated = self._percent_of(done)
        turned = plan is not None and done.value == plan and whole.value != plan
        if stated is not None and stated.value and done.value and whole.value:
            turned = turned or (
                agrees(stated.value, whole.value, done.value)
                and not agrees(stated.value, done.value, whole.value)
                and done.value != whole.value
            )
        if turned:
            self.hold(
                ProblemCode.SWAPPED_RATIO,
                [done, whole],
                Candidate("swap", done.indicator.id, whole.value, done.indicator.unit),
                Candidate("as_written", done.indicator.id, done.value, done.indicator.unit),
            )
            return
        if whole.value and done.value > whole.value * _FAR and not self._percent_bears_out(done, whole):
            offers = [candidate(done.value, done.indicator.id, done.indicator.unit)]
            tenth = exact(done.value / _TEN)
            if tenth <= whole.value and (before is None or tenth >= before):
                offers.append(candidate(tenth, done.indicator.id, done.indicator.unit))
            self.hold(ProblemCode.BIG_JUMP, [done], *offers)

    def _is_fraction(self, done: Proposal, whole: Proposal) -> bool:
        """«3/4 kế hoạch»: neither side is a value."""
        mention, claim = whole.mention, done.claim
        if mention is None or not (
            is_of_plan(mention) or (claim is not None and claim.cue is Cue.PLAN and not mention.unit)
        ):
            return False
        plan = self.known_before(whole.indicator.id)
        if whole.value > _FRACTION_MOST or plan == whole.value:
            return False
        share = self.scope.percent_of.get(done.indicator.id)
        done.mode = whole.mode = _HOLD
        about = (done.indicator.id,) if share is None else (done.indicator.id, share)
        words = self.quote(claim) if claim is not None else ""
        self.doubts.ask(_HOLD, ProblemCode.FRACTION, about, quote=words)
        return True

    def known_before(self, indicator: str) -> Decimal | None:
        return self.stored.get(indicator, self.previous.get(indicator))

    def _sides(self, proposal: Proposal) -> tuple[Proposal | None, Proposal | None]:
        whole = self.scope.whole_of.get(proposal.indicator.id)
        return (proposal, self.by_id.get(whole)) if whole is not None else (None, None)

    def _percent_of(self, done: Proposal) -> Proposal | None:
        share = self.scope.percent_of.get(done.indicator.id)
        return self.by_id.get(share) if share is not None else None

    def _percent_bears_out(self, done: Proposal, whole: Proposal) -> bool:
        stated = self._percent_of(done)
        return stated is not None and agrees(stated.value, done.value, whole.value)

    # One value against what was before.

    def _alone(self, proposal: Proposal) -> None:
        before = self.previous.get(proposal.indicator.id)
        role = proposal.indicator.role
        if proposal.value % 1 and not (before or 0) % 1 and not is_measure(proposal.indicator.unit):
            self.confirm(ProblemCode.IMPLAUSIBLE_COUNT, [proposal])  # one and a half of what is counted in pieces
        elif role is _A_PLAN:
            self._plan(proposal, before)
        elif role is _A_CUMULATIVE:
            self._cumulative(proposal, before)
        elif role is _A_WEEK:
            self._week(proposal, before)
        elif role in (_A_SNAPSHOT, _A_OTHER):
            self._snapshot(proposal, before)
        elif role is _A_PERCENT and proposal.value > _HUNDRED and proposal.indicator.percent_kind in _OF_A_WHOLE:
            self.hold(ProblemCode.IMPLAUSIBLE_COUNT, [proposal])  # «869%» of the mothers; of a plan it can be

    def _plan(self, proposal: Proposal, before: Decimal | None) -> None:
        if before is not None and before != proposal.value:
            self.confirm(ProblemCode.PLAN_CHANGED, [proposal], before=number_key(before))

    def _cumulative(self, proposal: Proposal, before: Decimal | None) -> None:
        if before is not None and proposal.value < before:
            name, unit = proposal.indicator.id, proposal.indicator.unit
            offers = (candidate(proposal.value, name, unit), candidate(before, name, unit))
            self.hold(ProblemCode.CUMULATIVE_DECREASE, [proposal], *offers, before=number_key(before))
            return
        self._far_from(proposal, before)

    def _far_from(self, proposal: Proposal, before: Decimal | None) -> None:
        value = proposal.value
        if before is None or not before or value <= max(before * _FAR, before + _SMALL):
            return
        name, unit = proposal.indicator.id, proposal.indicator.unit
        counts = not is_measure(unit)
        slips = [
            r
            for r in (exact(value / _TEN), exact(value / _THOUSAND))
            if within_twice(r, before) and not (counts and r != r.to_integral_value())
        ]
        if counts and value < _HUNDRED and not slips:
            return  # a busy week: small counts jump without a slip of the finger
        offers = [candidate(r, name, unit) for r in (value, *slips[:1])]
        whole = self.scope.whole_of.get(name)
        plan = self.known(whole) if whole is not None else None
        if plan is not None and value <= plan and proposal.indicator.role is _A_CUMULATIVE:
            return  # a season's start: far from last week, but still within the plan
        self.hold(ProblemCode.BIG_JUMP, [proposal], *offers, before=number_key(before))

    def _week(self, proposal: Proposal, before: Decimal | None) -> None:
        name, unit = proposal.indicator.id, proposal.indicator.unit
        total = self.scope.total_of.get(name)
        so_far = self.by_id.get(total) if total is not None else None
        if so_far is not None and so_far.mode is not _HOLD and proposal.value > so_far.value:
            smaller = rescaled(proposal.mention, unit) if proposal.mention is not None else None
            offers = [candidate(v, name, unit) for v in (smaller, proposal.value) if v is not None]
            self.hold(ProblemCode.CUMULATIVE_LT_WEEK, [proposal], *offers)
            return
        unheard_of = proposal.indicator.usual_zero and proposal.value > max(_FEW_CASES, _FAR * (before or 0))
        # After an idle week any count is news, but not of what hardly ever happens.
        if unheard_of or (before and proposal.value >= max(_HUNDRED, _FAR_COUNT * before)):
            self.hold(ProblemCode.IMPLAUSIBLE_COUNT, [proposal], before=number_key(before or Decimal(0)))
        elif before and proposal.value >= max(_HUNDRED, _MUCH * before) and not self._has_an_average(name):
            self.confirm(ProblemCode.IMPLAUSIBLE_COUNT, [proposal], before=number_key(before))

    def _has_an_average(self, indicator: str) -> bool:
        """A rule of the form asks about it itself, and knows more."""
        return any(rule.kind == "week_vs_average" and indicator in rule.indicators for rule in self.scope.rules)

    def _snapshot(self, proposal: Proposal, before: Decimal | None) -> None:
        value = proposal.value
        if before is not None and before > _SMALL and value * _FAR < before:
            name, unit = proposal.indicator.id, proposal.indicator.unit
            self.hold(ProblemCode.BIG_JUMP, [proposal], candidate(value, name, unit), before=number_key(before))
            return
        self._far_from(proposal, before)

    # Percents against their two sides.

    def _percents(self) -> None:
        for proposal in self.proposals:
            indicator = proposal.indicator
            if indicator.role is not _A_PERCENT or proposal.mode is not None or indicator.numerator is None:
                continue
            part, whole = self.by_id.get(indicator.numerator), self._whole(indicator.denominator)
            if part is None or part.mode is _HOLD or not whole:
                continue
            if not _close(proposal.value, part.value, whole):
                computed = percent(part.value, whole)
                unit = indicator.unit
                self.hold(
                    ProblemCode.PERCENT_MISMATCH,
                    [proposal],
                    candidate(computed, indicator.id, unit),
                    candidate(proposal.value, indicator.id, unit),
                    computed=number_key(computed),
                )

    def _whole(self, indicator: str | None) -> Decimal | None:
        if indicator is None:
            return None
        if self.scope.get(indicator).role is Role.WEEK:  # last week's flow is no whole of this week's part
            given = self.by_id.get(indicator)
            return given.value if given is not None and given.mode is not _HOLD else self.stored.get(indicator)
        return self.known(indicator)


def _unit_said(proposal: Proposal) -> str:
    """The unit as it was written, for money: tỷ đồng. The left side of a slash takes the right one's."""
    claim, mention = proposal.claim, proposal.mention
    scale = mention.scale if mention is not None else ""
    if not scale and claim is not None and claim.whole is not None:
        scale = claim.whole.scale
    return _MONEY_OF.get(fold(scale), scale)


def _close(stated: Decimal, part: Decimal, whole: Decimal) -> bool:
    """Equal once rounded as written; cutting off instead of rounding is common and forgiven."""
    if agrees(stated, part, whole):
        return True
    exponent = stated.as_tuple().exponent
    step = Decimal(1).scaleb(min(exponent, 0)) if isinstance(exponent, int) else Decimal(1)
    return abs(stated - part / whole * _HUNDRED) < step
