"""Sentences without numbers that say what to store or not: as last week, not known yet, tomorrow.

Knows: stock figures may be carried on a person's word, flows never; «chưa có số» is no zero.
Does not know: last week's values beyond the context.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.facts import Origin
from bot.forms.model import Role, Source
from bot.replies.claims import Sort
from bot.replies.intents import Phrase, as_intent
from bot.replies.normalise import fold
from bot.replies.reading import IntentKind, ProblemCode
from bot.replies.set_phrases import Mark
from bot.replies.tokens import Kind

if TYPE_CHECKING:
    from bot.forms.model import Indicator
    from bot.replies.claims import Claim
    from bot.replies.work import Work

# Members by name: looked up on their class, each costs more than the comparison it serves.
_SAME, _NO_DATA = Sort.SAME, Sort.NO_DATA
_NAMED = 0.8  # how much of a name must be said
_WEIGHT = 0.7  # and how much it must weigh
_NO_WORDS: frozenset[str] = frozenset()
_GIVEN = frozenset({Sort.NUMBER, Sort.RATIO, Sort.PERCENT, Sort.CHANGE})
_CARRYING = frozenset({Role.CUMULATIVE, Role.SNAPSHOT, Role.PERCENT, Role.OTHER})


def statements(work: Work) -> None:
    """Carry, mark as unknown, note intents."""
    for claim in work.found.claims:
        if claim.sort is _SAME:
            _same(work, claim)
        elif claim.sort is _NO_DATA:
            _no_data(work, claim)
    for phrase in work.found.phrases:
        kind = phrase.kind
        if isinstance(kind, IntentKind) and kind not in (IntentKind.SAME_AS_LAST, IntentKind.NO_DATA):
            named = ()
            work.intents.append(as_intent(work.analysis, phrase, kind, named))
    for first, last in work.found.asking:
        work.intents.append(as_intent(work.analysis, Phrase(IntentKind.QUESTION, first, last), IntentKind.QUESTION))
    if work.found.invented:
        _invented(work)


def _same(work: Work, claim: Claim) -> None:
    phrase = next(p for p in work.found.phrases if p.first == claim.first)
    if _is_of_text(work, claim):
        work.intents.append(as_intent(work.analysis, phrase, IntentKind.TEXT_UNCHANGED))
        return
    if _restates(work, claim):
        work.intents.append(as_intent(work.analysis, phrase, IntentKind.SAME_AS_LAST))
        return
    by_name = named(work, claim)
    said_of = by_name or _of_kind(work, claim)
    if not said_of and _is_numbered(work, claim):
        return  # «8. không có gì mới»: of some item, and not of everything
    generic = not said_of and (claim.strange == 0 or work.found.has(Mark.OTHERS))
    targets = said_of
    if generic:
        open_now = () if work.found.has(Mark.OTHERS) else work.context.open
        wanted = open_now or tuple(i.id for i in work.scope.index.indicators if _is_asked(work, i))
        targets = [work.scope.get(i) for i in wanted if i in work.scope.place]
    targets = [i for i in targets if work.proposed(i.id) is None and i.id not in work.doubts.asked]
    stocks = [i for i in targets if i.role in _CARRYING]
    flows = [i for i in targets if i.role is Role.WEEK]
    focus = [i for i in targets if i.id in work.context.open]
    if by_name and flows and focus:
        # «thu ngân sách như tuần trước»: this week's money again, or the same total? Only the person knows.
        doubtful = [i.id for i in focus]
        work.hold(ProblemCode.CARRY_FORWARD_FLOW, tuple(doubtful), claim=claim)
        stocks = [i for i in stocks if i.id not in doubtful and i.group not in {f.group for f in flows}]
    elif flows:
        work.hold(ProblemCode.CARRY_FORWARD_FLOW, tuple(i.id for i in flows), claim=claim)
        stocks = [i for i in stocks if not by_name or i.group not in {f.group for f in flows}]
    for indicator in stocks:
        _carry(work, claim, indicator)
    work.intents.append(as_intent(work.analysis, phrase, IntentKind.SAME_AS_LAST, tuple(i.id for i in targets)))


def _is_numbered(work: Work, claim: Claim) -> bool:
    tokens = work.analysis.tokens
    at = claim.first - 1
    while at >= 0 and tokens[at].kind == Kind.MARK:
        at -= 1
    return at >= 0 and tokens[at].kind == Kind.NUMERAL and (at == 0 or tokens[at - 1].kind == Kind.BREAK)


def _restates(work: Work, claim: Claim) -> bool:
    """«trích đo 22/20 như cũ»: a remark on the number just given."""
    clause_of = work.analysis.clause_of
    before = next((c for c in reversed(work.found.claims) if c.last <= claim.first), None)
    beside = before is not None and before.sort in _GIVEN and clause_of[before.first] == clause_of[claim.first]
    return beside and claim.telling == 0 and not work.found.has(Mark.OTHERS)


def _of_kind(work: Work, claim: Claim) -> list[Indicator]:
    """«các tỷ lệ như tuần trước», «trồng trọt như tuần trước»: all percents, or all of a section, that are asked."""
    clause = work.analysis.clauses[work.analysis.clause_of[claim.first]]
    words = [token.word for token in work.analysis.tokens[clause.first : claim.first]]
    asked = [i for i in work.scope.index.indicators if _is_asked(work, i)]
    if "le" in words and words[words.index("le") - 1] in ("ty", "ti"):
        return [i for i in asked if i.role is Role.PERCENT]
    said = " ".join(words)
    sections = {s for s in work.context.sections if _names(work.scope.form.sections[s].short, said)}
    return [i for i in asked if i.section in sections]


def _names(short: str, said: str) -> bool:
    return bool(short) and f" {fold(short)} " in f" {said} "


def _is_of_text(work: Work, claim: Claim) -> bool:
    """«nội dung như tuần trước»: the words are meant, not the figures."""
    clause_of = work.analysis.clause_of
    here = clause_of[claim.first]
    return any(p.kind is Mark.TEXT and clause_of[p.first] == here for p in work.found.phrases)


def _carry(work: Work, claim: Claim, indicator: Indicator) -> None:
    before = work.value_before(indicator.id)
    if before is None or indicator.source in (Source.COMPUTED, Source.KEPT):
        return
    work.propose(indicator, before, Origin.CARRIED, claim.mention, claim, ("carried",))


def _is_asked(work: Work, indicator: Indicator) -> bool:
    return indicator.source is Source.ASKED and work.scope.place[indicator.id] in work.scope.home


def _no_data(work: Work, claim: Claim) -> None:
    phrase = next(p for p in work.found.phrases if p.first == claim.first)
    targets = [i for i in named(work, claim) or _of_kind(work, claim) if i.source is Source.ASKED]
    if not targets and claim.strange == 0:
        targets = [work.scope.get(i) for i in work.context.open if i in work.scope.place]
    ids = tuple(i.id for i in targets if work.proposed(i.id) is None and i.id not in work.doubts.asked)
    work.no_data += ids
    work.hold(ProblemCode.NO_DATA, ids, claim=claim)
    work.intents.append(as_intent(work.analysis, phrase, IntentKind.NO_DATA, ids))


def _invented(work: Work) -> None:
    shares = [work.scope.percent_of.get(i) for i in work.context.open]
    pairs = zip(work.context.open, shares, strict=True)
    ids = tuple(dict.fromkeys(i for pair in pairs for i in pair if i is not None))
    work.hold(ProblemCode.NO_EVIDENCE, ids, claim=work.found.invented[0])


def named(work: Work, claim: Claim) -> list[Indicator]:
    """Every indicator whose name was said; a longer name said in full hides a shorter one inside it."""
    found = {
        place: likeness
        for place, likeness in work.scope.index.likeness(tuple(claim.words.items()), _NO_WORDS).items()
        if likeness.recall >= _NAMED and likeness.score >= _WEIGHT
    }
    best = {
        place: likeness
        for place, likeness in found.items()
        if not any(likeness.name.words < other.name.words for other in found.values())
    }
    return [work.scope.indicator(place) for place in sorted(best)]
