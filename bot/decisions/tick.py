"""What a moment brings: prompts, reminders, the close, the draft, the post. One action, one outcome.

Knows: what each kind of action says to whom. What is due is `bot.periods.plan`; this is only what is said.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.decisions import office, receipts
from bot.decisions.listing import lines_of, missing_lines
from bot.decisions.outcome import Purpose, Say, To, Whom
from bot.periods.actions import ActionKind
from bot.periods.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.decisions.desk import Desk
    from bot.decisions.office import Bureau
    from bot.periods.actions import Action

DENSE_ABOVE = 12
ROUNDED = timedelta(minutes=3)  # a look comes a few seconds after the moment; the message says the moment
SUPERIOR_STEP = 2  # reminders after the first one name the hour


def to_person(desk: Desk, action: Action, superior: str) -> Say | None:
    """A prompt or a reminder to one person, over all departments the person answers for."""
    if action.kind is ActionKind.PROMPT:
        return prompt(desk, action)
    if action.kind in (ActionKind.REMIND, ActionKind.REMIND_EXTENSION):
        return reminder(desk, action, superior)
    is_office = desk.form.departments[desk.department].is_office
    if action.kind is ActionKind.ESCALATED_NOTICE and superior and not is_office:
        grace = int((desk.now - desk.moments.deadline).total_seconds()) // 60
        told = receipts.common(desk) | {
            "superior": superior,
            "grace": max(grace, 0),
            "still_until": desk.moments.submit or desk.moments.post,
        }
        return Say("escalated_notice", _to(action), told, Purpose.NOTICE, action.key)
    return None


def _to(action: Action) -> To:
    return To(Whom.PERSON, action.person_id)


def prompt(desk: Desk, action: Action) -> Say:
    """The first message of a period: what is asked, with last week's values and plans beside it."""
    asked = [i.id for i in desk.asked]
    texts = [section for section, _ in desk.text_places]
    if not asked:
        topics = "; ".join(t for t in (desk.form.sections[s].topics for s in dict.fromkeys(texts)) if t)
        told: dict[str, object] = {"topics": topics, "also": _shorts(desk, desk.also)}
        return Say("prompt_text", _to(action), receipts.common(desk) | told, Purpose.PROMPT, action.key)
    is_dense = len(asked) > DENSE_ABOVE
    sections = lines_of(desk, asked, texts=texts, fold_zeros=not is_dense)
    department = desk.form.departments[desk.department]
    told = {
        "sections": sections,
        "strict": department.strict,
        "footnote": all(desk.form.indicators[i].footnote and desk.form.indicators[i].part for i in asked),
        "example": None,
        "also": _shorts(desk, desk.also),
    }
    message = "prompt_dense" if is_dense else "prompt"
    return Say(message, _to(action), receipts.common(desk) | told, Purpose.PROMPT, action.key)


def _shorts(desk: Desk, departments: Sequence[str]) -> tuple[str, ...]:
    return tuple(desk.form.departments[d].short for d in departments)


def reminder(desk: Desk, action: Action, superior: str) -> Say | None:
    """Only what is still owed. Nothing where nothing is: the part came while this was being decided."""
    missing = missing_lines(desk)
    if not missing:
        return None
    first, *others = _shorts(desk, desk.owing)
    is_prompt = desk.now - action.at < ROUNDED
    told: dict[str, object] = {
        "now": action.at if is_prompt else desk.now,
        "until": desk.deadline,
        "missing": missing,
        "silent": not desk.figures and not desk.texts,
        "given": len(desk.asked) - len(desk.missing),
        "asked": len(desk.asked),
        "superior": superior or None,
        "escalate_at": desk.moments.escalate if superior else None,
        "unit": first,
        "also": tuple(others),
    }
    if action.kind is ActionKind.REMIND_EXTENSION:
        message = "reminder_extension"
    elif action.is_last:
        message = "reminder_last"
    else:
        message = "reminder_1" if action.step < SUPERIOR_STEP else "reminder_2"
    return Say(message, _to(action), receipts.common(desk) | told, Purpose.REMINDER, action.key)


def escalation(bureau: Bureau, action: Action) -> Say | None:
    """To the leader, once: which departments are late. The office's own part is its own business."""
    units = []
    for s in bureau.asked:
        if s.department not in action.departments:
            continue
        reason = "silent" if s.is_silent else "extended" if s.is_extended else "partial"
        until = s.deadline if s.is_extended else s.promised_until
        if s.promised_until is not None and reason == "partial":
            reason = "promised"
        units.append(
            {
                "unit": bureau.short(s.department),
                "reason": reason,
                "reminded": bureau.reminded.get(s.department, 0),
                "missing": len([item for item in s.missing if item.indicator is not None]),
                "until": until,
            }
        )
    if not units:
        return None
    complete = sum(s.standing in (Standing.COMPLETE, Standing.CONFIRMED) for s in bureau.asked)
    told = bureau.common() | {
        "at": bureau.now,
        "complete": complete,
        "total": len(bureau.asked),
        "units": units,
        "draft_at": bureau.moments.submit,
    }
    return Say("escalation", To(Whom.LEADERS), told, Purpose.NOTICE, action.key)


def closing(bureau: Bureau, action: Action) -> Say:
    """At the deadline the office gets the state of things."""
    return office.board(bureau, To(Whom.OFFICE), action.key)


def approval_due(bureau: Bureau, action: Action) -> Say | None:
    """The leader is asked once more before the post is due."""
    issue = bureau.issue
    if issue is None or bureau.moments.post is None:
        return None
    told = bureau.common() | {"version": issue.version, "post_at": bureau.moments.post}
    answers = office.approval_answers(issue)
    return Say("approval_due", To(Whom.LEADERS), told, Purpose.QUESTION, action.key, answers)
