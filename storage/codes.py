"""One-time codes for enrolment: single use, expiring, five wrong tries an hour for each chat. Only a hash is kept.

Codes are made by the caller, at random and of at least ten characters.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.facts import Person, Post, PostRole
from storage import people
from storage.values import moment

if TYPE_CHECKING:
    from datetime import datetime

    from storage.database import Reading, Row, Transaction

TRIES_AN_HOUR = 5


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a code is good for: a post, or binding a group, or one more address of a person."""

    expires_at: datetime
    role: PostRole | None = None
    department: str | None = None
    group_purpose: str | None = None
    person_id: int | None = None
    issued_by: int | None = None
    id: int = 0

    @property
    def post(self) -> Post | None:
        return Post(self.role, self.department) if self.role and self.department is not None else None


@dataclass(frozen=True, slots=True)
class CodeUse:
    """`invitation` is None for a wrong, used, expired or revoked code, and when there were too many tries."""

    invitation: Invitation | None
    tries_left: int


async def issue_code(tx: Transaction, code: str, invitation: Invitation, now: datetime) -> int:
    """Returns the invitation's id."""
    row = await tx.one(
        "INSERT INTO codes (hash, role, department, group_purpose, person_id, issued_by, issued_at, expires_at) "
        "VALUES (:hash, :role, :department, :group_purpose, :person_id, :issued_by, :now, :expires_at) RETURNING id",
        {
            "hash": _hash(code),
            "role": invitation.role,
            "department": invitation.department,
            "group_purpose": invitation.group_purpose,
            "person_id": invitation.person_id,
            "issued_by": invitation.issued_by,
            "expires_at": invitation.expires_at,
            "now": now,
        },
    )
    assert row is not None
    return int(row["id"])


async def use_code(tx: Transaction, code: str, channel: str, chat_id: str, now: datetime) -> CodeUse:
    """Use a code up. Case, spaces and hyphens don't matter."""
    tried = await tx.one(
        "SELECT count(*) AS n FROM code_tries WHERE channel = :channel AND chat_id = :chat_id AND at > :since",
        {"channel": channel, "chat_id": chat_id, "since": now - timedelta(hours=1)},
    )
    assert tried is not None
    left = TRIES_AN_HOUR - int(tried["n"])
    if left <= 0:
        return CodeUse(None, 0)
    row = await tx.one(
        "UPDATE codes SET used_at = :now, used_channel = :channel, used_chat = :chat_id WHERE hash = :hash "
        "AND used_at IS NULL AND revoked_at IS NULL AND expires_at > :now RETURNING *",
        {"hash": _hash(code), "channel": channel, "chat_id": chat_id, "now": now},
    )
    if row is not None:
        return CodeUse(_invitation(row), left)
    await tx.execute(
        "INSERT INTO code_tries (channel, chat_id, at) VALUES (:channel, :chat_id, :now)",
        {"channel": channel, "chat_id": chat_id, "now": now},
    )
    return CodeUse(None, left - 1)


async def enrol(
    tx: Transaction, invitation: Invitation, newcomer: Person, now: datetime, *, pending: bool = False
) -> Person:
    """Make the holder of a used code known at `newcomer`'s address, with the invitation's post.

    Who is known already, by the code or by the chat, gets one more address or post; else `newcomer` is stored.
    A pending post gives no rights yet.
    """
    known = await people.person_at(tx, newcomer.channel, newcomer.chat_id)
    if invitation.person_id is not None:
        person_id = invitation.person_id
    elif known is not None:
        person_id = known.id
    else:
        person_id = await people.add_person(tx, newcomer, now)
        known = await people.find(tx, person_id)
    if known is None or known.id != person_id:
        await people.bind_address(tx, person_id, newcomer.channel, newcomer.chat_id, now)
    if invitation.post:
        await people.add_post(tx, person_id, invitation.post, now, pending=pending)
    person = await people.find(tx, person_id)
    assert person is not None
    return person


async def revoke_code(tx: Transaction, invitation_id: int, now: datetime) -> bool:
    """False if it was used or revoked before."""
    changed = await tx.execute(
        "UPDATE codes SET revoked_at = :now WHERE id = :id AND used_at IS NULL AND revoked_at IS NULL",
        {"id": invitation_id, "now": now},
    )
    return changed == 1


async def open_codes(rx: Reading, now: datetime) -> list[Invitation]:
    """Codes that could still be used."""
    rows = await rx.all(
        "SELECT * FROM codes WHERE used_at IS NULL AND revoked_at IS NULL AND expires_at > :now ORDER BY id",
        {"now": now},
    )
    return [_invitation(row) for row in rows]


def _hash(code: str) -> str:
    letters = "".join(c for c in code.upper() if c.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()


def _invitation(row: Row) -> Invitation:
    return Invitation(
        moment(row["expires_at"]),
        PostRole(row["role"]) if row["role"] else None,
        row["department"],
        row["group_purpose"],
        row["person_id"],
        row["issued_by"],
        row["id"],
    )
