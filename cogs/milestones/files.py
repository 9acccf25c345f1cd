"""A member's milestones from and to files: first what would be added, then all or nothing."""

import asyncio
import re
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import PurePath
from typing import Self

import discord
from discord import ui

from bot.chat.answering import Shown, in_place
from bot.chat.cards import heading
from bot.chat.components import LastingButton
from bot.chat.importing import (
    check_size,
    data_of,
    file_again,
    joined,
    problems_card,
    read_instant,
    written_instant,
)
from bot.chat.parts import attached, paragraph, parted
from bot.client import Waymark
from bot.errors import MemberError
from bot.i18n import _, ngettext
from bot.milestones.files import MAX_FILE, Record, read_file, write_csv
from bot.milestones.importing import ImportPlan
from bot.plain_text import number
from bot.sheets.parsing import Parsed
from cogs.milestones import words
from cogs.milestones.access import OWNER, member_here, owner_here

MOST_TITLES = 8

NAME = "milestones"


class FileGone(MemberError):
    """The file of a card can't be read any more."""

    def __init__(self) -> None:
        super().__init__(_("I can't read that file any more. Use `/milestone import` again."))


class NothingToExport(MemberError):
    """The member has no milestones in this server."""

    def __init__(self) -> None:
        super().__init__(_("You have no milestones here yet. `/milestone add` makes the first."))


class ImportButton(LastingButton, template=rf"milestone:v1:import:{OWNER}"):
    """Imports the file of the card."""

    def __init__(self, owner: int) -> None:
        style, custom_id = discord.ButtonStyle.primary, f"milestone:v1:import:{owner}"
        super().__init__(ui.Button(label=_("Import these"), style=style, custom_id=custom_id))
        self.owner = owner

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["owner"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Read the file again, and import all of it or nothing."""
        whose = owner_here(interaction, self.owner)
        await in_place(interaction, self._imported(interaction, whose))

    async def _imported(
        self, interaction: discord.Interaction[Waymark], whose: tuple[int, int]
    ) -> ui.LayoutView:
        parsed = await _parsed(interaction, *await file_again(interaction, FileGone))
        files = interaction.client.services.milestone_files
        return done_card(await files.import_all(*whose, parsed), self.owner)


class UndoImportButton(
    LastingButton, template=rf"milestone:v1:unimport:{OWNER}:(?P<at>\d{{1,17}})"
):
    """Removes what an import added, but for what was changed since."""

    def __init__(self, owner: int, at: datetime) -> None:
        custom_id = f"milestone:v1:unimport:{owner}:{written_instant(at)}"
        super().__init__(ui.Button(label=_("Undo"), custom_id=custom_id))
        self.owner = owner
        self.at = at

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["owner"]), read_instant(match["at"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Remove them, all at once."""
        whose = owner_here(interaction, self.owner)
        await in_place(interaction, self._undone(interaction, whose))

    async def _undone(
        self, interaction: discord.Interaction[Waymark], whose: tuple[int, int]
    ) -> ui.LayoutView:
        files = interaction.client.services.milestone_files
        count = await files.undo_import(*whose, self.at)
        removed = ngettext("{count} removed", "{count} removed", count)
        title = heading(_("Import undone"), removed.format(count=number(count)))
        return parted(title, [paragraph(_("What you changed since stays as it is."))])


async def dry_run(interaction: discord.Interaction[Waymark], file: discord.Attachment) -> Shown:
    """Return what importing a file would add. Raises FileTooLarge or FileGone."""
    check_size(file, MAX_FILE)
    data = await data_of(file, FileGone)
    parsed = await _parsed(interaction, file.filename, data)
    files, whose = interaction.client.services.milestone_files, member_here(interaction)
    plan = await files.plan_import(*whose, parsed)
    name = f"{NAME}{PurePath(file.filename).suffix.casefold()}"
    card = plan_card(plan, name, interaction.user.id)
    return Shown(card, (discord.File(BytesIO(data), name),) if plan.added else ())


async def exported(interaction: discord.Interaction[Waymark]) -> Shown:
    """Return a file of the asker's own milestones. Raises NothingToExport."""
    files, whose = interaction.client.services.milestone_files, member_here(interaction)
    records = await files.export(*whose)
    if not records:
        raise NothingToExport
    data, name = await asyncio.to_thread(write_csv, records), f"{NAME}.csv"
    count = ngettext("{count} milestone", "{count} milestones", len(records))
    title = heading(_("Your milestones"), count.format(count=number(len(records))))
    hint = paragraph(_("Only you see this file. `/milestone import` reads it back."))
    return Shown(parted(title, [hint, attached(name)]), (discord.File(BytesIO(data), name),))


async def _parsed(
    interaction: discord.Interaction[Waymark], name: str, data: bytes
) -> Parsed[Record]:
    now = interaction.client.services.clock.now()
    return await asyncio.to_thread(read_file, name, data, now)


def plan_card(plan: ImportPlan, file_name: str, owner: int) -> ui.LayoutView:
    """Show what a file would add, or what is wrong with it."""
    if plan.problems:
        return problems_card(plan.problems, plan.more)
    if not plan.added:
        title = heading(_("Nothing to import"), _counted(plan))
        return parted(title, [paragraph(_("You have all of it already."))])
    parts = [paragraph("\n".join(_titles(plan))), attached(file_name)]
    return parted(heading(_("This would be added"), _counted(plan)), parts, [[ImportButton(owner)]])


def done_card(plan: ImportPlan, owner: int) -> ui.LayoutView:
    """Show what a file has added, or what is wrong with it."""
    if plan.problems:
        return problems_card(plan.problems, plan.more)
    parts = [paragraph("\n".join(_titles(plan)) or _("You have all of it already."))]
    rows = [[UndoImportButton(owner, plan.at)]] if plan.at else []
    return parted(heading(_("Imported"), _counted(plan)), parts, rows)


def _counted(plan: ImportPlan) -> str:
    added, there = len(plan.added), plan.there
    return joined(
        [
            (ngettext("{count} new", "{count} new", added), added),
            (ngettext("{count} there already", "{count} there already", there), there),
        ]
    )


def _titles(plan: ImportPlan) -> Iterator[str]:
    for record in plan.added[:MOST_TITLES]:
        kind = _(words.KINDS[record.details.kind])
        yield f"- {words.title_of(record.details)} · {kind}"
    if len(plan.added) > MOST_TITLES:
        yield f"- {words.more(len(plan.added) - MOST_TITLES)}"
