"""What the rest of the service does about deliveries: the office hears of what did not arrive and of what was posted.

Knows: the hooks of `handlers.deliver`. Everything happens in the transaction that settles the row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.decisions.outcome import Answer, Purpose, Say, To, Whom
from handlers import words
from handlers.deliver import Hooks
from storage import groups, people, replies
from storage.outbox import Stage

if TYPE_CHECKING:
    from handlers.channel import SendError
    from handlers.kit import Kit
    from storage.database import Transaction
    from storage.outbox import OutboxRow


def hooks(kit: Kit) -> Hooks:
    """The service's own hooks."""

    async def undelivered(tx: Transaction, row: OutboxRow, error: SendError) -> None:
        del error
        await _undelivered(kit, tx, row)

    async def unclear_post(tx: Transaction, row: OutboxRow) -> bool:
        """A second line that holds a place does no harm; a second report would."""
        if row.stage is Stage.PLACEHOLDER:
            return True
        await _unclear_post(kit, tx, row)
        return False

    async def posted(tx: Transaction, row: OutboxRow, message_id: str) -> None:
        del message_id
        await _posted(kit, tx, row)

    async def has_replied(tx: Transaction, row: OutboxRow) -> bool:
        return row.claimed_at is not None and await replies.since(tx, row.channel, row.chat_id, row.claimed_at)

    return Hooks(undelivered, unclear_post, posted, has_replied)


async def _undelivered(kit: Kit, tx: Transaction, row: OutboxRow) -> None:
    """Told once for each person, until they write again; of a report that did not reach its group, each time."""
    now = kit.now()
    if row.is_group and row.dedup.startswith("post:"):
        period, version = _posted_issue(row)
        told_: dict[str, object] = {
            "period": period,
            "version": version,
            "group": await _group_title(tx, row),
            "now": now,
        }
        say = Say("post_undelivered", To(Whom.OFFICE), told_, Purpose.NOTICE, f"post-failed:{row.id}:{row.tries}")
        await words.queue(kit, tx, [say], None)
        return
    if row.edit_of is not None:  # what it changes did arrive
        return
    if row.is_group or not await people.mark_suspect(tx, row.channel, row.chat_id, now):
        return
    person = await people.person_at(tx, row.channel, row.chat_id)
    if person is None or person.is_secretary:
        return
    department = person.departments[0] if person.departments else ""
    known = kit.form.departments.get(department)
    told: dict[str, object] = {
        "unit": known.short if known is not None else person.title,
        "office": kit.settings.office.name,
        "period": str(kit.weeks.at(now).period),
        "deadline": kit.weeks.at(now).moments.deadline,
        "now": now,
        "person": person.name,
        "channel": row.channel.capitalize(),
        "since": now,
    }
    answers = {
        "new_code": Answer(effect="code_for", data={"person_id": str(person.id)}),
        "enter": Answer(effect="unread_enter", data={"department": department}),
    }
    others = [a for a in await people.addresses_of(tx, person.id) if not a.suspect and a.channel != row.channel]
    if others:
        there = {"person_id": str(person.id), "channel": others[0].channel, "chat_id": others[0].chat_id}
        told["other"] = others[0].channel.capitalize()
        answers["other_channel"] = Answer(effect="channel_for", data=there)
    say = Say("recipient_unreachable", To(Whom.OFFICE), told, Purpose.NOTICE, f"unreachable:{row.id}", answers)
    await words.queue(kit, tx, [say], None)


def _posted_issue(row: OutboxRow) -> tuple[str, int]:
    """Period and version of a post, from the key that made it one for ever: "post:2026-W23:1:…"."""
    _, period, version, *_ = row.dedup.split(":")
    return period, int(version)


async def _group_title(tx: Transaction, row: OutboxRow) -> str:
    found = await groups.group_at(tx, row.channel, row.chat_id)
    return found.title if found is not None else row.chat_id


async def _unclear_post(kit: Kit, tx: Transaction, row: OutboxRow) -> None:
    """Nobody can tell whether it stands in the group: the office looks. It is never repeated by itself."""
    if not row.dedup.startswith("post:"):
        return
    period, version = _posted_issue(row)
    answers = {key: Answer(effect="post_seen", data={"outbox_id": str(row.id)}) for key in ("seen", "send_again")}
    told = {"period": period, "version": version, "group": await _group_title(tx, row), "now": kit.now()}
    say = Say("post_unknown", To(Whom.OFFICE), told, Purpose.QUESTION, f"post-unclear:{row.id}", answers)
    await words.queue(kit, tx, [say], None)


async def _posted(kit: Kit, tx: Transaction, row: OutboxRow) -> None:
    if not row.dedup.startswith("post:"):
        return
    period, version = _posted_issue(row)
    told = {"period": period, "version": version, "group": await _group_title(tx, row), "at": kit.now()}
    await words.queue(kit, tx, [Say("posted", To(Whom.OFFICE), told, Purpose.NOTICE, f"posted:{row.id}")], None)
