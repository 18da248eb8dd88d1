"""The form a command works with, or the words for why there is none."""

from __future__ import annotations

import sys
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands.context import Refused, cli_words
from bot.rendering.forms import FormBroken, load_form, slip_words

if TYPE_CHECKING:
    from bot.forms.model import Department, Form, Slip


def form_named(name: str) -> Form:
    """Raises Refused, after printing every mistake, where the files make no form."""
    known = sorted(f.name for f in (resources.files("templates") / "forms").iterdir() if f.is_dir())
    if name not in known and not Path(name).is_dir():
        raise Refused("no_form", form=name, known=", ".join(known))
    try:
        return load_form(name)
    except FormBroken as broken:
        print(cli_words()["refused"]["broken_form"].format(count=len(broken.slips)), file=sys.stderr)
        print_slips(broken.slips)
        raise Refused("fix_form", form=name) from None


def print_slips(slips: tuple[Slip, ...]) -> None:
    for slip in slips:
        print(slip_words(slip), file=sys.stderr)


def department_named(form: Form, name: str) -> Department:
    """By its id, its name or one of its aliases, in any case. Raises Refused."""
    wanted = name.casefold().strip()
    for department in form.departments.values():
        if wanted in (word.casefold() for word in (department.id, department.name, department.short)):
            return department
    raise Refused("unknown_unit", unit=name, known=", ".join(form.departments))
