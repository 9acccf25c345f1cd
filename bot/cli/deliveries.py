"""`waymark deliveries`: the queue, over all servers, for whoever runs the bot."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated

import typer

from bot.app import App, opened
from bot.cli.output import loaded_settings, stop_with
from bot.delivery.model import Delivery, State
from bot.delivery.reasons import in_words

cli = typer.Typer(help="Look at what is to be posted, and step in.", no_args_is_help=True)

InState = Annotated[State | None, typer.Option("--state", help="Only this state.")]
Limit = Annotated[int, typer.Option(min=1, help="Rows to print at most.")]
Number = Annotated[int, typer.Argument(help="A row's number, as `list` prints it.")]

SOON = "A running bot notices within 30 seconds, at once on PostgreSQL."


@cli.command("list")
def list_deliveries(state: InState = None, limit: Limit = 20) -> None:
    """Print what is to be posted, soonest first, or the rows in one state, newest first."""
    asyncio.run(_list(state, limit))


@cli.command()
def show(number: Number) -> None:
    """Print everything about one row; it holds identifiers only, no text of members."""
    asyncio.run(_show(number))


@cli.command()
def retry(number: Number) -> None:
    """Queue a row again that failed or came too late."""
    asyncio.run(_retry(number))


@cli.command()
def cancel(number: Number) -> None:
    """Cancel a row that is to be posted; its schedule goes on."""
    asyncio.run(_cancel(number))


@asynccontextmanager
async def _app() -> AsyncGenerator[App]:
    async with opened(loaded_settings()) as app:
        yield app


async def _list(state: State | None, limit: int) -> None:
    async with _app() as app:
        rows = await app.services.deliveries.listed(state, limit)
    for row in rows:
        typer.echo(_line(row))
    if not rows:
        typer.echo("There are none.")


async def _show(number: int) -> None:
    async with _app() as app:
        row = await app.services.deliveries.get(number)
    if row is None:
        stop_with(f"There is no delivery {number}.")
    for name, value in _facts(row).items():
        typer.echo(f"{name:<12}{value}")


async def _retry(number: int) -> None:
    async with _app() as app:
        if not await app.services.deliveries.retry(number):
            stop_with(f"Delivery {number} hasn't failed or expired, or isn't there.")
    typer.echo(f"Delivery {number} is queued again. {SOON}")


async def _cancel(number: int) -> None:
    async with _app() as app:
        if not await app.services.deliveries.cancel(number):
            stop_with(f"Delivery {number} isn't waiting to be posted, or isn't there.")
    typer.echo(f"Delivery {number} is cancelled.")


def _line(row: Delivery) -> str:
    target = f"{row.target.kind.value} {row.target.id}"
    reason = f"  {row.reason}" if row.reason else ""
    return f"{row.id:>8}  {row.due:%Y-%m-%d %H:%M:%S}Z  {row.state:<9} {row.kind}  {target}{reason}"


def _facts(row: Delivery) -> dict[str, object]:
    return {
        "number": row.id,
        "kind": row.kind,
        "about": row.subject_id,
        "intent": row.dedupe_key,
        "server": row.guild_id or "none",
        "target": f"{row.target.kind.value} {row.target.id}",
        "due": row.due.isoformat(),
        "expires": row.expires.isoformat(),
        "state": row.state.value,
        "reason": in_words(row.reason) if row.reason else "none",
        "next try": row.next_try.isoformat() if row.next_try else "none",
        "tries": row.attempts,
        "schedule": row.schedule_id or "none",
        "message": row.message_id or "none",
    }
