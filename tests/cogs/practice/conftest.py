from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.cogs.practice.practising import Room, practising


@pytest.fixture
async def room(migrated_url: str, tmp_path: Path) -> AsyncIterator[Room]:
    """The real bot in a server, once on each store."""
    async with practising(migrated_url, tmp_path) as started:
        yield started
