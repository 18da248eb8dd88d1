"""`giaoban status`: whether the service runs, what waits in its queues, who is missing. No figure, no name."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.commands.context import cli_words
from bot.commands.forms import form_named
from bot.commands.office import ask_office, counts

if TYPE_CHECKING:
    import argparse

    from bot.commands.context import Context
    from bot.settings import Settings


def run(_: argparse.Namespace, context: Context) -> int:
    settings = context.office_settings
    form = form_named(settings.office.form)
    answer = ask_office(context, "status")
    words = cli_words()["status"]
    missing = [d.short for d in form.departments.values() if d.id not in answer["departments"]]
    for line in _lines(answer, settings, words, missing):
        print(line)
    return 0


def _lines(answer: dict[str, Any], settings: Settings, words: dict[str, Any], missing: list[str]) -> list[str]:
    none = words["none"]
    lines = [words["running" if answer["running"] else "stopped"]]
    for channel in answer["channels"]:
        shape = words["channel_up" if channel["connected"] else "channel_down"]
        polled = _local(channel["last_poll"], settings) if channel["last_poll"] else none
        detail = words["trouble"].get(channel["detail"], channel["detail"])
        lines.append(shape.format(name=channel["name"].capitalize(), last_poll=polled, detail=detail or none))
    opens, deadline = (_local(answer[name], settings) for name in ("opens", "deadline"))
    lines.append(words["period"].format(period=answer["period"], opens=opens, deadline=deadline))
    lines.append(words["people"].format(**answer))
    if missing:
        lines.append(words["no_respondent"].format(units=", ".join(missing)))
    told = {name: counts(answer[name], words["state"]) or none for name in ("inbox", "outbox", "actions")}
    lines += [words[name].format(counts=said) for name, said in told.items()]
    lines.append(words["engine"].format(path=settings.database, **answer))
    if not answer["engine_is_fixed"]:
        lines.append(words["engine_guarded"].format(path=settings.database, **answer))
    return lines


def _local(instant: str, settings: Settings) -> str:
    return f"{datetime.fromisoformat(instant).astimezone(settings.schedule.zone):%H:%M %d/%m}"
