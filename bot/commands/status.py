"""`giaoban status`: whether the service runs, what waits in its queues, who is missing. No figure, no name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.commands.context import cli_words
from bot.commands.forms import form_named
from bot.commands.office import ask_office, counts
from bot.periods.calendar import moments, period_at

if TYPE_CHECKING:
    import argparse
    from datetime import datetime

    from bot.commands.context import Context
    from bot.settings import Settings


def run(_: argparse.Namespace, context: Context) -> int:
    settings = context.office_settings
    form = form_named(settings.office.form)
    period = period_at(context.now, settings.schedule)
    answer = ask_office(context, "status", period=str(period))
    words = cli_words()["status"]
    missing = [d.short for d in form.departments.values() if d.id not in answer["departments"]]
    for line in _lines(answer, settings, words, missing):
        print(line)
    week = moments(settings.schedule, period)
    at = [_local(instant, settings) for instant in (week.opens, week.deadline)]
    print(words["period"].format(period=period, opens=at[0], deadline=at[1]))
    return 0


def _lines(answer: dict[str, Any], settings: Settings, words: dict[str, str], missing: list[str]) -> list[str]:
    none = words["none"]
    lines = [words["running" if answer["running"] else "stopped"]]
    for channel in answer["channels"]:
        shape = words["channel_up" if channel["connected"] else "channel_down"]
        lines.append(shape.format(**{**channel, "last_poll": channel["last_poll"] or none}))
    lines.append(words["people"].format(**answer))
    if missing:
        lines.append(words["no_respondent"].format(units=", ".join(missing)))
    lines += [words[name].format(counts=counts(answer[name], none)) for name in ("inbox", "outbox", "actions")]
    lines.append(words["engine"].format(path=settings.database, **answer))
    if not answer["engine_is_fixed"]:
        lines.append(words["engine_guarded"].format(path=settings.database, **answer))
    return lines


def _local(instant: datetime, settings: Settings) -> str:
    return f"{instant.astimezone(settings.schedule.zone):%H:%M %d/%m}"
