"""One call to typst: a template of `templates/reports/`, data, bytes.

Knows: where templates and fonts are. Does not know: what is set.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import fontpkg_be_vietnam_pro

if TYPE_CHECKING:
    from collections.abc import Mapping

    import typst

_PAGE_PIXELS_PER_INCH = 96.0
_PIXELS_PER_INCH = 216.0  # a page 360 pt wide becomes a picture 1080 px wide


@dataclass(frozen=True, slots=True)
class Sheet:
    """A template and what it is filled with. Values reach it as JSON text: nothing in them is read as code."""

    template: str
    data: Mapping[str, Any]

    @property
    def inputs(self) -> dict[str, str]:
        return {"data": json.dumps(self.data, ensure_ascii=False)}


def set_pdf(sheet: Sheet, date: datetime) -> bytes:
    """The PDF, dated as the document says, so that the same data give the same bytes."""
    (made,) = _set(sheet, _serif_fonts(), format="pdf", timestamp=date.astimezone(UTC))
    return made


def set_pages(sheet: Sheet) -> list[bytes]:
    """A picture of every page, for a look at it."""
    return _set(sheet, _serif_fonts(), format="png", ppi=_PAGE_PIXELS_PER_INCH)


def set_png(sheet: Sheet) -> bytes:
    """A picture for a phone held upright."""
    (made,) = _set(sheet, _picture_fonts(), format="png", ppi=_PIXELS_PER_INCH)
    return made


def _set(sheet: Sheet, fonts: typst.Fonts, **options: Any) -> list[bytes]:
    """One file, or one for every page."""
    import typst  # noqa: PLC0415 - 7 MB that a service without a picture or a PDF to make never needs

    with as_file(files("templates") / "reports") as folder:
        made = typst.compile(folder / sheet.template, root=folder, font_paths=fonts, sys_inputs=sheet.inputs, **options)
    return [made] if isinstance(made, bytes) else list(made)


@cache
def _serif_fonts() -> typst.Fonts:
    """Times New Roman where the machine has it, else typst's own serif."""
    import typst  # noqa: PLC0415 - see above

    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True)


@cache
def _picture_fonts() -> typst.Fonts:
    """Only the font that is shipped: pictures look the same on every machine."""
    import typst  # noqa: PLC0415 - see above

    folder = Path(fontpkg_be_vietnam_pro.ROOT) / "files"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
