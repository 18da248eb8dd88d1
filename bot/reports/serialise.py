"""A report as text and back, so that every past issue can be made again byte for byte.

Knows: the shape of a Report. Does not know: where the text is kept.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from bot.facts import Figure, Origin, Qualifier, State
from bot.forms.model import HeadingStyle
from bot.reports.model import Block, Letterhead, Note, Paragraph, Piece, PieceKind, Report

if TYPE_CHECKING:
    from collections.abc import Mapping

SHAPE = 1  # of the text; a reader of another shape refuses it


def to_text(report: Report) -> str:
    """Canonical JSON: keys sorted, no spaces, so that equal reports are equal texts."""
    told = {"shape": SHAPE, "report": _plain(report)}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_text(text: str) -> Report:
    """The report again.

    Raises ValueError where the text has another shape.
    """
    told = json.loads(text)
    if not isinstance(told, dict) or told.get("shape") != SHAPE:
        raise ValueError("not a stored report of this version")
    return _report(told["report"])


def digest_of(report: Report) -> str:
    """SHA-256 of the canonical text: two issues with the same digest are the same report."""
    return hashlib.sha256(to_text(report).encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    return value


def _report(told: Mapping[str, Any]) -> Report:
    return Report(
        period=told["period"],
        version=told["version"],
        title=told["title"],
        letterhead=Letterhead(**{**told["letterhead"], "recipients": tuple(told["letterhead"]["recipients"])}),
        blocks=tuple(_block(block) for block in told["blocks"]),
        notes=tuple(Note(note["key"], _paragraphs(note["paragraphs"])) for note in told["notes"]),
        figures={key: _figure(figure) for key, figure in told["figures"].items()},
        missing_departments=tuple(told["missing_departments"]),
        missing_indicators=tuple(told["missing_indicators"]),
        changes=tuple(told["changes"]),
    )


def _block(told: Mapping[str, Any]) -> Block:
    style = HeadingStyle(told["heading_style"])
    return Block(**{**told, "heading_style": style, "paragraphs": _paragraphs(told["paragraphs"])})


def _paragraphs(told: list[Mapping[str, Any]]) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(
            tuple(Piece(p["text"], PieceKind(p["kind"]), p["ref"]) for p in one["pieces"]), one["lead"], one["part"]
        )
        for one in told
    )


def _figure(told: Mapping[str, Any]) -> Figure:
    return Figure(
        **{
            **told,
            "value": None if told["value"] is None else Decimal(told["value"]),
            "state": State(told["state"]),
            "origin": Origin(told["origin"]),
            "qualifier": None if told["qualifier"] is None else Qualifier(told["qualifier"]),
            "at": None if told["at"] is None else datetime.fromisoformat(told["at"]),
        }
    )
