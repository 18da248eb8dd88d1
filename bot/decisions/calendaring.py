"""The office's calendar in the chat: what is proposed for a holiday, a deadline that is moved, days marked.

Knows: what a proposal says, what a move is, who is told. A proposal moves nothing; the office's word does.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from bot.decisions.outcome import Answer, Logged, Purpose, Say, To, Whom
from bot.facts import DeadlineMove

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from bot.facts import Person
    from bot.periods.calendar import Moments, Period, Schedule
    from bot.periods.working_days import HolidayProposal, WorkingDays

HERE = To(Whom.CHAT)
HOLIDAY = "holiday"
OFFICE = "office"


def proposed(common: Mapping[str, object], proposal: HolidayProposal, zone: ZoneInfo, key: str) -> Say:
    """«Lịch nghỉ»: the office is asked; the button carries the whole move, so that it means what was shown."""
    days = [{"day": at_noon(day, zone), "name": name} for day, name in proposal.days_off]
    told = {
        **common,
        "period": str(proposal.period),
        "days": days,
        "new_prompt": proposal.opens,
        "new_due": proposal.deadline,
    }
    data = {
        "period": str(proposal.period),
        "opens": proposal.opens.isoformat(),
        "deadline": proposal.deadline.isoformat(),
        "post": proposal.post.isoformat() if proposal.post is not None else "",
        "why": next((name for day, name in proposal.days_off if day == proposal.usual.astimezone(zone).date()), ""),
    }
    answers = {
        "agree": Answer(effect="holiday_agree", data=data),
        "other_time": Answer(effect="holiday_other"),
        "keep": Answer(effect="holiday_keep"),
    }
    return Say("holiday_ahead", To(Whom.OFFICE), told, Purpose.QUESTION, key, answers)


def at_noon(day: date, zone: ZoneInfo) -> datetime:
    """A day as a moment, for messages that print days only."""
    return datetime.combine(day, time(12), zone).astimezone(UTC)


def agreed(data: Mapping[str, str], person_id: int, now: datetime) -> DeadlineMove:
    """The move that was proposed, on the office's word."""
    return DeadlineMove(
        data["period"],
        datetime.fromisoformat(data["deadline"]),
        data["why"],
        now,
        datetime.fromisoformat(data["opens"]),
        person_id,
        datetime.fromisoformat(data["post"]) if data["post"] else None,
    )


def opening_before(schedule: Schedule, usual: Moments, deadline: datetime, days: WorkingDays) -> datetime | None:
    """When the prompt goes out for an earlier deadline; None where it stays as usual."""
    if usual.opens < deadline:
        return None
    zone = schedule.zone
    ahead = (usual.deadline.astimezone(zone).date() - usual.opens.astimezone(zone).date()).days
    opens = schedule.opens.on(days.before(deadline.astimezone(zone).date(), ahead), zone)
    return min(opens, deadline)


def told_of_move(
    common: Mapping[str, object], move: DeadlineMove, old: Moments, reason: str, people: Sequence[Person]
) -> tuple[Say, ...]:
    """Everybody who answers for a department, once for each move; and the office, how many that are."""
    opens = move.opens or old.opens
    told = {
        **common,
        "period": move.period,
        "old_due": old.deadline,
        "reason": reason,
        "why": move.reason or None,
        "new_due": move.deadline,
        "new_prompt": opens if opens > move.at else None,
    }
    key = f"moved:{move.period}:{move.at:%Y%m%dT%H%M%S}"
    each = [Say("deadline_moved", To(Whom.PERSON, p.id), told, Purpose.NOTICE, f"{key}:{p.id}") for p in people]
    mine = {"period": move.period, "new_due": move.deadline, "count": len(people)}
    return (Say("deadline_set", HERE, {**common, **mine}, dedup=key), *each)


def logged(move: DeadlineMove, old: Moments) -> Logged:
    return Logged("deadline_moved", old.deadline.isoformat(), move.deadline.isoformat(), move.reason, move.period)


def listed(
    common: Mapping[str, object], weeks: Sequence[tuple[Period, Moments]], days: WorkingDays, zone: ZoneInfo, key: str
) -> Say:
    """«Lịch báo cáo»: the coming periods with their days off."""
    periods = [
        {
            "period": str(period),
            "prompt_at": moments.opens,
            "due": moments.deadline,
            "days": [
                {"day": at_noon(day, zone), "name": name}
                for day, name in sorted(days.names.items())
                if period.monday <= day <= period.sunday
            ],
        }
        for period, moments in weeks
    ]
    return Say("calendar", HERE, {**common, "periods": periods}, dedup=key)
