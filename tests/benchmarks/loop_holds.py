"""How long an event loop is held by what runs in it."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

TICK_S = 0.005


class Holds:
    """The longest time, in milliseconds, that the loop could run nothing else."""

    def __init__(self) -> None:
        self.longest_ms = 0.0

    async def watch(self) -> None:
        """Look every few milliseconds how late the loop is, until cancelled."""
        while True:
            before = time.perf_counter()
            await asyncio.sleep(TICK_S)
            late_s = time.perf_counter() - before - TICK_S
            self.longest_ms = max(self.longest_ms, late_s * 1000)


@asynccontextmanager
async def watched() -> AsyncGenerator[Holds]:
    """Watch the running loop; at the end the longest hold is known."""
    holds = Holds()
    task = asyncio.create_task(holds.watch())
    try:
        yield holds
        await asyncio.sleep(2 * TICK_S)
    finally:
        task.cancel()
