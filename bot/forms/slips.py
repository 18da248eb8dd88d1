"""What is wrong with a form that can be read: names that lead nowhere, doubles, long words, prose that cannot print.

Knows: the rules a form must keep. Does not know: how a slip is worded; templates/words/check.toml does.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.forms.draft import file_of
from bot.forms.model import Role, Slip, Source
from bot.forms.prose import MarkupError, block_names, paragraphs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from bot.forms.draft import Draft, IndicatorDraft, SectionDraft
    from bot.forms.model import CheckRule
    from bot.forms.source import Table

LONGEST_SHORT = 28
LONGEST_DEPARTMENT = 20
LAST_LEVEL = 4
# What prose may name beside indicators: the week and the place of the office.
FACTS = ("place", "first_day", "first_day_short", "last_day")
_EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Scan:
    """What a template engine sees in a section's prose. Lines count from 1 within the prose."""

    names: tuple[tuple[str, int], ...] = ()
    mistake: tuple[int, str] | None = None


def slips_in(draft: Draft, checks: list[tuple[CheckRule, Table]]) -> None:
    """Everything wrong between the parts of a form, put where the tables collect their slips."""
    _departments(draft)
    _outline(draft)
    for section in draft.sections:
        _section(draft, section)
    _indicators(draft)
    _aliases(draft)
    _checks(draft, checks)


def prose_slips(draft: Draft, scan: Callable[[str], Scan]) -> Iterator[Slip]:
    """Mistakes in the prose of every section, and figures that no prose would ever print."""
    known = {d.indicator.id for d in draft.indicators()}
    printed: set[str] = set()
    for section in draft.sections:
        file, above = section.section.file, section.above
        seen = scan(section.section.body)
        if seen.mistake:
            yield Slip(file, above + seen.mistake[0], "bad_prose", seen.mistake[1])
        for name, line in seen.names:
            printed.add(name)
            if name not in known and name not in FACTS:
                yield Slip(file, above + line, "unknown_in_prose", name)
        yield from _markup_slips(section)
    for draft_indicator in draft.indicators():
        if draft_indicator.printed and draft_indicator.indicator.id not in printed:
            draft_indicator.table.slip("never_printed", "id", draft_indicator.indicator.id)


def _markup_slips(section: SectionDraft) -> Iterator[Slip]:
    blocks = {f"note {key}" for key in section.section.footnotes}
    blocks |= {f"part {part.id.partition('#')[2]}" for part in section.section.parts}
    for line, name in block_names(section.section.body):
        if name not in blocks:
            yield Slip(section.section.file, section.above + line, "unknown_block", name)
    bare = _EXPRESSION.sub(lambda found: "x" + "\n" * found[0].count("\n"), section.section.body)
    try:
        paragraphs(bare)
    except MarkupError as mistake:
        yield Slip(section.section.file, section.above + mistake.line, "bad_markup", mistake.detail)


def _departments(draft: Draft) -> None:
    seen: set[str] = set()
    for department, table in draft.departments:
        if department.id in seen:
            table.slip("duplicate_id", "id", department.id)
        seen.add(department.id)
        if len(department.short) > LONGEST_DEPARTMENT:
            table.slip(
                "short_too_long", "short", f"{department.short} ({len(department.short)} > {LONGEST_DEPARTMENT})"
            )


def _outline(draft: Draft) -> None:
    if draft.outline is None:
        return
    known = {s.section.id for s in draft.sections}
    seen: set[str] = set()
    for id_ in draft.order:
        if id_ in seen:
            draft.outline.slip("duplicate_id", "order", id_, id_)
        elif id_ not in known:
            draft.outline.slip("section_without_file", "order", f"{id_}: {file_of(id_)}", id_)
        seen.add(id_)


def _section(draft: Draft, drafted: SectionDraft) -> None:
    section, table = drafted.section, drafted.table
    departments = {d.id for d, _ in draft.departments}
    if section.department and section.department not in departments:
        table.slip("unknown_department", "department", section.department)
    for part, part_table in zip(section.parts, drafted.part_tables, strict=True):
        if part.department and part.department not in departments:
            part_table.slip("unknown_department", "department", part.department)
        if part.footnote and part.footnote not in section.footnotes:
            part_table.slip("unknown_footnote", "footnote", part.footnote)
    if section.text_in and section.text_in not in section.footnotes:
        table.slip("unknown_footnote", "text_in", section.text_in)
    for double in _doubles(p.id for p in section.parts):
        table.slip("duplicate_id", "parts", double)
    if section.id not in draft.order:
        table.slip("not_in_outline", "id", section.id)
    elif section.file != file_of(section.id):
        table.slip("wrong_file_name", "id", file_of(section.id))
    _place(draft, drafted)


def _place(draft: Draft, drafted: SectionDraft) -> None:
    """Parents come before their children, one level above; two sections never share an id."""
    section, table = drafted.section, drafted.table
    by_id = {s.section.id: s.section for s in draft.sections}
    twin = next(s for s in draft.sections if s.section.id == section.id)
    if twin is not drafted:
        table.slip("duplicate_id", "id", section.id)
    if not 0 <= section.level <= LAST_LEVEL:
        table.slip("bad_level", "level", str(section.level))
    elif section.parent is None:
        if section.level > 1:
            table.slip("unknown_parent", "level", section.id)
    elif section.parent not in by_id:
        table.slip("unknown_parent", "parent", section.parent)
    elif by_id[section.parent].level >= section.level:
        table.slip("bad_level", "level", f"{section.level} ({section.parent}: {by_id[section.parent].level})")
    elif section.parent in draft.order[draft.order.index(section.id) :] if section.id in draft.order else False:
        table.slip("parent_after_child", "parent", section.parent)


def _indicators(draft: Draft) -> None:
    found: dict[str, IndicatorDraft] = {}
    for drafted in draft.indicators():
        if drafted.indicator.id in found:
            drafted.table.slip("duplicate_id", "id", drafted.indicator.id)
        else:
            found[drafted.indicator.id] = drafted
    sections = {s.section.id: s.section for s in draft.sections}
    for drafted in draft.indicators():
        indicator, table = drafted.indicator, drafted.table
        section = sections[indicator.section]
        if len(indicator.short) > LONGEST_SHORT:
            table.slip("short_too_long", "short", f"{indicator.short} ({len(indicator.short)} > {LONGEST_SHORT})")
        if indicator.part and indicator.part not in {p.id for p in section.parts}:
            table.slip("unknown_part", "part", indicator.part.partition("#")[2])
        if indicator.footnote and indicator.footnote not in section.footnotes:
            table.slip("unknown_footnote", "footnote", indicator.footnote)
        for key in ("numerator", "denominator", "adds", "restates"):
            other = getattr(indicator, key)
            if other is not None and other not in found:
                table.slip("unknown_indicator", key, other)
        _derived(drafted, found)


def _derived(drafted: IndicatorDraft, found: dict[str, IndicatorDraft]) -> None:
    """What is computed has something to be computed from, in one unit."""
    indicator, table = drafted.indicator, drafted.table
    if indicator.source is Source.COMPUTED:
        if indicator.role is Role.PERCENT and not (indicator.numerator and indicator.denominator):
            table.slip("missing_key", "source", "numerator, denominator")
        if indicator.role is not Role.PERCENT and not indicator.adds:
            table.slip("missing_key", "source", "adds")
    if indicator.source is Source.RESTATED and not indicator.restates:
        table.slip("missing_key", "source", "restates")
    if indicator.adds in found:
        week = found[indicator.adds].indicator
        if week.unit != indicator.unit:
            table.slip("unit_mismatch", "adds", f"{indicator.unit} ≠ {week.unit} ({week.id})")
    if indicator.numerator in found and indicator.denominator in found:
        part, whole = found[indicator.numerator].indicator, found[indicator.denominator].indicator
        if part.unit != whole.unit:
            table.slip("unit_mismatch", "numerator", f"{part.unit} ≠ {whole.unit} ({whole.id})")


def _aliases(draft: Draft) -> None:
    """Within a department a name leads to one indicator; one that may mean several is shared by all of them."""
    owners: dict[tuple[str, str], IndicatorDraft] = {}
    read = [(_owner(draft, d), d) for d in draft.indicators() if d.indicator.source is not Source.RESTATED]
    for department, drafted in read:
        for alias in (drafted.indicator.short, *drafted.own_aliases):
            owner = owners.setdefault((department, folded(alias)), drafted)
            if owner is not drafted:
                key = "short" if alias == drafted.indicator.short else "aliases"
                drafted.table.slip("alias_clash", key, f"{alias} ({owner.indicator.id})", alias)
    for department, drafted in read:
        for alias in drafted.shared:
            known = owners.get((department, folded(alias)))
            if known is not None:
                drafted.table.slip("alias_clash", "shared", f"{alias} ({known.indicator.id})", alias)


def _owner(draft: Draft, drafted: IndicatorDraft) -> str:
    indicator = drafted.indicator
    section = next(s.section for s in draft.sections if s.section.id == indicator.section)
    return next((p.department for p in section.parts if p.id == indicator.part), section.department)


def _checks(draft: Draft, checks: list[tuple[CheckRule, Table]]) -> None:
    known = {d.indicator.id for d in draft.indicators()}
    sections = {s.section.id for s in draft.sections}
    seen: set[str] = set()
    for rule, table in checks:
        if rule.id in seen:
            table.slip("duplicate_id", "id", rule.id)
        seen.add(rule.id)
        for id_ in rule.indicators:
            if id_ not in known:
                table.slip("unknown_indicator", "indicators", id_, id_)
        for id_ in rule.sections:
            if id_ not in sections:
                table.slip("unknown_section", "sections", id_, id_)


def folded(words: str) -> str:
    """As it is typed in haste: small letters, no marks, single spaces."""
    plain = unicodedata.normalize("NFD", words.casefold().replace("đ", "d"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def _doubles(ids: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    return {i for i in ids if i in seen or seen.add(i)}  # type: ignore[func-returns-value]
