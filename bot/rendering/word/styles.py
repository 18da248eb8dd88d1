"""The template's styles, found by the names the office sees in Word.

Knows: names and ids. Does not know: what is written with them.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from bot.rendering.format import load_format
from bot.rendering.word.xml import each, parse, qn, value_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.rendering.word.package import Package

NEEDED = (
    "body", "heading_1", "heading_2", "heading_3", "heading_4", "lead", "lead_bold", "gap", "note", "note_reference",
)  # fmt: skip


def style_ids(package: Package) -> Mapping[str, str]:
    """Style ids by role, for the roles the report is written with.

    Raises ValueError naming the styles that are missing.
    """
    found = styles_by_name(package)
    wanted = {role: load_format().styles[role].name for role in NEEDED}
    missing = [name for name in wanted.values() if _key(name) not in found]
    if missing:
        raise ValueError(f"the template lacks the styles {', '.join(missing)}")
    return {role: found[_key(name)] for role, name in wanted.items()}


def missing_styles(package: Package) -> tuple[str, ...]:
    """Names of needed styles that the template lacks."""
    found = styles_by_name(package)
    names = (load_format().styles[role].name for role in NEEDED)
    return tuple(name for name in names if _key(name) not in found)


def styles_by_name(package: Package) -> dict[str, str]:
    part = package.related("styles")
    if not part:
        return {}
    styles = each(parse(package.parts[part]), "w:style")
    return {_key(value_of(style.find(qn("w:name")))): value_of(style, "w:styleId") for style in styles}


def _key(name: str) -> str:
    """Word keeps the capitals of built-in names as it likes."""
    return unicodedata.normalize("NFC", name).casefold()
