"""What the secretary and the leaders do with the whole period: board, draft, approval, post.

Knows: standings of all departments and the newest issue of the report. Does not know: documents; the shell makes them.
A leader's word counts for exactly the version that was shown, by its digest.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.decisions.board import board_of
from bot.decisions.lines import Line
from bot.decisions.outcome import Answer, Document, Logged, Outcome, Purpose, Say, To, Transition, Whom
from bot.decisions.reissuing import NO_CHANGES
from bot.facts import ReportState
from bot.periods.standing import Standing, completeness

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.decisions.checking import Point
    from bot.decisions.reissuing import Changes
    from bot.facts import Issue, Person
    from bot.forms.model import Form
    from bot.periods.calendar import Moments
    from bot.periods.standing import DepartmentStanding
    from bot.reports.digest import Digest, DigestLine

HERE = To(Whom.CHAT)
LOCKED = (ReportState.APPROVED, ReportState.POSTED)


@dataclass(frozen=True, slots=True)
class Bureau:
    """The office's view of one period."""

    form: Form
    moments: Moments
    now: datetime
    person: Person
    office: str
    standings: tuple[DepartmentStanding, ...] = ()
    issue: Issue | None = None
    reminded: Mapping[str, int] = field(default_factory=dict)  # times, by department
    group: str = ""  # the leadership group's name
    has_leader: bool = True
    points: tuple[Point, ...] = ()  # checks that do not hold
    touched: tuple[Issue, ...] = ()  # posted issues of which a printed figure was corrected since
    masked: tuple[str, ...] = ()  # where the group's copy of the issue gives a name as initials, one for each

    @property
    def period(self) -> str:
        return str(self.moments.period)

    @property
    def asked(self) -> tuple[DepartmentStanding, ...]:
        """All departments but the office itself."""
        return tuple(s for s in self.standings if not self.form.departments[s.department].is_office)

    def common(self) -> dict[str, object]:
        office = next(d for d in self.form.departments.values() if d.is_office)
        return {
            "unit": office.short,
            "office": self.office,
            "period": self.period,
            "deadline": self.moments.deadline,
            "now": self.now,
        }

    @property
    def post_at(self) -> datetime | None:
        """When the report is posted; None when it goes as soon as it is approved, as after that moment."""
        post = self.moments.post
        return post if post is not None and self.now < post else None

    def short(self, department: str) -> str:
        return self.form.departments[department].short


def counts(bureau: Bureau) -> dict[str, object]:
    """How much of the report is there: departments that gave something, as the report's digest counts them; figures."""
    asked = bureau.asked
    expected = completeness(asked).expected
    gaps = [bureau.short(s.department) for s in asked if s.is_silent and s.standing is not Standing.WAIVED]
    return {
        "units_given": expected - len(gaps),
        "units": expected,
        "given": sum(s.given for s in bureau.standings),
        "asked": sum(s.asked for s in bureau.standings),
        "gaps": gaps,
    }


def board(bureau: Bureau, to: To, key: str) -> Say:
    """Who stands where, silent departments first."""
    groups: dict[str, list[object]] = {"silent": [], "partial": [], "complete": [], "submitted": [], "waived": []}
    for s in bureau.asked:
        name = bureau.short(s.department)
        if s.standing is Standing.WAIVED:
            groups["waived"].append(name)
        elif s.is_declared and not s.missing:
            groups["submitted"].append(name)
        elif not s.missing:
            groups["complete"].append(name)
        elif s.is_silent and s.promised_until is None:
            groups["silent"].append({"unit": name, "reminded": bureau.reminded.get(s.department, 0)})
        else:
            groups["partial"].append(_partial(bureau, s, name))
    own = next((s for s in bureau.standings if bureau.form.departments[s.department].is_office), None)
    told = (
        bureau.common()
        | groups
        | {
            "at": bureau.now,
            "total": len(bureau.asked),
            "checks": [{"unit": _units(bureau, p), "title": p.title} for p in open_points(bureau)],
            "own_given": own.given if own is not None else None,
            "own_asked": own.asked if own is not None else None,
            "owing": any(s.missing for s in bureau.asked),
        }
    )
    cards = board_of(bureau.form, bureau.moments, bureau.asked, bureau.now)
    return Say("board", to, told, Purpose.NOTICE, key, document=Document("board", bureau.period, picture=cards))


def _partial(bureau: Bureau, standing: DepartmentStanding, name: str) -> dict[str, object]:
    sections = list(dict.fromkeys(item.section for item in standing.missing))
    own = [s.id for s in bureau.form.sections_of(standing.department)]
    places = ", ".join(str(own.index(s) + 1) for s in sections) if len(own) > 1 else ""
    doubtful = standing.doubtful[0] if standing.doubtful else ""
    return {
        "unit": name,
        "given": standing.given,
        "asked": standing.asked,
        "places": places,
        "note": bureau.form.indicators[doubtful].short if doubtful else "",
        "until": standing.promised_until or (standing.deadline if standing.is_extended else None),
    }


def open_points(bureau: Bureau) -> tuple[Point, ...]:
    """What should be settled before the report goes to the leader."""
    return tuple(p for p in bureau.points if p.is_hard and p.is_open)


def _units(bureau: Bureau, point: Point) -> str:
    return ", ".join(bureau.short(d) for d in point.finding.departments)


def draft_ready(bureau: Bureau, issue: Issue, key: str) -> Say:
    """At the deadline: the state of things and the draft, to the secretary."""
    told = (
        bureau.common()
        | counts(bureau)
        | {
            "version": issue.version,
            "open": [p.title for p in open_points(bureau)],
            "touched": [{"period": i.period, "version": i.version} for i in bureau.touched if i != issue],
            "masked": len(bureau.masked),
            "masked_in": tuple(dict.fromkeys(bureau.masked)),
            "file_line": None,
        }
    )
    document = Document("docx", bureau.period, issue.version)
    answers = {"submit": Answer(effect="submit"), "digest": Answer(effect="digest")}  # of this period, whichever it is
    return Say("draft_ready", To(Whom.OFFICE), told, Purpose.NOTICE, key, answers, document=document)


def submit(bureau: Bureau, issue: Issue, key: str, changes: Changes = NO_CHANGES) -> Outcome:
    """Before the leader, with exactly this version. `changes` are those since the issue the leader saw last."""
    told = (
        bureau.common()
        | counts(bureau)
        | {
            "version": issue.version,
            "notes": [p.told() for p in bureau.points if p.is_hard or not p.is_open],
            "changes": changes.lines,
            "reworded": changes.reworded,
            "until": bureau.post_at,
            "file_line": None,
        }
    )
    to = To(Whom.LEADERS) if bureau.has_leader else To(Whom.OFFICE)
    request = Say(
        "approval_request",
        to,
        told,
        Purpose.QUESTION,
        f"approval:{bureau.period}:{issue.version}:{key}",
        approval_answers(issue),
        document=Document("docx", bureau.period, issue.version),
    )
    named = {"version": issue.version, "persons": [], "masked": len(bureau.masked)}
    sent = Say("submitted_for_approval", To(Whom.OFFICE), bureau.common() | named)
    moved = Transition(bureau.period, issue.version, ReportState.SUBMITTED.value, issue.digest)
    says = (
        (request, _with_dedup(sent, f"submitted:{bureau.period}:{issue.version}:{key}"))
        if bureau.has_leader
        else (request,)
    )
    return Outcome((moved,), says)


def _with_dedup(say: Say, key: str) -> Say:
    return Say(say.message, say.to, say.data, say.purpose, key)


def approval_answers(issue: Issue) -> dict[str, Answer]:
    """A press approves this version and no other."""
    data = {"version": str(issue.version), "digest": issue.digest}
    return {
        "approve": Answer(effect="approve", data=data),
        "return": Answer(effect="return", data=data),
        "digest": Answer(effect="digest", data=data),
    }


def approve(bureau: Bureau, version: int, digest: str, key: str, changes: Changes = NO_CHANGES) -> Outcome:
    """Approval of the version that was shown; nothing at all when it has been replaced since, by these `changes`."""
    issue = bureau.issue
    if issue is None or issue.version != version or issue.digest != digest:
        return _stale(bureau, version, key, changes)
    if issue.state in LOCKED:
        return Outcome((), (_thanks(bureau, issue.version, key),))
    if issue.state is not ReportState.SUBMITTED:
        return _stale(bureau, version, key)  # returned, or not before the leader any more
    moved = Transition(bureau.period, version, ReportState.APPROVED.value, digest, person_id=bureau.person.id)
    told = bureau.common() | {
        "version": version,
        "person": bureau.person.name,
        "at": bureau.now,
        "post_at": bureau.post_at,
    }
    message = "approved" if bureau.post_at is not None else "approved_posting"
    answers = {k: Answer(effect=f"post_{k}", data={"version": str(version)}) for k in ("on_time", "now", "hold")}
    office = Say(message, To(Whom.OFFICE), told, Purpose.NOTICE, f"approved:{bureau.period}:{version}", answers)
    logged = Logged("approved", new=str(version), subject=bureau.period)
    return Outcome((moved, logged), (_thanks(bureau, version, key), office))


def _thanks(bureau: Bureau, version: int, key: str) -> Say:
    told = bureau.common() | {"version": version, "at": bureau.now, "post_at": bureau.post_at}
    return Say("approval_thanks", HERE, told, dedup=f"thanks:{key}")


def _stale(bureau: Bureau, version: int, key: str, changes: Changes = NO_CHANGES) -> Outcome:
    issue = bureau.issue
    if issue is None or issue.state is not ReportState.SUBMITTED:
        told = bureau.common() | {"version": issue.version if issue else None, "state": _state(issue)}
        return Outcome((), (Say("approval_none", HERE, told, dedup=f"stale:{key}"),))
    told = bureau.common() | {
        "old_version": version,
        "version": issue.version,
        "changes": changes.lines,
        "reworded": changes.reworded,
        "file_line": None,
    }
    say = Say("approval_stale", HERE, told, Purpose.QUESTION, f"stale:{key}", approval_answers(issue))
    return Outcome((), (say,))


def _state(issue: Issue | None) -> str:
    told = ("approved", "posted", "returned")
    return issue.state.value if issue is not None and issue.state.value in told else "none"


def give_back(bureau: Bureau, comment: str, key: str) -> Outcome:
    """The leader wants something changed first."""
    issue = bureau.issue
    if issue is None or issue.state is not ReportState.SUBMITTED:
        return _stale(bureau, 0, key)
    moved = Transition(
        bureau.period, issue.version, ReportState.RETURNED.value, issue.digest, comment, bureau.person.id
    )
    told = bureau.common() | {"person": bureau.person.name, "version": issue.version, "comment": comment}
    office = Say("approval_returned", To(Whom.OFFICE), told, Purpose.NOTICE, f"returned:{key}")
    mine = Say("return_noted", HERE, bureau.common() | {"version": issue.version, "comment": comment}, dedup=key)
    return Outcome((moved,), (mine, office))


def group_post(bureau: Bureau, issue: Issue, digest: Digest, approver: str, mention: str) -> Say:
    """The post to the leadership group: short, with the file. Its key makes it one post for ever."""
    told = bureau.common() | {
        "version": issue.version,
        "approver": approver,
        "approved_at": issue.approved_at,
        "units_given": digest.units_given,
        "units": digest.units,
        "gaps": digest.gaps,
        "met": _lines(digest.met),
        "behind": _lines(digest.behind),
        "elapsed": digest.elapsed,
        "moved": _lines(digest.moved),
        "more": (),
        "mention": mention or None,
        "file_line": None,
    }
    return Say(
        "group_post",
        To(Whom.GROUP),
        told,
        Purpose.REPORT,
        f"post:{bureau.period}:{issue.version}",
        document=Document("docx", bureau.period, issue.version),
    )


def _lines(told: tuple[DigestLine, ...]) -> tuple[Line, ...]:
    return tuple(Line(d.label, d.value, d.unit, d.plan, d.pct, d.change) for d in told)
