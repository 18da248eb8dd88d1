"""A clock that runs faster than the wall's and can be moved ahead: a week passes in half a minute."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

SPEED = 20  # seconds told for each second that passes


class Clock:
    """`now` never goes back."""

    def __init__(self, start: datetime) -> None:
        self._base = start
        self._since = time.monotonic()

    def now(self) -> datetime:
        return self._base + timedelta(seconds=(time.monotonic() - self._since) * SPEED)

    def move_to(self, moment: datetime) -> None:
        """Jump ahead; nothing happens when that moment has passed."""
        if moment > self.now():
            self._base, self._since = moment, time.monotonic()

    async def pause(self, seconds: float) -> None:
        """Wait for so many told seconds."""
        await asyncio.sleep(seconds / SPEED)
