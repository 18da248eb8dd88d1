"""How values stand in the database: moments as ISO-8601 text in UTC, decimals and JSON as text.

Moments have a fixed width, so that their text sorts as they do. Floats are refused: a figure is never one.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

Scalar = str | int | bytes | None

_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))  # made once: making one costs more than using it

AS_THEY_ARE = frozenset({str, int, bytes, type(None)})  # most parameters, by far; the others go through `stored`


@lru_cache(maxsize=256)  # what is stored together bears the same moment
def moment_text(moment: datetime) -> str:
    """Raises ValueError for a moment without a zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone can't be stored")
    in_utc = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return in_utc.isoformat(timespec="microseconds")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def moment_or_none(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def decimal_text(value: Decimal) -> str:
    """Plain digits: 1E+3 would not be found again as 1000."""
    return format(value, "f")


def decimal_or_none(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def json_text(value: Any) -> str:
    return _JSON.encode(value)


def from_json(text: str) -> Any:
    return json.loads(text)


def stored(value: object) -> Scalar:
    """The form in which a parameter is stored. Raises TypeError for what has none."""
    if type(value) in AS_THEY_ARE:
        return value  # type: ignore[return-value]  # that is what the set says
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, str):
        return str(value)  # an enumeration's member becomes its word
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, int):
        return int(value)
    raise TypeError(f"{type(value).__name__} can't be stored")
