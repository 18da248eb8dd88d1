"""Which Word template the office uses: its own, once it took one into use, else the shipped one.

Knows: where the two lie. Does not know: what makes a template right; `bot.rendering.word.check` does.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SHIPPED = "bao-cao-tuan.docx"


def template_in_use(own: Path) -> bytes:
    return own.read_bytes() if own.exists() else (files("templates") / "reports" / SHIPPED).read_bytes()


def take_into_use(own: Path, template: bytes) -> None:
    """From the next report on. The one before stays beside it; a template is there whole or not at all."""
    if own.exists():
        own.replace(own.with_name(f"{own.stem}.cu{own.suffix}"))
    part = own.with_name(own.name + ".part")
    part.write_bytes(template)
    part.replace(own)
