"""Periods and dates a reply names, against the week it is read for.

    «Số liệu tuần 22 (25-31/5): …» in week 23        figures of another week: nothing is stored until answered
    «trong tuần ban hành Văn bản số 160 ngày 28/5»   a paper dated before the week: worth a look

Knows: the week, dates as layer A marks them. Does not know: what papers exist.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from bot.facts import Origin
from bot.replies.cues import Cue
from bot.replies.normalise import fold
from bot.replies.reading import Candidate, Mode, NotAFigure, ProblemCode, Question

if TYPE_CHECKING:
    from bot.replies.claiming import Claims
    from bot.replies.claims import Claim
    from bot.replies.work import Work

_WEEK = re.compile(r"(\d{1,2})(?:/(\d{1,2}))?(?:/\d{4})?\s*[-–]\s*(\d{1,2})/(\d{1,2})/(\d{4})")
_RANGE = re.compile(r"(\d{1,2})(?:/(\d{1,2}))?(?:/\d{4})?\s*(?:[-–]|đến|den|tới)\D{0,8}(\d{1,2})/(\d{1,2})")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?")
_TWO = 2
_WEEK_WORDS = ("tuần", "tuan")
_OF_PAPER = 3  # characters between a paper's number and its own date
_LONGEST = 9  # days: a longer stretch is no week
_COMPARING = frozenset({"so", "voi", "hon", "nhu", "tu", "sau", "truoc"})


class Week(NamedTuple):
    """First and last day of the week a reply is for."""

    first: date
    last: date

    @property
    def number(self) -> int:
        return self.first.isocalendar().week


@lru_cache(maxsize=64)
def week_of(said: str) -> Week | None:
    """A span like "01-07/6/2026" or "27/4-03/5/2026"; None when it says nothing."""
    found = _WEEK.fullmatch(said.strip())
    if found is None:
        return None
    day, month, last_day, last_month, year = found.groups()
    last = _date(last_day, last_month, year)
    first = _date(day, month or last_month, year)
    if first is None or last is None:
        return None
    return Week(first, last) if first <= last else Week(first.replace(year=first.year - 1), last)


def of_this_week(found: Claims, week: Week | None) -> list[Claim]:
    """«Tuần 22: lúa mùa 530 ha. Tuần 23: lúa mùa 549 ha»: where both are told, each number is of the week before it.

    «tuần 23» is no value where it is this very week's number.
    """
    claims = [c for c in found.claims if not c.is_week or (week is not None and c.mention.value != week.number)]
    marks = _weeks_named(found)
    if week is None or week.number not in marks.values() or len(set(marks.values())) < _TWO:
        return claims
    kept: list[Claim] = []
    for claim in claims:
        before = [start for start in marks if start <= claim.mention.start]
        if not before or marks[max(before)] == week.number:
            kept.append(claim)
    return kept


def _weeks_named(found: Claims) -> dict[int, int]:
    """Where weeks are named, and their numbers."""
    marks: dict[int, int] = {}
    for distractor in found.analysis.mentions.distractors:
        words = found.analysis.source.text[distractor.start : distractor.end].lower().split()
        named = distractor.kind is NotAFigure.PERIOD and len(words) == _TWO and words[1].isdigit()
        if named and words[0] in _WEEK_WORDS:
            marks[distractor.start] = int(words[1])
    return marks


def periods_said(work: Work) -> None:
    """Ask where the reply speaks of another week, or of a paper dated outside this one."""
    week = week_of(work.context.week)
    if week is None:
        return
    other = _other_week(work, week)
    if other is not None:
        flows = [p for p in work.proposals if p.origin is Origin.STATED and p.mode is not Mode.HOLD]
        for proposal in flows:
            proposal.mode = Mode.HOLD
        ids = tuple(p.indicator.id for p in flows)
        work.doubts.ask(Mode.HOLD, ProblemCode.PERIOD_MISMATCH, ids, quote=other)
    paper = _paper_outside(work, week)
    if paper:
        keys = (Candidate("drop_in_week"), Candidate("fix_date"), Candidate("stands"))
        work.doubts.questions.append(Question(Mode.CONFIRM, ProblemCode.DOCUMENT_DATE, (), keys, paper))


def day_beside(work: Work, claim: Claim) -> str | None:
    """A single date in the claim's own clause, as ISO where it can be told; "" where only a month is named."""
    analysis = work.analysis
    if not analysis.mentions.distractors:
        return None
    clause = analysis.clauses[analysis.clause_of[claim.first]]
    start, end = analysis.source.span(clause.start, clause.end)
    found = [d for d in analysis.mentions.distractors if start <= d.start < end]
    for at, dated in enumerate(found):
        said = work.text[dated.start : dated.end]
        if dated.kind is not NotAFigure.DATE or any(c in said for c in "-–đ"):
            continue
        paper = found[at - 1] if at else None
        if paper is not None and paper.kind is NotAFigure.DOCUMENT_NUMBER and dated.start - paper.end <= _OF_PAPER:
            continue
        week, day = week_of(work.context.week), _DAY.search(said)
        known = _date(day[1], day[2], day[3] or str(week.last.year)) if day is not None and week is not None else None
        return known.isoformat() if known is not None else ""
    return None


def _date(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _other_week(work: Work, week: Week) -> str | None:
    said = _week_or_range(work, week)
    return None if said is not None and week.number in _weeks_named(work.found).values() else said


def _week_or_range(work: Work, week: Week) -> str | None:
    for distractor in work.analysis.mentions.distractors:
        said = work.text[distractor.start : distractor.end]
        if distractor.kind is NotAFigure.PERIOD:
            words = said.split()
            counted = any(c.is_week and distractor.start <= c.mention.start < distractor.end for c in work.found.claims)
            named = not counted and len(words) == 2 and words[1].isdigit() and words[0].lower() in ("tuần", "tuan")
            if named and int(words[1]) != week.number and not _compares(work, distractor.start):
                return said
        elif distractor.kind is NotAFigure.DATE:
            found = _RANGE.search(said)
            if found is not None and _differs(found, week):
                return said
    return None


def _differs(found: re.Match[str], week: Week) -> bool:
    day, month, last_day, last_month = found.groups()
    first = _date(day, month or last_month, str(week.last.year))
    last = _date(last_day, last_month, str(week.last.year))
    if first is None or last is None or not timedelta(0) <= last - first <= timedelta(days=_LONGEST):
        return False
    return last < week.first or first > week.last


def _compares(work: Work, start: int) -> bool:
    before = fold(work.text[:start]).split()
    return bool(before) and before[-1] in _COMPARING


def _paper_outside(work: Work, week: Week) -> str:
    """The words of a paper said to be of this week whose date is not."""
    papers = [d for d in work.analysis.mentions.distractors if d.kind is NotAFigure.DOCUMENT_NUMBER]
    if not papers or not any(found.cue is Cue.WEEK for found in work.wording.cues.values()):
        return ""
    for paper in papers:
        for dated in work.analysis.mentions.distractors:
            if dated.kind is not NotAFigure.DATE or not 0 <= dated.start - paper.end <= len(" , ngày "):
                continue
            said = work.text[dated.start : dated.end]
            found = _DAY.search(said)
            day = _date(found[1], found[2], found[3] or str(week.last.year)) if found is not None else None
            if day is not None and not week.first <= day <= week.last and _issued_this_week(work, paper.start):
                return work.text[paper.start : dated.end]
    return ""


def _issued_this_week(work: Work, start: int) -> bool:
    """«trong tuần … ban hành» in the same sentence before the paper."""
    sentence = work.text[:start].rpartition(".")[2].lower()
    return any(w in sentence for w in ("trong tuần", "tuần này", "trong tuan", "tuan nay")) and any(
        w in sentence for w in ("ban hành", "ban hanh")
    )
