"""What a decision answers: facts to store and messages to say. Nothing here is stored or sent yet.

Messages are intents: a template's id, its data, and who should read it. Words come later, from templates.
"""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.facts import Declaration, Extension, Figure, Leave, LiveText, Plan, Promise, Waiver
from bot.record import record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from bot.replies.reading import Question
    from bot.reports.boards import Board, History


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


@record
class To:
    whom: Whom
    person_id: int | None = None
    department: str | None = None


TYPED = "typed"  # in an answer's data: the words that a press stands for, where they are more than its label


@record
class Answer:
    """What a key of a message brings about when it is pressed or typed.

    `sets` are figures as (indicator, decimal text in its unit, or None for «chưa có số»); `effect` is a word that
    `bot.decisions.answer` knows; `data` is what it needs beside.
    """

    sets: tuple[tuple[str, str | None], ...] = ()
    effect: str = ""
    data: Mapping[str, str] = field(default_factory=dict)


def typed(words: str) -> Answer:
    """A press that does what these words do when they are typed."""
    return Answer(data={TYPED: words})


@record
class Pressed:
    """A live button of the chat: pressed, or chosen by typing its label, digit or letter."""

    message: str  # the id of the message it stood under
    key: str
    label: str = ""
    is_choice: bool = False
    letters: bool = False
    question_id: int | None = None
    period: str = ""
    answer: Answer = field(default_factory=Answer)
    means: bool | None = None  # whether a plain «đúng» or «không» chooses it


@record
class Document:
    """A file that goes with a message: "docx" or "pdf" of one issue, or a picture of what it says."""

    kind: str
    period: str
    version: int = 0
    picture: Board | History | None = None


@record
class Say:
    """One message to be said. `dedup` makes it unique for ever: the same key is never queued twice."""

    message: str
    to: To
    data: Mapping[str, object] = field(default_factory=dict)
    purpose: Purpose = Purpose.RECEIPT
    dedup: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict)  # by key; a key without one is a typed word
    asks: bool = False  # the open question of the chat stands in this message
    document: Document | None = None
    not_before: datetime | None = None


@record
class Ask:
    """A question joins the chat's queue; the first is open when none was."""

    question: Question
    department: str
    reply_id: int | None = None


@record
class Settled:
    """The open question is answered or no longer makes sense; the next one that waits is asked."""

    question_id: int
    answer: str


@record
class Walk:
    """One-by-one mode («từng câu»): the indicators in the order asked, and where we are."""

    steps: tuple[str, ...]
    position: int = 0

    @property
    def current(self) -> str | None:
        return self.steps[self.position] if self.position < len(self.steps) else None

    @property
    def is_of_one(self) -> bool:
        """One figure alone, as after «Gửi lại số»: its receipt says all, no next question and no end is told."""
        return len(self.steps) == 1


@record
class WalkEnded:
    pass


@record
class Transition:
    """A report moves: approved, returned, posted. `digest` ties a leader's word to what was shown."""

    period: str
    version: int
    state: str
    digest: str = ""
    comment: str = ""
    person_id: int | None = None


@record
class Logged:
    """An entry of the audit log."""

    what: str
    old: str = ""
    new: str = ""
    why: str = ""
    subject: str = ""
    reply_id: int | None = None  # the message it came with


Fact = (
    Figure
    | LiveText
    | Declaration
    | Promise
    | Extension
    | Waiver
    | Leave
    | Plan
    | Ask
    | Settled
    | Walk
    | WalkEnded
    | Transition
    | Logged
)


@record
class Outcome:
    facts: tuple[Fact, ...] = ()
    say: tuple[Say, ...] = ()

    def plus(self, other: Outcome) -> Outcome:
        return Outcome(self.facts + other.facts, self.say + other.say)
