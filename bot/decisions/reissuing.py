"""What comes after approval: late parts, the issue that replaces another, a report that is opened again.

Knows: what changed between two issues, as the lines a person reads. Does not know: how an issue is made or posted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.decisions.lines import Line
from bot.decisions.outcome import Answer, Document, Logged, Outcome, Purpose, Say, To, Whom

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.decisions.office import Bureau
    from bot.facts import Issue
    from bot.forms.model import Form
    from bot.reports.digest import Digest
    from bot.reports.reissue import Amendment, Reissue

HERE = To(Whom.CHAT)
LATE_PART = "late_part"


@dataclass(frozen=True, slots=True)
class Changes:
    """What an issue says differently from an earlier one, as a leader reads it."""

    lines: tuple[Line, ...] = ()
    reworded: tuple[Mapping[str, object], ...] = ()  # unit and sections whose words differ


NO_CHANGES = Changes()


def late_part(told: Mapping[str, object], *, version: int, department: str, key: str) -> Say:
    """To the office: something came after the report was approved. `told` is what the message shows."""
    data = {
        "version": str(version),
        "department": department,
        "count": str(told["count"]),
        "amends": str(told["amends"]),
    }
    answers = {
        "reissue": Answer(effect="reissue", data=data),
        "next_period": Answer(effect="late_next", data=data),
        "show": Answer(effect="late_show", data=data),
    }
    shown = {**told, "version": version}
    return Say(LATE_PART, To(Whom.OFFICE), shown, Purpose.NOTICE, f"late:{key}", answers)


def changed_lines(difference: Reissue) -> tuple[Line, ...]:
    """Old and new of every figure that differs; what was missing before has no old value."""
    added = (Line(a.label, a.value, a.unit) for addition in difference.additions for a in addition.lines)
    return (*map(_amended, difference.amendments), *added)


def changes_of(form: Form, difference: Reissue) -> Changes:
    return Changes(changed_lines(difference), reworded_lines(form, difference))


def reworded_lines(form: Form, difference: Reissue) -> tuple[dict[str, object], ...]:
    """Departments whose words differ, with the sections."""
    return tuple({"unit": form.departments[w.department].short, "sections": w.sections} for w in difference.reworded)


def _amended(change: Amendment) -> Line:
    return Line(change.label, change.value, change.unit, pct=change.pct, old=change.old)


def group_reissue(
    bureau: Bureau, issue: Issue, digest: Digest, difference: Reissue, *, replaces: int, approver: str
) -> Say:
    """The post of an issue that takes another one's place. Its key makes it one post for ever."""
    told = bureau.common() | {
        "version": issue.version,
        "replaces": replaces,
        "approver": approver,
        "approved_at": issue.approved_at,
        "units_given": digest.units_given,
        "units": digest.units,
        "additions": [
            {"unit": a.unit, "lines": tuple(Line(one.label, one.value, one.unit) for one in a.lines)}
            for a in difference.additions
        ],
        "amendments": tuple(map(_amended, difference.amendments)),
        "reworded": reworded_lines(bureau.form, difference),
        "file_line": None,
    }
    document = Document("docx", bureau.period, issue.version)
    key = f"post:{bureau.period}:{issue.version}"
    return Say("group_reissue", To(Whom.GROUP), told, Purpose.REPORT, key, document=document)


def came_meanwhile(bureau: Bureau, later: Reissue, version: int) -> tuple[Say, ...]:
    """What came between the draft and its approval is in no issue: the office decides, department by department."""
    worded = {w.department for w in later.reworded}
    named = {d.short: d.id for d in bureau.form.departments.values()}
    counts: dict[str, list[int]] = {}
    for addition in later.additions:
        counts.setdefault(named[addition.unit], [0, 0])[0] += len(addition.lines)
    for change in later.amendments:
        both = counts.setdefault(bureau.form.owner_of(change.indicator), [0, 0])
        both[0], both[1] = both[0] + 1, both[1] + 1
    for department in sorted(worded - counts.keys()):
        counts[department] = [0, 0]
    says = []
    for department, (count, amends) in counts.items():
        told = bureau.common() | {
            "words": department in worded,
            "unit": bureau.short(department),
            "count": count,
            "amends": amends,
            "at": bureau.now,
        }
        key = f"meanwhile:{bureau.period}:{version}:{department}"
        says.append(late_part(told, version=version, department=department, key=key))
    return tuple(says)


def settled_notices(bureau: Bureau, difference: Reissue, version: int) -> tuple[Say, ...]:
    """To the departments whose late figures stand in the new issue."""
    named = {d.short: d.id for d in bureau.form.departments.values()}
    owners = [named[a.unit] for a in difference.additions]
    owners += [bureau.form.owner_of(a.indicator) for a in difference.amendments]
    owners += [w.department for w in difference.reworded]
    office = {d.id for d in bureau.form.departments.values() if d.is_office}
    return tuple(settled(bureau.form, bureau.common(), d, version) for d in dict.fromkeys(owners) if d not in office)


def settled(form: Form, common: Mapping[str, object], department: str, version: int | None) -> Say:
    """To one department: where its late part stands. Without a version it waits for the next period."""
    told = {**common, "unit": form.departments[department].short, "version": version}
    key = f"late-settled:{common['period']}:{department}:{version or common['now']}"
    return Say("late_settled", To(Whom.DEPARTMENT, department=department), told, Purpose.NOTICE, key)


def reopened(bureau: Bureau, issue: Issue, why: str, key: str) -> Outcome:
    """Said to the office and the leaders; the issue that was approved stays as it is."""
    told = bureau.common() | {"person": bureau.person.name, "why": why, "version": issue.version}
    logged = Logged("reopened", str(issue.version), str(issue.version + 1), why, bureau.period)
    mine = Say("reopened", HERE, told, dedup=f"reopened:{key}")
    theirs = Say("reopened", To(Whom.LEADERS), told, Purpose.NOTICE, f"reopened:{key}:leaders")
    return Outcome((logged,), (mine, theirs))


def reason_needed(common: Mapping[str, object], word: str, key: str) -> Outcome:
    """`word` is the command as it is printed: the reason is to follow it."""
    return Outcome((), (Say("reason_needed", HERE, {**common, "word": word}, dedup=f"why:{key}"),))
