"""What every command is given: the settings of the office, the moment, and the words of the command line."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from importlib import resources
from typing import TYPE_CHECKING, Any

from bot.settings import DEFAULT_FILE, Settings, default_settings, read_settings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path


class Refused(Exception):  # noqa: N818 - a person's mistake, not a program's
    """A command cannot do what it was asked. `code` names the words, `values` fill them in."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True)
class Context:
    """`settings_file` is None where none was named: then giaoban.toml counts if it is there."""

    settings_file: Path | None
    environment: Mapping[str, str] = field(repr=False)
    now: datetime

    @cached_property
    def settings(self) -> Settings:
        """Raises SettingsError."""
        if self.settings_file is not None:
            return read_settings(self.settings_file, self.environment)
        if DEFAULT_FILE.exists():
            return read_settings(DEFAULT_FILE, self.environment)
        return default_settings(self.environment)

    @property
    def office_settings(self) -> Settings:
        """For commands that work on the office's own data: defaults would be somebody else's database.

        Raises Refused where there is no settings file, SettingsError where it is wrong.
        """
        if self.settings_file is None and not DEFAULT_FILE.exists():
            raise Refused("no_settings", file=DEFAULT_FILE)
        return self.settings


def cli_words() -> dict[str, Any]:
    return tomllib.loads(resources.files("templates").joinpath("words/cli.toml").read_text(encoding="utf-8"))


def say(code: str, **values: object) -> None:
    """Print a line of the command line's words."""
    print(cli_words()["said"][code].format(**values))
