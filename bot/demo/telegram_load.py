"""Many people who reply at once, wave after wave, and how long it takes until the last of them is answered.

The stand-in's process makes the load, so the bot under measurement has a process, and a core, of its own.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.demo.telegram_standin import TelegramStandin

FIRST_PERSON = 1_000_000


@dataclass(frozen=True, slots=True)
class Measured:
    """`answered` is less than `replies` when the time was over first."""

    replies: int
    answered: int
    seconds: float

    @property
    def per_second(self) -> float:
        return self.answered / self.seconds if self.seconds else 0.0


class Crowd:
    """`size` people. Each reply is counted as answered by the bot's next message in that chat."""

    def __init__(self, standin: TelegramStandin, size: int) -> None:
        self._standin = standin
        self.people = range(FIRST_PERSON, FIRST_PERSON + size)
        self._owed: set[int] = set()  # who waits for an answer
        self._answered = 0
        self._wave_answered = asyncio.Event()

    def join(self, greeting: Callable[[int], str]) -> None:
        """Everybody opens the chat with the bot; `greeting` may be a /start with that person's code."""
        for person in self.people:
            self._standin.people.join(person, f"Người {person - FIRST_PERSON}")
            self._standin.people.say(person, greeting(person))

    async def greeted(self) -> None:
        """Wait until the bot answered every greeting, or its late words would be counted."""
        for person in self.people:
            await self._standin.people.wait_until(partial(self._standin.people.from_bot, person), 60.0)

    async def reply(
        self, each: int, text: Callable[[int, int], str], seconds: Callable[[], float], most: float = 120.0
    ) -> Measured:
        """Everybody writes at once, `each` times over: `text(person, nth)`, the next when all of a wave are answered.

        Nobody writes twice without an answer between: messages of one chat that wait together may share one. And a bot
        that answers one by one is not made to fetch every message by a call of its own.
        Ends when all are answered, or after `most` in one wave.
        """
        self._answered = 0
        self._standin.world.on_sent = self._count
        replies, began = each * len(self.people), seconds()
        for nth in range(each):
            self._owed = set(self.people)
            self._wave_answered.clear()
            for person in self.people:
                self._standin.people.say(person, text(person, nth))
            try:
                await asyncio.wait_for(self._wave_answered.wait(), most)
            except TimeoutError:  # told by `answered`
                break
        self._standin.world.on_sent = None
        return Measured(replies, self._answered, seconds() - began)

    def _count(self, chat_id: int) -> None:
        if chat_id in self._owed:
            self._owed.discard(chat_id)
            self._answered += 1
            if not self._owed:
                self._wave_answered.set()
