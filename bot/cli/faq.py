"""`waymark faq`: a server's own answers, from and to files."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot.app import opened
from bot.cli.output import loaded_settings, stop_with
from bot.faq.files import Parsed, read_file, write_csv, write_yaml
from bot.faq.importing import ImportPlan
from bot.faq.text import EntryText
from bot.sheets.rows import Problem

cli = typer.Typer(help="A server's own answers, from and to files.", no_args_is_help=True)

File = Annotated[Path, typer.Argument(help="A .csv, .yaml or .json file.")]
Guild = Annotated[int, typer.Option(help="The server's id.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")]


@cli.command("import")
def import_file(file: File, guild: Guild, dry_run: DryRun = False) -> None:
    """Add a file's entries, or change those that have the same question; all or none."""
    if not file.is_file():
        stop_with(f"There is no file {file}.")
    parsed = read_file(file.name, file.read_bytes())
    asyncio.run(_import(parsed, guild, dry_run=dry_run))


@cli.command("export")
def export_file(file: File, guild: Guild) -> None:
    """Write a server's entries to a .csv or .yaml file."""
    writers = {".csv": write_csv, ".yaml": write_yaml, ".yml": write_yaml}
    write = writers.get(file.suffix.lower())
    if write is None:
        stop_with("Name a .csv or .yaml file.")
    entries = asyncio.run(_exported(guild))
    try:
        file.write_bytes(write(entries))
    except OSError as error:
        stop_with(f"{file} can't be written: {error.strerror}.")
    typer.echo(f"{len(entries)} entries written to {file}.")


async def _import(parsed: Parsed, guild: int, *, dry_run: bool) -> None:
    async with opened(loaded_settings()) as app:
        faq = app.services.faq
        if dry_run:
            plan = await faq.plan_import(guild, parsed)
        else:
            plan = await faq.import_all(guild, parsed, None)
    if plan.problems:
        stop_with("\n".join(_problems(plan)))
    would = "would be " if dry_run else ""
    typer.echo(
        f"{len(plan.added)} {would}added, {len(plan.changed)} {would}changed, "
        f"{len(plan.unchanged)} unchanged."
    )


def _problems(plan: ImportPlan) -> list[str]:
    lines = ["Nothing was imported:", *map(_in_words, plan.problems)]
    return [*lines, f"… and {plan.more} more."] if plan.more else lines


def _in_words(problem: Problem) -> str:
    return f"line {problem.line}: {problem.message}" if problem.line else problem.message


async def _exported(guild: int) -> list[EntryText]:
    async with opened(loaded_settings()) as app:
        return [text for _id, text in await app.services.faq.export(guild)]
