"""The office's hand in a department's part: a figure amended, a part entered or returned, an amendment undone.

Knows: what is stored in the office's name, and who is told. `desk` is the department's, its person the secretary.
Nothing is changed silently: every change is logged with old, new, who, why and the message it came with.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.decisions import receipts
from bot.decisions.listing import main_of
from bot.decisions.outcome import Answer, Logged, Outcome, Purpose, Say, To, Whom
from bot.decisions.reissuing import late_part
from bot.facts import Figure, Origin, State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.decisions.desk import Desk
    from bot.decisions.lines import Line
    from bot.decisions.outcome import Fact
    from bot.decisions.taking import Taken

HERE = To(Whom.CHAT)
UNDONE = "undone"  # the reason of a figure that was put back


def amended(desk: Desk, figures: Sequence[Figure], why: str, key: str, told_to: str | None) -> Outcome:
    """«SỬA lúa mùa 560, lý do …»: to her what was changed, to the department by whom and why."""
    stored = [replace(f, origin=Origin.OFFICE, reason=why, provisional=False) for f in figures]  # her word is a yes
    after = replace(desk, figures={**desk.figures, **{f.indicator: f for f in stored}})
    lines = changed(desk, after, stored)
    common = receipts.common(desk)
    says: list[Say] = []
    for n, line in enumerate(lines):
        told = common | {"line": line, "why": why or None}
        says.append(Say("office_amended", HERE, told | {"person": told_to}, dedup=f"amended:{key}:{n}"))
        notice = Say("amended_notice", To(Whom.DEPARTMENT, department=desk.department), told, Purpose.NOTICE)
        says.append(replace(notice, dedup=f"amended-notice:{key}:{n}"))
    return Outcome((*stored, *logged(desk, "amended", stored, why)), (*says, *_late(desk, lines, key)))


def changed(before: Desk, after: Desk, figures: Sequence[Figure]) -> tuple[Line, ...]:
    """One line a matter, with the value before."""
    found = []
    for indicator in dict.fromkeys(main_of(before.form, before.form.indicators[f.indicator]).id for f in figures):
        old = before.figures.get(indicator)
        line = receipts.changed_lines(after, {indicator: "0"})[0]
        found.append(replace(line, old=old.value if old is not None else None))
    return tuple(found)


def logged(desk: Desk, what: str, figures: Sequence[Figure], why: str = "") -> tuple[Logged, ...]:
    return tuple(
        Logged(what, _value(desk.figures.get(f.indicator)), _value(f), why, f.indicator, f.reply_id) for f in figures
    )


def _value(figure: Figure | None) -> str:
    if figure is None:
        return ""
    return str(figure.value) if figure.value is not None else figure.state.value


def _late(desk: Desk, lines: Sequence[Line], key: str) -> tuple[Say, ...]:
    """The report is approved already: the office decides about a new issue."""
    if not desk.is_locked or desk.issue is None:
        return ()
    amends = sum(line.old is not None for line in lines)
    told = receipts.common(desk) | {"count": len(lines), "amends": amends, "at": desk.now}
    return (late_part(told, version=desk.issue.version + 1, department=desk.department, key=key),)


def entering(desk: Desk, taken: Taken, text: str, reply_id: int, key: str) -> Outcome:
    """«NHẬP HỘ CCB: …»: what was read, and from where the office has it. Stored with the answer."""
    after = replace(desk, figures={**desk.figures, **{f.indicator: f for f in taken.figures}})
    lines = (*receipts.lines_taken(after, taken), *receipts.doubts_of(desk, taken))
    data = {"department": desk.department, "text": text, "reply_id": str(reply_id)}
    answers = {source: Answer(effect="entered", data=data) for source in ("phone", "paper", "in_person")}
    told = receipts.common(desk) | {"lines": lines}
    return Outcome((), (Say("entered_for_unit", HERE, told, Purpose.QUESTION, f"enter:{key}", answers),))


def entered(desk: Desk, taken: Taken, source: str, key: str) -> Outcome:
    """Stored in the office's name; the department reads what was entered for it."""
    stored = [replace(f, origin=Origin.OFFICE, reason=source) for f in taken.figures]
    after = replace(desk, figures={**desk.figures, **{f.indicator: f for f in stored}})
    lines = receipts.lines_taken(after, replace(taken, figures=tuple(stored)))
    common = receipts.common(desk)
    done = Say("entered_done", HERE, common | {"count": len(lines), "source": source}, dedup=f"entered:{key}")
    department = To(Whom.DEPARTMENT, department=desk.department)
    notice = Say("entered_notice", department, common | {"lines": lines, "source": source}, Purpose.NOTICE)
    facts: tuple[Fact, ...] = (*stored, *taken.texts, *logged(desk, "entered", stored, source))
    told = (done, replace(notice, dedup=f"entered-notice:{key}"))
    return Outcome(facts, (*told, *_late(desk, changed(desk, after, stored), key)))


def returned(desk: Desk, comment: str, key: str, told_to: str | None, reply_id: int | None) -> Outcome:
    """«TRẢ LẠI Trạm Y tế: …»: the figures stay; the part is not handed in any more."""
    common = receipts.common(desk)
    sections = [s.number for s in desk.sections if s.number]
    place = sections[0].rstrip(".") if len(desk.sections) == 1 and sections else None
    department = To(Whom.DEPARTMENT, department=desk.department)
    theirs = Say("part_returned", department, common | {"section": place, "comment": comment}, Purpose.NOTICE)
    mine = Say("part_returned_done", HERE, common | {"person": told_to}, dedup=f"returned:{key}")
    event = Logged("part_returned", why=comment, subject=desk.department, reply_id=reply_id)
    return Outcome((event,), (replace(theirs, dedup=f"part-returned:{key}"), mine))


def undone(desk: Desk, last: Figure, before: Figure, key: str) -> Outcome:
    """«HOÀN LẠI»: the figure as it was before one's own last amendment."""
    back = replace(before, id=None, at=desk.now, amends=last.id, person_id=desk.person.id, reason=UNDONE)
    now = replace(desk, figures={**desk.figures, last.indicator: last})
    after = replace(desk, figures={**desk.figures, last.indicator: back})
    line = changed(now, after, [back])[0]
    if back.state is not State.VALUE:
        line = replace(line, value=None)
    common = receipts.common(desk)
    says = [Say("undone", HERE, common | {"line": line}, dedup=f"undone:{key}")]
    owner = desk.form.owner_of(last.indicator)
    if owner not in desk.person.departments:
        told = common | {"unit": desk.form.departments[owner].short, "line": line, "why": None}
        says.append(Say("amended_notice", To(Whom.DEPARTMENT, department=owner), told, Purpose.NOTICE, f"undo:{key}"))
    return Outcome((back, *logged(now, "undone", [back])), (*says, *_late(desk, (line,), key)))
