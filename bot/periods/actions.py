"""What may be due in a period, and why it may not be done.

Knows: kinds of actions, their targets and claims. Does not know: when any of it is due; `bot.periods.plan` does.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.facts import ReportState

if TYPE_CHECKING:
    from datetime import datetime

OFFICE = "office"
LEADER = "leader"
GROUP = "group"


class ActionKind(StrEnum):
    """What may be due, in the order it is done within one tick."""

    HOLIDAY_AHEAD = "holiday_ahead"  # the office is asked about a deadline on a day off
    OPEN = "open"
    PROMPT = "prompt"
    REMIND = "remind"
    BOARD = "board"
    HAND_OVER = "hand_over"  # open questions go to the office
    REMIND_EXTENSION = "remind_extension"
    CLOSE = "close"  # the state of things, to the office
    DRAFT = "draft"
    ESCALATE = "escalate"
    ESCALATED_NOTICE = "escalated_notice"  # nobody is reported unawares
    ASK_APPROVAL = "ask_approval"
    APPROVAL_DUE = "approval_due"
    POST = "post"
    END = "end"


class Why(StrEnum):
    """Why something is not done. Explains only; decides nothing."""

    AFTER_DEADLINE = "after_deadline"
    AFTER_OPENING = "after_opening"
    HANDED_IN = "handed_in"
    WAIVED = "waived"
    NOBODY = "nobody"  # nobody is enrolled for it
    EXTENDED = "extended"  # it has a later deadline, and one reminder before that
    PROMISED = "promised"
    SUPERSEDED = "superseded"  # a later reminder is due already
    NEXT_IS_NEAR = "next_is_near"
    JUST_PROMPTED = "just_prompted"
    JUST_GRANTED = "just_granted"
    STALE = "stale"
    LOCKED = "locked"  # the report is approved
    ALREADY_BEFORE_LEADER = "already_before_leader"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Action:
    """Something due (việc đến hạn). `claims` are taken together, once; the first is its key.

    A person who owes for several departments gets one action with all of them.
    """

    kind: ActionKind
    period: str
    at: datetime  # when it was due
    target: str  # "office", "leader", "group", or "person:17"
    claims: tuple[str, ...]
    departments: tuple[str, ...] = ()
    person_id: int | None = None
    step: int = 0  # of a reminder, from 1
    is_last: bool = False
    version: int = 0  # of the report

    @property
    def key(self) -> str:
        return self.claims[0]


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something that will not be done any more: claimed like an action, so that it never comes back."""

    claim: str
    kind: ActionKind
    why: Why
    at: datetime


@dataclass(frozen=True, slots=True)
class Plan:
    due: tuple[Action, ...] = ()
    dropped: tuple[Dropped, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportStanding:
    """Where the period's report is: its newest issue, and what the office said about posting it."""

    state: ReportState | None = None
    version: int = 0
    submitted_at: datetime | None = None
    approved_at: datetime | None = None
    is_on_hold: bool = False  # «hoãn»
    is_at_once: bool = False  # «đăng ngay»
    is_again: bool = False  # an earlier version was before the leader: this one goes there on her word only

    @property
    def is_locked(self) -> bool:
        return self.state in (ReportState.APPROVED, ReportState.POSTED)


NO_REPORT = ReportStanding()
