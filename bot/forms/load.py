"""A form from the text of its files, or everything that is wrong with them at once.

Knows: which file holds what. Does not know: where files lie; `bot.rendering.forms` reads them, and lends the eye of the
template engine (`scan`) that this package must not import.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.forms.draft import Draft, read_outline, read_section
from bot.forms.model import Form, Slip
from bot.forms.numbering import numbers
from bot.forms.rules import read_checks
from bot.forms.slips import Scan, prose_slips, slips_in
from bot.forms.source import TomlText

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.forms.model import CheckRule, Section
    from bot.forms.source import Table

OUTLINE = "outline.toml"
CHECKS = "checks.toml"
OPENING = "opening.toml"
SECTIONS = "sections/"


def read_form(files: Mapping[str, str], scan: Callable[[str], Scan]) -> Form | tuple[Slip, ...]:
    """The form, or all its slips by file and line. `files` maps names under the form's folder to text."""
    slips: list[Slip] = []
    draft = Draft()
    checks: list[tuple[CheckRule, Table]] = []
    if OUTLINE not in files:
        slips.append(Slip(OUTLINE, 1, "no_outline"))
    for name in sorted(files):
        if name.startswith(SECTIONS):
            read_section(draft, name, files[name], slips)
        elif name in {OUTLINE, CHECKS}:
            table = TomlText(name, files[name]).parse(slips)
            if table is not None and name == OUTLINE:
                read_outline(draft, table)
            elif table is not None:
                checks = read_checks(table)
    slips_in(draft, checks)
    slips += prose_slips(draft, scan)
    if slips:
        return tuple(sorted(set(slips), key=lambda s: (s.file, s.line, s.code, s.detail)))
    return _form(draft, checks)


def slips_of(files: Mapping[str, str], scan: Callable[[str], Scan]) -> tuple[Slip, ...]:
    """What `giaoban check` lists; nothing for a form that can be used."""
    read = read_form(files, scan)
    return read if isinstance(read, tuple) else ()


def _form(draft: Draft, checks: list[tuple[CheckRule, Table]]) -> Form:
    by_id = {s.section.id: s for s in draft.sections}
    ordered = [by_id[id_] for id_ in draft.order]
    number = numbers(s.section for s in ordered)
    sections: dict[str, Section] = {s.section.id: replace(s.section, number=number[s.section.id]) for s in ordered}
    return Form(
        id=draft.id,
        version=draft.version,
        title=draft.title,
        departments={d.id: d for d, _ in draft.departments},
        sections=sections,
        indicators={i.indicator.id: i.indicator for s in ordered for i in s.indicators},
        checks=tuple(rule for rule, _ in checks),
    )
