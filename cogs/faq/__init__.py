"""`/faq`: a server's own answers, kept by its facilitators."""

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.chat.answering import Shown, privately
from bot.chat.limits import MAX_CHOICE_NAME, clip
from bot.client import Waymark
from bot.faq.model import ANSWERED, GapKind
from bot.faq.text import MAX_QUESTION
from bot.i18n import _
from cogs.faq.access import (
    NO_CAREER,
    career_meant,
    career_or_none,
    entry_meant,
    facilitates,
    facilitating,
    may_mean_none,
)
from cogs.faq.adding import AddForm, SaveButton
from cogs.faq.again import ReeditButton, RewriteButton
from cogs.faq.editing import EditButton, EditForm, modal_of
from cogs.faq.entry_card import RemoveButton, UndoButton, removed
from cogs.faq.files import Format, ImportButton, UndoImportButton, dry_run, exported
from cogs.faq.gaps_card import GapSelect, WriteButton, gaps
from cogs.faq.history_card import HistoryButton, RestoreButton, history
from cogs.faq.letter import ShowAnswerButton, TurnButton, letter_for
from cogs.faq.list_card import EntryButton, EntrySelect, ListButton, OpenButton, listed
from cogs.faq.pending_card import (
    AnswerButton,
    DismissButton,
    PendingButton,
    ReopenButton,
    pending,
)
from cogs.faq.places import MAX_SEARCH, ListPlace, NewEntry
from cogs.faq.reply import MakeEntryButton, ReplyForm, RetypeButton
from cogs.faq.typed import new_modal

ENTRY = locale_str("Which entry; type a few of its words")
CAREER = locale_str("The career it is about, if it is about one")
MOST_CHOICES = 25
Name = app_commands.Range[str, 1, MAX_QUESTION]
Career = app_commands.Range[str, 1, 100]


@app_commands.guild_only()
class FaqCog(
    commands.GroupCog,
    group_name="faq",
    group_description=locale_str("This server's own answers"),
):
    """The commands of `/faq`; who may use them is checked in code, as the role is a setting."""

    def __init__(self, bot: Waymark) -> None:
        self.faq = bot.services.faq
        self.careers = bot.services.careers

    @app_commands.command(description=locale_str("Write an answer that members get from me"))
    @app_commands.describe(role=CAREER)
    async def add(
        self, interaction: discord.Interaction[Waymark], role: Career | None = None
    ) -> None:
        """Open the form of a new entry."""
        await facilitating(interaction)
        career = career_meant(interaction, role)
        await interaction.response.send_modal(new_modal(NewEntry(career)))

    @app_commands.command(description=locale_str("Word an answer differently"))
    @app_commands.describe(entry=ENTRY, role=CAREER)
    async def edit(
        self,
        interaction: discord.Interaction[Waymark],
        entry: Name,
        role: Career | None = None,
    ) -> None:
        """Open the form of an entry, filled in."""
        guild_id = await facilitating(interaction)
        found = await entry_meant(interaction, guild_id, entry)
        career = found.role if role is None else career_or_none(interaction, role)
        await interaction.response.send_modal(modal_of(found, career))

    @app_commands.command(description=locale_str("Remove an answer; that can be undone"))
    @app_commands.describe(entry=ENTRY)
    async def remove(self, interaction: discord.Interaction[Waymark], entry: Name) -> None:
        """Remove an entry."""
        await privately(interaction, self._removed(interaction, entry))

    async def _removed(self, interaction: discord.Interaction[Waymark], entry: str) -> Shown:
        guild_id = await facilitating(interaction)
        found = await entry_meant(interaction, guild_id, entry)
        return await removed(interaction, guild_id, found.id)

    @app_commands.command(description=locale_str("Who changed an answer and when, to go back"))
    @app_commands.describe(entry=ENTRY)
    async def history(self, interaction: discord.Interaction[Waymark], entry: Name) -> None:
        """Show an entry's versions."""
        await privately(interaction, self._history(interaction, entry))

    async def _history(self, interaction: discord.Interaction[Waymark], entry: str) -> Shown:
        guild_id = await facilitating(interaction)
        found = await entry_meant(interaction, guild_id, entry)
        return await history(interaction, guild_id, found.id, 0)

    @app_commands.command(name="list", description=locale_str("The answers of this server"))
    @app_commands.describe(search=locale_str("Only those whose question has these words"))
    async def list_entries(
        self,
        interaction: discord.Interaction[Waymark],
        search: app_commands.Range[str, 1, MAX_SEARCH] | None = None,
    ) -> None:
        """List the entries; for every member."""
        place = ListPlace(0, " ".join((search or "").split()))
        await privately(interaction, listed(interaction, place))

    @app_commands.command(description=locale_str("Questions that wait for a person's answer"))
    async def pending(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show the questions that wait."""
        await privately(interaction, pending(interaction, 0))

    @app_commands.command(
        name="import", description=locale_str("Answers from a file; first I say what would change")
    )
    @app_commands.describe(file=locale_str("A .csv, .yaml or .json file, of at most 5 MB"))
    async def import_file(
        self, interaction: discord.Interaction[Waymark], file: discord.Attachment
    ) -> None:
        """Show what importing a file would do."""
        await privately(interaction, dry_run(interaction, file))

    @app_commands.command(description=locale_str("All answers of this server as a file"))
    @app_commands.rename(file_format="format")
    @app_commands.describe(
        file_format=locale_str("For spreadsheets (csv, as if left out), or for people (yaml)")
    )
    async def export(
        self, interaction: discord.Interaction[Waymark], file_format: Format = Format.CSV
    ) -> None:
        """Give the entries as a file."""
        await privately(interaction, exported(interaction, file_format))

    @app_commands.command(description=locale_str("What is asked but not answered, or not well"))
    @app_commands.describe(kind=locale_str("What to look at"))
    @app_commands.choices(
        kind=[
            app_commands.Choice(name=locale_str("not answered"), value=GapKind.UNANSWERED.value),
            app_commands.Choice(name=locale_str("most asked"), value=GapKind.MOST_ASKED.value),
            app_commands.Choice(name=locale_str("not helpful"), value=GapKind.UNHELPFUL.value),
            app_commands.Choice(name=locale_str("old"), value=GapKind.STALE.value),
        ]
    )
    async def gaps(
        self,
        interaction: discord.Interaction[Waymark],
        kind: app_commands.Choice[str] | None = None,
    ) -> None:
        """Show what is missing."""
        wanted = GapKind(kind.value) if kind else GapKind.UNANSWERED
        await privately(interaction, gaps(interaction, wanted))

    @edit.autocomplete("entry")
    @remove.autocomplete("entry")
    @history.autocomplete("entry")
    async def _suggest_entries(
        self, interaction: discord.Interaction[Waymark], typed: str
    ) -> list[app_commands.Choice[str]]:
        if not await facilitates(interaction):
            return []
        found = await self.faq.titles(interaction.guild_id or 0, typed)
        return [
            app_commands.Choice(name=clip(entry.question, MAX_CHOICE_NAME), value=str(entry.id))
            for entry in found
        ]

    @add.autocomplete("role")
    async def _suggest_careers(
        self, _interaction: discord.Interaction[Waymark], typed: str
    ) -> list[app_commands.Choice[str]]:
        return self._careers_like(typed)

    @edit.autocomplete("role")
    async def _suggest_careers_or_none(
        self, _interaction: discord.Interaction[Waymark], typed: str
    ) -> list[app_commands.Choice[str]]:
        careers = self._careers_like(typed)
        if not may_mean_none(typed):
            return careers
        none = app_commands.Choice(name=_("No career"), value=NO_CAREER)
        return [none, *careers][:MOST_CHOICES]

    def _careers_like(self, typed: str) -> list[app_commands.Choice[str]]:
        return [
            app_commands.Choice(name=clip(loaded.role.title, MAX_CHOICE_NAME), value=loaded.slug)
            for loaded in self.careers.registry.suggestions(typed)
        ]


async def setup(bot: Waymark) -> None:
    """Load the cog; called by discord.py."""
    bot.add_dynamic_items(SaveButton, RewriteButton, ReeditButton, EditButton, UndoButton)
    bot.add_dynamic_items(RemoveButton, HistoryButton, RestoreButton, ListButton, EntrySelect)
    bot.add_dynamic_items(EntryButton, OpenButton, PendingButton, AnswerButton, DismissButton)
    bot.add_dynamic_items(ReopenButton, RetypeButton, MakeEntryButton, ShowAnswerButton)
    bot.add_dynamic_items(TurnButton, ImportButton, UndoImportButton, GapSelect, WriteButton)
    bot.add_forms(AddForm, EditForm, ReplyForm)
    bot.outbox.renders(ANSWERED.name, letter_for(bot))
    await bot.add_cog(FaqCog(bot))
