"""What is done now and then, beside delivering."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock

Chore = Callable[[], Awaitable[None]]
"""Something such as erasing what is no longer needed."""

log = structlog.stdlib.get_logger(__name__)


class Chores:
    """Chores that are done at the start, and again whenever so much time has passed."""

    def __init__(self, clock: Clock, every: timedelta, *chores: Chore) -> None:
        self._clock = clock
        self._every = every
        self._chores = [*chores]
        self._begun_at: datetime | None = None
        self._doing: asyncio.Task[None] | None = None

    def add(self, *chores: Chore) -> None:
        """Do these as well, after the others."""
        self._chores.extend(chores)

    def do_if_time(self) -> None:
        """Begin to do them if it is time, which it is too if the clock was set back so far."""
        now = self._clock.now()
        if self._begun_at is None or abs(now - self._begun_at) >= self._every:
            self._begun_at = now
            self._doing = asyncio.create_task(self.do())

    async def do(self) -> None:
        """Do them, none of which is urgent: one that fails is done the next time."""
        for chore in self._chores:
            try:
                await chore()
            except Exception:
                log.exception("a chore failed")

    async def abandon(self) -> None:
        """Break off what is under way."""
        if self._doing is not None:
            self._doing.cancel()
            await asyncio.wait([self._doing])
