"""Reading and writing thousands of rows, and letting everything else go on in between."""

from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Executable, Row
from sqlalchemy.ext.asyncio import AsyncSession

Item = TypeVar("Item")

AT_ONCE = 200
"""Rows: with a document each, some 10 ms of work for the event loop."""


async def in_slices(session: AsyncSession, statement: Executable) -> AsyncIterator[Row[Any]]:
    """Return the rows of a statement, fetched few at a time."""
    streamed = await session.stream(statement.execution_options(yield_per=AT_ONCE))
    async for rows in streamed.partitions():
        for row in rows:
            yield row


def sliced(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Return as many items at a time as should be written by one statement."""
    for start in range(0, len(items), AT_ONCE):
        yield items[start : start + AT_ONCE]
