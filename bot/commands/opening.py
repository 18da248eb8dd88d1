"""`giaoban opening`: what the unit starts from (plans, kept totals, last week's values) into the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.context import Refused, say
from bot.commands.forms import form_named, print_slips
from bot.commands.office import ask_office
from bot.forms.rules import read_opening
from bot.rendering.forms import FormBroken, load_opening

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from bot.commands.context import Context
    from bot.forms.model import Form, Opening


def run(asked: argparse.Namespace, context: Context) -> int:
    name = context.office_settings.office.form
    form = form_named(name)
    opening = _of_form(name, form) if asked.file is None else _of_file(asked.file, form)
    answer = ask_office(
        context,
        "opening",
        period=opening.period,
        plans={indicator: str(value) for indicator, value in opening.plans.items()},
        values={indicator: str(value) for indicator, value in opening.values.items()},
    )
    say("opening_added" if answer["added"] else "opening_there", added=answer["added"], period=opening.period)
    return 0


def _of_form(name: str, form: Form) -> Opening:
    try:
        return load_opening(name, form)
    except FormBroken as broken:
        print_slips(broken.slips)
        raise Refused("fix_opening") from None


def _of_file(file: Path, form: Form) -> Opening:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise Refused("no_file", file=file) from None
    read = read_opening(str(file), text, form)
    if isinstance(read, tuple):
        print_slips(read)
        raise Refused("fix_opening")
    return read
