"""What goes wrong on purpose: scripted mishaps, kill points, and the service's rates.

Knows: methods by name, how often each was called, what was ordered to happen to which call.
Does not know: HTTP, chats, messages.
"""

from __future__ import annotations

import inspect
import math
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    Action = Callable[[], Awaitable[None] | None]


class RefusedError(Exception):
    """The service says no: becomes `{"ok": false, …}`."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class Manner(StrEnum):
    """How a call goes wrong."""

    ANSWER = "answer"  # the service answers with an error
    DROP = "drop"  # the connection closes without an answer
    HANG = "hang"  # no answer until the server stops
    GARBAGE = "garbage"  # 200, but nothing that can be read


class Phase(StrEnum):
    """Where a kill point lies."""

    BEFORE = "before"  # the request arrived and has no effect
    AFTER = "after"  # the effect took place and nobody is told
    ANSWERED = "answered"  # the answer was written


@dataclass(frozen=True, slots=True)
class Mishap:
    """One call that goes wrong. `effect` tells whether the service did what was asked all the same."""

    manner: Manner
    code: int = 0
    description: str = ""
    parameters: Mapping[str, int] = field(default_factory=dict)
    effect: bool = False


def refusal(code: int, description: str) -> Mishap:
    return Mishap(Manner.ANSWER, code, description)


def blocked() -> Mishap:
    return refusal(403, "Forbidden: bot was blocked by the user")


def throttled(retry_after: int) -> Mishap:
    return Mishap(Manner.ANSWER, 429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})


def migrated(chat_id: int) -> Mishap:
    return Mishap(
        Manner.ANSWER,
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        {"migrate_to_chat_id": chat_id},
    )


def broken(code: int = 502, *, effect: bool = False) -> Mishap:
    return Mishap(Manner.ANSWER, code, "Bad Gateway" if code == 502 else "Internal Server Error", effect=effect)


def dropped(*, effect: bool) -> Mishap:
    return Mishap(Manner.DROP, effect=effect)


def hanging(*, effect: bool) -> Mishap:
    return Mishap(Manner.HANG, effect=effect)


def garbled(*, effect: bool) -> Mishap:
    return Mishap(Manner.GARBAGE, effect=effect)


class Script:
    """Orders for coming calls, and the count of those that came."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self._mishaps: defaultdict[str, deque[Mishap]] = defaultdict(deque)
        self._points: dict[tuple[str, int, Phase], Action] = {}

    def next(self, method: str, *mishaps: Mishap) -> None:
        """The next calls of `method` go wrong, in this order."""
        self._mishaps[method.lower()].extend(mishaps)

    def at(self, method: str, nth: int, phase: Phase, action: Action) -> None:
        """Do `action` when the nth call of `method` (from 1, counted since the start) reaches `phase`."""
        self._points[(method.lower(), nth, phase)] = action

    def count(self, method: str) -> int:
        return self.calls[method.lower()]

    def arrive(self, method: str) -> tuple[int, Mishap | None]:
        """Count a call; its number, and what was ordered for it."""
        self.calls[method] += 1
        queue = self._mishaps.get(method)
        return self.calls[method], queue.popleft() if queue else None

    def is_point(self, method: str, nth: int, phase: Phase) -> bool:
        return (method, nth, phase) in self._points

    async def reach(self, method: str, nth: int, phase: Phase) -> bool:
        """Carry out the kill point here, if there is one."""
        action = self._points.pop((method, nth, phase), None) if self._points else None
        if action is None:
            return False
        done = action()
        if inspect.isawaitable(done):
            await done
        return True


@dataclass(slots=True)
class Rates:
    """The documented limits, enforced: 30 a second for the bot, 20 a minute a group, 1 a second a chat after a burst.

    A call before `retry_after` is over is refused and counted in `too_early`: a well-behaved bot has none.
    """

    per_second: int = 30
    chat_burst: int = 5
    group_per_minute: int = 20
    refused: int = 0
    too_early: int = 0
    _bot: deque[float] = field(default_factory=deque)
    _groups: dict[int, deque[float]] = field(default_factory=dict)
    _chats: dict[int, float] = field(default_factory=dict)  # until when a private chat's messages are paid off
    _closed_until: float = 0.0

    def admit(self, chat_id: int, at: float) -> None:
        """Count a message to a chat at this instant. Raises RefusedError when it is one too many."""
        if at < self._closed_until:
            self.too_early += 1
            self._refuse(self._closed_until - at, at)
        _admit_to(self._bot, self.per_second, 1.0, at, self._refuse)
        if chat_id < 0:
            _admit_to(self._groups.setdefault(chat_id, deque()), self.group_per_minute, 60.0, at, self._refuse)
            return
        paid_off = max(self._chats.get(chat_id, 0.0), at)
        if paid_off - at > self.chat_burst - 1:
            self._refuse(paid_off - at - (self.chat_burst - 1), at)
        self._chats[chat_id] = paid_off + 1.0

    def _refuse(self, wait: float, at: float) -> None:
        self.refused += 1
        seconds = max(1, math.ceil(wait))
        self._closed_until = max(self._closed_until, at + seconds)
        raise RefusedError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def _admit_to(sent: deque[float], most: int, window: float, at: float, refuse: Callable[[float, float], None]) -> None:
    while sent and sent[0] <= at - window:
        sent.popleft()
    if len(sent) >= most:
        refuse(sent[0] + window - at, at)
    sent.append(at)


def json_refusal(code: int, description: str, parameters: Mapping[str, int]) -> dict[str, Any]:
    """The body of a refusal as the service writes it."""
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    if parameters:
        body["parameters"] = dict(parameters)
    return body
