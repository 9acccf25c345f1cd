"""Hearing of other processes' changes through PostgreSQL's LISTEN and NOTIFY."""

import asyncio
from collections.abc import Callable
from importlib import import_module
from typing import Any

import structlog

from bot.store.database import Database

RECONNECT_S = 2.0

log = structlog.stdlib.get_logger(__name__)


async def listen(database: Database, channel: str, heard: Callable[[str], None]) -> None:
    """Call `heard` with each notification's payload until cancelled; PostgreSQL only.

    It is called with "" on each connecting: what was said meanwhile is unknown.
    """
    while True:
        try:
            await _listen_once(database, channel, heard)
            log.warning("the database hung up; listening again", in_s=RECONNECT_S)
        except Exception as error:  # whatever it is, the sweep goes on beneath
            log.warning("can't listen to the database", error=str(error), in_s=RECONNECT_S)
        await asyncio.sleep(RECONNECT_S)


async def _listen_once(database: Database, channel: str, heard: Callable[[str], None]) -> None:
    """Listen until the connection ends."""
    asyncpg: Any = import_module("asyncpg")  # an extra that SQLite does without
    url = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    connection: Any = await asyncpg.connect(url)
    ended = asyncio.Event()

    def end(*_: object) -> None:
        ended.set()

    def hear(*said: Any) -> None:
        heard(said[-1])

    try:
        connection.add_termination_listener(end)
        await connection.add_listener(channel, hear)
        heard("")
        await ended.wait()
    finally:
        connection.terminate()
