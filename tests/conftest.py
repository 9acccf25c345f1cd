"""Fixtures that many tests share."""

import asyncio
import logging
import os
import shutil
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
import structlog
from hypothesis import Phase, settings
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from bot.answers.knowledge import Knowledge
from bot.careers.documents import PackProblem, read_content
from bot.careers.loader import LoadedRole
from bot.config import Settings, normalised_url, sqlite_url
from bot.paths import DATA
from bot.store.database import Database
from bot.store.migrate import upgrade
from tests.postgres import own_postgres
from tests.server import Server, running

TORTURE = "WAYMARK_TORTURE" in os.environ
"""Whether tests run at their full size (`make torture`) instead of a reduced one."""

FAST = (Phase.explicit, Phase.reuse, Phase.generate)  # shrinking a whole role takes minutes
settings.register_profile("reduced", deadline=None, phases=FAST, max_examples=40)
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


@pytest.fixture(scope="session", autouse=True)
def _known_once() -> Iterator[None]:
    """What the same packs say is read once: each server of the tests would take a second for it."""
    load, known = Knowledge.load, dict[tuple[object, ...], Knowledge]()

    def cached(roles: Sequence[LoadedRole], data: Path) -> Knowledge:
        key = (data, *((role.slug, role.file, role.file.stat().st_mtime_ns) for role in roles))
        if key not in known:
            known[key] = load(roles, data)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Knowledge, "load", cached)
        yield


@pytest.fixture(scope="session", autouse=True)
def _content_once() -> Iterator[None]:
    """The files that come with Waymark are read once: each server of the tests would take long."""
    known = dict[tuple[Path, type[BaseModel]], BaseModel | list[PackProblem]]()

    def cached(file: Path, model: type[BaseModel]) -> BaseModel | list[PackProblem]:
        if DATA not in file.parents:
            return read_content(file, model)
        if (file, model) not in known:
            known[file, model] = read_content(file, model)
        return known[file, model]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.careers.loader.read_content", cached)
        patch.setattr("bot.questions.bank.read_content", cached)
        yield


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test sees the settings of the machine it runs on, nor another test's files."""
    for name in [*os.environ]:
        if name == "DISCORD_TOKEN" or name.startswith("WAYMARK_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    """What a test makes of logging ends with it; tracebacks are plain, as pretty ones take long."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.dev.ConsoleRenderer(
                colors=False, exception_formatter=structlog.dev.plain_traceback
            ),
        ]
    )
    root = logging.getLogger()
    before, level = root.handlers, root.level
    yield
    root.handlers = before
    root.setLevel(level)
    structlog.reset_defaults()
    logging.captureWarnings(capture=False)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite store at the newest schema, to be copied."""
    file = tmp_path_factory.mktemp("migrated") / "store.sqlite3"
    asyncio.run(_migrate(sqlite_url(file)))
    return file


@pytest.fixture
async def server(tmp_path: Path, migrated_file: Path) -> AsyncIterator[Server]:
    """The real bot on a simulated Discord, in a server with two members."""
    (tmp_path / "var").mkdir()
    shutil.copy(migrated_file, tmp_path / "var" / "waymark.sqlite3")
    async with running(Settings(data_dir=tmp_path / "var")) as started:
        yield started


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a real PostgreSQL: WAYMARK_TEST_POSTGRES_URL, or one started from a wheel."""
    given = os.environ.get("WAYMARK_TEST_POSTGRES_URL")
    if given:
        yield given
        return
    with own_postgres() as server:
        yield server.url


@pytest.fixture(scope="session")
def migrated_postgres(postgres_server: str) -> str:
    """The name of a PostgreSQL database at the newest schema, to be copied."""

    async def make() -> str:
        name, url = f"migrated_{uuid4().hex}", make_url(normalised_url(postgres_server))
        await _administer(postgres_server, f'CREATE DATABASE "{name}"')
        await _migrate(url.set(database=name).render_as_string(hide_password=False))
        return name

    return asyncio.run(make())


@pytest.fixture
async def postgres_url(postgres_server: str) -> AsyncIterator[str]:
    """The URL of an empty PostgreSQL database, dropped afterwards."""
    async with _postgres_database(postgres_server) as url:
        yield url


@pytest.fixture
async def migrated_postgres_url(postgres_server: str, migrated_postgres: str) -> AsyncIterator[str]:
    """The URL of a PostgreSQL database at the newest schema, dropped afterwards."""
    async with _postgres_database(postgres_server, f'TEMPLATE "{migrated_postgres}"') as url:
        yield url


@asynccontextmanager
async def _postgres_database(server: str, options: str = "") -> AsyncGenerator[str]:
    name = f"waymark_{uuid4().hex}"
    await _administer(server, f'CREATE DATABASE "{name}" {options}')
    url = make_url(normalised_url(server)).set(database=name)
    yield url.render_as_string(hide_password=False)
    await _administer(server, f'DROP DATABASE "{name}" WITH (FORCE)')


async def _administer(server: str, statement: str) -> None:
    admin = create_async_engine(normalised_url(server), isolation_level="AUTOCOMMIT")
    async with admin.connect() as connection:
        await connection.execute(text(statement))
    await admin.dispose()


async def _migrate(url: str) -> None:
    database = Database(url)
    await upgrade(database, FixedClock())
    await database.close()


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


@pytest.fixture(params=["sqlite", "postgres"])
def migrated_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a store at the newest schema, once of each kind."""
    if request.param == "postgres":
        return request.getfixturevalue("migrated_postgres_url")
    file = tmp_path / "store.sqlite3"
    shutil.copy(request.getfixturevalue("migrated_file"), file)
    return sqlite_url(file)


@pytest.fixture
async def database(migrated_url: str) -> AsyncIterator[Database]:
    """A store at the newest schema, once of each kind."""
    database = Database(migrated_url)
    yield database
    await database.close()
