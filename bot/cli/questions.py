"""`waymark questions`: a server's own interview questions, from and to files."""

import asyncio

import typer

from bot.app import opened
from bot.cli.output import loaded_settings
from bot.cli.sheets import DryRun, File, Guild, Writers, content_of, save, tell, writer_for
from bot.questions.files import Parsed, read_file, write_csv, write_yaml
from bot.questions.importing import ImportPlan
from bot.questions.own import MAX_FILE
from bot.questions.text import QuestionText

cli = typer.Typer(
    help="A server's own interview questions, from and to files.", no_args_is_help=True
)

WRITERS: Writers[QuestionText] = {".csv": write_csv, ".yaml": write_yaml, ".yml": write_yaml}


@cli.command("import")
def import_file(file: File, guild: Guild, dry_run: DryRun = False) -> None:
    """Add a file's questions, or change those that have the same text; all or none."""
    parsed = read_file(file.name, content_of(file, MAX_FILE))
    plan = asyncio.run(_imported(parsed, guild, dry_run=dry_run))
    tell(plan, dry_run=dry_run)
    for pair in plan.alike:
        typer.echo(f"Nearly the same: “{pair.new}” and “{pair.other}”.")


@cli.command("export")
def export_file(file: File, guild: Guild) -> None:
    """Write a server's questions that aren't retired to a .csv or .yaml file."""
    write = writer_for(file, WRITERS)
    questions = asyncio.run(_exported(guild))
    save(file, write(questions), f"{len(questions)} questions")


async def _imported(parsed: Parsed, guild: int, *, dry_run: bool) -> ImportPlan:
    async with opened(loaded_settings()) as app:
        questions = app.services.questions
        if dry_run:
            return await questions.plan_import(guild, parsed)
        return await questions.import_all(guild, parsed, None)


async def _exported(guild: int) -> list[QuestionText]:
    async with opened(loaded_settings()) as app:
        return await app.services.questions.export(guild)
