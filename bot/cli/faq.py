"""`waymark faq`: a server's own answers, from and to files."""

import asyncio

import typer

from bot.app import opened
from bot.cli.output import loaded_settings
from bot.cli.sheets import DryRun, File, Guild, Writers, content_of, save, tell, writer_for
from bot.faq.files import Parsed, read_file, write_csv, write_yaml
from bot.faq.importing import ImportPlan
from bot.faq.model import MAX_FILE
from bot.faq.text import EntryText

cli = typer.Typer(help="A server's own answers, from and to files.", no_args_is_help=True)

WRITERS: Writers[EntryText] = {".csv": write_csv, ".yaml": write_yaml, ".yml": write_yaml}


@cli.command("import")
def import_file(file: File, guild: Guild, dry_run: DryRun = False) -> None:
    """Add a file's entries, or change those that have the same question; all or none."""
    parsed = read_file(file.name, content_of(file, MAX_FILE))
    tell(asyncio.run(_imported(parsed, guild, dry_run=dry_run)), dry_run=dry_run)


@cli.command("export")
def export_file(file: File, guild: Guild) -> None:
    """Write a server's entries to a .csv or .yaml file."""
    write = writer_for(file, WRITERS)
    entries = asyncio.run(_exported(guild))
    save(file, write(entries), f"{len(entries)} entries")


async def _imported(parsed: Parsed, guild: int, *, dry_run: bool) -> ImportPlan:
    async with opened(loaded_settings()) as app:
        faq = app.services.faq
        if dry_run:
            return await faq.plan_import(guild, parsed)
        return await faq.import_all(guild, parsed, None)


async def _exported(guild: int) -> list[EntryText]:
    async with opened(loaded_settings()) as app:
        return [text for _id, text in await app.services.faq.export(guild)]
