"""What is on the table while one reply is read.

Knows: shapes. Does not know: the order of the work.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.replies.proposals import Doubts, Proposal, candidate
from bot.replies.reading import Candidate, Mode, ProblemCode

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from bot.facts import Origin
    from bot.forms.model import Indicator
    from bot.replies.claiming import Claims
    from bot.replies.claims import Claim
    from bot.replies.mentions import Analysis
    from bot.replies.reading import Context, Intent, Mention
    from bot.replies.scope import Scope
    from bot.replies.wording import Wording


@dataclass(slots=True)
class Work:
    """One reply being read. `beyond` compiles the names out of reach, for the rare reply that needs them."""

    scope: Scope
    context: Context
    analysis: Analysis
    found: Claims
    wording: Wording
    beyond: Callable[[], Scope]
    doubts: Doubts = field(default_factory=Doubts)
    proposals: list[Proposal] = field(default_factory=list)
    by_indicator: dict[str, Proposal] = field(default_factory=dict)
    unresolved: list[Claim] = field(default_factory=list)
    unbased: list[tuple[str, Claim]] = field(default_factory=list)  # changes with nothing to count on from
    no_data: list[str] = field(default_factory=list)
    intents: list[Intent] = field(default_factory=list)
    prose: bool | None = None

    @property
    def text(self) -> str:
        return self.analysis.source.text

    def propose(
        self,
        indicator: Indicator,
        value: Decimal,
        origin: Origin,
        mention: Mention | None = None,
        claim: Claim | None = None,
        why: tuple[str, ...] = (),
    ) -> Proposal:
        proposal = Proposal(indicator, value, origin, mention, claim, why)
        self.proposals.append(proposal)
        self.by_indicator.setdefault(indicator.id, proposal)
        return proposal

    def proposed(self, indicator: str) -> Proposal | None:
        return self.by_indicator.get(indicator)

    def quote(self, claim: Claim) -> str:
        """The person's own words of a claim."""
        end = claim.whole.end if claim.whole is not None else claim.mention.end
        return self.text[claim.mention.start : end]

    def hold(
        self, code: ProblemCode, indicators: tuple[str, ...], *values: Decimal, claim: Claim | None = None
    ) -> None:
        """Nothing is stored for these until answered."""
        offers = tuple(candidate(v, indicators[0]) for v in values) if indicators else ()
        self.doubts.ask(Mode.HOLD, code, indicators, offers, self.quote(claim) if claim is not None else "")

    def hold_for_unit(self, indicator: Indicator, claim: Claim) -> None:
        """«lúa mùa 549 tấn» where hectares are asked: the number in the unit asked, or another matter altogether."""
        said = claim.mention
        offers: tuple[Candidate, ...] = ()
        if said.unit and not said.scale and said.range_to is None:
            asked = Candidate(indicator.unit, indicator.id, said.value, indicator.unit)
            offers = (asked, Candidate("resend", None, None, said.unit))
        self.doubts.ask(Mode.HOLD, ProblemCode.UNIT_MISMATCH, (indicator.id,), offers, self.quote(claim))

    def value_before(self, indicator: str) -> Decimal | None:
        return self.context.previous.get(indicator)
