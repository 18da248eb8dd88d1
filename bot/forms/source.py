"""The files of a form as text: TOML tables that remember on which line a thing stands.

Knows: files, lines, types of values. Does not know: what a form is. A mistake becomes a Slip, never an exception.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from bot.forms.model import Slip

if TYPE_CHECKING:
    from enum import StrEnum

    Kind = TypeVar("Kind", bound=StrEnum)

FENCE = "+++"
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_TABLE = re.compile(r"^\s*\[\[?\s*([\w.\"-]+)\s*\]\]?\s*(?:#.*)?$")


@dataclass(frozen=True, slots=True)
class TomlText:
    """TOML within a file; `above` is the number of lines before it."""

    file: str
    text: str
    above: int = 0

    def line_of(self, table: str = "", place: int = 0, key: str = "", value: str = "") -> int:
        """Line of the key in the `place`-th table of that name, of the table where the key is not there.

        `value` looks further for a line that holds this word in quotes.
        """
        lines = self.text.split("\n")
        first, last = _extent(lines, table, place)
        at = first
        if key:
            pattern = re.compile(rf"^\s*{re.escape(key)}\s*=")
            at = next((n for n in range(first, last) if pattern.match(lines[n])), first)
        if value:
            at = next((n for n in range(at, last) if f'"{value}"' in lines[n]), at)
        return self.above + at + 1

    def parse(self, slips: list[Slip]) -> Table | None:
        """The top table, or None and a slip."""
        try:
            data = tomllib.loads(self.text, parse_float=Decimal)
        except tomllib.TOMLDecodeError as mistake:
            words = str(mistake)
            found = _AT_LINE.search(words)
            line = self.above + (int(found[1]) if found else self.text.count("\n") + 1)
            slips.append(Slip(self.file, line, "bad_toml", _AT_LINE.sub("", words).strip()))
            return None
        return Table(self, data, slips)


def _extent(lines: list[str], table: str, place: int) -> tuple[int, int]:
    """First line and the line after the last of a table; the top table without a name."""
    headers = [(n, found[1]) for n, line in enumerate(lines) if (found := _TABLE.match(line))]
    named = [n for n, name in headers if name == table] if table else [0]
    first = named[place] if place < len(named) else 0
    last = next((n for n, _ in headers if n > first), len(lines))
    return (0, headers[0][0] if headers else len(lines)) if not table else (first, last)


def split_front_matter(file: str, text: str) -> tuple[TomlText, str, int] | None:
    """Front matter, prose, and the number of lines above the prose. None where the fences are not there."""
    lines = text.split("\n")
    if not lines or lines[0].strip() != FENCE:
        return None
    end = next((n for n, line in enumerate(lines[1:], start=1) if line.strip() == FENCE), None)
    if end is None:
        return None
    return TomlText(file, "\n".join(lines[1:end]), 1), "\n".join(lines[end + 1 :]).rstrip("\n"), end + 1


class Table:
    """One TOML table, read key by key. What was never read is reported by `close`."""

    def __init__(
        self, source: TomlText, data: dict[str, Any], slips: list[Slip], name: str = "", place: int = 0
    ) -> None:
        self._source = source
        self._data = data
        self._slips = slips
        self._name = name
        self._place = place
        self._read: set[str] = set()

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self._data)

    def slip(self, code: str, key: str = "", detail: str = "", value: str = "") -> None:
        line = self._source.line_of(self._name, self._place, key, value)
        self._slips.append(Slip(self._source.file, line, code, detail or key))

    def text(self, key: str, *, required: bool = False) -> str:
        value = self._get(key, str, "")
        if required and not value.strip():
            self.slip("missing_key", key)
        return str(value)

    def flag(self, key: str) -> bool:
        return bool(self._get(key, bool, default=False))

    def number(self, key: str) -> int:
        if key not in self._data:
            self.slip("missing_key", key)
        return int(self._get(key, int, 0))

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._get(key, list, [])
        if not all(isinstance(item, str) for item in value):
            self.slip("wrong_type", key)
            return ()
        return tuple(value)

    def choice(self, key: str, kind: type[Kind], default: Kind | None = None) -> Kind | None:
        """A value of an enumeration; `default` None means that the key must be there."""
        written = self.text(key, required=default is None)
        if not written:
            return default
        if written in list(kind):
            return kind(written)
        self.slip("bad_choice", key, f"{key} = {written} ({', '.join(kind)})")
        return default

    def tables(self, key: str) -> list[Table]:
        """The tables of an array of tables."""
        value = self._get(key, list, [])
        if not all(isinstance(item, dict) for item in value):
            self.slip("wrong_type", key)
            return []
        return [Table(self._source, item, self._slips, key, place) for place, item in enumerate(value)]

    def table(self, key: str) -> Table:
        """A table under a key, also one written in braces on the key's line."""
        value = self._get(key, dict, {})
        return Table(self._source, value, self._slips, key)

    def written(self, key: str) -> str:
        """A number or a text as it stands in the file."""
        self._read.add(key)
        value = self._data.get(key, "")
        if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
            self.slip("wrong_type", key)
            return ""
        return str(value)

    def close(self) -> None:
        """Reports keys that mean nothing: most of them are typing slips."""
        for key in self._data:
            if key not in self._read:
                self.slip("unknown_key", key)

    def _get(self, key: str, kind: type, default: Any) -> Any:
        self._read.add(key)
        value = self._data.get(key, default)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.slip("wrong_type", key)
            return default
        return value
