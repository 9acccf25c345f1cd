"""`/questions`: a server's own interview questions, kept by its facilitators."""

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.chat.answering import Shown, privately
from bot.chat.limits import MAX_CHOICE_NAME, clip
from bot.client import Waymark
from bot.i18n import _
from bot.questions.model import MAX_MINUTES, MAX_TEXT, Kind, Level
from bot.questions.own import SUGGESTION
from bot.questions.text import USUAL_MINUTES
from cogs.faq.access import (
    NO_CAREER,
    career_meant,
    career_or_none,
    facilitates,
    facilitating,
    may_mean_none,
)
from cogs.questions.access import question_meant
from cogs.questions.adding import NewForm, RewriteButton, SaveButton
from cogs.questions.editing import EditButton, EditForm, ReeditButton
from cogs.questions.files import Format, ImportButton, UndoImportButton, dry_run, exported
from cogs.questions.history_card import HistoryButton, RestoreButton, history
from cogs.questions.letter import letter_for
from cogs.questions.list_card import ListButton, QuestionButton, QuestionSelect, listed
from cogs.questions.pending_card import (
    ApproveButton,
    DeclineButton,
    DeclineForm,
    PendingButton,
    pending,
)
from cogs.questions.places import KEEP, MAX_SEARCH, Edit, ListPlace, New, career_key
from cogs.questions.question_card import BringBackButton, RetireButton, UndoButton, retired
from cogs.questions.typed import edit_modal, new_modal, typed_of

QUESTION = locale_str("Which question; type a few of its words")
LEVEL = locale_str("For whom it is")
KIND = locale_str("What it tests")
CAREER = locale_str("The career it is for, if it is for one")
MINUTES = locale_str("Minutes that a good answer takes; 5 if left out")
MOST_CHOICES = 25

Career = app_commands.Range[str, 1, 100]
Minutes = app_commands.Range[int, 1, MAX_MINUTES]
Words = app_commands.Range[str, 1, MAX_TEXT]

LEVELS = [
    app_commands.Choice(name=locale_str("entry"), value=Level.ENTRY.value),
    app_commands.Choice(name=locale_str("mid"), value=Level.MID.value),
    app_commands.Choice(name=locale_str("senior"), value=Level.SENIOR.value),
    app_commands.Choice(name=locale_str("lead"), value=Level.LEAD.value),
]
KINDS = [
    app_commands.Choice(name=locale_str("knowledge"), value=Kind.KNOWLEDGE.value),
    app_commands.Choice(name=locale_str("scenario"), value=Kind.SCENARIO.value),
    app_commands.Choice(name=locale_str("behavioural"), value=Kind.BEHAVIOURAL.value),
    app_commands.Choice(name=locale_str("technical"), value=Kind.TECHNICAL.value),
    app_commands.Choice(name=locale_str("policy writing"), value=Kind.POLICY_WRITING.value),
    app_commands.Choice(name=locale_str("case"), value=Kind.CASE.value),
]
SORTS = [
    app_commands.Choice(name=locale_str("of this server"), value="a"),
    app_commands.Choice(name=locale_str("retired"), value="r"),
    app_commands.Choice(name=locale_str("built in"), value="p"),
]


@app_commands.guild_only()
class QuestionsCog(
    commands.GroupCog,
    group_name="questions",
    group_description=locale_str("This server's interview questions"),
):
    """The commands of `/questions`; who may use them is checked in code, as members suggest."""

    def __init__(self, bot: Waymark) -> None:
        self.questions = bot.services.questions
        self.careers = bot.services.careers

    @app_commands.command(description=locale_str("Write an interview question"))
    @app_commands.describe(level=LEVEL, kind=KIND, role=CAREER, minutes=MINUTES)
    @app_commands.choices(level=LEVELS, kind=KINDS)
    async def add(
        self,
        interaction: discord.Interaction[Waymark],
        level: str,
        kind: str,
        role: Career | None = None,
        minutes: Minutes = USUAL_MINUTES,
    ) -> None:
        """Open the form of a new question."""
        await facilitating(interaction)
        career = career_key(career_meant(interaction, role))
        new = New(Level(level), Kind(kind), minutes, career)
        await interaction.response.send_modal(new_modal(new))

    @app_commands.command(description=locale_str("Suggest an interview question to this server"))
    @app_commands.describe(level=LEVEL, kind=KIND, role=CAREER)
    @app_commands.choices(level=LEVELS, kind=KINDS)
    async def suggest(
        self,
        interaction: discord.Interaction[Waymark],
        level: str = Level.ENTRY.value,
        kind: str = Kind.KNOWLEDGE.value,
        role: Career | None = None,
    ) -> None:
        """Open the form of a suggestion; for every member."""
        career = career_key(career_meant(interaction, role))
        new = New(Level(level), Kind(kind), USUAL_MINUTES, career, suggested=True)
        await interaction.response.send_modal(new_modal(new))

    @app_commands.command(description=locale_str("Word a question differently"))
    @app_commands.describe(question=QUESTION, level=LEVEL, kind=KIND, role=CAREER)
    @app_commands.describe(minutes=locale_str("Minutes that a good answer takes"))
    @app_commands.choices(level=LEVELS, kind=KINDS)
    async def edit(
        self,
        interaction: discord.Interaction[Waymark],
        question: Words,
        *,
        level: str | None = None,
        kind: str | None = None,
        role: Career | None = None,
        minutes: Minutes | None = None,
    ) -> None:
        """Open the form of a question, filled in."""
        guild_id = await facilitating(interaction)
        own = await question_meant(interaction, guild_id, question)
        edit = Edit(
            own.id,
            own.version,
            Level(level) if level else None,
            Kind(kind) if kind else None,
            minutes,
            career_key(career_or_none(interaction, role)) if role else KEEP,
        )
        await interaction.response.send_modal(edit_modal(edit, typed_of(own.text)))

    @app_commands.command(description=locale_str("Ask a question no more; that can be undone"))
    @app_commands.describe(question=QUESTION)
    async def retire(self, interaction: discord.Interaction[Waymark], question: Words) -> None:
        """Retire a question."""
        await privately(interaction, self._retired(interaction, question))

    async def _retired(self, interaction: discord.Interaction[Waymark], text: str) -> Shown:
        guild_id = await facilitating(interaction)
        own = await question_meant(interaction, guild_id, text)
        return await retired(interaction, guild_id, own.id)

    @app_commands.command(description=locale_str("Who changed a question and when, to go back"))
    @app_commands.describe(question=QUESTION)
    async def history(self, interaction: discord.Interaction[Waymark], question: Words) -> None:
        """Show a question's versions."""
        await privately(interaction, self._history(interaction, question))

    async def _history(
        self, interaction: discord.Interaction[Waymark], text: str
    ) -> discord.ui.LayoutView:
        guild_id = await facilitating(interaction)
        own = await question_meant(interaction, guild_id, text)
        return await history(interaction, guild_id, own.id, 0)

    @app_commands.command(name="list", description=locale_str("The questions that may be asked"))
    @app_commands.describe(
        search=locale_str("Only those that have these words"),
        which=locale_str("This server's own, as if left out, or others"),
    )
    @app_commands.choices(which=SORTS)
    async def list_questions(
        self,
        interaction: discord.Interaction[Waymark],
        search: app_commands.Range[str, 1, MAX_SEARCH] | None = None,
        which: str = "a",
    ) -> None:
        """List the questions."""
        place = ListPlace(which, 0, " ".join((search or "").split()))
        await privately(interaction, listed(interaction, place))

    @app_commands.command(description=locale_str("Questions that members have suggested"))
    async def pending(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show the suggestions."""
        await privately(interaction, pending(interaction, 0))

    @app_commands.command(
        name="import",
        description=locale_str("Questions from a file; first I say what would change"),
    )
    @app_commands.describe(file=locale_str("A .csv, .yaml or .json file, of at most 5 MB"))
    async def import_file(
        self, interaction: discord.Interaction[Waymark], file: discord.Attachment
    ) -> None:
        """Show what importing a file would do."""
        await privately(interaction, dry_run(interaction, file))

    @app_commands.command(description=locale_str("This server's own questions as a file"))
    @app_commands.rename(file_format="format")
    @app_commands.describe(
        file_format=locale_str("For spreadsheets (csv, as if left out), or for people (yaml)")
    )
    async def export(
        self, interaction: discord.Interaction[Waymark], file_format: Format = Format.CSV
    ) -> None:
        """Give the questions as a file."""
        await privately(interaction, exported(interaction, file_format))

    @edit.autocomplete("question")
    @retire.autocomplete("question")
    @history.autocomplete("question")
    async def _suggest_questions(
        self, interaction: discord.Interaction[Waymark], typed: str
    ) -> list[app_commands.Choice[str]]:
        if not await facilitates(interaction):
            return []
        found = await self.questions.titles(interaction.guild_id or 0, typed)
        return [
            app_commands.Choice(name=clip(own.text.text, MAX_CHOICE_NAME), value=own.key)
            for own in found
        ]

    @add.autocomplete("role")
    @suggest.autocomplete("role")
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
    bot.add_dynamic_items(SaveButton, RewriteButton, EditButton, ReeditButton, UndoButton)
    bot.add_dynamic_items(RetireButton, BringBackButton, HistoryButton, RestoreButton, ListButton)
    bot.add_dynamic_items(QuestionSelect, QuestionButton, PendingButton, ApproveButton)
    bot.add_dynamic_items(DeclineButton, ImportButton, UndoImportButton)
    bot.add_forms(NewForm, EditForm, DeclineForm)
    bot.outbox.renders(SUGGESTION.name, letter_for(bot))
    await bot.add_cog(QuestionsCog(bot))
