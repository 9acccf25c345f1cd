"""`waymark db`: the database's schema."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated

import typer

from bot.cli.output import loaded_settings, stop_with
from bot.clock import SystemClock
from bot.config import prepare_data_dir
from bot.store import migrate
from bot.store.database import Database

cli = typer.Typer(help="Look after the database's schema.", no_args_is_help=True)

Revision = Annotated[str, typer.Argument(help="A revision such as 0001.")]


@cli.command()
def upgrade(revision: Revision = "head") -> None:
    """Migrate up; an SQLite file is copied first. Starting the bot does this too."""
    asyncio.run(_upgrade(revision))


@cli.command()
def downgrade(revision: Revision) -> None:
    """Migrate down to REVISION ("base": everything is dropped); an SQLite file is copied first."""
    asyncio.run(_downgrade(revision))


@cli.command()
def current() -> None:
    """Print the database's revision, and the one that this version works with."""
    asyncio.run(_current())


@cli.command()
def check() -> None:
    """Compare the database with the code's tables; exit code 1 if they differ."""
    asyncio.run(_check())


@asynccontextmanager
async def _database() -> AsyncGenerator[Database]:
    settings = loaded_settings()
    prepare_data_dir(settings)
    database = Database(settings.database())
    try:
        yield database
    finally:
        await database.close()


async def _upgrade(revision: str) -> None:
    async with _database() as database:
        await migrate.upgrade(database, SystemClock(), revision)
    await _current()


async def _downgrade(revision: str) -> None:
    async with _database() as database:
        await migrate.downgrade(database, SystemClock(), revision)
    await _current()


async def _current() -> None:
    async with _database() as database:
        revision = await migrate.current_revision(database)
    typer.echo(f"database: {revision or 'empty'}; this Waymark: {migrate.head_revision()}")


async def _check() -> None:
    async with _database() as database:
        revision = await migrate.current_revision(database)
        if revision != migrate.head_revision():
            stop_with(f"The database is at {revision or 'no revision'}: run `waymark db upgrade`.")
        differences = await migrate.drift(database)
    if differences:
        stop_with("The database differs from the code:\n" + "\n".join(differences))
    typer.echo("The database fits the code.")
