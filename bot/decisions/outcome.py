"""What a decision answers: facts to store and messages to say. Nothing here is stored or sent yet.

Messages are intents: a template's id, its data, and who should read it. Words come later, from templates.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.facts import Declaration, Extension, Figure, Leave, LiveText, Plan, Promise, Waiver

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class Purpose(StrEnum):
    """Why something is said. Decides priority, and what an unclear sending means."""

    RECEIPT = "receipt"
    QUESTION = "question"
    PROMPT = "prompt"
    REMINDER = "reminder"
    NOTICE = "notice"
    REPORT = "report"  # the post to the leadership group: never repeated unattended


class Whom(StrEnum):
    """Who reads a message; handlers turn it into addresses."""

    CHAT = "chat"  # where the message came from
    PERSON = "person"
    DEPARTMENT = "department"  # everybody who answers for it
    OFFICE = "office"  # the secretary
    LEADERS = "leaders"
    GROUP = "group"  # the leadership group


@dataclass(frozen=True, slots=True)
class To:
    whom: Whom
    person_id: int | None = None
    department: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a question and what it brings about; `sets` are figures in the indicator's unit."""

    key: str
    label: str = ""  # "" where the template gives the label
    sets: tuple[tuple[str, str | None], ...] = ()  # (indicator, Decimal as text | None for «chưa có số»)
    effect: str = ""  # "" | "confirm" | "resend" | "withdraw" | ...


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question waiting in a chat. At most one is open, at most three wait."""

    template: str  # "problem/ambiguous_number"
    code: str
    data: Mapping[str, object]
    choices: tuple[Choice, ...] = ()
    indicators: tuple[str, ...] = ()
    department: str | None = None
    period: str = ""
    quote: str = ""
    reply_id: int | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A file that goes with a message: "docx" or "pdf" of one issue, or a picture by name."""

    kind: str
    period: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class Say:
    """One message to be said. `dedup` makes it unique for ever: the same key is never queued twice."""

    message: str
    to: To
    data: Mapping[str, object] = field(default_factory=dict)
    purpose: Purpose = Purpose.RECEIPT
    dedup: str = ""
    question: OpenQuestion | None = None
    document: Document | None = None
    payload: Mapping[str, str] = field(default_factory=dict)  # kept behind every button of this message
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class QuestionClosed:
    """The open question is answered or no longer makes sense."""

    question_id: int
    answer: str


@dataclass(frozen=True, slots=True)
class Walk:
    """One-by-one mode: indicators still to be asked, and where we are."""

    indicators: tuple[str, ...]
    position: int = 0
    total: int = 0
    at: datetime | None = None

    @property
    def current(self) -> str | None:
        return self.indicators[self.position] if self.position < len(self.indicators) else None


@dataclass(frozen=True, slots=True)
class WalkEnded:
    pass


@dataclass(frozen=True, slots=True)
class Transition:
    """A report moves: approved, returned, posted. `digest` ties a leader's word to what was shown."""

    period: str
    version: int
    state: str
    digest: str = ""
    comment: str = ""
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Compile:
    """Make a new issue of the report and say `then` with it."""

    period: str
    then: tuple[Say, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry of the audit log."""

    what: str
    old: str = ""
    new: str = ""
    why: str = ""
    subject: str = ""


Fact = (
    Figure
    | LiveText
    | Declaration
    | Promise
    | Extension
    | Waiver
    | Leave
    | Plan
    | OpenQuestion
    | QuestionClosed
    | Walk
    | WalkEnded
    | Transition
    | Compile
    | Logged
)


@dataclass(frozen=True, slots=True)
class Outcome:
    facts: tuple[Fact, ...] = ()
    say: tuple[Say, ...] = ()

    def plus(self, other: Outcome) -> Outcome:
        return Outcome(self.facts + other.facts, self.say + other.say)
