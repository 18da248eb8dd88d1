"""Telegram as a channel: the only place that knows the Bot API and python-telegram-bot."""

from handlers.telegram.channel import TelegramChannel

__all__ = ["TelegramChannel"]
