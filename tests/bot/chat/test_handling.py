import asyncio
from typing import Any

import pytest

from bot.chat.in_flight import InFlight


async def test_finishing_waits_for_what_is_under_way() -> None:
    in_flight, ended = InFlight(), asyncio.Event()

    async def interaction() -> None:
        with in_flight.counted():
            await asyncio.sleep(0.05)
            ended.set()

    task = asyncio.create_task(interaction())
    await asyncio.sleep(0)
    assert await in_flight.finish(5)
    assert ended.is_set()
    assert in_flight.stopping
    await task


async def test_finishing_gives_up_after_its_time() -> None:
    in_flight = InFlight()
    with in_flight.counted(), in_flight.counted():
        assert not await in_flight.finish(0.01)


async def test_nothing_under_way_ends_at_once() -> None:
    in_flight = InFlight()
    with pytest.raises(ZeroDivisionError), in_flight.counted():
        _: Any = 1 / 0
    async with asyncio.timeout(1):
        assert await in_flight.finish(10)
