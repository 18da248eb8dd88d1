"""The life of an outbox, attacked: whatever happens in whatever order, the promises hold."""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from storage import outbox
from storage.database import Database, Transaction
from storage.migrate import migrate
from storage.outbox import OutRow, Priority, Sending
from tests.integration.storage_victim import NOW

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

Result = TypeVar("Result")


@dataclass
class Known:
    """What the model believes of a row."""

    id: int
    chat: str
    priority: Priority
    state: Sending = Sending.QUEUED
    due: Any = NOW
    ends: Any = None
    holds: bool = False


class OutboxLife(RuleBasedStateMachine):
    rows: dict[int, Known]

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "x.db"
        migrate(self.path)
        self.runner = asyncio.Runner()
        self.db = self.runner.run(Database.open(self.path))
        self.now, self.rows, self.names = NOW, {}, set()

    def teardown(self) -> None:
        self.runner.run(self.db.close())
        self.runner.close()
        self.folder.cleanup()

    def do(self, what: Callable[[Transaction], Awaitable[Result]]) -> Result:
        async def block() -> Result:
            async with self.db.transaction() as tx:
                return await what(tx)

        return self.runner.run(block())

    def of(self, *states: Sending) -> list[Known]:
        return [row for row in self.rows.values() if row.state in states]

    @rule(
        name=st.integers(0, 30),
        chat=st.sampled_from("abc"),
        priority=st.sampled_from(Priority),
        wait=st.integers(0, 2),
        life=st.one_of(st.none(), st.integers(0, 3)),
    )
    def add(self, name: int, chat: str, priority: Priority, wait: int, life: int | None) -> None:
        due = self.now + timedelta(minutes=wait)
        ends = None if life is None else due + timedelta(minutes=life)
        row = OutRow(str(name), "fake", chat, "x", priority, "{}", not_before=due, not_after=ends)
        row_id = self.do(lambda tx: outbox.add(tx, row, self.now))
        assert (row_id is None) == (name in self.names)
        self.names.add(name)
        if row_id is not None:
            self.rows[row_id] = Known(row_id, chat, priority, due=due, ends=ends)

    @rule(limit=st.integers(1, 3))
    def claim(self, limit: int) -> None:
        for row in self.of(Sending.QUEUED):
            if row.ends is not None and row.ends < self.now:
                row.state = Sending.DROPPED
        expected = self.expected_claim(limit)
        taken = self.do(lambda tx: outbox.claim(tx, self.now, limit, "fake"))
        assert {row.id for row in taken} == expected
        for row in taken:
            self.rows[row.id] = replace(self.rows[row.id], state=Sending.SENDING, holds=False)

    def expected_claim(self, limit: int) -> set[int]:
        heads: list[tuple[Priority, int, int]] = []
        for chat in "abc":
            queued = [row for row in self.of(Sending.QUEUED) if row.chat == chat]
            due = [row for row in queued if row.due <= self.now]
            busy = any(row.chat == chat for row in self.of(Sending.SENDING))
            held = any(row.holds and row.due > self.now for row in queued)
            if due and not busy and not held:
                best = min(due, key=lambda row: (row.priority, row.id))
                heads.append((best.priority, best.id, min(row.id for row in due)))
        return {oldest for _, _, oldest in sorted(heads)[:limit]}

    @precondition(lambda self: self.of(Sending.SENDING))
    @rule(data=st.data(), how=st.sampled_from(["sent", "later", "failed", "unclear"]))
    def settle(self, data: st.DataObject, how: str) -> None:
        row = data.draw(st.sampled_from(self.of(Sending.SENDING)))
        later = self.now + timedelta(minutes=1)
        assert self.do(
            {
                "sent": lambda tx: outbox.settle_sent(tx, row.id, "m", self.now),
                "later": lambda tx: outbox.settle_later(tx, row.id, later),
                "failed": lambda tx: outbox.settle_failed(tx, row.id, "no", self.now),
                "unclear": lambda tx: outbox.settle_unclear(tx, row.id, "?", self.now),
            }[how]
        )
        if how == "later":
            row.due, row.holds = later, True
        row.state = Sending.QUEUED if how == "later" else Sending(how)

    @precondition(lambda self: self.of(Sending.UNCLEAR))
    @rule(data=st.data(), resend=st.booleans())
    def resolve(self, data: st.DataObject, resend: bool) -> None:
        row = data.draw(st.sampled_from(self.of(Sending.UNCLEAR)))
        later = self.now + timedelta(minutes=1)
        assert self.do(lambda tx: outbox.resolve_unclear(tx, row.id, resend=resend, now=self.now, not_before=later))
        row.state, row.due = (Sending.QUEUED if resend else Sending.DROPPED), later

    @rule()
    def restart(self) -> None:
        self.runner.run(self.db.close())
        self.db = self.runner.run(Database.open(self.path))
        unclear = self.do(lambda tx: outbox.after_restart(tx, self.now))
        for row in self.of(Sending.SENDING):
            row.state = Sending.UNCLEAR
        assert {row.id for row in unclear} == {row.id for row in self.of(Sending.UNCLEAR)}

    @rule(minutes=st.integers(-1, 3))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @invariant()
    def what_is_stored_is_what_happened(self) -> None:
        counted = self.do(outbox.counts)
        assert counted == Counter(row.state for row in self.rows.values())

    @invariant()
    def one_message_of_a_chat_is_in_flight_at_most(self) -> None:
        chats = [row.chat for row in self.of(Sending.SENDING)]
        assert len(chats) == len(set(chats))


OutboxLife.TestCase.settings = settings(max_examples=25, stateful_step_count=40, deadline=None)
test_the_promises_hold_whatever_happens_in_whatever_order = OutboxLife.TestCase
