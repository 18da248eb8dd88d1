"""The form: everything the office asks for in one period, and how it is printed.

Knows: departments, sections, indicators, their order and numbering.
Does not know: values, people, dates, files. `bot.forms.load` makes a Form from text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal


class Role(StrEnum):
    """What a value counts. Names are those of the reporting field (luỹ kế, kế hoạch, tỷ lệ)."""

    WEEK = "week"  # happened in the reporting week: a flow, never carried forward
    CUMULATIVE = "cumulative"  # since the start of the year or the season
    PLAN = "plan"  # the assigned target
    PERCENT = "percent"
    SNAPSHOT = "snapshot"  # state at report time
    OTHER = "other"  # a denominator that is no plan, or a period that is not stated


_WEEK = Role.WEEK  # by name: looked up on its class, it costs more than the comparison


class Source(StrEnum):
    """How the office comes by a value."""

    ASKED = "asked"
    COMPUTED = "computed"  # percents of plan, running totals
    KEPT = "kept"  # plans and totals: stored once, revised rarely
    RESTATED = "restated"  # said again in the summary; never asked
    OPTIONAL = "optional"  # taken when somebody gives it, never asked


class PercentKind(StrEnum):
    OF_PLAN = "of_plan"
    RATE = "rate"
    SHARE = "share"


class HeadingStyle(StrEnum):
    BLOCK = "block"  # a heading on its own line
    RUN_IN = "run_in"  # the text follows on the heading's line
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing asked for (chỉ tiêu). Indicators of one matter share a `group`."""

    id: str
    section: str
    label: str  # in the report's words, e.g. "Diện tích lúa mùa"
    short: str  # at most 28 characters, as chat lists print it, e.g. "lúa mùa"
    unit: str  # the stored unit, e.g. "ha", "triệu đồng", "%"
    role: Role
    group: str
    source: Source = Source.ASKED
    aliases: tuple[str, ...] = ()
    part: str | None = None
    footnote: str | None = None
    role_alt: tuple[Role, ...] = ()
    percent_kind: PercentKind | None = None
    numerator: str | None = None  # computed percents: indicator ids
    denominator: str | None = None
    adds: str | None = None  # running total: the id of the weekly flow it accumulates
    restates: str | None = None
    usual_zero: bool = False  # asked as «có phát sinh không»
    begins: tuple[str, ...] = ("01-01",)  # a total starts anew: "MM-DD" every year, "YYYY-MM-DD" once

    @property
    def is_flow(self) -> bool:
        """A flow is counted anew each week; everything else may be carried on the person's word."""
        return self.role is _WEEK


@dataclass(frozen=True, slots=True)
class Part:
    """A labelled paragraph that another department writes inside a section (footnote 3, the two boards)."""

    id: str
    section: str
    label: str  # "Hội Nông dân"
    department: str
    footnote: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """What one department answers (mục). Group headings have no `department` text of their own."""

    id: str
    title: str
    level: int  # 0 for the opening and closing, 1 for I., 2 for 1., 3 for 1.1., 4 for a)
    parent: str | None
    heading_style: HeadingStyle
    department: str
    number: str = ""  # generated: "1.1.", "đ)"
    colon: bool = False  # the heading ends with a colon
    asks_text: bool = False  # narrative is expected
    topics: str = ""  # what the narrative should tell, for prompts
    indicators: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    footnotes: tuple[str, ...] = ()
    body: str = ""  # Jinja prose; printed when nobody wrote this section's text
    file: str = ""  # for messages of `giaoban check`
    short: str = ""  # as chat lists print it: "Trồng trọt", "Đất đai"; the title where empty
    text_in: str = ""  # the footnote that takes what the department writes; "" is the body

    @property
    def is_group(self) -> bool:
        return not (self.body or self.indicators or self.asks_text)

    @property
    def is_asked(self) -> bool:
        """Somebody answers it; the opening and the closing are printed but asked of nobody."""
        return self.asks_text or bool(self.indicators)


@dataclass(frozen=True, slots=True)
class Department:
    """A unit of the commune that reports (đơn vị, đầu mối)."""

    id: str  # slug: "phong-kinh-te"
    name: str  # "Phòng Kinh tế"
    short: str  # at most 20 characters, for titles
    strict: bool = False  # police and military: totals only, nothing secret
    is_office: bool = False  # the Party office itself
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckRule:
    """A rule between figures, as the form states it; `bot.checks` carries it out.

    `kind` chooses the rule, `indicators` are its operands in the rule's order, `params` its numbers.
    """

    id: str
    kind: str
    severity: str  # "hard" | "soft" | "info"
    indicators: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    params: Mapping[str, str] = field(default_factory=dict)
    when_missing: str = "skip"  # "skip" | "ask" | "zero"


@dataclass(frozen=True, slots=True)
class Form:
    """The whole definition (mẫu báo cáo). Mappings keep the report's order."""

    id: str
    version: str
    title: str
    departments: Mapping[str, Department]
    sections: Mapping[str, Section]
    indicators: Mapping[str, Indicator]
    checks: tuple[CheckRule, ...] = ()
    _owned: Mapping[str, tuple[Indicator, ...]] = field(init=False, repr=False, compare=False)
    _answered: Mapping[str, tuple[Section, ...]] = field(init=False, repr=False, compare=False)

    _asked: Mapping[str, tuple[Indicator, ...]] = field(init=False, repr=False, compare=False)
    _kept: tuple[Indicator, ...] = field(init=False, repr=False, compare=False)
    _percents: tuple[Indicator, ...] = field(init=False, repr=False, compare=False)
    _totals: tuple[Indicator, ...] = field(init=False, repr=False, compare=False)
    _beginnings: frozenset[str] = field(init=False, repr=False, compare=False)
    _ids: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = field(init=False, repr=False, compare=False)
    _matters: Mapping[tuple[str, str], tuple[Indicator, ...]] = field(init=False, repr=False, compare=False)
    _asking: frozenset[tuple[str, str | None]] = field(init=False, repr=False, compare=False)
    _rules: Mapping[str, tuple[int, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Who answers what is asked for each message, so it is worked out once."""
        owned: dict[str, list[Indicator]] = {}
        for indicator in self.indicators.values():
            if indicator.section in self.sections:
                owned.setdefault(self.owner_of(indicator.id), []).append(indicator)
        answered: dict[str, list[Section]] = {}
        for section in self.sections.values():
            whole = (section.department,) if section.is_asked else ()
            for department in dict.fromkeys((*whole, *(p.department for p in section.parts))):
                answered.setdefault(department, []).append(section)
        every = self.indicators.values()
        kept = (i for i in every if i.source is not Source.RESTATED and (i.source is Source.KEPT or i.adds is not None))
        rules: dict[str, list[int]] = {}
        for n, rule in enumerate(self.checks):
            for name in dict.fromkeys(rule.indicators):
                rules.setdefault(name, []).append(n)
        asked = {name: tuple(i for i in found if i.source is Source.ASKED) for name, found in owned.items()}
        asking = frozenset((i.section, i.part) for i in every if i.source is Source.ASKED)
        matters: dict[tuple[str, str], list[Indicator]] = {}
        for section in self.sections.values():
            for found in (self.indicators[name] for name in section.indicators if name in self.indicators):
                matters.setdefault((section.id, found.group), []).append(found)
        ids = {
            name: (tuple(i.id for i in owned.get(name, ())), tuple(s.id for s in answered.get(name, ())))
            for name in (*owned, *answered)
        }
        object.__setattr__(self, "_ids", ids)
        object.__setattr__(self, "_matters", {place: tuple(of) for place, of in matters.items()})
        object.__setattr__(self, "_rules", {name: tuple(found) for name, found in rules.items()})
        object.__setattr__(self, "_asked", asked)
        object.__setattr__(self, "_asking", asking)
        object.__setattr__(self, "_kept", tuple(kept))
        totals = tuple(i for i in every if i.role is Role.CUMULATIVE or i.adds is not None)
        object.__setattr__(self, "_totals", totals)
        object.__setattr__(self, "_beginnings", frozenset(day for i in totals for day in i.begins))
        object.__setattr__(self, "_percents", tuple(i for i in every if i.role is Role.PERCENT))
        object.__setattr__(self, "_owned", {name: tuple(found) for name, found in owned.items()})
        object.__setattr__(self, "_answered", {name: tuple(found) for name, found in answered.items()})

    @property
    def kept(self) -> tuple[Indicator, ...]:
        """What is taken over or added up where nobody states it."""
        return self._kept

    @property
    def totals(self) -> tuple[Indicator, ...]:
        """Running totals, added up or only stated."""
        return self._totals

    @property
    def beginnings(self) -> frozenset[str]:
        """Every day on which some total starts anew."""
        return self._beginnings

    @property
    def percents(self) -> tuple[Indicator, ...]:
        return self._percents

    def sections_of(self, department: str) -> tuple[Section, ...]:
        """Sections this department answers, wholly or by a part, in the report's order."""
        return self._answered.get(department, ())

    def owner_of(self, indicator: str) -> str:
        """The id of the department that answers this indicator."""
        found = self.indicators[indicator]
        return self.writer_of(found.section, found.part)

    def writer_of(self, section: str, part: str | None) -> str:
        """The id of the department that writes this section, or this part of it."""
        for known in self.sections[section].parts:
            if known.id == part:
                return known.department
        return self.sections[section].department

    def indicators_of(self, department: str) -> tuple[Indicator, ...]:
        return self._owned.get(department, ())

    def ids_of(self, department: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The ids of its indicators, and of its sections."""
        return self._ids.get(department, ((), ()))

    def asked_of(self, department: str) -> tuple[Indicator, ...]:
        return self._asked.get(department, ())

    def matter_of(self, indicator: Indicator) -> tuple[Indicator, ...]:
        """The indicators of one matter in one section, this one among them: what was done, its plan, its percent."""
        return self._matters.get((indicator.section, indicator.group), ())

    def asks_figures_at(self, section: str, part: str | None) -> bool:
        """Whether a figure is asked for this section, or this part of it."""
        return (section, part) in self._asking

    def rules_about(self, indicators: Iterable[str]) -> tuple[CheckRule, ...]:
        """Rules in which any of these indicators takes part, in the form's order."""
        found = {n for indicator in indicators for n in self._rules.get(indicator, ())}
        return tuple(self.checks[n] for n in sorted(found))


@dataclass(frozen=True, slots=True)
class Slip:
    """One mistake in a form's files, with where it stands."""

    file: str
    line: int
    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """What a unit starts from: plans, kept totals and last week's values (data of the unit, not of the form)."""

    period: str  # the week the values belong to, "2026-W22"
    plans: Mapping[str, Decimal]
    values: Mapping[str, Decimal]
