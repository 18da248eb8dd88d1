"""CHẠY THỬ: the office begins a trial round, and ends it with the same word.

Knows: that no trial begins while a real week is being collected. Does not begin it: `bot.trial` does, once the word is
stored.
"""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.facts import ReportState
from bot.replies.command_words import CommandKind
from storage import meta, people, reports, trial

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from bot.replies.commands import Command
    from handlers.chat import Chat
    from handlers.kit import Kit
    from storage.database import Reading

GIVEN_UP_AFTER = timedelta(hours=48)  # after the deadline, a week that was never posted is in nobody's way


async def is_real_week_open(kit: Kit, rx: Reading, now: datetime) -> bool:
    """The prompts are out and the report is not."""
    week = kit.weeks.at(now)
    if not week.moments.opens <= now <= week.moments.deadline + GIVEN_UP_AFTER:
        return False
    issue = await reports.latest(rx, str(week.period))
    return issue is None or issue.state is not ReportState.POSTED


async def _trial(chat: Chat, _command: Command) -> None:
    now = chat.happened.at
    if chat.kit.is_trial:
        await meta.put(chat.tx, trial.OVER, now.isoformat())
        count = sum(1 for p in await people.all_people(chat.tx) if p.posts)
        await chat.say("trial_started", "trial", count=count, on=False)
    elif await is_real_week_open(chat.kit, chat.tx, now):
        await chat.say("trial_refused", "trial")
        return
    else:
        wanted = {"channel": chat.here.channel, "chat": chat.here.chat_id}
        await meta.put(chat.tx, trial.WANTED, json.dumps(wanted))
    chat.kit.hurry()


WORDS: dict[CommandKind, Callable[[Chat, Command], Awaitable[bool | None]]] = {CommandKind.TRIAL: _trial}
