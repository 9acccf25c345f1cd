"""Counting what is under way with members, so that stopping can wait for it."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager


class InFlight:
    """The interactions being handled now."""

    def __init__(self) -> None:
        self._count = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self.stopping = False

    @contextmanager
    def counted(self) -> Generator[None]:
        """Count one interaction for as long as the context lasts."""
        self._count += 1
        self._idle.clear()
        try:
            yield
        finally:
            self._count -= 1
            if not self._count:
                self._idle.set()

    async def finish(self, within_s: float) -> bool:
        """Take no new work and wait for what is under way; return whether all of it ended."""
        self.stopping = True
        try:
            async with asyncio.timeout(within_s):
                await self._idle.wait()
        except TimeoutError:
            return False
        return True
