"""The commands at the top level, and how errors reach the terminal."""

import asyncio
from typing import Annotated

import structlog
import typer

from bot import __version__
from bot.app import run as run_on_discord
from bot.app import synced
from bot.cli import content, db, deliveries, faq, questions, role
from bot.cli.ask import ask
from bot.cli.evaluate import evaluate
from bot.cli.output import loaded_settings, stop_with
from bot.errors import OperatorError

log = structlog.stdlib.get_logger(__name__)

cli = typer.Typer(
    name="waymark",
    help="Waymark: a self-hosted Discord bot for career communities.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
cli.add_typer(role.cli, name="role")
cli.add_typer(content.cli, name="content")
cli.add_typer(db.cli, name="db")
cli.add_typer(deliveries.cli, name="deliveries")
cli.add_typer(faq.cli, name="faq")
cli.add_typer(questions.cli, name="questions")
cli.command("ask")(ask)
cli.command("eval")(evaluate)

Show = Annotated[str, typer.Option(help="The channel or thread that the page opens with, or dm.")]


@cli.command()
def run() -> None:
    """Be the bot: on Discord with DISCORD_TOKEN, else in the sandbox."""
    settings = loaded_settings()
    if settings.discord_token is None:
        typer.echo("DISCORD_TOKEN is not set, so this is the sandbox, not Discord.")
        sandbox()
    else:
        asyncio.run(run_on_discord(settings))


@cli.command()
def sandbox(show: Show = "careers") -> None:
    """Run the bot on a simulated Discord, with a page in the browser. Needs no token."""
    settings = loaded_settings()
    try:
        from bot.sandbox import run_sandbox  # noqa: PLC0415 - an extra that production leaves out
    except ModuleNotFoundError as error:
        stop_with(
            f"The sandbox needs its extra ({error.name} is missing): pip install '.[sandbox]'"
        )
    asyncio.run(run_sandbox(settings, show))


@cli.command()
def sync() -> None:
    """Give Discord the commands now, whether or not they changed."""
    count = asyncio.run(synced(loaded_settings()))
    typer.echo(f"Discord has the {count} commands. Members may need to reload Discord (Ctrl+R).")


@cli.command()
def version() -> None:
    """Print Waymark's version."""
    typer.echo(__version__)


def main() -> None:
    """Run the command line; what an operator can mend is printed, not traced."""
    try:
        cli()
    except OperatorError as error:
        stop_with(str(error))
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except Exception:
        log.critical("Waymark stopped on an error of its own; please report it", exc_info=True)
        raise SystemExit(1) from None
