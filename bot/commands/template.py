"""`giaoban template`: what is wrong with a Word template, and taking it into use where nothing is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.context import Refused, say
from bot.rendering.word.check import template_slips
from bot.rendering.word.in_use import take_into_use

if TYPE_CHECKING:
    import argparse

    from bot.commands.context import Context


def run(asked: argparse.Namespace, context: Context) -> int:
    try:
        template = asked.file.read_bytes()
    except OSError:
        raise Refused("no_file", file=asked.file) from None
    slips = template_slips(template)
    for slip in slips:
        print(slip.words)
    if any(not slip.is_hint for slip in slips):
        say("template_wrong", file=asked.file)
        return 1
    if asked.action == "use":
        own = context.office_settings.word_template
        take_into_use(own, template)
        say("template_used", own=own)
    else:
        say("template_right", file=asked.file)
    return 0
