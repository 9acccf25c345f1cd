"""A server's questions from and to files: first what would change, then all or nothing."""

import asyncio
import re
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from io import BytesIO
from pathlib import PurePath
from typing import Self

import discord
from discord import ui

from bot.chat.answering import Shown, in_place
from bot.chat.cards import heading
from bot.chat.components import LastingButton
from bot.chat.importing import (
    FileTooLarge,
    check_size,
    counted,
    data_of,
    file_again,
    joined,
    listed,
    problems_card,
    read_instant,
    written_instant,
)
from bot.chat.limits import clip
from bot.chat.parts import attached, paragraph, parted
from bot.client import Waymark
from bot.errors import MemberError
from bot.i18n import _, ngettext
from bot.plain_text import number
from bot.questions.files import read_file, write_csv, write_yaml
from bot.questions.importing import ImportPlan, ImportUndo
from bot.questions.own import MAX_FILE
from cogs.faq.access import facilitating

MOST_TITLES = 4
MAX_TITLE = 130
"""Characters of each title."""


class Format(StrEnum):
    """What questions can be written to."""

    CSV = "csv"
    YAML = "yaml"


WRITERS = {Format.CSV: write_csv, Format.YAML: write_yaml}


class FileGone(MemberError):
    """The file of a card can't be read any more."""

    def __init__(self) -> None:
        super().__init__(_("I can't read that file any more. Use `/questions import` again."))


class NothingToExport(MemberError):
    """The server has no questions of its own."""

    def __init__(self) -> None:
        text = _("This server has no questions of its own yet. Write one with `/questions add`.")
        super().__init__(text)


class ImportButton(LastingButton, template=r"questions:v1:import"):
    """Imports the file of the card."""

    def __init__(self) -> None:
        style = discord.ButtonStyle.primary
        custom_id = "questions:v1:import"
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
        questions, by = interaction.client.services.questions, interaction.user.id
        parsed = await asyncio.to_thread(read_file, *await file_again(interaction, FileGone))
        return Shown(done_card(await questions.import_all(guild_id, parsed, by)))


class UndoImportButton(LastingButton, template=r"questions:v1:unimport:(?P<at>\d{1,17})"):
    """Undoes one's import, but for what was changed since."""

    def __init__(self, at: datetime) -> None:
        custom_id = f"questions:v1:unimport:{written_instant(at)}"
        super().__init__(ui.Button(label=_("Undo"), custom_id=custom_id))
        self.at = at

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(read_instant(match["at"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Put back what was before, all of it at once."""
        await in_place(interaction, self._undone(interaction))

    async def _undone(self, interaction: discord.Interaction[Waymark]) -> Shown:
        guild_id = await facilitating(interaction)
        questions, by = interaction.client.services.questions, interaction.user.id
        return Shown(undone_card(await questions.undo_import(guild_id, by, self.at)))


async def dry_run(interaction: discord.Interaction[Waymark], file: discord.Attachment) -> Shown:
    """Return what importing a file would do. Raises NotAFacilitator or FileTooLarge."""
    guild_id = await facilitating(interaction)
    check_size(file, MAX_FILE)
    data = await data_of(file, FileGone)
    parsed = await asyncio.to_thread(read_file, file.filename, data)
    plan = await interaction.client.services.questions.plan_import(guild_id, parsed)
    name = f"questions{PurePath(file.filename).suffix.casefold()}"
    if plan.problems or not plan.changes_something:
        return Shown(plan_card(plan, name))
    return Shown(plan_card(plan, name), (discord.File(BytesIO(data), name),))


async def exported(interaction: discord.Interaction[Waymark], written: Format) -> Shown:
    """Return a file of the server's questions. Raises NothingToExport or FileTooLarge."""
    guild_id = await facilitating(interaction)
    texts = await interaction.client.services.questions.export(guild_id)
    if not texts:
        raise NothingToExport
    data = await asyncio.to_thread(WRITERS[written], texts)
    if len(data) > interaction.filesize_limit:
        raise FileTooLarge(_("The file is too large for Discord. Try the other format."))
    name = f"questions.{written}"
    count = ngettext("{count} question", "{count} questions", len(texts))
    title = heading(_("Your questions"), count.format(count=number(len(texts))))
    hint = paragraph(_("Change what you like, then bring it back with `/questions import`."))
    return Shown(parted(title, [hint, attached(name)]), (discord.File(BytesIO(data), name),))


def plan_card(plan: ImportPlan, file_name: str) -> ui.LayoutView:
    """Show what a file would change, or what is wrong with it."""
    if plan.problems:
        return problems_card(plan.problems, plan.more)
    if not plan.changes_something:
        title = heading(_("Nothing to import"), _counts(plan))
        return parted(title, [paragraph(_("The server has all of it already."))])
    parts = [paragraph("\n".join(_titles(plan))), attached(file_name)]
    return parted(heading(_("This would change"), _counts(plan)), parts, [[ImportButton()]])


def done_card(plan: ImportPlan) -> ui.LayoutView:
    """Show what a file has changed, or what is wrong with it."""
    if plan.problems:
        return problems_card(plan.problems, plan.more)
    parts = [paragraph("\n".join(_titles(plan)) or _("The server has all of it already."))]
    rows = [[UndoImportButton(plan.at)]] if plan.at else []
    return parted(heading(_("Imported"), _counts(plan)), parts, rows)


def undone_card(undo: ImportUndo) -> ui.LayoutView:
    """Show what undoing an import has changed."""
    retired, restored = len(undo.retired), len(undo.restored)
    counts = [
        (ngettext("{count} retired", "{count} retired", retired), retired),
        (ngettext("{count} put back", "{count} put back", restored), restored),
    ]
    left = ngettext(
        "{count} question stays: it was changed since.",
        "{count} questions stay: they were changed since.",
        undo.left,
    )
    parts = [paragraph(left.format(count=number(undo.left)))] if undo.left else []
    if not (undo.retired or undo.restored):
        return parted(heading(_("Nothing was undone"), joined(counts)), parts)
    hint = paragraph(_("`/questions import` brings it back."))
    return parted(heading(_("Import undone"), joined(counts)), [*parts, hint])


def _counts(plan: ImportPlan) -> str:
    return counted(len(plan.added), len(plan.changed), len(plan.unchanged))


def _titles(plan: ImportPlan) -> Iterator[str]:
    yield from listed(_("**New**"), [text.text for text in plan.added], MOST_TITLES, MAX_TITLE)
    yield from listed(
        _("**Changed**"), [change.after.text for change in plan.changed], MOST_TITLES, MAX_TITLE
    )
    yield from _alike(plan)


def _alike(plan: ImportPlan) -> Iterator[str]:
    """Return the new questions that are nearly the same as others."""
    text = _("{new} — like {other}")
    pairs = [text.format(new=_short(each.new), other=_short(each.other)) for each in plan.alike]
    yield from listed(
        _("**Nearly the same** (they are added all the same)"), pairs, MOST_TITLES, MAX_TITLE
    )


def _short(text: str) -> str:
    return f"“{clip(' '.join(text.split()), MAX_TITLE // 2 - 10)}”"
