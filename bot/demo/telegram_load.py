"""Many people who reply at once, each as soon as the last reply was answered, and how long it takes until all are done.

The stand-in's process makes the load, so the bot under measurement has a process, and a core, of its own.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
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
        self._owed: Counter[int] = Counter()
        self._say: Callable[[int, int], object] = lambda _person, _nth: None
        self._each = 0
        self._replies = 0
        self._answered = 0
        self._all_answered = asyncio.Event()

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
        """Everybody sends `each` messages, `text(person, nth)`, the next when the last was answered.

        Ends when all are answered, or after `most`.
        """
        self._answered = 0
        self._owed = Counter(dict.fromkeys(self.people, each))
        self._all_answered.clear()
        self._standin.world.on_sent = self._count
        self._replies, self._each = each * len(self.people), each
        self._say = lambda person, nth: self._standin.people.say(person, text(person, nth))
        began = seconds()
        for person in self.people:
            self._say(person, 0)
        with contextlib.suppress(TimeoutError):  # told by `answered`
            await asyncio.wait_for(self._all_answered.wait(), most)
        self._standin.world.on_sent = None
        return Measured(self._replies, self._answered, seconds() - began)

    def _count(self, chat_id: int) -> None:
        if self._owed[chat_id] > 0:
            self._owed[chat_id] -= 1
            self._answered += 1
            if self._owed[chat_id]:
                self._say(chat_id, self._each - self._owed[chat_id])
            if self._answered == self._replies:
                self._all_answered.set()
