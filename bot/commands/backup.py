"""`giaoban backup`: a complete copy of the database in one file, also while the service runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.context import say
from bot.commands.office import ask_office

if TYPE_CHECKING:
    import argparse

    from bot.commands.context import Context

KIB, MIB = 1024, 1024 * 1024


def run(asked: argparse.Namespace, context: Context) -> int:
    database = context.office_settings.database
    local = context.now.astimezone(context.settings.schedule.zone)
    target = asked.target or database.with_name(f"{database.stem}-{local:%Y%m%d-%H%M%S}{database.suffix}")
    answer = ask_office(context, "backup", target=str(target.absolute()))
    size = answer["size"]
    say("backed_up", size=f"{size / MIB:.1f} MB" if size >= MIB else f"{size // KIB} KB", target=target)
    return 0
