"""Telegram as a channel: the only place that knows the Bot API and python-telegram-bot."""

import sys

# The library imports httpx, which it has no use for here, and httpx a command line of its own where its colours happen
# to be installed, as they are beside our developers' tools: 6 MB and 0.1 s of every start.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]  # None: not to be imported

from handlers.telegram.channel import TelegramChannel  # noqa: E402 - after the line above

__all__ = ["TelegramChannel"]
