"""The command line: `python -m bot` or `giaoban`. Knows the commands' names; what they do stands in `bot.commands`."""

from __future__ import annotations

import argparse
import os
import re
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from bot.commands.arguments import COMMANDS
from bot.commands.context import Context, Refused, cli_words
from bot.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence

WRONG, MISUSED, INTERRUPTED, CLOSED = 1, 2, 130, 141

# argparse speaks English and has no codes: what it says, and which of our sentences stands for it
_USAGE_ERRORS = (
    (r"the following arguments are required: (?P<detail>.+)", "missing"),
    (r"one of the arguments (?P<detail>.+) is required", "one_of"),
    (r".*invalid choice: '(?P<detail>.*)' \(choose from (?P<choices>.+)\)", "choice"),
    (r"unrecognized arguments: (?P<detail>.+)", "unknown"),
    (r"argument (?P<detail>\S+): expected .+", "needs_value"),
    (r"argument (?P<detail>.+): not allowed with argument (?P<other>.+)", "together"),
    (r"(?P<detail>.+)", "other"),
)


class _Parser(argparse.ArgumentParser):
    """An argument parser that speaks the office's language."""

    def __init__(self, **how: Any) -> None:
        super().__init__(add_help=False, formatter_class=argparse.RawDescriptionHelpFormatter, **how)
        words = cli_words()
        self._positionals.title = words["arguments_title"]
        self._optionals.title = words["options_title"]
        self.add_argument("-h", "--help", action="help", help=words["help_option"])

    def format_usage(self) -> str:
        return super().format_usage().replace("usage: ", cli_words()["usage"], 1)

    def format_help(self) -> str:
        return super().format_help().replace("usage: ", cli_words()["usage"], 1)

    def error(self, message: str) -> NoReturn:
        words = cli_words()["usage_error"]
        for pattern, code in _USAGE_ERRORS:
            found = re.fullmatch(pattern, message, re.DOTALL)
            if found:
                said = words[code].format(**found.groupdict())
                self.exit(MISUSED, f"{said}\n{words['see'].format(command=self.prog)}\n")
        raise AssertionError(message)


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command and return its exit code: 0 done, 1 something is wrong, 2 misused."""
    asked = _parser().parse_args(arguments)
    context = Context(asked.settings, os.environ, datetime.now(tz=UTC))  # noqa: TID251 - a command happens once, now
    try:
        code: int = import_module(f"bot.commands.{asked.command}").run(asked, context)
        sys.stdout.flush()
    except SettingsError as error:
        print(error, file=sys.stderr)
        return WRONG
    except Refused as refused:
        print(cli_words()["refused"][refused.code].format(**refused.values), file=sys.stderr)
        return WRONG
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:  # `giaoban status | head`: whoever read has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return CLOSED
    return code


def _parser() -> _Parser:
    words = cli_words()
    parser = _Parser(prog="giaoban", description=words["description"], epilog=words["epilog"])
    commands = parser.add_subparsers(
        dest="command", required=True, metavar=words["command"], title=words["commands_title"]
    )
    for name, add_arguments in COMMANDS.items():
        command = commands.add_parser(name, help=words["help"][name], description=words["help"][name])
        command.add_argument("--settings", type=Path, metavar="FILE", help=words["settings_option"])
        add_arguments(command, words["option"])
    return parser


if __name__ == "__main__":
    sys.exit(main())
