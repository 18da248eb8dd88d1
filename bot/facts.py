"""What may be stored: figures, texts, and who said them when.

Knows: the shapes of facts. Does not know: how they are read, kept or printed.
Everything here is appended, never changed in place; the newest figure of an indicator is the current one.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from bot.record import record

if TYPE_CHECKING:
    from datetime import datetime
    from decimal import Decimal


class State(StrEnum):
    """What a stored figure says. A missing figure has no row at all: missing is not zero."""

    VALUE = "value"
    NO_DATA = "no_data"  # «chưa có số»: known to be unknown
    WITHDRAWN = "withdrawn"  # taken back by its author: missing again


class Qualifier(StrEnum):
    """The person's own hedge, printed as they gave it."""

    OVER = "over"  # trên, hơn
    UNDER = "under"  # gần
    ABOUT = "about"  # khoảng, chừng, tầm
    ESTIMATED = "estimated"  # ước
    AT_LEAST = "at_least"


class Origin(StrEnum):
    """How a figure came to be."""

    STATED = "stated"
    ZERO_IN_WORDS = "zero_in_words"
    CARRIED = "carried"  # «như tuần trước», on the person's word
    DELTA = "delta"  # «tăng 20 con»
    CHOSEN = "chosen"  # answered by a button
    COMPUTED = "computed"  # by the ledger or the percent rule
    OFFICE = "office"  # entered or amended by the office
    OPENING = "opening"  # what the unit started from
    WORD = "word"  # read back from the secretary's Word file


@record
class Figure:
    """One value for one indicator in one period (số liệu), with where it came from.

    `start` and `end` are code point offsets into the raw text of reply `reply_id`; -1 where no words stand for it.
    `amends` is the id of the figure it replaces. Values are in the indicator's unit.
    """

    indicator: str
    period: str
    value: Decimal | None
    state: State = State.VALUE
    origin: Origin = Origin.STATED
    qualifier: Qualifier | None = None
    provisional: bool = False  # stored, shown, waiting for a yes
    reply_id: int | None = None
    start: int = -1
    end: int = -1
    person_id: int | None = None
    at: datetime | None = None
    reason: str = ""
    amends: int | None = None
    id: int | None = None


@record
class Slot:
    """A place in a live text where a figure stands: [start, end) of the text, in code points.

    `style` keeps how it was written: "02" keeps its zero, a percent its decimals.
    """

    indicator: str
    start: int
    end: int


@record
class LiveText:
    """A section's words for the period, with the figures in them as slots: amend a figure and the sentence follows."""

    section: str
    period: str
    text: str
    slots: tuple[Slot, ...] = ()
    part: str | None = None
    reply_id: int | None = None
    person_id: int | None = None
    at: datetime | None = None
    unchanged: bool = False  # «nội dung như tuần trước»
    id: int | None = None


@record
class Plan:
    """An assigned target with its own period and revision."""

    indicator: str
    value: Decimal
    since: str  # first period it holds for
    basis: str = ""
    person_id: int | None = None
    at: datetime | None = None


class PostRole(StrEnum):
    """What a person is to the report."""

    RESPONDENT = "respondent"
    DEPUTY = "deputy"
    SECRETARY = "secretary"  # the clerk of the Party office (văn phòng)
    LEADER = "leader"


@record
class Post:
    """A person's role in a department; leaders and the secretary have the office's department."""

    role: PostRole
    department: str


@record
class Person:
    """Somebody who was enrolled. `name` is the given name messages use; `title` the post as printed."""

    id: int
    name: str
    full_name: str = ""
    title: str = ""
    address_form: str = "đồng chí"
    posts: tuple[Post, ...] = ()
    channel: str = ""  # the preferred address
    chat_id: str = ""
    first_period: str = ""  # help lines are shown in a person's first three periods

    @property
    def is_secretary(self) -> bool:
        return any(p.role is PostRole.SECRETARY for p in self.posts)

    @property
    def is_leader(self) -> bool:
        return any(p.role is PostRole.LEADER for p in self.posts)

    @property
    def departments(self) -> tuple[str, ...]:
        """Departments this person answers for."""
        answering = (PostRole.RESPONDENT, PostRole.DEPUTY, PostRole.SECRETARY)
        return tuple(dict.fromkeys(p.department for p in self.posts if p.role in answering))


@record
class Declaration:
    """«Xong»: a department's part is complete, on a person's word."""

    department: str
    period: str
    person_id: int
    at: datetime
    partial: bool = False


@record
class Extension:
    """A later deadline for one department. `granted` is None while it is only asked for."""

    department: str
    period: str
    until: datetime
    granted: bool | None
    reason: str = ""
    person_id: int | None = None
    id: int | None = None
    at: datetime | None = None  # when it was decided


@record
class Waiver:
    """A department excused for a period, by whom and why."""

    department: str
    period: str
    reason: str
    person_id: int
    at: datetime


@record
class Leave:
    """Days off with a substitute. Dates are local, inclusive, ISO."""

    person_id: int
    since: str
    until: str
    substitute_id: int | None
    confirmed: bool = False
    id: int | None = None


@record
class Promise:
    """«Mai em gửi»: the department is left in peace until then."""

    department: str
    period: str
    until: datetime
    sections: tuple[str, ...] = ()


class ReportState(StrEnum):
    """Where an issue of the report stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"  # before the leader
    RETURNED = "returned"
    APPROVED = "approved"  # locks the period
    POSTED = "posted"
    SUPERSEDED = "superseded"


@record
class Issue:
    """One version of a period's report. `digest` is the SHA-256 of what was shown for approval."""

    period: str
    version: int
    state: ReportState
    digest: str
    made_at: datetime
    approved_by: int | None = None
    approved_at: datetime | None = None
    posted_at: datetime | None = None
    comment: str = ""
    id: int | None = None


@record
class DeadlineMove:
    """Another deadline for one period, on the office's word: a holiday never moves one by itself. The last one holds.

    `opens` and `post` are None where they stay as usual.
    """

    period: str
    deadline: datetime
    reason: str
    at: datetime
    opens: datetime | None = None
    person_id: int | None = None
    post: datetime | None = None


class DayKind(StrEnum):
    """What the office says of a day; it wins over every calendar."""

    OFF = "off"  # nghỉ
    WORK = "work"  # làm bù
    USUAL = "usual"  # an earlier word on this day was taken back


@record
class DayMark:
    """One line of the office's own calendar. `day` is a local ISO date; the last mark of a day holds."""

    day: str
    kind: DayKind
    name: str = ""
    person_id: int | None = None
    at: datetime | None = None
