"""What every handler needs, made once at the start: form, reader, words, database, channels, settings.

All state is in the database; `weeks` is a view of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from bot.decisions.reply import Reads
    from bot.forms.model import Form
    from bot.rendering.messages import Catalogue
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
    wake: Callable[[], None] = field(default=lambda: None)  # something was queued
