"""What each command takes. Apart from the commands themselves, so that `--help` loads none of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

    Words = Mapping[str, str]
    Adds = Callable[[argparse.ArgumentParser, Words], None]

ROLES = ("secretary", "leader")
GROUPS = ("leadership",)


def _nothing(_: argparse.ArgumentParser, __: Words) -> None:
    pass


def _check(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("form", nargs="?", help=words["form"])


def _invite(parser: argparse.ArgumentParser, words: Words) -> None:
    whom = parser.add_mutually_exclusive_group(required=True)
    whom.add_argument("--unit", help=words["unit"])
    whom.add_argument("--role", choices=ROLES, help=words["role"])
    whom.add_argument("--group", choices=GROUPS, help=words["group"])
    parser.add_argument("--deputy", action="store_true", help=words["deputy"])


def _read(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("text", nargs="*", help=words["text"])
    parser.add_argument("--form", help=words["form"])
    part = parser.add_mutually_exclusive_group()
    part.add_argument("--section", help=words["section"])
    part.add_argument("--unit", help=words["unit"])
    parser.add_argument("--explain", action="store_true", help=words["explain"])
    parser.add_argument("--batch", metavar="FILE", help=words["batch"])


def _compile(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("--period", required=True, help=words["period"])
    parser.add_argument("--version", type=int, metavar="N", help=words["version"])
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help=words["out"])


def _export(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("weeks", nargs="+", help=words["weeks"])
    parser.add_argument("--out", type=Path, metavar="FILE", help=words["export_file"])


def _backup(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("target", nargs="?", type=Path, metavar="FILE", help=words["target"])


def _opening(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help=words["opening_file"])


def _template(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("action", choices=("check", "use"), help=words["action"])
    parser.add_argument("file", type=Path, metavar="FILE", help=words["template_file"])


COMMANDS: Mapping[str, Adds] = {
    "run": _nothing,
    "demo": _nothing,
    "check": _check,
    "migrate": _nothing,
    "invite": _invite,
    "status": _nothing,
    "read": _read,
    "compile": _compile,
    "export": _export,
    "backup": _backup,
    "opening": _opening,
    "template": _template,
}
