"""The layout of the report as `templates/reports/format.toml` states it.

Knows: sizes, margins, style names. Does not know: Word, PDF.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_ISO_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")


@dataclass(frozen=True, slots=True)
class Style:
    """One named style. Lengths in mm, sizes and spacings in points."""

    name: str
    size: int = 0
    bold: bool = False
    italic: bool = False
    underline: bool = False
    superscript: bool = False
    highlight: str = ""
    character: bool = False
    align: str = "left"
    first_line: float = 0
    before: float = 0
    after: float = 0
    exact: float = 0
    keep_next: bool = False
    outline: int = 0
    rule: bool = False  # a line above, as long as the Party's title


@dataclass(frozen=True, slots=True)
class Format:
    """Page, words that never change, and styles by role."""

    page: Mapping[str, Any]
    words: Mapping[str, str]
    styles: Mapping[str, Style] = field(default_factory=dict)

    def date(self, written: str) -> str:
        """An ISO date in the words of Party documents: days and the months 1 and 2 have two digits."""
        found = _ISO_DATE.fullmatch(written)
        if not found:
            return written
        year, month, day = found.groups()
        shown = month if int(month) <= 2 else str(int(month))
        return self.words["date"].format(day=day, month=shown, year=year)


@cache
def load_format() -> Format:
    """The layout shipped with the product."""
    text = (files("templates") / "reports" / "format.toml").read_text(encoding="utf-8")
    raw = tomllib.loads(text)
    return Format(raw["page"], raw["words"], {role: Style(**style) for role, style in raw["styles"].items()})
