"""From answers to values: what is clear enough to store, what is asked, what is left over.

Knows: how sure an assignment is. Does not know: whether the value is plausible; `bot.replies.judge` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.facts import Origin
from bot.forms.model import Role, Source
from bot.replies.arithmetic import by_sum, make_no_difference
from bot.replies.believing import NAMED, by_heading, echoes, is_good, strays
from bot.replies.claims import Claim, Sort
from bot.replies.contested import OF_TOP, contested_by
from bot.replies.explain import evidence
from bot.replies.odd_words import counts_those_struck, odd_beside, of_the_matter_before
from bot.replies.options import options_of
from bot.replies.reading import Candidate, Mode, ProblemCode
from bot.replies.unit_fit import Fit, measure
from bot.replies.valuing import has_doubtful_role, take_change, take_ratio, take_value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from bot.forms.model import Indicator
    from bot.replies.assign import Answer
    from bot.replies.options import Option, Options
    from bot.replies.work import Work

# Members by name: looked up on their class, each costs more than the comparison it serves.
_NUMBER, _RATIO, _PERCENT, _ZERO, _CHANGE = Sort.NUMBER, Sort.RATIO, Sort.PERCENT, Sort.ZERO, Sort.CHANGE
_A_PERCENT, _A_WEEK, _A_CUMULATIVE = Role.PERCENT, Role.WEEK, Role.CUMULATIVE
_RESTATED = Source.RESTATED
_FIT_SAME = Fit.SAME
_STATED = Origin.STATED
_MARGIN = 0.05
_MARGIN_OF_ROLES = 0.1
_ALIKE = 0.9  # zeros said once of several matters that fit equally
_CLASH = 0.5
_A_HERD = 20  # what was as many last week is not nought in passing
_WELL_NAMED = 0.8  # of a name, with another thing counted: the person may mean it
_PER = "/"
_WHOLE = 100  # percent


def settle_all(work: Work, answers: Sequence[Answer], options: Sequence[Options]) -> None:
    """Every numeric claim becomes a proposal, a question, or is left over in `work.unresolved`."""
    holders = {a.option.place: a for a in answers if a.option is not None and is_good(a.claim, a.option)}
    contested = contested_by(work, answers, options, holders) if len(answers) > 1 else ()
    for answer, option_list in zip(answers, options, strict=True):
        if answer.option is not None and answer.option.place in contested:
            continue
        _settle(work, answer, option_list, holders)
    if work.unresolved:
        _hanging(work)
    if work.unbased:
        ids = tuple(dict.fromkeys(i for i, _ in work.unbased))
        work.hold(ProblemCode.DELTA, ids, claim=work.unbased[0][1])


def _hanging(work: Work) -> None:
    """A percent without a name of its own is of the value before it; if that has none, of the words around."""
    for claim in [c for c in work.unresolved if c.hangs_on is not None]:
        work.unresolved.remove(claim)
        share = _share_of(work, claim)
        if share is not None:
            if any(p.claim is claim.hangs_on and p.mode is Mode.HOLD for p in work.proposals):
                continue  # of a number that is in doubt itself
            if work.proposed(share.id) is None:
                why = (f"of:{share.numerator or share.group}",)
                work.propose(share, claim.mention.value, _STATED, claim.mention, claim, why)
            continue
        before = claim.hangs_on
        if before is not None and before.whole is None and claim.mention.percent_of == "plan":
            continue  # «giải quyết việc làm cho 15 người, đạt 60% kế hoạch»: of a plan nobody asked for
        if before is not None and before.whole is not None:
            # «khám thai 21/23 đạt 91,3%»: of those, not of a plan
            claim.mention = claim.mention._replace(percent_of="")
        for words in (claim.near, {**(before.near if before is not None else {}), **claim.near}):
            claim.words = dict(words)
            if claim.words and _takes_percent(work, claim):
                break


def _takes_percent(work: Work, claim: Claim) -> bool:
    """«8.590 người, 100% có việc làm»: by its own words, or by those of the number before."""
    best = options_of(work.scope, claim, frozenset(work.context.open)).best
    if not best or best[0].score < NAMED or best[0].likeness.recall < _WELL_NAMED:
        return False
    named = work.scope.indicator(best[0].place)
    is_alone = len(best) == 1 or best[0].score - best[1].score >= _MARGIN
    if is_alone and work.proposed(named.id) is None:
        take_value(work, claim, best[0], named)
    return True


def _share_of(work: Work, claim: Claim) -> Indicator | None:
    """The percent that goes with the value before; a plan said last stands for its matter."""
    done_of = {whole: done for done, whole in work.scope.whole_of.items()}
    for proposal in work.proposals:
        if proposal.claim is claim.hangs_on:
            name = proposal.indicator.id
            share = work.scope.percent_of.get(name) or work.scope.percent_of.get(done_of.get(name, ""))
            if share is not None:
                return work.scope.get(share)
    return None


def _settle(work: Work, answer: Answer, options: Options, holders: dict[int, Answer]) -> None:
    claim, option = answer.claim, answer.option
    if claim.sort is _CHANGE and option is not None and option is not options.best[0]:
        return  # the value itself is given beside: the change is a remark
    if options.clash is not None and _clashes(work, claim, option, options, holders):
        return
    if option is not None and _is_anothers(work, claim, option, options):
        return
    lost = option is None or holders.get(option.place) is not answer or strays(work, claim, option)
    lost = lost or (bool(work.unresolved) and echoes(work, claim))
    if option is None or lost or _took_less(claim, option, options.best[0], holders):
        _leave(work, claim, option)
        return
    indicator = work.scope.indicator(option.place)
    claim.named = option.likeness.name.words
    if indicator.source is _RESTATED:
        return  # the summary says again what its own section says
    if claim.sort is _ZERO:
        _zeros(work, claim, option, options, holders)
    elif claim.sort is _CHANGE:
        take_change(work, claim, option, indicator)
    elif (other := _of_another_matter(work, claim, options, holders)) is not None:
        names = (indicator.id, other.id)
        offers = tuple(Candidate(i, i, option.value) for i in names)
        work.doubts.ask(Mode.HOLD, ProblemCode.NO_LABEL, names, offers, work.quote(claim))
    elif (
        answer.rival is not None
        and _too_near(work, claim, option, answer, holders)
        and _unsure(work, claim, option, answer.rival, _values(work, holders, option.place))
    ):
        return
    elif claim.mention.range_to is not None:
        top = measure(claim.mention, indicator.unit, of=claim.mention.range_to).value
        work.hold(ProblemCode.VAGUE_QUANTITY, (indicator.id,), option.value, top, claim=claim)
    elif claim.sort is _RATIO:
        take_ratio(work, claim, option, indicator)
    elif claim.cue is None or not has_doubtful_role(work, claim, option, indicator):
        take_value(work, claim, option, indicator)


def _leave(work: Work, claim: Claim, option: Option | None) -> None:
    """Left over, or asked: «à có 1 ca dưới 18 tuổi» where just that was open says too little to store it."""
    indicator = work.scope.indicator(option.place) if option is not None else None
    known = claim.sort is _NUMBER and claim.own and not claim.strange
    among_others = len(work.scope.home) > 1
    if option is None or indicator is None or not known or not among_others or work.context.open != (indicator.id,):
        work.unresolved.append(claim)
        return
    work.hold(ProblemCode.AMBIGUOUS_SCOPE, (indicator.id,), option.value, claim=claim)


def _is_anothers(work: Work, claim: Claim, option: Option, options: Options) -> bool:
    """Those struck are counted, or the matter just spoken of has it as well: asked, or left over."""
    indicator = work.scope.indicator(option.place)
    if indicator.source is _RESTATED:
        return False
    if counts_those_struck(work, claim, option):
        if option.likeness.recall >= _WELL_NAMED:
            work.hold_for_unit(indicator, claim)
        else:
            work.unresolved.append(claim)
        return True
    if not work.proposals or not is_good(claim, option):
        return False
    rival = of_the_matter_before(work, claim, option, options)
    if rival is None:
        return False
    other = work.scope.indicator(rival.place)
    if not option.value and other.usual_zero:
        take_value(work, claim, rival, other)  # «kỷ luật 2 đv, tổ chức đảng 0»
        return True
    names = (indicator.id, other.id)
    offers = tuple(Candidate(i, i, option.value) for i in names)
    work.doubts.ask(Mode.HOLD, ProblemCode.NO_LABEL, names, offers, work.quote(claim))
    return True


def _of_another_matter(work: Work, claim: Claim, options: Options, holders: dict[int, Answer]) -> Indicator | None:
    """«bổ sung ngân sách 450 triệu»: behind the week and the total of one matter, another fits as well."""
    if claim.sort is not _NUMBER or len(options.best) < len(("week", "total", "another")):
        return None
    best = options.best[0]
    matter = work.scope.indicator(best.place).group
    if work.scope.indicator(options.best[1].place).group != matter:
        return None
    near = (o for o in options.best[1:] if best.score - o.score < _MARGIN and o.place not in holders)
    others = (work.scope.indicator(o.place) for o in near)
    return next((i for i in others if i.group != matter), None)


def _took_less(claim: Claim, option: Option, top: Option, holders: dict[int, Answer]) -> bool:
    """It fits another indicator far better, and that one was not simply better served by another claim."""
    if option.score >= top.score * OF_TOP:
        return False
    holder = holders.get(top.place)
    served = holder is not None and holder.claim is not claim and holder.option is not None
    return not (served and holder is not None and holder.option is not None and holder.option.score >= top.score)


def _clashes(work: Work, claim: Claim, option: Option | None, options: Options, holders: dict[int, Answer]) -> bool:
    """«lúa mùa 549 tấn»: the label is clear, the unit is another's, and nothing else answers it."""
    clash = options.clash
    if clash is None or clash.score < _CLASH or claim.strange or claim.sort in (_PERCENT, _ZERO):
        return False
    if _PER in claim.mention.unit:
        return False  # «giá ngô 7.500 đ/kg»: another matter
    if option is not None and is_good(claim, option) and option.score >= clash.score * OF_TOP:
        return False
    if clash.fit is Fit.OTHER and (clash.likeness.recall < _WELL_NAMED or any(odd_beside(work, claim, clash))):
        return False
    indicator = work.scope.indicator(clash.place)
    group = {p for p, i in enumerate(work.scope.index.indicators) if i.group == indicator.group}
    if claim.is_bare or not group.isdisjoint(holders):
        return False
    if claim.sort is _CHANGE:
        work.hold(ProblemCode.DELTA, (indicator.id,), claim=claim)
    else:
        work.hold_for_unit(indicator, claim)
    return True


def _too_near(work: Work, claim: Claim, option: Option, answer: Answer, holders: Mapping[int, Answer]) -> bool:
    """Whether another indicator fits nearly as well; this week's and so far are told apart by words, not by names."""
    if answer.rival is None:
        return False
    margin = answer.margin
    if answer.rival.place not in holders:  # what hardly answers it does not keep it from others
        margin = min(margin, option.score - answer.rival.score)
    roles = {work.scope.indicator(o.place).role for o in (option, answer.rival)}
    unsaid = claim.cue is None and claim.hint is None and roles == {_A_WEEK, _A_CUMULATIVE}
    return margin < (_MARGIN_OF_ROLES if unsaid else _MARGIN)


def _unsure(work: Work, claim: Claim, option: Option, rival: Option, values: Mapping[str, Decimal]) -> bool:
    """Two indicators fit almost equally: of one matter, which value; of two, which matter."""
    one, other = work.scope.indicator(option.place), work.scope.indicator(rival.place)
    rare = one.usual_zero and other.usual_zero
    shared = (
        option.likeness.name is rival.likeness.name and one.role is _A_WEEK is other.role
    )  # «vay 0»: no one, nothing
    nought = not option.value and one.section == other.section and (rare or shared)
    if nought or make_no_difference(work, option, rival, values):
        take_value(work, claim, option, one)  # «kỷ luật 0»: of members and of organisations
        if work.proposed(other.id) is None:
            take_value(work, claim, rival, other)
        return True
    week_and_total = {one.role, other.role} == {_A_WEEK, _A_CUMULATIVE}
    if not week_and_total and values.get(other.id) == option.value and one.unit == other.unit:
        take_value(work, claim, option, one)  # the other has the same value: it makes no difference which is which
        return True
    settled = by_heading(work, claim, option, rival) or by_sum(work, option, rival, values)
    if settled is not None:
        take_value(work, claim, settled, work.scope.indicator(settled.place))
        return True
    if one.group != other.group or one.label != other.label:
        if work.proposed(other.id) is not None and work.proposed(one.id) is None:
            take_value(work, claim, option, one)  # the other was told already, without a doubt
            return True
        names = (one.id, other.id)
        offers = tuple(Candidate(i, i, option.value) for i in names)
        work.doubts.ask(Mode.HOLD, ProblemCode.NO_LABEL, names, offers, work.quote(claim))
        return True
    asked = [i for i in (one, other) if i.id in work.context.open]
    if len(asked) == 1 and _could_be(work, asked[0], option):
        chosen = option if asked[0] is one else rival
        take_value(work, claim, chosen, asked[0])
        return True
    week, total = (one, other) if one.role is _A_WEEK else (other, one)
    # Nothing so far would be news of another kind.
    if not option.value or _is_no_total(work, option.value, week, total):
        take_value(work, claim, option if week is one else rival, week)
        return True
    offers = (
        Candidate("week", week.id, option.value, week.unit),
        Candidate("total", total.id, option.value, total.unit),
    )
    work.doubts.ask(Mode.HOLD, ProblemCode.UNSPECIFIED_ROLE, (week.id, total.id), offers, work.quote(claim))
    return True


def _is_no_total(work: Work, value: Decimal, week: Indicator, total: Indicator) -> bool:
    """Less than the total of last week, which nobody was asked for: this week's."""
    before = work.value_before(total.id)
    return week.source is Source.ASKED and total.source is Source.COMPUTED and before is not None and value < before


def _values(work: Work, holders: Mapping[int, Answer], but: int) -> dict[str, Decimal]:
    """What the other claims of the reply would be."""
    return {
        work.scope.indicator(place).id: answer.option.value
        for place, answer in holders.items()
        if answer.option is not None and place != but
    }


def _could_be(work: Work, indicator: Indicator, option: Option) -> bool:
    before = work.value_before(indicator.id)
    if indicator.role is _A_WEEK:
        so_far = work.value_before(work.scope.total_of.get(indicator.id, ""))
        return so_far is None or option.value < so_far
    return not (indicator.role is _A_CUMULATIVE and before is not None and option.value < before)


def _zeros(work: Work, claim: Claim, option: Option, options: Options, holders: dict[int, Answer]) -> None:
    """One «không» may say several noughts of a section; of two sections, only the person knows which."""
    known = work.value_before(work.scope.indicator(option.place).id)
    if work.scope.indicator(option.place).role is Role.SNAPSHOT and known is not None and known > _A_HERD:
        work.unresolved.append(claim)  # «không có dịch trên đàn gia súc, gia cầm»
        return
    if option.likeness.recall < _WELL_NAMED and any(odd_beside(work, claim, option)):
        work.unresolved.append(claim)  # «không cấp phép xây dựng»
        return
    alike = [o for o in options.best if o.score >= option.score * _ALIKE and _is_free(work, claim, o, holders)]
    usual = [o for o in alike if work.scope.indicator(o.place).usual_zero]
    alike = usual or alike
    asked = [work.scope.indicator(o.place) for o in alike]
    asked = [i for i in asked if i.source is not _RESTATED]
    sections = {i.section for i in asked}
    if len(sections) > 1 and not sections.isdisjoint({work.scope.indicator(option.place).section}):
        work.hold(ProblemCode.AMBIGUOUS_SCOPE, tuple(i.id for i in asked), claim=claim)
        return
    for other in alike:
        indicator = work.scope.indicator(other.place)
        if indicator.source is not _RESTATED:
            why = evidence(claim, other, indicator)
            work.propose(indicator, other.value, Origin.ZERO_IN_WORDS, claim.mention, claim, why)


def _is_free(work: Work, claim: Claim, option: Option, holders: dict[int, Answer]) -> bool:
    holder = holders.get(option.place)
    return (holder is None or holder.claim is claim) and work.proposed(work.scope.indicator(option.place).id) is None


def fits(claim: Claim, indicator: Indicator) -> bool:
    """Whether the claim's unit allows this indicator."""
    if claim.sort is _PERCENT:
        return indicator.role is _A_PERCENT
    if indicator.role is _A_PERCENT:
        said = claim.mention
        return claim.sort is _NUMBER and not said.unit and not said.scale and said.value <= _WHOLE
    return measure(claim.mention, indicator.unit).fit is not Fit.CONFLICT
