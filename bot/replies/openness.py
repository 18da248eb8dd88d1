"""Numbers without a name: what was asked last tells what they are, or nothing does.

Knows: the open questions in the order asked. Does not know: labels.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.facts import Origin
from bot.forms.model import Role, Source
from bot.replies.believing import is_stranger
from bot.replies.claims import Sort
from bot.replies.cues import Cue
from bot.replies.intents import PLEASANTRIES
from bot.replies.livetext import is_prose
from bot.replies.normalise import fold
from bot.replies.nouns import TWO
from bot.replies.odd_words import COMMON
from bot.replies.reading import Candidate, Mode, ProblemCode
from bot.replies.relations import says_total
from bot.replies.set_phrases import Mark
from bot.replies.settling import fits
from bot.replies.tokens import Kind
from bot.replies.unit_fit import Fit, is_measure, measure
from bot.replies.wording import Worth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.forms.model import Indicator
    from bot.replies.claims import Claim
    from bot.replies.work import Work

_MOST_OFFERED = 6
_FEW = 1
_NUMBERS = frozenset({Sort.NUMBER, Sort.RATIO, Sort.PERCENT})
_NOT_YET = frozenset({"chua", "co", "gi"})
_OTHER_TIMES = frozenset({Cue.LAST, Cue.PLAN, Cue.MONTH, Cue.TOTAL})


def answer_open(work: Work) -> None:
    """Bare numbers and bare «không» by what is open; without that, a question."""
    bare = [c for c in work.unresolved if c.is_bare and not _counts_something_else(work, c)]
    zeros = [c for c in bare if c.sort is Sort.ZERO]
    if zeros and work.context.open and _says_only_not_yet(work):
        _not_yet(work, zeros[0])
    elif zeros and (not work.proposals or work.found.has(Mark.OTHERS)):
        _bare_zero(work, zeros[0])
    _ask_by_noun(work)
    numbers = [c for c in bare if c.sort in _NUMBERS and c.hangs_on not in bare and c.cue is not Cue.LAST]
    if not numbers:
        return
    is_open = [work.scope.get(i) for i in work.context.open if i in work.scope.form.indicators]
    is_open = [i for i in is_open if work.proposed(i.id) is None and i.id not in work.doubts.asked]
    first = next(c for c in work.found.claims if c.sort in _NUMBERS)
    others = [c for c in work.found.claims if c.sort in _NUMBERS and c.cue is not Cue.LAST]
    named_too = any(c not in numbers and c.hangs_on not in numbers for c in others)
    if named_too or len(is_open) != len(numbers):
        numbers = _without_those_of_a_unit(work, numbers)
    answers = not named_too or (numbers[:1] == [first] and _says_little(work, first))
    if answers and len(is_open) == 1 and len(numbers) == 1:
        _single(work, numbers[0], is_open[0])
        _share(work, numbers[0], is_open[0])
    elif not named_too and len(is_open) == len(numbers) > 1 and _all_fit(numbers, is_open):
        _in_order(work, numbers, is_open)
    elif not is_prose(work):
        lone = [c for c in numbers if c.parent is None and _says_little(work, c)]
        if lone and (is_open or not work.proposals):
            _ask(work, lone, is_open)


def _ask_by_noun(work: Work) -> None:
    """«CCB họp 2 buổi» where one thing alone is counted in buổi: named by other words, and so asked."""
    for claim in work.unresolved:
        known = claim.sort is Sort.NUMBER and claim.own and not claim.strange and claim.mention.value
        if not known or is_measure(claim.mention.unit) or fold(claim.mention.unit) in COMMON:
            continue
        indicator = _only_one(work, claim)
        if indicator is not None and not is_prose(work):
            work.hold(ProblemCode.AMBIGUOUS_SCOPE, (indicator.id,), claim.mention.value, claim=claim)


def _share(work: Work, claim: Claim, indicator: Indicator) -> None:
    """«549 ha đạt 84,46%»: the percent of the value that was asked."""
    share = work.scope.percent_of.get(indicator.id)
    said = next((c for c in work.found.claims if c.sort is Sort.PERCENT and c.hangs_on is claim), None)
    if said is not None and share is not None and work.proposed(indicator.id) and work.proposed(share) is None:
        work.propose(work.scope.get(share), said.mention.value, Origin.STATED, said.mention, said, ("open",))


def _without_those_of_a_unit(work: Work, numbers: list[Claim]) -> list[Claim]:
    """«2 buổi, 63 ng»: one thing alone is counted so by this person; those are taken, the rest given back."""
    if is_prose(work):
        return numbers
    wanted: dict[str, list[Claim]] = {}
    for claim in numbers:
        indicator = _only_one(work, claim)
        if indicator is not None and not _goes_with_a_stranger(work, claim):
            wanted.setdefault(indicator.id, []).append(claim)
    taken: list[Claim] = []
    for name, claims in wanted.items():
        so_far = [c for c in claims if c.cue is Cue.CUMULATIVE or says_total(work.wording, c)]
        chosen = claims[0] if len(claims) == 1 else so_far[0] if len(so_far) == 1 else None
        total = _total_behind(work, numbers, claims)
        if total is not None:
            chosen = total
            taken.append(total)
        if chosen is not None and chosen.mention.range_to is None:
            _take(work, chosen, work.scope.get(name), f"unit:{chosen.mention.unit}")
            _share(work, chosen, work.scope.get(name))
            taken += claims
    return [c for c in numbers if c not in taken]


def _goes_with_a_stranger(work: Work, claim: Claim) -> bool:
    """«tiêu hủy 12 con 450kg»: of one matter with the number right before, which was none of ours."""
    before = work.found.claims[work.found.claims.index(claim) - 1]
    parted = any(work.wording.stops[before.last : claim.first])
    return before.first < claim.first and before in work.unresolved and not parted and is_stranger(work, before)


def _total_behind(work: Work, numbers: Sequence[Claim], claims: Sequence[Claim]) -> Claim | None:
    """«trồng thêm 2,5 ha nâng lên 10,5»: the total goes without the unit."""
    if len(claims) != 1:
        return None
    later = [c for c in numbers if c.first > claims[0].first and not c.mention.unit and not c.mention.scale]
    totals = [c for c in later if c.cue is Cue.CUMULATIVE or says_total(work.wording, c)]
    return totals[0] if len(totals) == 1 and totals[0].mention.value > claims[0].mention.value else None


def _only_one(work: Work, claim: Claim) -> Indicator | None:
    """The one indicator asked here that is counted in the unit written."""
    if claim.sort is Sort.PERCENT or claim.cue in _OTHER_TIMES or not (claim.mention.unit or claim.mention.scale):
        return None
    fitting: dict[Fit, list[Indicator]] = {}
    for place in work.scope.home:
        indicator = work.scope.indicator(place)
        if indicator.source is Source.ASKED and indicator.role is not Role.PERCENT:
            fitting.setdefault(measure(claim.mention, indicator.unit).fit, []).append(indicator)
    best = fitting.get(Fit.SAME) or (fitting.get(Fit.ALIKE) if _says_little(work, claim) else None) or []
    free = len(best) == 1 and work.proposed(best[0].id) is None and best[0].id not in work.doubts.asked
    return best[0] if free else None


def _counts_something_else(work: Work, claim: Claim) -> bool:
    """«35 BHYT»: a noun behind the number that nobody here counts."""
    noun = claim.unit_at < claim.last and not is_measure(claim.mention.unit)
    return noun and work.wording.worth[claim.unit_at] == Worth.STRANGE


def _single(work: Work, claim: Claim, indicator: Indicator) -> None:
    another = measure(claim.mention, indicator.unit).fit is Fit.OTHER and fold(claim.mention.unit) in TWO
    if another or not fits(claim, indicator):
        work.hold_for_unit(indicator, claim)
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
    rest = work.found.has(Mark.OTHERS)
    wanted = (() if rest else work.context.open) or tuple(
        i.id for at, i in enumerate(work.scope.index.indicators) if at in work.scope.home and i.source is Source.ASKED
    )
    flows = [work.scope.get(i) for i in wanted if work.scope.get(i).role is Role.WEEK]
    flows = [i for i in flows if work.proposed(i.id) is None and i.id not in work.doubts.asked]
    if len(flows) == 1:
        work.propose(flows[0], claim.mention.value, Origin.ZERO_IN_WORDS, claim.mention, claim, ("open",))
    else:
        work.hold(ProblemCode.AMBIGUOUS_SCOPE, tuple(i.id for i in flows), claim=claim)


def _says_only_not_yet(work: Work) -> bool:
    """«chưa có», «chưa em ạ»."""
    words = [token.word for token in work.analysis.tokens if token.kind == Kind.WORD]
    return "chua" in words and all(word in _NOT_YET or word in PLEASANTRIES for word in words)


def _not_yet(work: Work, claim: Claim) -> None:
    """Of what hardly ever happens, nothing has; a number of anything else is not known yet."""
    asked = [work.scope.get(i) for i in work.context.open if i in work.scope.place]
    rare = [i for i in asked if i.usual_zero]
    if len(asked) == 1 and rare:
        work.propose(rare[0], claim.mention.value, Origin.ZERO_IN_WORDS, claim.mention, claim, ("open",))
        return
    ids = tuple(i.id for i in asked if i not in rare)
    work.no_data += ids
    work.hold(ProblemCode.NO_DATA, ids, claim=claim)
