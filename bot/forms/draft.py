"""Tables of a form's files as departments, sections and indicators, before they are held against each other.

Knows: keys and their types. Does not know: whether what a key names exists; `bot.forms.slips` looks at that.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from bot.forms.model import Department, HeadingStyle, Indicator, Part, PercentKind, Role, Section, Slip, Source
from bot.forms.source import split_front_matter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.forms.source import Table

SUFFIX = ".j2"


@dataclass(frozen=True, slots=True)
class IndicatorDraft:
    """An indicator, where it stands, and what only the loader needs."""

    indicator: Indicator
    table: Table
    own_aliases: tuple[str, ...]
    shared: tuple[str, ...]  # names it has in common with others, on purpose
    printed: bool


@dataclass(frozen=True, slots=True)
class SectionDraft:
    section: Section
    table: Table
    part_tables: tuple[Table, ...]
    indicators: tuple[IndicatorDraft, ...]
    above: int  # lines of the file above the prose


@dataclass(slots=True)
class Draft:
    """Everything read so far. Lists keep doubles, so that they can be told."""

    departments: list[tuple[Department, Table]] = field(default_factory=list)
    sections: list[SectionDraft] = field(default_factory=list)
    outline: Table | None = None
    order: tuple[str, ...] = ()
    id: str = ""
    version: str = ""
    title: str = ""

    def indicators(self) -> Iterator[IndicatorDraft]:
        for section in self.sections:
            yield from section.indicators


def file_of(section: str) -> str:
    """The file of a section: đ is written dd, since file names had better be ASCII."""
    return f"sections/{section.replace('đ', 'dd')}{SUFFIX}"


def read_outline(draft: Draft, table: Table) -> None:
    draft.outline = table
    draft.id = table.text("id", required=True)
    draft.version = table.text("version", required=True)
    draft.title = table.text("title", required=True)
    draft.order = table.texts("order")
    draft.departments = [(_department(t), t) for t in table.tables("departments")]
    table.close()


def read_section(draft: Draft, file: str, text: str, slips: list[Slip]) -> None:
    parted = split_front_matter(file, text)
    if parted is None:
        slips.append(Slip(file, 1, "no_front_matter"))
        return
    source, body, above = parted
    table = source.parse(slips)
    if table is not None:
        draft.sections.append(_section(table, file, body, above))


def _department(table: Table) -> Department:
    department = Department(
        id=table.text("id", required=True),
        name=table.text("name", required=True),
        short=table.text("short", required=True),
        strict=table.flag("strict"),
        is_office=table.flag("is_office"),
        aliases=table.texts("aliases"),
    )
    table.close()
    return department


def _section(table: Table, file: str, body: str, above: int) -> SectionDraft:
    id_ = table.text("id", required=True)
    part_tables = tuple(table.tables("parts"))
    indicators = tuple(_indicator(t, id_) for t in table.tables("indicators"))
    section = Section(
        id=id_,
        title=table.text("title"),
        level=table.number("level"),
        parent=table.text("parent") or None,
        heading_style=table.choice("heading", HeadingStyle) or HeadingStyle.BLOCK,
        department=table.text("department", required=True),
        colon=table.flag("colon"),
        asks_text=table.flag("asks_text"),
        topics=table.text("topics"),
        indicators=tuple(d.indicator.id for d in indicators),
        parts=tuple(_part(t, id_) for t in part_tables),
        footnotes=table.texts("footnotes"),
        body=body.strip(),
        file=file,
        short=table.text("short"),
        text_in=table.text("text_in"),
    )
    table.close()
    blank = len(body) - len(body.lstrip("\n"))
    return SectionDraft(section, table, part_tables, indicators, above + blank)


def _part(table: Table, section: str) -> Part:
    part = Part(
        id=f"{section}#{table.text('id', required=True)}",
        section=section,
        label=table.text("label", required=True),
        department=table.text("department"),
        footnote=table.text("footnote") or None,
    )
    if not part.department:
        table.slip("part_without_department", "id", part.label)
    table.close()
    return part


def _indicator(table: Table, section: str) -> IndicatorDraft:
    part = table.text("part")
    aliases, shared = table.texts("aliases"), table.texts("shared")
    indicator = Indicator(
        id=table.text("id", required=True),
        section=section,
        label=table.text("label", required=True),
        short=table.text("short", required=True),
        unit=table.text("unit", required=True),
        role=table.choice("role", Role) or Role.OTHER,
        group=table.text("group", required=True),
        source=table.choice("source", Source, Source.ASKED) or Source.ASKED,
        aliases=aliases + shared,
        part=f"{section}#{part}" if part else None,
        footnote=table.text("footnote") or None,
        role_alt=_roles(table),
        percent_kind=_percent_kind(table),
        numerator=table.text("numerator") or None,
        denominator=table.text("denominator") or None,
        adds=table.text("adds") or None,
        restates=table.text("restates") or None,
        usual_zero=table.flag("usual_zero"),
        begins=_beginnings(table),
    )
    printed = table.flag("printed") if "printed" in table.keys else True
    table.close()
    return IndicatorDraft(indicator, table, aliases, shared, printed)


def _roles(table: Table) -> tuple[Role, ...]:
    written = table.texts("role_alt")
    known = tuple(Role(r) for r in written if r in list(Role))
    if len(known) < len(written):
        table.slip("bad_choice", "role_alt", f"role_alt ({', '.join(Role)})")
    return known


def _beginnings(table: Table) -> tuple[str, ...]:
    """The days on which a total starts anew; each new year where the form says nothing."""
    written = table.texts("begins") if "begins" in table.keys else ("01-01",)
    for day in written:
        try:
            date.fromisoformat(day if len(day) > len("01-01") else f"2024-{day}")
        except ValueError:
            table.slip("bad_day", "begins", day)
    return written


def _percent_kind(table: Table) -> PercentKind | None:
    return table.choice("percent_kind", PercentKind) if "percent_kind" in table.keys else None
