"""People, their posts and their addresses; strangers that were told. Posts and addresses end, they are not deleted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.facts import Person, Post, PostRole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from storage.database import Reading, Row, Transaction

AT_ADDRESS = (
    "SELECT p.*, h.state AS state_here FROM addresses AS h JOIN people_in_posts AS p ON p.id = h.person_id "
    "WHERE h.channel = :channel AND h.chat_id = :chat_id AND h.state <> 'ended' ORDER BY p.post_id"
)


NOBODY = Person(0, "")  # the service itself, where a moment and no person is behind something


@dataclass(frozen=True, slots=True)
class KnownAddress:
    channel: str
    chat_id: str
    preferred: bool
    suspect: bool  # the last message could not be delivered


@dataclass(frozen=True, slots=True)
class PendingPost:
    """A newcomer to a post that somebody holds: waits for the office's word."""

    id: int
    person_id: int
    post: Post


async def add_person(tx: Transaction, person: Person, now: datetime) -> int:
    """Store a new person with posts and address, if they have one; `person.id` is not looked at. Returns the id."""
    row = await tx.one(
        "INSERT INTO people (name, full_name, title, address_form, first_period, created_at) "
        "VALUES (:name, :full_name, :title, :address_form, :first_period, :now) RETURNING id",
        {
            "name": person.name,
            "full_name": person.full_name,
            "title": person.title,
            "address_form": person.address_form,
            "first_period": person.first_period,
            "now": now,
        },
    )
    assert row is not None
    for post in person.posts:
        await add_post(tx, row["id"], post, now)
    if person.chat_id:
        await bind_address(tx, row["id"], person.channel, person.chat_id, now)
    return int(row["id"])


async def change_person(tx: Transaction, person: Person) -> None:
    """Name, title and form of address as `person` has them. Log the change in `events`."""
    await tx.execute(
        "UPDATE people SET name = :name, full_name = :full_name, title = :title, address_form = :address_form "
        "WHERE id = :id",
        {
            "id": person.id,
            "name": person.name,
            "full_name": person.full_name,
            "title": person.title,
            "address_form": person.address_form,
        },
    )


async def person_at(rx: Reading, channel: str, chat_id: str) -> Person | None:
    """Who writes from there. A person without posts may do nothing any more."""
    return _first(await rx.all(AT_ADDRESS, {"channel": channel, "chat_id": chat_id}))


async def find(rx: Reading, person_id: int) -> Person | None:
    return _first(await rx.all("SELECT * FROM people_in_posts WHERE id = :id ORDER BY post_id", {"id": person_id}))


async def people_of(rx: Reading, department: str) -> list[Person]:
    """Who answers for a department, heads before deputies."""
    found = people_in(
        await rx.all(
            "SELECT * FROM people_in_posts WHERE id IN (SELECT person_id FROM posts WHERE department = :department "
            "AND until IS NULL AND pending = 0 AND role <> 'leader') ORDER BY id, post_id",
            {"department": department},
        )
    )
    deputy = Post(PostRole.DEPUTY, department)
    return sorted(found, key=lambda person: deputy in person.posts)


async def secretaries(rx: Reading) -> list[Person]:
    return await _of_role(rx, PostRole.SECRETARY)


async def leaders(rx: Reading) -> list[Person]:
    return await _of_role(rx, PostRole.LEADER)


async def all_people(rx: Reading) -> list[Person]:
    """Everybody who holds a post."""
    return people_in(await rx.all("SELECT * FROM people_in_posts WHERE post_id IS NOT NULL ORDER BY id, post_id"))


# Posts ------------------------------------------------------------------------------------------------------------


async def add_post(tx: Transaction, person_id: int, post: Post, now: datetime, *, pending: bool = False) -> None:
    """Nothing happens if they hold it already."""
    await tx.execute(
        "INSERT INTO posts (person_id, role, department, pending, since) "
        "VALUES (:person_id, :role, :department, :pending, :now) "
        "ON CONFLICT (person_id, role, department) WHERE until IS NULL DO NOTHING",
        {"person_id": person_id, "role": post.role, "department": post.department, "pending": pending, "now": now},
    )


async def end_post(tx: Transaction, person_id: int, post: Post, now: datetime) -> bool:
    """False if they did not hold it."""
    changed = await tx.execute(
        "UPDATE posts SET until = :now WHERE person_id = :person_id AND role = :role AND department = :department "
        "AND until IS NULL",
        {"person_id": person_id, "role": post.role, "department": post.department, "now": now},
    )
    return changed == 1


async def move_post(tx: Transaction, person_id: int, old: Post, new: Post, now: datetime) -> bool:
    """Replies stay with the post they were given in. False, and nothing done, if they did not hold the old one."""
    if not await end_post(tx, person_id, old, now):
        return False
    await add_post(tx, person_id, new, now)
    return True


async def pending_posts(rx: Reading, department: str) -> list[PendingPost]:
    rows = await rx.all(
        "SELECT * FROM posts WHERE department = :department AND until IS NULL AND pending = 1 ORDER BY id",
        {"department": department},
    )
    return [PendingPost(row["id"], row["person_id"], Post(PostRole(row["role"]), row["department"])) for row in rows]


async def confirm_post(tx: Transaction, post_id: int, role: PostRole) -> None:
    """The office's word on a newcomer: they hold the post, in this role."""
    await tx.execute(
        "UPDATE posts SET pending = 0, role = :role WHERE id = :id AND pending = 1", {"id": post_id, "role": role}
    )


# Addresses --------------------------------------------------------------------------------------------------------


async def bind_address(tx: Transaction, person_id: int, channel: str, chat_id: str, now: datetime) -> None:
    """The chat is theirs from now on, and no longer anybody else's; it becomes the preferred one."""
    await end_address(tx, channel, chat_id, now)
    await tx.execute(
        "INSERT INTO addresses (person_id, channel, chat_id, state, since, changed_at) "
        "VALUES (:person_id, :channel, :chat_id, 'active', :now, :now)",
        {"person_id": person_id, "channel": channel, "chat_id": chat_id, "now": now},
    )
    await prefer(tx, person_id, channel, chat_id)


async def addresses_of(rx: Reading, person_id: int) -> list[KnownAddress]:
    """Oldest first."""
    rows = await rx.all(
        "SELECT * FROM addresses WHERE person_id = :id AND state <> 'ended' ORDER BY id", {"id": person_id}
    )
    return [
        KnownAddress(row["channel"], row["chat_id"], bool(row["preferred"]), row["state"] == "suspect") for row in rows
    ]


async def prefer(tx: Transaction, person_id: int, channel: str, chat_id: str) -> None:
    """Write to them there."""
    await tx.execute(
        "UPDATE addresses SET preferred = CASE WHEN channel = :channel AND chat_id = :chat_id THEN 1 ELSE 0 END "
        "WHERE person_id = :person_id AND state <> 'ended'",
        {"person_id": person_id, "channel": channel, "chat_id": chat_id},
    )


async def mark_suspect(tx: Transaction, channel: str, chat_id: str, now: datetime) -> bool:
    """A message could not be delivered there. True the first time, when the office should hear of it."""
    return await _mark(tx, channel, chat_id, ("active", "suspect"), now)


async def mark_active(tx: Transaction, channel: str, chat_id: str, now: datetime) -> bool:
    """They wrote from there again. True if it was suspect before."""
    return await _mark(tx, channel, chat_id, ("suspect", "active"), now)


async def end_address(tx: Transaction, channel: str, chat_id: str, now: datetime) -> None:
    """«Không phải tôi», or revoked: the chat is a stranger's again."""
    await tx.execute(
        "UPDATE addresses SET state = 'ended', changed_at = :now "
        "WHERE channel = :channel AND chat_id = :chat_id AND state <> 'ended'",
        {"channel": channel, "chat_id": chat_id, "now": now},
    )


async def tell_stranger(tx: Transaction, channel: str, chat_id: str, day: str) -> bool:
    """True once a day for each chat, when it may be told that it is not known here. `day` is a local ISO date."""
    row = await tx.one(
        "INSERT INTO strangers (channel, chat_id, day) VALUES (:channel, :chat_id, :day) "
        "ON CONFLICT (channel, chat_id, day) DO NOTHING RETURNING day",
        {"channel": channel, "chat_id": chat_id, "day": day},
    )
    return row is not None


def people_in(rows: Iterable[Row]) -> list[Person]:
    """Rows of the view people_in_posts, one a post, become people."""
    posts: dict[int, list[Post]] = {}
    first: dict[int, Row] = {}
    for row in rows:
        first.setdefault(row["id"], row)
        held = posts.setdefault(row["id"], [])
        if row["role"] is not None:
            held.append(Post(PostRole(row["role"]), row["department"]))
    return [_person(row, tuple(posts[person_id])) for person_id, row in first.items()]


def _person(row: Row, posts: tuple[Post, ...]) -> Person:
    return Person(
        id=row["id"],
        name=row["name"],
        full_name=row["full_name"],
        title=row["title"],
        address_form=row["address_form"],
        posts=posts,
        channel=row["channel"] or "",
        chat_id=row["chat_id"] or "",
        first_period=row["first_period"],
    )


async def _of_role(rx: Reading, role: PostRole) -> list[Person]:
    rows = await rx.all(
        "SELECT * FROM people_in_posts WHERE id IN (SELECT person_id FROM posts WHERE role = :role "
        "AND until IS NULL AND pending = 0) ORDER BY id, post_id",
        {"role": role},
    )
    return people_in(rows)


def _first(rows: list[Row]) -> Person | None:
    found = people_in(rows)
    return found[0] if found else None


async def _mark(tx: Transaction, channel: str, chat_id: str, change: tuple[str, str], now: datetime) -> bool:
    changed = await tx.execute(
        "UPDATE addresses SET state = :after, changed_at = :now "
        "WHERE channel = :channel AND chat_id = :chat_id AND state = :before",
        {"channel": channel, "chat_id": chat_id, "before": change[0], "after": change[1], "now": now},
    )
    return changed == 1
