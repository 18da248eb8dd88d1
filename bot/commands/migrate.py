"""`giaoban migrate`: make the database, or bring it up to date after a copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.context import say
from bot.commands.office import refusal
from storage.errors import StorageError
from storage.migrate import migrate

if TYPE_CHECKING:
    import argparse

    from bot.commands.context import Context


def run(_: argparse.Namespace, context: Context) -> int:
    path = context.office_settings.database
    try:
        done = migrate(path)
    except StorageError as error:
        raise refusal(error, path) from None
    if done.before == done.after:
        say("up_to_date", path=path, after=done.after)
    elif done.before == 0:
        say("migrated_new", path=path, after=done.after)
    else:
        say("migrated", path=path, before=done.before, after=done.after, backup=done.backup)
    return 0
