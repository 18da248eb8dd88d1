"""Questions to people: one open in a chat, at most three waiting behind it, the rest goes to the office.

Does not know how a question is asked or what an answer means.
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.record import record
from bot.replies.reading import Candidate, Mode, ProblemCode, Question
from storage.memory import chat_part
from storage.values import decimal_text, from_json, json_text, moment, moment_or_none

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from storage.database import Reading, Row, Transaction

MOST_WAITING = 3

ADD = (
    "INSERT INTO questions (channel, chat_id, person_id, department, period, mode, code, indicators, candidates, "
    "quote, data, reply_id, state, asked_at, opened_at) VALUES (:channel, :chat_id, :person_id, :department, "
    ":period, :mode, :code, :indicators, :candidates, :quote, :data, :reply_id, :state, :asked_at, :opened_at)"
)
OPEN_OF_CHAT = "SELECT * FROM questions WHERE state = 'open' AND channel = :channel AND chat_id = :chat_id"
# Each half by its own index; an IN would look through every question ever asked.
QUEUE = (
    "SELECT state FROM questions WHERE state = 'open' AND channel = :channel AND chat_id = :chat_id UNION ALL "
    "SELECT state FROM questions WHERE state = 'waiting' AND channel = :channel AND chat_id = :chat_id"
)
SETTLE = (
    "UPDATE questions SET state = :state, answer = :words, closed_at = :now WHERE id = :id "
    "AND state IN ('open', 'waiting', 'office')"
)


class Asking(StrEnum):
    """Where a question stands."""

    OPEN = "open"
    WAITING = "waiting"
    OFFICE = "office"  # too many at once, or too late: the office decides
    ANSWERED = "answered"
    CLOSED = "closed"  # no longer needed; `answer` says why


@record
class Asked:
    """A question with where and of whom it is asked."""

    channel: str
    chat_id: str
    department: str
    period: str
    question: Question
    asked_at: datetime
    person_id: int | None = None
    reply_id: int | None = None
    state: Asking = Asking.WAITING
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    answer: str = ""
    id: int = 0


async def ask(tx: Transaction, asked: Sequence[Asked], now: datetime) -> list[tuple[int, Asking]]:
    """Put questions of one chat into its queue, in order; the first becomes the open one if none is.

    Returns the id and the place of each.
    """
    if not asked:
        return []
    queue = await tx.all(
        QUEUE,
        {"channel": asked[0].channel, "chat_id": asked[0].chat_id},
    )
    is_open = any(row["state"] == "open" for row in queue)
    free = MOST_WAITING - sum(row["state"] == "waiting" for row in queue)
    places = [Asking.WAITING] * len(asked) if is_open else [Asking.OPEN, *[Asking.WAITING] * (len(asked) - 1)]
    kept = max(0, free) + (0 if is_open else 1)
    places = places[:kept] + [Asking.OFFICE] * (len(asked) - kept)
    added = await tx.insert_all([_insert(a, place, now) for a, place in zip(asked, places, strict=True)])
    return [(row_id, place) for row_id, place in zip(added, places, strict=True) if row_id is not None]


async def open_question(rx: Reading, channel: str, chat_id: str) -> Asked | None:
    """Remembered until a question of the chat is asked or settled."""

    async def read() -> Asked | None:
        row = await rx.one(OPEN_OF_CHAT, {"channel": channel, "chat_id": chat_id})
        return asked_of(row) if row else None

    return await rx.remembered(("question", channel, chat_id), (f"questions:{chat_part(channel, chat_id)}",), read)


async def find(rx: Reading, question_id: int) -> Asked | None:
    row = await rx.one("SELECT * FROM questions WHERE id = :id", {"id": question_id})
    return asked_of(row) if row else None


async def answer(
    tx: Transaction, question_id: int, given: str, now: datetime, chat: tuple[str, str] | None = None
) -> bool:
    """False if it was settled before. The next one is opened by `open_next`.

    `chat` is where it is most likely asked: then only what is remembered of that chat is forgotten.
    """
    if chat is not None and await _settle(tx, question_id, Asking.ANSWERED, given, now, chat):
        return True
    return await _settle(tx, question_id, Asking.ANSWERED, given, now)


async def close(tx: Transaction, question_id: int, why: str, now: datetime) -> bool:
    """It needs no answer any more; `why` is a code. False if it was settled before."""
    return await _settle(tx, question_id, Asking.CLOSED, why, now)


async def to_office(tx: Transaction, question_id: int) -> None:
    """The person is not asked any more; the office settles it."""
    await tx.execute(
        "UPDATE questions SET state = 'office' WHERE id = :id AND state IN ('open', 'waiting')", {"id": question_id}
    )


async def is_settled(rx: Reading, question_id: int) -> bool:
    """Answered, or closed for another reason; nothing is to be answered any more."""
    found = await find(rx, question_id)
    return found is None or found.state in (Asking.ANSWERED, Asking.CLOSED)


async def open_next(tx: Transaction, channel: str, chat_id: str, now: datetime) -> Asked | None:
    """Open the next waiting question of a chat, unless one is open. Returns the one that was opened."""
    chat = {"channel": channel, "chat_id": chat_id}
    row = await tx.one(
        "UPDATE questions SET state = 'open', opened_at = :now WHERE id = (SELECT min(id) FROM questions "
        "WHERE channel = :channel AND chat_id = :chat_id AND state = 'waiting') AND NOT EXISTS (SELECT 1 "
        "FROM questions WHERE channel = :channel AND chat_id = :chat_id AND state = 'open') RETURNING *",
        chat | {"now": now},
    )
    return asked_of(row) if row else None


async def of_period(rx: Reading, period: str) -> list[Asked]:
    """Every question that was asked in a period, in order."""
    rows = await rx.all("SELECT * FROM questions WHERE period = :period ORDER BY id", {"period": period})
    return [asked_of(row) for row in rows]


async def about_words(rx: Reading, period: str) -> list[Asked]:
    """Questions of a period about words that have not changed, whatever became of them."""
    rows = await rx.all(
        "SELECT * FROM questions WHERE period = :period AND code = :code ORDER BY id",
        {"period": period, "code": ProblemCode.TEXT_UNCHANGED},
    )
    return [asked_of(row) for row in rows]


async def unsettled(rx: Reading, period: str) -> list[Asked]:
    """Everything of a period that still wants an answer, oldest first."""
    rows = await rx.all(
        "SELECT * FROM questions WHERE period = :period AND state IN ('open', 'waiting', 'office') ORDER BY id",
        {"period": period},
    )
    return [asked_of(row) for row in rows]


def asked_of(row: Row) -> Asked:
    question = Question(
        mode=Mode(row["mode"]),
        code=ProblemCode(row["code"]),
        indicators=tuple(from_json(row["indicators"])),
        candidates=tuple(
            Candidate(key, indicator, None if value is None else Decimal(value), unit)
            for key, indicator, value, unit in from_json(row["candidates"])
        ),
        quote=row["quote"],
        data=from_json(row["data"]),
    )
    return Asked(
        row["channel"],
        row["chat_id"],
        row["department"],
        row["period"],
        question,
        moment(row["asked_at"]),
        row["person_id"],
        row["reply_id"],
        Asking(row["state"]),
        moment_or_none(row["opened_at"]),
        moment_or_none(row["closed_at"]),
        row["answer"],
        row["id"],
    )


def _insert(asked: Asked, place: Asking, now: datetime) -> tuple[str, dict[str, object]]:
    question = asked.question
    return (
        ADD,
        {
            "channel": asked.channel,
            "chat_id": asked.chat_id,
            "person_id": asked.person_id,
            "department": asked.department,
            "period": asked.period,
            "mode": question.mode,
            "code": question.code,
            "indicators": json_text(list(question.indicators)),
            "candidates": json_text(
                [
                    [c.key, c.indicator, None if c.value is None else decimal_text(c.value), c.unit]
                    for c in question.candidates
                ]
            ),
            "quote": question.quote,
            "data": json_text(dict(question.data)),
            "reply_id": asked.reply_id,
            "state": place,
            "asked_at": asked.asked_at,
            "opened_at": now if place is Asking.OPEN else None,
        },
    )


async def _settle(
    tx: Transaction, question_id: int, state: Asking, words: str, now: datetime, chat: tuple[str, str] | None = None
) -> bool:
    params = {"id": question_id, "state": state, "words": words, "now": now}
    if chat is None:
        return await tx.execute(SETTLE, params) == 1
    params |= {"channel": chat[0], "chat_id": chat[1]}
    return await tx.execute(f"{SETTLE} AND channel = :channel AND chat_id = :chat_id", params) == 1
