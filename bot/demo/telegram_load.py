"""Many people who reply, each at his own pace or wave after wave, and how long it takes to answer the last of them.

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
        self._goes_on: Callable[[int], object] = lambda _person: None
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

    async def converse(
        self, each: int, text: Callable[[int, int], str], seconds: Callable[[], float], most: float = 120.0
    ) -> Measured:
        """Everybody sends `each` messages, `text(person, nth)`: his next one when his last was answered.

        So 400 people are always waiting, and messages arrive one by one. Ends when all are answered, or after `most`.
        """
        said = dict.fromkeys(self.people, 1)

        def goes_on(person: int) -> None:
            if said[person] < each:
                self._say(person, text(person, said[person]))
                said[person] += 1

        self._goes_on = goes_on
        began = self._begin(seconds)
        await self._wave({person: text(person, 0) for person in self.people}, most)
        return self._end(each, seconds() - began)

    async def in_waves(
        self, each: int, text: Callable[[int, int], str], seconds: Callable[[], float], most: float = 120.0
    ) -> Measured:
        """Everybody writes at once, `each` times over: the next when all of a wave are answered.

        So a bot that answers one by one need not fetch every message by a call of its own.
        Ends when all are answered, or after `most` in one wave.
        """
        began = self._begin(seconds)
        for nth in range(each):
            if not await self._wave({person: text(person, nth) for person in self.people}, most):
                break  # told by `answered`
        return self._end(each, seconds() - began)

    def _begin(self, seconds: Callable[[], float]) -> float:
        self._answered = 0
        self._standin.world.on_sent = self._count
        return seconds()

    def _end(self, each: int, took: float) -> Measured:
        self._standin.world.on_sent, self._goes_on = None, lambda _person: None
        return Measured(each * len(self.people), self._answered, took)

    async def _wave(self, texts: dict[int, str], most: float) -> bool:
        """Whether all of it was answered in time."""
        self._owed, self._all_answered = set(), asyncio.Event()
        for person, text in texts.items():
            self._say(person, text)
        try:
            await asyncio.wait_for(self._all_answered.wait(), most)
        except TimeoutError:
            return False
        return True

    def _say(self, person: int, text: str) -> None:
        self._owed.add(person)
        self._standin.people.say(person, text)

    def _count(self, chat_id: int) -> None:
        if chat_id not in self._owed:
            return
        self._owed.discard(chat_id)
        self._answered += 1
        self._goes_on(chat_id)
        if not self._owed:
            self._all_answered.set()
