"""What the reader makes of one reply: figures, questions, intents and words.

Two layers, each usable alone:
  mentions (layer A)   what numbers does this text hold? No form needed.
  reading  (layer B)   which mention answers which indicator?
Spans are code point offsets [start, end) into the text exactly as it was sent.
"""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from bot.record import record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from bot.facts import Origin, Qualifier, Slot
    from bot.forms.model import Role


class NotAFigure(StrEnum):
    """Kinds of numbers that are no figures."""

    DATE = "date"
    DOCUMENT_NUMBER = "document_number"
    LEGAL_REFERENCE = "legal_reference"
    ORDINAL = "ordinal"
    YEAR = "year"
    PERIOD = "period"
    TIME = "time"
    PHONE = "phone"
    NAME = "name"
    LIST_NUMBER = "list_number"
    CITATION = "citation"


class MentionRole(StrEnum):
    """Roles layer A can see without a form; a superset of `Role`."""

    WEEK = "week"
    MONTH = "month"
    CUMULATIVE = "cumulative"
    PLAN = "plan"
    PERCENT = "percent"
    CHANGE = "change"  # tăng 20, giảm 30%
    SNAPSHOT = "snapshot"
    MONEY = "money"
    OTHER = "other"


class Mention(NamedTuple):
    """A quantity in a text. `value` is in base units (45,2 tỷ đồng = 45200000000) unless the unit is unknown.

    `num_start`/`num_end` frame the number itself, `start`/`end` the number with qualifier, scale and unit.
    `readings` holds every value the surface may stand for, the likeliest first; more than one means doubt.
    """

    value: Decimal
    start: int
    end: int
    num_start: int
    num_end: int
    unit: str = ""
    scale: str = ""
    role: MentionRole = MentionRole.OTHER
    role_evidence: str = ""  # the very words: "trong tuần", "lũy kế"
    percent_of: str = ""  # "plan" | "share" | "rate" | "prior" | ""
    qualifier: Qualifier | None = None
    label: str = ""  # the phrase it belongs to, as typed
    label_start: int = -1
    label_end: int = -1
    in_words: bool = False  # a zero or a number said in words
    range_to: Decimal | None = None  # "2-3 tấn"
    ratio_with: int | None = None  # index of the other side of a slash
    readings: tuple[Decimal, ...] = ()


class Distractor(NamedTuple):
    kind: NotAFigure
    start: int
    end: int


class Mentions(NamedTuple):
    mentions: tuple[Mention, ...] = ()
    distractors: tuple[Distractor, ...] = ()


class ProblemCode(StrEnum):
    """Why a reply needs the person. One template each under templates/messages/problem/."""

    AMBIGUOUS_NUMBER = "ambiguous_number"
    AMBIGUOUS_SCOPE = "ambiguous_scope"
    NO_LABEL = "no_label"
    ORDER_MAPPING = "order_mapping"
    VAGUE_QUANTITY = "vague_quantity"
    FRACTION = "fraction"
    DERIVED_FROM_PERCENT = "derived_from_percent"
    NO_EVIDENCE = "no_evidence"
    PERCENT_MISMATCH = "percent_mismatch"
    SWAPPED_RATIO = "swapped_ratio"
    BIG_JUMP = "big_jump"
    IMPLAUSIBLE_COUNT = "implausible_count"
    UNIT_MISMATCH = "unit_mismatch"
    UNIT_IMPLAUSIBLE = "unit_implausible"
    CUMULATIVE_DECREASE = "cumulative_decrease"
    CUMULATIVE_LT_WEEK = "cumulative_lt_week"
    UNSPECIFIED_ROLE = "unspecified_role"
    DELTA = "delta"
    PLAN_CHANGED = "plan_changed"
    CARRY_FORWARD_FLOW = "carry_forward_flow"
    NO_DATA = "no_data"
    MISSING = "missing"
    WRONG_SECTION = "wrong_section"
    SUM_MISMATCH = "sum_mismatch"
    CROSS_SECTION_CONFLICT = "cross_section_conflict"
    PERIOD_MISMATCH = "period_mismatch"
    DOCUMENT_DATE = "document_date"
    TEXT_UNCHANGED = "text_unchanged"
    WHICH_UNIT = "which_unit"
    FORWARDED = "forwarded"
    EDITED_DROPPED = "edited_dropped"


class Mode(StrEnum):
    HOLD = "hold"  # nothing stored for these indicators until answered
    CONFIRM = "confirm"  # stored provisionally, shown, asked
    REMIND = "remind"  # asked before and still unanswered


@record
class Candidate:
    """One reading offered as an answer. `key` is semantic and stable within the question."""

    key: str
    indicator: str | None = None
    value: Decimal | None = None
    unit: str = ""


@record
class Question:
    """A doubt that becomes a question (chỗ chưa rõ)."""

    mode: Mode
    code: ProblemCode
    indicators: tuple[str, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    quote: str = ""  # the person's own words
    data: Mapping[str, str] = field(default_factory=dict)  # what the template needs beside: "computed": "84.46"


class ReadFigure(NamedTuple):
    """A value read for an indicator, in the indicator's unit."""

    indicator: str
    role: Role
    value: Decimal
    unit: str
    start: int
    end: int
    origin: Origin
    provisional: bool = False
    qualifier: Qualifier | None = None
    why: tuple[str, ...] = ()  # evidence codes, e.g. ("label:lúa mùa", "unit:ha", "ratio:plan")


class IntentKind(StrEnum):
    """What a reply says beside figures."""

    SAME_AS_LAST = "same_as_last"
    NOTHING_OCCURRED = "nothing_occurred"
    NO_DATA = "no_data"
    PROMISE = "promise"  # mai em gửi
    CORRECTION = "correction"  # nhầm, lúa mùa 560
    ADDITION = "addition"  # thêm 2 hồ sơ
    QUESTION = "question"  # a question to the bot
    THANKS = "thanks"
    TEXT_UNCHANGED = "text_unchanged"
    FORWARDED_ELSEWHERE = "ask_someone_else"


@record
class Intent:
    kind: IntentKind
    start: int
    end: int
    indicators: tuple[str, ...] = ()
    data: str = ""  # PROMISE: the words that say when


@record
class Reading:
    """Everything made of one reply. Nothing outside it may be stored from this reply.

    `narrative` is the text that goes into the report for the section ("" when the reply is a bare list);
    `slots` place figures inside `narrative`.
    """

    figures: tuple[ReadFigure, ...] = ()
    derived: tuple[tuple[str, Decimal], ...] = ()
    questions: tuple[Question, ...] = ()
    intents: tuple[Intent, ...] = ()
    narrative: str = ""
    slots: tuple[Slot, ...] = ()
    section: str | None = None  # where the narrative belongs, when it is clear
    part: str | None = None
    no_data: tuple[str, ...] = ()  # indicators said to be not known yet


@record
class Context:
    """What the reader may lean on. All of it optional.

    previous  last week's values and the plans in force, by indicator id
    stored    values already taken in this period
    open      indicators asked last, in the order asked (the focus)
    """

    sections: tuple[str, ...] = ()  # sections the respondent answers; empty: the whole form
    part: str | None = None
    department: str | None = None
    week: str = ""  # "01-07/6/2026"
    previous: Mapping[str, Decimal] = field(default_factory=dict)
    stored: Mapping[str, Decimal] = field(default_factory=dict)
    open: tuple[str, ...] = ()
    prior_text: str = ""
    also: tuple[str, ...] = ()  # further departments the same person answers for
