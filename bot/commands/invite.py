"""`giaoban invite`: a one-time code that binds a chat to a post, or a group to its purpose."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.app import utc_now
from bot.commands.context import Refused, cli_words, say
from bot.commands.forms import department_named, form_named
from bot.commands.office import ask_office
from bot.facts import PostRole
from handlers.enrolment import new_code
from handlers.telegram import TelegramChannel

if TYPE_CHECKING:
    import argparse
    from datetime import tzinfo

    from bot.commands.context import Context
    from bot.settings import Settings

SHORT_WAIT = 5.0  # seconds for the bot's name


def run(asked: argparse.Namespace, context: Context) -> int:
    words = cli_words()["said"]
    if asked.deputy and not asked.unit:
        raise Refused("deputy_of_what")
    form = form_named(context.office_settings.office.form)
    office = next(department for department in form.departments.values() if department.is_office)
    request: dict[str, Any]
    if asked.group:
        whom, request = words[asked.group], {"group": asked.group}
    elif asked.role:
        role = PostRole(asked.role)
        whom = words["leader" if role is PostRole.LEADER else "office"]
        request = {"role": role.value, "department": office.id}
    else:
        department = department_named(form, asked.unit)
        role = PostRole.DEPUTY if asked.deputy else PostRole.RESPONDENT
        whom = words["deputy_of"].format(unit=department.name) if asked.deputy else department.name
        request = {"role": role.value, "department": department.id}
    code = new_code()
    answer = ask_office(context, "invite", code=code, **request)
    if not answer["username"]:
        answer["username"] = asyncio.run(_bots_name(context.settings))
    _print(code, whom, answer, context.settings.schedule.zone, is_group=bool(asked.group))
    return 0


async def _bots_name(settings: Settings) -> str:
    """Before the service first ran nobody knows it; without it the code is typed."""
    told = settings.telegram
    if not told.token:
        return ""
    channel = TelegramChannel(
        told.token,
        now=utc_now,
        base_url=told.base_url,
        base_file_url=told.base_file_url,
        proxy=told.proxy,
        answer_seconds=SHORT_WAIT,
    )
    try:
        return await channel.ask_name()
    finally:
        await channel.close()


def _print(code: str, whom: str, answer: dict[str, Any], zone: tzinfo, *, is_group: bool) -> None:
    until = datetime.fromisoformat(answer["expires_at"]).astimezone(zone)
    say("invited", whom=whom)
    print(code)
    say("invited_until", until=f"{until:%H:%M %d/%m/%Y}")
    name, plain = answer["username"], code.replace("-", "")
    if is_group and name:
        say("invited_group_link", link=f"https://t.me/{name}?startgroup={plain}")
    if is_group:
        say("invited_group", typed=f"/start@{name or '…_bot'} {plain}")
    elif name:
        say("invited_link", link=f"https://t.me/{name}?start={plain}")
        say("invited_or_typed")
    else:
        say("invited_typed")
