"""One reply against one scope: claims to answers, answers to values, values to figures and questions.

Knows: the order of the work. Does not know: how any step does it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.replies.arithmetic import plans_by_percent
from bot.replies.assign import assign
from bot.replies.changes import check_changes
from bot.replies.claiming import claims_of
from bot.replies.claims import Sort, gather
from bot.replies.columns import cue_columns
from bot.replies.elsewhen import tell_other_times, without_numbers_of_names
from bot.replies.finishing import ask_for_the_rest, check_rules, derive
from bot.replies.judge import Judge
from bot.replies.livetext import is_prose, narrative_of, place_of
from bot.replies.loosening import loosen
from bot.replies.mentions import analyse
from bot.replies.openness import answer_open
from bot.replies.options import NONE, options_of
from bot.replies.parts import labels_of_parts, own_names, place_in_parts
from bot.replies.period_said import of_this_week, periods_said, week_of
from bot.replies.plain_zeros import add_plain_zeros
from bot.replies.reading import Mode, ProblemCode, ReadFigure, Reading
from bot.replies.relations import relate
from bot.replies.settling import settle_all
from bot.replies.statements import statements
from bot.replies.strangers import strangers
from bot.replies.wording import word_the
from bot.replies.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.replies.proposals import Proposal
    from bot.replies.reading import Context
    from bot.replies.scope import Scope

_FEW_OPEN = 3
# Members by name: looked up on their class, each costs more than the comparison it serves.
_DELTA = ProblemCode.DELTA
_HOLD, _CONFIRM = Mode.HOLD, Mode.CONFIRM
_ASSIGNED = frozenset({Sort.NUMBER, Sort.RATIO, Sort.PERCENT, Sort.CHANGE, Sort.ZERO})


def answer(scope: Scope, text: str, context: Context, beyond: Callable[[], Scope]) -> Reading:
    """The reading of one reply. Steps that nothing in it calls for are left out: most replies are short and plain."""
    analysis = analyse(text, bare=True)
    found = claims_of(analysis)
    if analysis.mentions.distractors:
        found.claims = of_this_week(found, week_of(context.week))
    labels = labels_of_parts(analysis, scope.parts) if scope.parts else []
    found.masked += [(label.first, label.last) for label in labels]
    if scope.writers:
        found.masked += own_names(analysis, scope.writers)
    found.claims = without_numbers_of_names(analysis, scope.index, found.claims)
    wording = word_the(analysis, scope.index, found.masked)
    add_plain_zeros(found, wording)
    loosen(scope, wording, found.claims)
    gather(wording, found.claims)
    if wording.cues:
        tell_other_times(wording, found.claims)
    cue_columns(analysis, found.claims)
    if labels:
        place_in_parts(labels, found.claims)
    work = Work(scope, context, analysis, found, wording, beyond)
    numeric = [c for c in found.claims if c.sort in _ASSIGNED]
    # A prompt for everything stresses nothing.
    focus = frozenset(context.open if len(context.open) <= _FEW_OPEN else ())
    options = [NONE if claim.hangs_on is not None else options_of(scope, claim, focus) for claim in numeric]
    relate(wording, numeric, options)
    settle_all(work, assign(numeric, options), options)
    if work.unresolved:
        plans_by_percent(work)
    if not is_prose(work) and work.unresolved:
        strangers(work)
    if work.unresolved:
        answer_open(work)
    if found.phrases or found.asking:
        statements(work)
    if work.proposals:
        _doubt(work)
    if analysis.mentions.distractors:
        periods_said(work)
    ask_for_the_rest(work)
    if work.doubts.questions:
        _hold_what_is_asked(work)
    return _reading(work)


def _doubt(work: Work) -> None:
    """Whether the values can be true."""
    context = work.context
    check_changes(work)
    _ask_deltas(work)
    Judge(work.scope, work.proposals, context.previous, context.stored, work.doubts, work.quote).run()
    if work.scope.rules:
        check_rules(work)


def _ask_deltas(work: Work) -> None:
    changed = tuple([p.indicator.id for p in work.proposals if "delta" in p.why])
    work.doubts.ask(_CONFIRM, _DELTA, changed)


def _hold_what_is_asked(work: Work) -> None:
    """What one number of the reply left in doubt, another does not store."""
    held = {i for question in work.doubts.questions if question.mode is _HOLD for i in question.indicators}
    for proposal in work.proposals:
        if proposal.indicator.id in held:
            proposal.mode = _HOLD


def _reading(work: Work) -> Reading:
    figures = tuple(_figure(p) for p in work.proposals if p.mode is not _HOLD)
    narrative, slots = narrative_of(work)
    section, part = place_of(work) if narrative else (None, None)
    return Reading(
        figures=figures,
        derived=derive(work),
        questions=tuple(work.doubts.questions),
        intents=tuple(work.intents),
        narrative=narrative,
        slots=slots,
        section=section,
        part=part,
        no_data=tuple(work.no_data),
    )


def _figure(proposal: Proposal) -> ReadFigure:
    start, end = proposal.span
    mention = proposal.mention
    return ReadFigure(
        proposal.indicator.id,
        proposal.indicator.role,
        proposal.value,
        proposal.indicator.unit,
        start,
        end,
        proposal.origin,
        proposal.mode is _CONFIRM,
        mention.qualifier if mention is not None else None,
        proposal.why,
    )
