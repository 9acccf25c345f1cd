"""What each statement makes a database read, as the database itself explains it."""

import json
import re
from collections import Counter
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database

SCANNED = re.compile(r"^SCAN (?!CONSTANT)(\w+)(?: |$)")
"""A table that SQLite reads from end to end, by an index or without."""

WHOLE_WAYS = ("enable_seqscan", "enable_hashjoin", "enable_mergejoin")
"""What PostgreSQL prefers for tables as small as these; where it has no other way, it is used."""


@dataclass(frozen=True)
class Ran:
    """A statement that was run, with what it was given first, and how often."""

    statement: str
    given: Any
    times: int


@asynccontextmanager
async def noted(database: Database) -> AsyncGenerator[list[Ran]]:
    """Note the statements that are run meanwhile, each once."""
    ran, times = dict[str, Any](), Counter[str]()

    def note(_c: Any, _cursor: Any, statement: str, given: Any, _ctx: Any, many: Any) -> None:
        if statement.split(maxsplit=1)[0] in {"SELECT", "UPDATE", "DELETE"}:
            ran.setdefault(statement, given[0] if many else given)
            times[statement] += 1

    found: list[Ran] = []
    engines = [database.engine.sync_engine]
    if database.is_sqlite:  # on PostgreSQL it passes on what it reads to the other
        engines.append(database.reading_engine.sync_engine)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
        found += [Ran(each, given, times[each]) for each, given in ran.items()]


async def read_whole(database: Database, ran: list[Ran]) -> dict[str, set[str]]:
    """Return which tables each statement reads from end to end."""
    async with database.engine.connect() as connection:
        if not database.is_sqlite:
            for way in WHOLE_WAYS:
                await connection.exec_driver_sql(f"SET {way} = off")
        explain = _on_sqlite if database.is_sqlite else _on_postgres
        return {each.statement: await explain(connection, each) for each in ran}


async def _on_sqlite(connection: AsyncConnection, ran: Ran) -> set[str]:
    rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {ran.statement}", ran.given)
    found = (SCANNED.match(row.detail) for row in rows)
    return {match[1] for match in found if match} - {"anon_1"}


async def _on_postgres(connection: AsyncConnection, ran: Ran) -> set[str]:
    explained = f"EXPLAIN (FORMAT JSON) {ran.statement}"
    (row,) = await connection.exec_driver_sql(explained, ran.given)
    plan = json.loads(row[0]) if isinstance(row[0], str) else row[0]
    return {*_whole_tables(plan[0]["Plan"])}


def _whole_tables(node: dict[str, Any]) -> Iterator[str]:
    is_scan = node["Node Type"] in {"Seq Scan", "Index Scan", "Index Only Scan"}
    if is_scan and "Index Cond" not in node:
        yield node["Relation Name"]
    for child in node.get("Plans", ()):
        yield from _whole_tables(child)
