"""A server's entries from and to files: first what would change, then all or nothing."""

import asyncio
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from io import BytesIO
from pathlib import PurePath
from typing import Self

import discord
from discord import ui
from discord.utils import escape_markdown

from bot.chat.answering import Shown, in_place
from bot.chat.cards import heading
from bot.chat.components import LastingButton
from bot.chat.failures import NETWORK_ERRORS
from bot.chat.limits import clip
from bot.client import Waymark
from bot.errors import MemberError
from bot.faq.files import read_file, write_csv, write_yaml
from bot.faq.importing import ImportPlan, ImportUndo
from bot.faq.model import MAX_FILE
from bot.i18n import _, ngettext
from bot.plain_text import number
from bot.sheets.rows import Problem
from cogs.faq.access import facilitating
from cogs.faq.shown import Item, attached, file_on, paragraph, parted

MAX_PROBLEM = 125
"""Characters of each problem; 25 fit on a card."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)

MOST_TITLES = 5
MAX_TITLE = 120
"""Characters of each title."""


class Format(StrEnum):
    """What entries can be written to."""

    CSV = "csv"
    YAML = "yaml"


WRITERS = {Format.CSV: write_csv, Format.YAML: write_yaml}


class FileTooLarge(MemberError):
    """A file is larger than can be read, or sent."""


class FileGone(MemberError):
    """The file of a card can't be read any more."""

    def __init__(self) -> None:
        super().__init__(_("I can't read that file any more. Use `/faq import` again."))


class NothingToExport(MemberError):
    """The server has no entries."""

    def __init__(self) -> None:
        super().__init__(_("There are no entries yet. Write one with `/faq add`."))


class ImportButton(LastingButton, template=r"faq:v1:import"):
    """Imports the file of the card."""

    def __init__(self) -> None:
        style = discord.ButtonStyle.primary
        custom_id = "faq:v1:import"
        super().__init__(ui.Button(label=_("Import these"), style=style, custom_id=custom_id))

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls()

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Read the file again, and import all of it or nothing."""
        await in_place(interaction, self._imported(interaction))

    async def _imported(self, interaction: discord.Interaction[Waymark]) -> Shown:
        guild_id = await facilitating(interaction)
        faq, by = interaction.client.services.faq, interaction.user.id
        parsed = await asyncio.to_thread(read_file, *await _file_again(interaction))
        return Shown(done_card(await faq.import_all(guild_id, parsed, by)))


class UndoImportButton(LastingButton, template=r"faq:v1:unimport:(?P<at>\d{1,17})"):
    """Undoes one's import, but for what was changed since."""

    def __init__(self, at: datetime) -> None:
        custom_id = f"faq:v1:unimport:{(at - EPOCH) // MICROSECOND}"
        super().__init__(ui.Button(label=_("Undo"), custom_id=custom_id))
        self.at = at

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(EPOCH + int(match["at"]) * MICROSECOND)

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Put back what was before, all of it at once."""
        await in_place(interaction, self._undone(interaction))

    async def _undone(self, interaction: discord.Interaction[Waymark]) -> Shown:
        guild_id = await facilitating(interaction)
        faq, by = interaction.client.services.faq, interaction.user.id
        return Shown(undone_card(await faq.undo_import(guild_id, by, self.at)))


async def dry_run(interaction: discord.Interaction[Waymark], file: discord.Attachment) -> Shown:
    """Return what importing a file would do. Raises NotAFacilitator or FileTooLarge."""
    guild_id = await facilitating(interaction)
    if file.size > MAX_FILE:
        text = _("That file has {count} bytes; {limit} fit. Split it.")
        raise FileTooLarge(text.format(count=number(file.size), limit=number(MAX_FILE)))
    data = await _data(file)
    parsed = await asyncio.to_thread(read_file, file.filename, data)
    plan = await interaction.client.services.faq.plan_import(guild_id, parsed)
    name = f"entries{PurePath(file.filename).suffix.casefold()}"
    if plan.problems or not plan.changes_something:
        return Shown(plan_card(plan, name))
    return Shown(plan_card(plan, name), (discord.File(BytesIO(data), name),))


async def _file_again(interaction: discord.Interaction[Waymark]) -> tuple[str, bytes]:
    """Return the name and the content of the card's file. Raises FileGone."""
    try:
        file = await file_on(interaction)
    except (discord.HTTPException, *NETWORK_ERRORS) as error:
        raise FileGone from error
    if file is None:
        raise FileGone
    return file


async def _data(file: discord.Attachment) -> bytes:
    try:
        return await file.read()
    except (discord.HTTPException, *NETWORK_ERRORS) as error:
        raise FileGone from error


async def exported(interaction: discord.Interaction[Waymark], written: Format) -> Shown:
    """Return a file of the server's entries. Raises NothingToExport or FileTooLarge."""
    guild_id = await facilitating(interaction)
    texts = [text for _id, text in await interaction.client.services.faq.export(guild_id)]
    if not texts:
        raise NothingToExport
    data = await asyncio.to_thread(WRITERS[written], texts)
    if len(data) > interaction.filesize_limit:
        raise FileTooLarge(
            _("The file is too large for Discord. Whoever runs me can use `waymark faq export`.")
        )
    name = f"faq.{written}"
    count = ngettext("{count} entry", "{count} entries", len(texts))
    title = heading(_("Your entries"), count.format(count=number(len(texts))))
    card = parted(title, [_hint(), attached(name)])
    return Shown(card, (discord.File(BytesIO(data), name),))


def _hint() -> Item:
    return paragraph(_("Change what you like, then bring it back with `/faq import`."))


def plan_card(plan: ImportPlan, file_name: str) -> ui.LayoutView:
    """Show what a file would change, or what is wrong with it."""
    if plan.problems:
        return problems_card(plan)
    if not plan.changes_something:
        title = heading(_("Nothing to import"), _counted(plan))
        return parted(title, [paragraph(_("The server has all of it already."))])
    parts = [paragraph("\n".join(_titles(plan))), attached(file_name)]
    return parted(heading(_("This would change"), _counted(plan)), parts, [[ImportButton()]])


def done_card(plan: ImportPlan) -> ui.LayoutView:
    """Show what a file has changed, or what is wrong with it."""
    if plan.problems:
        return problems_card(plan)
    parts = [paragraph("\n".join(_titles(plan)) or _("The server has all of it already."))]
    rows = [[UndoImportButton(plan.at)]] if plan.at else []
    return parted(heading(_("Imported"), _counted(plan)), parts, rows)


def undone_card(undo: ImportUndo) -> ui.LayoutView:
    """Show what undoing an import has changed."""
    counts = [
        (ngettext("{count} removed", "{count} removed", len(undo.removed)), len(undo.removed)),
        (ngettext("{count} put back", "{count} put back", len(undo.restored)), len(undo.restored)),
    ]
    left = ngettext(
        "{count} entry stays: it was changed since, or its old name is taken.",
        "{count} entries stay: they were changed since, or their old names are taken.",
        undo.left,
    )
    parts = [paragraph(left.format(count=number(undo.left)))] if undo.left else []
    if not (undo.removed or undo.restored):
        return parted(heading(_("Nothing was undone"), _joined(counts)), parts)
    hint = paragraph(_("`/faq import` brings it back."))
    return parted(heading(_("Import undone"), _joined(counts)), [*parts, hint])


def problems_card(plan: ImportPlan) -> ui.LayoutView:
    """List what is wrong with a file, by line."""
    lines = [clip(_in_words(problem), MAX_PROBLEM) for problem in plan.problems]
    if plan.more:
        more = ngettext("… and {count} more.", "… and {count} more.", plan.more)
        lines.append(more.format(count=number(plan.more)))
    title = heading(_("Not imported"), _("Nothing was changed. Mend this and try again:"))
    return parted(title, [paragraph("\n".join(lines))])


def _in_words(problem: Problem) -> str:
    message = escape_markdown(problem.message)
    if problem.line is None:
        return message
    return _("Line {line}: {problem}").format(line=problem.line, problem=message)


def _counted(plan: ImportPlan) -> str:
    added, changed, same = len(plan.added), len(plan.changed), len(plan.unchanged)
    return _joined(
        [
            (ngettext("{count} added", "{count} added", added), added),
            (ngettext("{count} changed", "{count} changed", changed), changed),
            (ngettext("{count} unchanged", "{count} unchanged", same), same),
        ]
    )


def _joined(counts: Sequence[tuple[str, int]]) -> str:
    return " · ".join(text.format(count=number(count)) for text, count in counts)


def _titles(plan: ImportPlan) -> Iterator[str]:
    added = [text.question for text in plan.added]
    changed = [change.after.question for change in plan.changed]
    yield from _listed(_("**New**"), added)
    yield from _listed(_("**Changed**"), changed)


def _listed(title: str, questions: Sequence[str]) -> Iterator[str]:
    if not questions:
        return
    yield title
    for question in questions[:MOST_TITLES]:
        yield f"- {clip(escape_markdown(question), MAX_TITLE)}"
    more = len(questions) - MOST_TITLES
    if more > 0:
        yield ngettext("- … and {count} more", "- … and {count} more", more).format(
            count=number(more)
        )
