"""The questions that a server may ask, kept ready as long as they haven't changed."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from weakref import WeakValueDictionary

from bot.questions.known import Known

MOST_KEPT = 20_000
"""Questions of all servers that are kept, some 5 kB each."""


@dataclass(frozen=True)
class Pool:
    """A server's own questions as they were at a revision of them."""

    revision: int
    questions: tuple[Known, ...]


class Pools:
    """The pools of the servers that asked last; a larger one than all may have is kept alone."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, Pool] = OrderedDict()
        self._reading = WeakValueDictionary[int, asyncio.Lock]()

    async def of(
        self, guild_id: int, revision: int, read: Callable[[], Awaitable[Pool]]
    ) -> tuple[Known, ...]:
        """Return a server's questions at this revision or a newer one, read once for all."""
        lock = self._reading.setdefault(guild_id, asyncio.Lock())
        async with lock:
            pool = self._kept.get(guild_id)
            if pool is None or pool.revision < revision:
                pool = await read()
            self._keep(guild_id, pool)
        return pool.questions

    def _keep(self, guild_id: int, pool: Pool) -> None:
        """Keep a pool; those of servers that asked longest ago make room."""
        self._kept[guild_id] = pool
        self._kept.move_to_end(guild_id)
        while len(self._kept) > 1 and self._size() > MOST_KEPT:
            self._kept.popitem(last=False)

    def _size(self) -> int:
        return sum(len(pool.questions) for pool in self._kept.values())
