"""`giaoban check`: the settings file, the form and the unit's opening values; every mistake, with file and line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.context import say
from bot.commands.forms import form_named, print_slips
from bot.rendering.forms import FormBroken, load_opening

if TYPE_CHECKING:
    import argparse

    from bot.commands.context import Context


def run(asked: argparse.Namespace, context: Context) -> int:
    """Settings first: without them it is not known which form the office uses."""
    settings = context.settings
    if settings.file is None:
        say("settings_default")
    else:
        say("settings_right", file=settings.file)
    name = asked.form or settings.office.form
    form = form_named(name)
    say(
        "form_right",
        form=form.id,
        sections=len(form.sections),
        departments=len(form.departments),
        indicators=len(form.indicators),
        checks=len(form.checks),
    )
    try:
        opening = load_opening(name, form)
    except FormBroken as broken:
        print_slips(broken.slips)
        say("slips", count=len(broken.slips))
        return 1
    say("opening_right", period=opening.period, plans=len(opening.plans), values=len(opening.values))
    return 0
