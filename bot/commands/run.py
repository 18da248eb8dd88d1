"""`giaoban run`: the service, until it is told to stop."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from bot.app import serve, utc_now
from bot.commands.context import Refused, say
from bot.commands.forms import form_named
from bot.commands.office import refusal
from bot.settings import TOKEN_VARIABLE
from handlers.channel import TokenRefusedError
from handlers.telegram import TelegramChannel
from storage.errors import StorageError

if TYPE_CHECKING:
    import argparse

    from bot.commands.context import Context


def run(_asked: argparse.Namespace, context: Context) -> int:
    settings = context.office_settings
    if not settings.telegram.token:
        raise Refused("no_token", variable=TOKEN_VARIABLE)
    form_named(settings.office.form)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    for noisy in ("aiosqlite", "apscheduler"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    channel = TelegramChannel(
        settings.telegram.token,
        now=utc_now,
        base_url=settings.telegram.base_url,
        base_file_url=settings.telegram.base_file_url,
        proxy=settings.telegram.proxy,
    )
    try:
        say("started", path=settings.database)
        asyncio.run(serve(settings, {"telegram": channel}))
    except StorageError as error:
        raise refusal(error, settings.database) from None
    except TokenRefusedError:
        raise Refused("token_refused", variable=TOKEN_VARIABLE) from None
    return 0
