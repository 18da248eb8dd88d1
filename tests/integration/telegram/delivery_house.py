"""A database, a channel on the stand-in, and a delivery loop whose time is moved by hand."""

from __future__ import annotations

from handlers.channel import Attachment, Outgoing, packed
from handlers.deliver import Deliverer, Hooks, recover
from storage import attachments, groups, outbox
from storage.database import Database
from storage.groups import Group
from storage.migrate import migrate
from storage.outbox import OutRow, Priority, Sending, Stage
from tests.integration.telegram.setting import GROUP, PAO

REPORT = Attachment("Báo cáo tuần 23.docx", b"PK\x03\x04 bao cao", "Báo cáo tuần\n01-07/6")
PLACEHOLDER = "Đang đăng báo cáo…"


class House:
    """`told` is what the office was told; `repeats_posts` what it answers at once when a post is unclear."""

    def __init__(self, db, standin, make_channel, clock):
        self.db, self.standin, self.clock = db, standin, clock
        self.make_channel = make_channel
        self.told = []
        self.posted = []
        self.asked = []
        self.repeats_posts = False
        self.spoke = {}
        self.hooks = Hooks(self._undelivered, self._unclear_post, self._posted, self._has_replied)
        self.channel = None
        self.start()

    def start(self, **settings):
        """A process begins: a channel and a loop that remember nothing."""
        self.channel = self.make_channel(**settings)
        self.loop = Deliverer(self.db, self.channel, self.hooks, now=self.clock)

    async def restart(self, **settings):
        """A process was killed: what it had in flight is gone, what it had committed is not."""
        self.loop._abandon()
        self.start(**settings)
        await recover(self.db, self.hooks, self.clock())

    async def queue(self, text="Lúa mùa", *, priority=Priority.PROMPT, chat=PAO, dedup="", **fields):
        message = fields.pop("message", None) or Outgoing(text)
        async with self.db.transaction() as tx:
            row = OutRow(
                dedup=dedup or f"{priority}:{chat}:{text}",
                channel="telegram",
                chat_id=str(chat),
                purpose=priority.name.lower(),
                priority=priority,
                payload=fields.pop("payload", None) or packed(message),
                is_group=chat < 0,
                **fields,
            )
            return await outbox.add(tx, row, self.clock())

    async def queue_report(self, stage=Stage.PLACEHOLDER):
        async with self.db.transaction() as tx:
            kept = await attachments.keep(tx, REPORT.name, REPORT.content)
        return await self.queue(
            priority=Priority.REPORT,
            chat=GROUP,
            message=Outgoing("", attachment=REPORT, placeholder=PLACEHOLDER),
            attachment_hash=kept,
            stage=stage,
        )

    async def bind_group(self):
        async with self.db.transaction() as tx:
            await groups.bind(tx, Group("leadership", "telegram", str(GROUP), "Thường trực", self.clock()))

    async def run_for(self, seconds):
        """Let so much time pass, moving the clock only when there is nothing left to do."""
        end = self.clock().timestamp() + seconds
        while True:
            wait = await self.loop.turn()
            if self.loop._in_flight:
                await self.loop.settled()
                continue
            left = end - self.clock().timestamp()
            if wait > left or left <= 0:
                self.clock.advance(max(left, 0))
                return
            self.clock.advance(max(wait, 0.001))

    async def row(self, row_id):
        async with self.db.transaction() as tx:
            return await outbox.find(tx, row_id)

    async def state(self, row_id):
        return (await self.row(row_id)).state

    async def states(self):
        async with self.db.transaction() as tx:
            return await outbox.counts(tx)

    async def resend(self, row_id):
        """The office says: post it again."""
        async with self.db.transaction() as tx:
            assert await outbox.resolve_unclear(tx, row_id, resend=True, now=self.clock())

    def texts(self, chat=PAO):
        return [m.get("text") or m["document"]["file_name"] for m in self.standin.people.from_bot(chat)]

    def documents(self, chat=GROUP):
        return [m for m in self.standin.people.from_bot(chat) if "document" in m]

    async def _undelivered(self, tx, row, error):
        assert (await outbox.find(tx, row.id)).state is Sending.FAILED
        self.told.append((row.id, error.refusal))

    async def _unclear_post(self, tx, row):
        assert (await outbox.find(tx, row.id)).state is Sending.UNCLEAR
        self.asked.append(row.id)
        return self.repeats_posts

    async def _posted(self, tx, row, message_id):
        assert (await outbox.find(tx, row.id)).state is Sending.SENT
        self.posted.append((row.dedup, message_id))

    async def _has_replied(self, _tx, row):
        return self.spoke.get(row.chat_id, row.claimed_at) > row.claimed_at


async def opened(path):
    migrate(path)
    return await Database.open(path)
