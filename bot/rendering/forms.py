"""The form's files from disk, and the words for what is wrong with them.

Knows: where forms lie. Does not know: what makes a form right; `bot.forms.load` does.
"""

from __future__ import annotations

import tomllib
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from bot.forms.load import OPENING, read_form
from bot.forms.rules import read_opening
from bot.rendering.prose import scan
from bot.reports.slots import ReportWords

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from bot.forms.model import Form, Opening, Slip

SUFFIXES = (".toml", ".j2")


class FormBroken(Exception):  # noqa: N818 - it names a state of the files, as people say it
    """The files do not make a form. `slips` holds every mistake."""

    def __init__(self, slips: tuple[Slip, ...]) -> None:
        super().__init__("\n".join(f"{s.file}:{s.line}: {s.code} {s.detail}".rstrip() for s in slips))
        self.slips = slips


def load_form(name: str) -> Form:
    """The form of that name, or of that folder. Raises FormBroken."""
    read = read_form(form_files(name), scan)
    if isinstance(read, tuple):
        raise FormBroken(read)
    return read


def load_opening(name: str, form: Form) -> Opening:
    """What a unit with this form starts from. Raises FormBroken."""
    read = read_opening(OPENING, form_files(name).get(OPENING, ""), form)
    if isinstance(read, tuple):
        raise FormBroken(read)
    return read


def form_files(name: str) -> dict[str, str]:
    """Texts of a form's files by their name under the form's folder. `name` may be a path to a folder of one's own."""
    folder = _folder(name)
    return {path: place.read_text(encoding="utf-8") for path, place in _walk(folder, "")}


def load_report_words() -> ReportWords:
    """The words that the compiled report puts where nobody wrote any."""
    table = tomllib.loads((files("templates") / "words" / "report.toml").read_text(encoding="utf-8"))
    return ReportWords(**{**table, "negations": frozenset(table["negations"])})


def slip_words(slip: Slip) -> str:
    """`file:line: words`, as `giaoban check` prints it."""
    table = tomllib.loads((files("templates") / "words" / "check.toml").read_text(encoding="utf-8"))
    return f"{slip.file}:{slip.line}: {table[slip.code].replace('{detail}', slip.detail)}"


def _folder(name: str) -> Traversable:
    own = Path(name)
    return own if own.is_dir() else files("templates") / "forms" / name


def _walk(folder: Traversable, prefix: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    if not folder.is_dir():
        return found
    for place in folder.iterdir():
        if place.is_dir():
            found += _walk(place, f"{prefix}{place.name}/")
        elif place.name.endswith(SUFFIXES):
            found.append((prefix + place.name, place))
    return found
