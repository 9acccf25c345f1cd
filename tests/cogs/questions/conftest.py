from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.cogs.questions.asking import Bank, banking


@pytest.fixture
async def bank(tmp_path: Path, migrated_url: str) -> AsyncIterator[Bank]:
    """The real bot in a server with two facilitators, once on each store."""
    async with banking(tmp_path / "var", migrated_url) as started:
        yield started
