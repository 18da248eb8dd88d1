"""How fast a channel may be used. Pure: moments are seconds, given by the caller.

Three limits: the bot's messages a second, a private chat's one a second, a group's number a minute. Answers to what a
person just wrote pass freely in a private chat, as the service lets them, until the service says otherwise; then
everything waits its turn until the pace has recovered.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from handlers.channel import Capabilities

MARGIN = 2  # messages a second below the service's limit: its clock is not ours
BOT_BURST = 2
CHAT_BURST = 3  # a prompt may have two or three parts
GROUP_WINDOW = 61.0
RECOVERY = 10.0  # seconds for each message a second to come back after a 429
KEPT_CHATS = 10_000


class Pace:
    """The limits of one channel, and what was used of them."""

    def __init__(self, per_second: float, *, chat_interval: float = 1.0, group_per_minute: int = 20) -> None:
        self._full = per_second
        self._chat_interval = chat_interval
        self._group_per_minute = group_per_minute
        self._spent = 0.0  # the instant at which the bot's past messages are paid off, at the pace
        self._chats: dict[str, float] = {}  # the same for private chats
        self._groups: dict[str, deque[float]] = {}
        self._closed_at = 0.0
        self._closed_for = 0.0
        self._slow_since = 0.0
        self._slow_rate = per_second

    @classmethod
    def of(cls, caps: Capabilities) -> Self:
        rate = max(1, caps.rate_per_second - MARGIN)
        return cls(rate, chat_interval=caps.chat_interval, group_per_minute=caps.group_per_minute)

    # -- asking -----------------------------------------------------------------------------------------------

    def closed_for(self, at: float) -> float:
        """Seconds until the channel may be used at all."""
        self._closed_at = min(self._closed_at, at)  # the clock went back: the wait begins anew, it doesn't grow
        return max(0.0, self._closed_at + self._closed_for - at)

    def free(self, at: float) -> int:
        """How many messages may go now, answers apart."""
        if self.closed_for(at):
            return 0
        interval = 1.0 / self._rate(at)
        return max(0, int((at - self._owed(at)) / interval + BOT_BURST + 1e-9))

    def next_slot(self, at: float) -> float:
        """Seconds until one more may go."""
        interval = 1.0 / self._rate(at)
        return max(self.closed_for(at), self._owed(at) - at - (BOT_BURST - 1) * interval, 0.0)

    def wait(self, chat_id: str, at: float, *, is_group: bool, is_answer: bool) -> float:
        """Seconds until a message to this chat may go."""
        if is_answer and not is_group and not self._is_slow(at):
            return self.closed_for(at)
        chat = self._group_wait(chat_id, at) if is_group else self._chat_wait(chat_id, at)
        return max(chat, self.next_slot(at))

    # -- telling ----------------------------------------------------------------------------------------------

    def took(self, chat_id: str, at: float, *, is_group: bool) -> None:
        """A message goes out now."""
        self._spent = min(self._owed(at) + 1.0 / self._rate(at), at + 1.0)
        if is_group:
            self._groups.setdefault(chat_id, deque(maxlen=self._group_per_minute)).append(at)
            return
        if len(self._chats) >= KEPT_CHATS:
            self._chats = {chat: until for chat, until in self._chats.items() if until > at}
        most = at + CHAT_BURST * self._chat_interval
        self._chats[chat_id] = min(max(self._chats.get(chat_id, 0.0), at) + self._chat_interval, most)

    def close(self, at: float, seconds: float) -> None:
        """Nothing may go for so long."""
        self._closed_for = max(seconds, self.closed_for(at))
        self._closed_at = at

    def throttled(self, at: float, seconds: float) -> None:
        """The service said 429: nothing goes before it is over, and after that at half the pace, recovering slowly."""
        if not self.closed_for(at):
            self._slow_rate = max(1.0, self._rate(at) / 2)
        self.close(at, seconds)
        self._slow_since = at + seconds

    # -- reckoning --------------------------------------------------------------------------------------------

    def _rate(self, at: float) -> float:
        return min(self._full, self._slow_rate + max(0.0, at - self._slow_since) / RECOVERY)

    def _is_slow(self, at: float) -> bool:
        return self._rate(at) < self._full

    def _owed(self, at: float) -> float:
        return min(max(self._spent, at), at + 1.0)

    def _chat_wait(self, chat_id: str, at: float) -> float:
        until = min(self._chats.get(chat_id, 0.0), at + CHAT_BURST * self._chat_interval)
        return max(0.0, until - at - (CHAT_BURST - 1) * self._chat_interval)

    def _group_wait(self, chat_id: str, at: float) -> float:
        sent = self._groups.get(chat_id)
        if not sent or len(sent) < self._group_per_minute:
            return 0.0
        return min(max(0.0, sent[0] + GROUP_WINDOW - at), GROUP_WINDOW)
