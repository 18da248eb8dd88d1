"""`giaoban export`: a span of weeks as an Excel or CSV file, from a copy of the database."""

from __future__ import annotations

import asyncio
import re
import tempfile
import tomllib
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands.context import Refused, say
from bot.commands.forms import form_named
from bot.commands.office import ask_office
from bot.decisions import exporting
from bot.decisions.exporting import Range
from bot.forms.overlay import overlaid
from bot.periods.calendar import Period
from handlers.exportfile import Tables, file_of, load
from handlers.formuse import changes_made
from storage.database import Database

if TYPE_CHECKING:
    import argparse

    from bot.commands.context import Context
    from bot.forms.model import Form
    from handlers.exportfile import Found

_PERIODS = re.compile(r"(\d{4}-W\d{2})(?:\.\.(\d{4}-W\d{2}))?")


def run(asked: argparse.Namespace, context: Context) -> int:
    settings = context.office_settings
    wanted = _range(" ".join(asked.weeks), context)
    form = form_named(settings.office.form)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.db"
        ask_office(context, "backup", target=str(copy))
        form, found = asyncio.run(_load(copy, form, wanted))
    if not found.current:
        raise Refused("no_figures", first=wanted.first, last=wanted.last)
    words = tomllib.loads(resources.files("templates").joinpath("words/export.toml").read_text(encoding="utf-8"))
    named = words["text"]["file"].format(first=wanted.first, last=wanted.last)
    target = asked.out or Path(f"{named}.{wanted.kind}")
    kind = exporting.CSV if target.suffix.lower() == f".{exporting.CSV}" else exporting.XLSX
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(file_of(Tables(form, words, settings.schedule.zone), found, kind))
    say("exported", file=target, rows=len(found.current), first=wanted.first, last=wanted.last)
    return 0


def _range(said: str, context: Context) -> Range:
    """As in the chat («tuần 20 đến 23», «01/5-31/5», «csv tháng 5»), or by period: 2026-W20..2026-W23."""
    today = context.now.astimezone(context.settings.schedule.zone).date()
    named, found = _PERIODS.fullmatch(said.strip()), None
    try:
        if named is not None:
            found = Range(Period.parse(named[1]), Period.parse(named[2] or named[1]))
        else:
            found = exporting.range_named(said, Period.of(today), today)
    except ValueError:
        pass
    if found is None or found.first > found.last:
        raise Refused("not_weeks", weeks=said)
    return found


async def _load(copy: Path, form: Form, wanted: Range) -> tuple[Form, Found]:
    async with await Database.open(copy) as db, db.reading() as rx:
        form = overlaid(form, await changes_made(rx))
        return form, await load(rx, form, wanted)
