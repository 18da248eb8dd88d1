"""What every handler needs, made once at the start: form, reader, words, database, channels, settings.

All state is in the database; `weeks` is a view of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.facts import PostRole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from bot.decisions.reply import Reads
    from bot.forms.model import Department, Form
    from bot.periods.standing import Asked
    from bot.rendering.messages import Catalogue
    from bot.rendering.prose import SectionProse
    from bot.replies.commands import Names
    from bot.reports.model import Report
    from bot.reports.slots import ReportWords
    from bot.settings import Settings
    from handlers.channel import Channel
    from handlers.weeks import Weeks
    from storage.database import Database


@dataclass(frozen=True, slots=True)
class Kit:
    """`now` is the service's clock, `mint` makes an opaque token that nobody can guess."""

    settings: Settings
    form: Form
    reader: Reads
    catalogue: Catalogue
    db: Database
    channels: Mapping[str, Channel]
    now: Callable[[], datetime]
    mint: Callable[[], str]
    weeks: Weeks
    prose: SectionProse
    report_words: ReportWords
    print_word: Callable[[Report], bytes]
    roles: Mapping[str, str]  # what posts are called
    file_label: str  # "BC_tuan{week}_{year}_ban{version}.docx"
    export_words: Mapping[str, Mapping[str, Any]]  # of exported tables
    asked: tuple[Asked, ...]  # what each department is asked for
    names: Names  # what the form knows by name
    departments_named: Callable[[str], tuple[Department, ...]]
    mint_code: Callable[[], str]
    link: Callable[[str], str | None]  # a code's link, where the channel has one
    mention: Callable[[], str]  # how the bot is called in a group
    code_lives: timedelta = timedelta(hours=72)
    is_trial: bool = False  # the database is a copy, and every message says so
    respondent: PostRole = PostRole.RESPONDENT
    wake: Callable[[], None] = field(default=lambda: None)  # something was queued
    hurry: Callable[[], None] = field(default=lambda: None)  # something may be due now
