"""What is done now and then, beside delivering."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock

Chore = Callable[[], Awaitable[None]]
"""Something such as erasing what is no longer needed."""

END_WITHIN_S = 2.0
"""Chores are made of short units of work, any of which may be the last."""

log = structlog.stdlib.get_logger(__name__)


class Chores:
    """Chores that are done at the start, and again whenever so much time has passed."""

    def __init__(self, clock: Clock, every: timedelta, *chores: Chore) -> None:
        self._clock = clock
        self._every = every
        self._chores = [*chores]
        self._begun_at: datetime | None = None
        self._doing: asyncio.Task[None] | None = None
        self._ending = False

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
            if self._ending:
                return
            try:
                await chore()
            except Exception:
                log.exception("a chore failed")

    async def finish(self) -> None:
        """Begin no further one, let the one under way end, and break it off if it takes long."""
        if self._doing is not None:
            self._ending = True
            _ended, lasting = await asyncio.wait([self._doing], timeout=END_WITHIN_S)
            for task in lasting:
                task.cancel()
                await asyncio.wait([task])
            self._ending = False
