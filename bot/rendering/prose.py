"""A section's prose through the template engine: figures become marks, clauses without figures say so.

Knows: Jinja. Does not know: which clauses stand; `bot.forms.prose` decides on the marks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.forms.prose import MISSING, figure
from bot.forms.slips import Scan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jinja2 import Template

    from bot.forms.model import Form, Section
    from bot.reports.numbers import Printed


@dataclass(frozen=True, slots=True)
class Cell:
    """What prose sees of an indicator. Written by itself it is its value; missing, it takes its clause with it."""

    indicator: str
    printed: Printed | None

    def __str__(self) -> str:
        if self.printed is None:
            return MISSING
        return self.printed.before + figure(self.indicator, self.printed.text)


def zero(cell: Cell, words: str) -> str:
    """Words that say a nought; missing where the value is not nought."""
    is_zero = cell.printed is not None and not cell.printed.value
    return figure(cell.indicator, words) if is_zero else MISSING


def counted(cell: Cell, words: str) -> str:
    """The value and what is counted."""
    return MISSING if cell.printed is None else f"{cell} {words}"


def some(cell: Cell, words: str) -> str:
    """The same for values above nought."""
    return counted(cell, words) if cell.printed is not None and cell.printed.value else MISSING


def listed(items: Sequence[str], joint: str) -> str:
    """What is there of a list: a, b và c. A joint of "," is a comma throughout."""
    found = [item for item in items if MISSING not in item]
    if not found:
        return MISSING
    last = ", " if joint == "," else f" {joint} "
    *first, final = found
    return last.join([", ".join(first), final]) if first else final


class SectionProse:
    """The prose of a form's sections, compiled once."""

    def __init__(self, form: Form) -> None:
        environment = _environment()
        self._templates: dict[str, Template] = {
            section.id: environment.from_string(section.body) for section in form.sections.values() if section.body
        }
        self._indicators = tuple(form.indicators)

    def __call__(self, section: Section, values: Mapping[str, Printed], facts: Mapping[str, str]) -> str:
        """Rendered prose with marks; `facts` are the names of `bot.forms.slips.FACTS`."""
        template = self._templates.get(section.id)
        if template is None:
            return ""
        cells: dict[str, Any] = {i: Cell(i, values.get(i)) for i in self._indicators}
        outside = {name: figure("", words) if words else "" for name, words in facts.items()}
        return template.render({**cells, **outside})


def scan(source: str) -> Scan:
    """Names and syntax of a section's prose, with lines; the eye `bot.forms.load` borrows."""
    environment = _environment()
    try:
        tree = environment.parse(source)
        environment.from_string(source)
    except TemplateSyntaxError as mistake:
        return Scan(mistake=(mistake.lineno, mistake.message or ""))
    names = {(name.name, name.lineno) for name in tree.find_all(nodes.Name) if name.ctx == "load"}
    return Scan(names=tuple(sorted(names, key=lambda pair: (pair[1], pair[0]))))


def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False, keep_trailing_newline=False
    )
    environment.globals = {}
    environment.filters = {"zero": zero, "some": some, "counted": counted, "listed": listed}
    return environment
