"""The office's settings: one frozen value, read once from a TOML file; secrets come from the environment only.

Knows: every key, its default and a right example. Does not know: forms, people, what is stored.
All mistakes of a file are reported together, with file and line; their words stand in templates/words/settings.toml.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from datetime import time, timedelta
from difflib import get_close_matches
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.periods.calendar import Quiet, Schedule, WeekTime, parse_duration
from bot.reports.model import Letterhead

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

DEFAULT_FILE = Path("giaoban.toml")
TOKEN_VARIABLE = "GIAOBAN_TELEGRAM_TOKEN"  # noqa: S105 - the name of a variable
ON_APPROVAL = "on approval"
DATABASE_NAME = "giaoban.db"
WORD_TEMPLATE = "mau-bao-cao.docx"


@dataclass(frozen=True, slots=True)
class Office:
    """The Party office that runs the week. `form` is the name of a shipped form, or a folder."""

    name: str = "Văn phòng Đảng ủy"
    form: str = "dang-uy-xa"
    timezone: str = "Asia/Ho_Chi_Minh"
    letterhead: Letterhead = field(default_factory=Letterhead)


@dataclass(frozen=True, slots=True)
class Telegram:
    """How Telegram is reached. Addresses may carry a password, and the token is one: neither is ever printed."""

    base_url: str = "https://api.telegram.org/bot"
    base_file_url: str = "https://api.telegram.org/file/bot"
    proxy: str = field(default="", repr=False)
    token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Privacy:
    """What the group may read. `known_names` stand in every copy: leaders everybody knows."""

    mask_names: bool = True
    known_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    office: Office = field(default_factory=Office)
    schedule: Schedule = field(default_factory=Schedule)
    telegram: Telegram = field(default_factory=Telegram)
    database: Path = Path(DATABASE_NAME)
    privacy: Privacy = field(default_factory=Privacy)
    file: Path | None = None

    @property
    def control_socket(self) -> Path:
        """Where a running service listens for the other commands."""
        return self.database.with_name(self.database.name + ".sock")

    @property
    def word_template(self) -> Path:
        """The office's own Word template, once it took one into use."""
        return self.database.with_name(WORD_TEMPLATE)


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something in the settings file that cannot be used. `value` is as written, and empty where it may be secret."""

    file: str
    line: int
    where: str
    code: str
    value: str = ""
    example: str = ""
    near: str = ""


class SettingsError(Exception):
    """The settings cannot be used. Its text names every mistake in plain Vietnamese."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__(said(mistakes))
        self.mistakes = mistakes


def read_settings(file: Path, environment: Mapping[str, str]) -> Settings:
    """The settings of a file. Relative paths start from the file's folder. Raises SettingsError."""
    name = str(file)
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise SettingsError((Mistake(name, 0, "", "missing_file"),)) from None
    except (OSError, UnicodeDecodeError):
        raise SettingsError((Mistake(name, 0, "", "unreadable_file"),)) from None
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise SettingsError((Mistake(name, line, "TOML", "syntax", example='deadline = "fri 16:00"'),)) from None
    reader = _Reader(name, text)
    reader.read(tables)
    reader.compare_times()
    if reader.mistakes:
        raise SettingsError(tuple(sorted(reader.mistakes, key=lambda mistake: mistake.line)))
    return _settings(reader.values, environment, file)


def default_settings(environment: Mapping[str, str]) -> Settings:
    """What holds where there is no settings file."""
    return _settings({}, environment, None)


def said(mistakes: tuple[Mistake, ...]) -> str:
    """The mistakes in words, one a line."""
    words = tomllib.loads(resources.files("templates").joinpath("words/settings.toml").read_text(encoding="utf-8"))
    return "\n".join(_said(mistake, words) for mistake in mistakes)


def _said(mistake: Mistake, words: Mapping[str, Any]) -> str:
    near = words["near"].format(near=mistake.near) if mistake.near else ""
    what = words["mistake"][mistake.code].format(value=mistake.value, near=near, variable=TOKEN_VARIABLE)
    shape = "no_line" if not mistake.line else "line_with_example" if mistake.example else "line"
    filled: str = words[shape].format(
        file=mistake.file, line=mistake.line, where=mistake.where, what=what, example=mistake.example
    )
    return filled


@dataclass(frozen=True, slots=True)
class _Key:
    """One setting: how its value is read (ValueError: it can't be), what is wrong then, and a right example."""

    read: Callable[[Any], object]
    code: str
    example: str
    is_private: bool = False  # its value is not repeated in messages


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError
    return value.strip()


def _any_text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value.strip()


def _texts(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(_text(one) for one in value)


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _week_time(value: object) -> WeekTime:
    return WeekTime.parse(_text(value))


def _post(value: object) -> WeekTime | None:
    return None if _text(value).lower() == ON_APPROVAL else _week_time(value)


def _length(value: object) -> timedelta:
    text = _text(value)
    return timedelta(0) if text in ("0", "0m", "0h") else parse_duration(text)


def _quiet(value: object) -> tuple[Quiet, ...]:
    return tuple(_quiet_span(span) for span in _texts(value))


def _quiet_span(span: str) -> Quiet:
    start, _, end = span.partition("-")
    found = Quiet(time.fromisoformat(start.strip()), time.fromisoformat(end.strip()))
    if found.start == found.end:
        raise ValueError
    return found


def _timezone(value: object) -> str:
    try:
        return ZoneInfo(_text(value)).key
    except (ZoneInfoNotFoundError, OSError):
        raise ValueError from None


def _url(value: object) -> str:
    parts = urlsplit(_text(value))
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError
    return _text(value)


def _proxy(value: object) -> str:
    return _url(value) if _any_text(value) else ""


def _each(read: Callable[[Any], object]) -> Callable[[Any], object]:
    return lambda value: tuple(read(one) for one in _texts(value))


KEYS: Mapping[str, Mapping[str, _Key]] = {
    "office": {
        "name": _Key(_text, "not_text", 'name = "Văn phòng Đảng ủy"'),
        "form": _Key(_text, "not_text", 'form = "dang-uy-xa"'),
        "timezone": _Key(_timezone, "not_timezone", 'timezone = "Asia/Ho_Chi_Minh"'),
        **{
            name: _Key(_any_text, "not_text", f'{name} = "…"')
            for name in ("superior", "issuer", "number", "place", "authority", "post", "signer")
        },
        "recipients": _Key(_texts, "not_texts", 'recipients = ["Thường trực Tỉnh ủy", "Lưu Văn phòng"]'),
    },
    "schedule": {
        "opens": _Key(_week_time, "not_week_time", 'opens = "thu 08:00"'),
        "deadline": _Key(_week_time, "not_week_time", 'deadline = "fri 16:00"'),
        "reminders": _Key(_each(parse_duration), "not_length", 'reminders = ["24h", "3h", "1h"]'),
        "post": _Key(_post, "not_post", 'post = "fri 17:00"'),
        "grace": _Key(_length, "not_length", 'grace = "30m"'),
        "draft": _Key(_length, "not_length", 'draft = "30m"'),
        "submit": _Key(_length, "not_length", 'submit = "1h"'),
        "boards": _Key(_each(WeekTime.parse), "not_week_time", 'boards = ["fri 09:00"]'),
        "quiet": _Key(_quiet, "not_quiet", 'quiet = ["21:00-06:00"]'),
    },
    "telegram": {
        "base_url": _Key(_url, "not_url", 'base_url = "https://api.telegram.org/bot"', is_private=True),
        "base_file_url": _Key(_url, "not_url", 'base_file_url = "https://api.telegram.org/file/bot"', is_private=True),
        "proxy": _Key(_proxy, "not_url", 'proxy = "http://127.0.0.1:3128"', is_private=True),
    },
    "privacy": {
        "mask_names": _Key(_yes_or_no, "not_yes_or_no", "mask_names = true"),
        "known_names": _Key(_texts, "not_texts", 'known_names = ["Nguyễn Văn A"]'),
    },
    "storage": {"path": _Key(_text, "not_text", 'path = "giaoban.db"')},
}
_SECRETS = ("token", "telegram_token", "password", "secret")


@dataclass(slots=True)
class _Reader:
    """Goes through the tables of one file and gathers values and mistakes."""

    file: str
    text: str
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def read(self, tables: Mapping[str, Any]) -> None:
        for table, content in tables.items():
            known = KEYS.get(table)
            if known is None:
                self._wrong(table, "", "unknown_table", near=_near(table, KEYS))
            elif not isinstance(content, dict):
                self._wrong(table, "", "not_a_table", example=f"[{table}]")
            else:
                self.values[table] = {}
                for key, value in content.items():
                    self._read_key(table, key, value, known)

    def _read_key(self, table: str, key: str, value: object, known: Mapping[str, _Key]) -> None:
        if key in _SECRETS:
            self._wrong(table, key, "secret")
            return
        setting = known.get(key)
        if setting is None:
            self._wrong(table, key, "unknown_key", near=_near(key, known))
            return
        try:
            self.values[table][key] = setting.read(value)
        except (ValueError, TypeError):
            shown = "" if setting.is_private else _shown(value)
            self._wrong(table, key, setting.code, value=shown, example=setting.example)

    def compare_times(self) -> None:
        """Nobody can answer in no time: the deadline is another moment than the prompt."""
        told = self.values.get("schedule", {})
        usual = Schedule()
        opens, deadline = told.get("opens", usual.opens), told.get("deadline", usual.deadline)
        if opens == deadline:
            key = "deadline" if "deadline" in told else "opens"
            self._wrong("schedule", key, "deadline_is_opens", value=_shown(deadline), example='deadline = "fri 16:00"')

    def _wrong(self, table: str, key: str, code: str, **more: str) -> None:
        where = f"[{table}] {key}".rstrip()
        self.mistakes.append(Mistake(self.file, _line_of(self.text, table, key), where, code, **more))


def _near(word: str, known: Iterable[str]) -> str:
    return next(iter(get_close_matches(word, list(known), 1, 0.6)), "")


def _shown(value: object) -> str:
    return f"“{value}”"


def _line_of(text: str, table: str, key: str) -> int:
    """Where a key stands, or its table's heading, or the first line."""
    inside, heading = False, 1
    for number, line in enumerate(text.splitlines(), start=1):
        if re.match(rf"\s*\[\s*{re.escape(table)}\s*\]|\s*{re.escape(table)}\s*=", line):
            inside, heading = True, number
        elif re.match(r"\s*\[", line):
            inside = False
        elif key and inside and re.match(rf"""\s*["']?{re.escape(key)}["']?\s*=""", line):
            return number
    return heading


def _settings(values: Mapping[str, Mapping[str, Any]], environment: Mapping[str, str], file: Path | None) -> Settings:
    office, schedule = dict(values.get("office", {})), dict(values.get("schedule", {}))
    own = {key: office.pop(key) for key in ("name", "form", "timezone") if key in office}
    token = environment.get(TOKEN_VARIABLE, "").strip()
    path = Path(values.get("storage", {}).get("path", DATABASE_NAME)).expanduser()
    if file is not None:
        path = file.parent / path
    if path.is_dir() or str(values.get("storage", {}).get("path", "")).endswith("/"):
        path /= DATABASE_NAME
    found = Office(**own, letterhead=Letterhead(**office))
    return Settings(
        office=found,
        schedule=Schedule(**schedule, timezone=found.timezone),
        telegram=Telegram(**values.get("telegram", {}), token=token),
        database=path,
        privacy=Privacy(**values.get("privacy", {})),
        file=file,
    )
