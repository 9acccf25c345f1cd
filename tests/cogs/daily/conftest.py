from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.config import Settings
from tests.server import Server, running


@pytest.fixture
async def server(migrated_url: str, tmp_path: Path) -> AsyncIterator[Server]:
    """The real bot in a server, once on each store."""
    settings = Settings(data_dir=tmp_path / "var", database_url=SecretStr(migrated_url))
    async with running(settings) as started:
        yield started
