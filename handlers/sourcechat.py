"""NGUỒN: who said a figure, when, in which message, and what it took the place of.

Knows: a respondent asks about the own departments' figures only; the office and the leaders about any.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.decisions.history import which
from bot.decisions.naming import indicators_named
from bot.decisions.outcome import Answer, Outcome, Purpose, Say
from bot.facts import State
from bot.replies.command_words import CommandKind
from handlers.chat import HERE
from storage import figures, people

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.decisions.outcome import Pressed
    from bot.forms.model import Indicator
    from bot.replies.commands import Command
    from handlers.chat import Chat
    from storage.figures import Trace

EFFECT = "source"
_WEEK = re.compile(r"[\s,]*(?:tuần|tuan)\s+(?:số\s+|so\s+)?(\d{1,2})\s*$", re.IGNORECASE)


async def _source(chat: Chat, command: Command) -> None:
    """«NGUỒN lúa mùa», «NGUỒN lúa mùa tuần 22»."""
    named = _WEEK.search(command.argument)
    words = command.argument[: named.start()] if named is not None else command.argument
    period = (chat.week_numbered(named[1]) if named is not None else "") or chat.desk.period
    if not words.strip():
        await chat.say("source_how", "source")
        return
    found = which(chat.kit.form, words, HERE, chat.common(), f"source:{chat.key}")
    if isinstance(found, Say):
        answers = {key: Answer(effect=EFFECT, data={**a.data, "period": period}) for key, a in found.answers.items()}
        said = Say(found.message, HERE, found.data, Purpose.QUESTION, found.dedup, answers)
        await chat.out(Outcome((), (said,)))
        return
    exact = [i for i in indicators_named(words, chat.kit.form.indicators.values()) if i.short == words.strip()]
    await _tell(chat, exact[0] if len(exact) == 1 else found, period)


async def _picked(chat: Chat, pressed: Pressed) -> None:
    data = pressed.answer.data
    await _tell(chat, chat.kit.form.indicators[data["indicator"]], data["period"])


async def _tell(chat: Chat, indicator: Indicator, period: str) -> None:
    person = chat.desk.person
    owner = chat.kit.form.owner_of(indicator.id)
    if not (person.is_secretary or person.is_leader or owner in person.departments):
        await chat.say("not_allowed", "source")
        return
    told = {"week": period, "label": indicator.short}
    current = (await figures.current(chat.tx, period, [indicator.id])).get(indicator.id)
    trace = await figures.trace(chat.tx, current.id) if current is not None and current.id is not None else None
    if trace is None:
        await chat.say("source_none", "source", **told)
        return
    names = {p.id: p.name for p in await people.all_people(chat.tx)}
    before = [{"value": f.value, "name": names.get(f.person_id or 0, ""), "at": f.at} for f in trace.amended]
    await chat.say("figure_source", "source", **told, **_seen(trace, indicator), before=before)


def _seen(trace: Trace, indicator: Indicator) -> dict[str, object]:
    figure = trace.figure
    return {
        "measure": indicator.unit or None,
        "value": figure.value,
        "withdrawn": figure.state is State.WITHDRAWN,
        "name": trace.person_name,
        "at": figure.at,
        "quote": trace.text,
        "why": figure.reason,
        "origin": figure.origin.value,
    }


ANYBODYS: dict[CommandKind, Callable[[Chat, Command], Awaitable[bool | None]]] = {CommandKind.SOURCE: _source}
EFFECTS: dict[str, Callable[[Chat, Pressed], Awaitable[None]]] = {EFFECT: _picked}
