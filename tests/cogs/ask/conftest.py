from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.cogs.ask.asking import asking
from tests.server import Server


@pytest.fixture
async def server(migrated_url: str, tmp_path: Path) -> AsyncIterator[Server]:
    """The real bot in a server that has an answer of its own, once on each store."""
    async with asking(migrated_url, tmp_path) as started:
        yield started
