"""A store for tests that write much: it waits neither for the disk nor for another thread."""

import asyncio
import sqlite3
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import aiosqlite
from sqlalchemy import event

from bot.config import sqlite_url
from bot.store.database import Database

Job = tuple[asyncio.Future[Any], Callable[[], Any]]


class AtOnce:
    """In the place of a thread's queue: what is put in is done there and then."""

    def put_nowait(self, job: Job) -> None:
        future, work = job
        try:
            future.set_result(work())
        except sqlite3.Error as error:
            future.set_exception(error)


class ThreadlessConnection(aiosqlite.Connection):
    """A connection whose statements run where they are awaited, one after the other."""

    def __init__(self, name: str, **options: Any) -> None:
        super().__init__(lambda: sqlite3.connect(name, **options), 64)
        self._tx: Any = AtOnce()

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return fn(*args, **kwargs)

    def __await__(self) -> Generator[Any, None, aiosqlite.Connection]:
        return self._connect().__await__()


def quick_database(file: Path) -> Database:
    """Return a store in an SQLite file, whose newest writes a power cut would lose."""
    database = Database(sqlite_url(file))

    def threadless(_dialect: object, _record: object, _args: object, options: Any) -> None:
        options["async_creator_fn"] = ThreadlessConnection

    def unsafe(connection: Any, _record: object) -> None:
        connection.cursor().execute("PRAGMA synchronous=OFF")

    for engine in (database.engine.sync_engine, database.reading_engine.sync_engine):
        event.listen(engine, "do_connect", threadless)
        event.listen(engine, "connect", unsafe)
    return database
