"""After an outage longer than a channel keeps messages for us: who still owes is asked to send again, once.

Knows: when each channel was last reached; it stands in the database, so that a restart forgets nothing.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.decisions.office import LOCKED
from bot.decisions.outcome import Purpose, Say, To, Whom
from handlers import bureau, words
from handlers.happened import KEPT_BY_CHANNELS
from storage import meta, people
from storage.values import moment_or_none, moment_text

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.kit import Kit
    from storage.database import Transaction

GRAIN = timedelta(minutes=1)  # of what is kept: a commit a minute, not one a poll


class Outages:
    """Looks at every beat; remembers in this process only what it need not write again."""

    def __init__(self, kit: Kit) -> None:
        self.kit = kit
        self._kept: dict[str, datetime] = {}

    async def look(self, now: datetime) -> None:
        """Note that a channel is reached; where it was not for too long, say so to those who may have written."""
        for name, channel in self.kit.channels.items():
            polled = channel.health().last_poll
            kept = self._kept.get(name)
            if polled is None or (kept is not None and polled - kept < GRAIN):
                continue
            self._kept[name] = polled
            async with self.kit.db.transaction() as tx:
                before = moment_or_none(await meta.get(tx, f"{name}.reached") or None)
                if before is not None and polled - before > KEPT_BY_CHANNELS:
                    await self._apologise(tx, name, (before, polled - KEPT_BY_CHANNELS), now)
                await meta.put(tx, f"{name}.reached", moment_text(polled))

    async def _apologise(self, tx: Transaction, channel: str, gap: tuple[datetime, datetime], now: datetime) -> None:
        week = self.kit.weeks.at(now)
        seen = await bureau.view(self.kit, tx, week, people.NOBODY, now)
        issue = seen.bureau.issue
        if week.moments.opens > gap[1] or (issue is not None and issue.state in LOCKED):
            return
        owing = {s.department: s for s in seen.bureau.standings if not s.is_handed_in}
        for person in await people.all_people(tx):
            standing = next((owing[d] for d in person.departments if d in owing), None)
            if standing is None or person.channel != channel:
                continue
            told: dict[str, object] = {
                "from": gap[0],
                "to": gap[1],
                "unit": self.kit.form.departments[standing.department].short,
                "office": self.kit.settings.office.name,
                "period": str(week.period),
                "deadline": standing.deadline,
                "now": now,
            }
            key = f"outage:{channel}:{moment_text(gap[0])}:{person.id}"
            say = Say("outage_apology", To(Whom.PERSON, person.id), told, Purpose.NOTICE, key)
            await words.queue(self.kit, tx, [say], None)
