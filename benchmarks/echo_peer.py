"""A bare python-telegram-bot echo bot: what Giao Ban's throughput is compared with.

    python benchmarks/echo_peer.py --base-url http://127.0.0.1:8081/bot --token 1:secret

It is the library as its documentation shows it: Application, one handler, run_polling. Nothing is stored, nothing is
read; each message is answered with its own text. Ends with SIGTERM.
"""

from __future__ import annotations

import argparse
from typing import Any

from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters


async def echo(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    if update.effective_message and update.effective_message.text:
        await update.effective_message.reply_text(update.effective_message.text)


def application(base_url: str, token: str) -> Any:
    bot = ApplicationBuilder().token(token).base_url(base_url).build()
    bot.add_handler(MessageHandler(filters.TEXT, echo))
    return bot


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base-url", required=True)
    parser.add_argument("--token", required=True)
    options = parser.parse_args()
    application(options.base_url, options.token).run_polling(poll_interval=0)


if __name__ == "__main__":
    main()
