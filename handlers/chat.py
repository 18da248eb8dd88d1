"""One command or press of the office or a leader, with everything that answering it needs.

Knows: how what was decided is carried out together. Does not know: any command.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.decisions.office import LOCKED
from bot.decisions.outcome import Outcome, Say, To, Transition, Whom
from bot.decisions.questions import stale
from bot.periods.calendar import Period
from handlers import bureau, words
from handlers.record import carry_out

if TYPE_CHECKING:
    from bot.decisions.desk import Desk
    from bot.decisions.reply import Message
    from bot.facts import Issue
    from handlers.bureau import View
    from handlers.happened import Happened
    from handlers.kit import Kit
    from handlers.words import Addressee
    from storage.database import Transaction

HERE = To(Whom.CHAT)


class Chat:
    """`message` is what was typed, as it was stored; None for a press."""

    def __init__(
        self,
        kit: Kit,
        tx: Transaction,
        desk: Desk,
        happened: Happened,
        here: Addressee,
        message: Message | None = None,
    ) -> None:
        self.kit = kit
        self.tx = tx
        self.desk = desk
        self.happened = happened
        self.here = here
        self.message = message
        self.key = str(happened.inbox_id)

    async def view(self, period: str = "") -> View:
        """The running period, or the one that is named, as the office sees it, checked."""
        weeks = self.kit.weeks
        week = weeks.of(Period.parse(period)) if period else weeks.at(self.happened.at)
        seen = await bureau.view(self.kit, self.tx, week, self.desk.person, self.happened.at)
        return await bureau.checked(self.kit, self.tx, seen)

    def week_numbered(self, number: str) -> str:
        """The last period of that number, «22»; "" where no number is given."""
        found = self.kit.weeks.numbered(number, self.happened.at)
        return str(found) if found is not None else ""

    async def out(self, outcome: Outcome, desk: Desk | None = None) -> None:
        """Changes of the report first; what is said follows only where they could be made."""
        for fact in outcome.facts:
            if isinstance(fact, Transition) and not await bureau.change(self.tx, fact, self.happened.at):
                return
        document = next((s.document for s in outcome.say if s.document is not None), None)
        files = await bureau.files_of(self.kit, self.tx, document)
        await carry_out(self.kit, self.tx, desk or self.desk, replace(outcome, say=()), self.here)
        await words.queue(self.kit, self.tx, outcome.say, self.here, files=dict(files))

    async def say(self, message: str, key: str, **told: object) -> None:
        """One message here, and nothing stored."""
        said = Say(message, HERE, self.common() | told, dedup=f"{key}:{self.key}")
        await self.out(Outcome((), (said,)))

    async def stale(self) -> None:
        """What was pressed no longer holds; what is open now is asked again in the same message."""
        said = stale(self.desk, f"stale:{self.key}")
        await carry_out(self.kit, self.tx, self.desk, Outcome((), (said,)), self.here)

    def common(self) -> dict[str, object]:
        desk = self.desk
        return {
            "unit": desk.unit,
            "office": desk.office,
            "period": desk.period,
            "deadline": desk.deadline,
            "now": desk.now,
        }


async def current(chat: Chat, seen: View) -> tuple[Issue, bureau.Built]:
    """The newest issue, made anew when anything has changed since. An approved one is never replaced from here."""
    issue = seen.bureau.issue
    built = await bureau.build(chat.kit, seen)
    if issue is not None and issue.state in LOCKED:
        return issue, built
    return await bureau.keep(chat.kit, chat.tx, built, issue, chat.desk.person), built
