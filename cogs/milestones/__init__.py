"""`/milestone`: a member's own goals and applications, private unless they show them."""

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.chat.answering import privately
from bot.chat.limits import MAX_CHOICE_NAME, clip
from bot.client import Waymark
from bot.i18n import _
from bot.milestones.model import (
    MAX_CATEGORY,
    MAX_NOTE,
    MAX_TITLE,
    Kind,
    State,
    Visibility,
    Wanted,
)
from bot.milestones.stages import Stage
from bot.milestones.typed import Typed
from bot.when.phrases import MAX_PHRASE
from cogs.celebrations.offer import offer
from cogs.milestones.access import member_here
from cogs.milestones.edit_modal import MAX_PROGRESS, edit_modal
from cogs.milestones.editing import EditForm
from cogs.milestones.files import ImportButton, UndoImportButton, dry_run, exported
from cogs.milestones.list_card import (
    ListButton,
    ListPlace,
    MilestoneSelect,
    TickButton,
    UntickButton,
    listed,
)
from cogs.milestones.milestone_card import (
    MilestoneButton,
    RemindButton,
    StageSelect,
    milestone_card,
    removed_card,
)
from cogs.milestones.pipeline_card import PipelineButton, piped
from cogs.milestones.shared_card import SharedButton, shared

WHICH = locale_str("Which one; type a few words of its title")
UNDO_WHICH = locale_str("Which one; the latest if left out")
DUE = locale_str("Such as: 3 April 2027, next friday, in 2 weeks")

Which = app_commands.Range[str, 1, MAX_TITLE]

KINDS = [
    app_commands.Choice(name=locale_str("goal"), value=Kind.GOAL.value),
    app_commands.Choice(name=locale_str("application"), value=Kind.APPLICATION.value),
    app_commands.Choice(name=locale_str("interview"), value=Kind.INTERVIEW.value),
    app_commands.Choice(name=locale_str("offer"), value=Kind.OFFER.value),
]
STATES = [
    app_commands.Choice(name=locale_str("open"), value=State.OPEN.value),
    app_commands.Choice(name=locale_str("done"), value=State.DONE.value),
    app_commands.Choice(name=locale_str("all"), value="all"),
]
VISIBLE = [
    app_commands.Choice(name=locale_str("only me"), value=Visibility.ME.value),
    app_commands.Choice(name=locale_str("this server"), value=Visibility.SERVER.value),
]
STAGES = [
    app_commands.Choice(name=locale_str("saved"), value=Stage.SAVED.value),
    app_commands.Choice(name=locale_str("applied"), value=Stage.APPLIED.value),
    app_commands.Choice(name=locale_str("interview"), value=Stage.INTERVIEW.value),
    app_commands.Choice(name=locale_str("offer"), value=Stage.OFFER.value),
]


@app_commands.guild_only()
class MilestonesCog(
    commands.GroupCog,
    group_name="milestone",
    group_description=locale_str("Your goals and applications, private unless you show them"),
):
    """The commands of `/milestone`."""

    def __init__(self, bot: Waymark) -> None:
        self.milestones = bot.services.milestones

    @app_commands.command(description=locale_str("Add a goal or an application"))
    @app_commands.describe(
        title=locale_str("What you want to get done, or where you apply"),
        kind=locale_str("A goal, as if left out, or something of your pipeline"),
        due=DUE,
        note=locale_str("Why, or anything to remember"),
        category=locale_str("A word to sort it by"),
        visibility=locale_str("Only you see it, as if left out, or this server does too"),
        progress=locale_str("Such as: 40%, or 3 of 10"),
        stage=locale_str("Where an application stands; saved if left out"),
    )
    @app_commands.choices(kind=KINDS, visibility=VISIBLE, stage=STAGES)
    async def add(
        self,
        interaction: discord.Interaction[Waymark],
        title: app_commands.Range[str, 1, MAX_TITLE],
        *,
        kind: str = Kind.GOAL.value,
        due: app_commands.Range[str, 1, MAX_PHRASE] | None = None,
        note: app_commands.Range[str, 1, MAX_NOTE] | None = None,
        category: app_commands.Range[str, 1, MAX_CATEGORY] | None = None,
        visibility: str = Visibility.ME.value,
        progress: app_commands.Range[str, 1, MAX_PROGRESS] | None = None,
        stage: str = Stage.SAVED.value,
    ) -> None:
        """Add a milestone, and say back what was understood."""
        seen_by = Visibility(visibility)
        typed = Typed(title, note, due, category, progress=progress, visibility=seen_by)
        added = self._added(interaction, typed, Kind(kind), Stage(stage))
        await privately(interaction, added)

    async def _added(
        self, interaction: discord.Interaction[Waymark], typed: Typed, kind: Kind, stage: Stage
    ) -> discord.ui.LayoutView:
        seen = await self.milestones.add(*member_here(interaction), typed, kind, stage)
        return milestone_card(seen, _("Added."), is_new=True)

    @app_commands.command(description=locale_str("Change a milestone"))
    @app_commands.describe(milestone=WHICH)
    async def edit(self, interaction: discord.Interaction[Waymark], milestone: Which) -> None:
        """Open the form of a milestone, filled in."""
        own = await self.milestones.meant(*member_here(interaction), milestone)
        await interaction.response.send_modal(edit_modal(own))

    @app_commands.command(description=locale_str("Note that one is done; that can be undone"))
    @app_commands.describe(milestone=WHICH)
    async def done(self, interaction: discord.Interaction[Waymark], milestone: Which) -> None:
        """Note that a milestone is done; of an application, ask how it ended."""
        await privately(interaction, self._done(interaction, milestone))
        await offer(interaction)

    async def _done(
        self, interaction: discord.Interaction[Waymark], text: str
    ) -> discord.ui.LayoutView:
        whose = member_here(interaction)
        own = await self.milestones.meant(*whose, text)
        if own.details.kind is Kind.APPLICATION and own.state is State.OPEN:
            note = _("How did it end? Pick it below; only you see it.")
            return milestone_card(await self.milestones.get(*whose, own.id), note)
        return milestone_card(await self.milestones.done(*whose, own.id))

    @app_commands.command(description=locale_str("Open a done one again, or bring back a removed"))
    @app_commands.describe(milestone=UNDO_WHICH)
    async def undo(
        self, interaction: discord.Interaction[Waymark], milestone: Which | None = None
    ) -> None:
        """Undo what was done or removed."""
        await privately(interaction, self._undone(interaction, milestone))

    async def _undone(
        self, interaction: discord.Interaction[Waymark], text: str | None
    ) -> discord.ui.LayoutView:
        seen = await self.milestones.undo(*member_here(interaction), text)
        return milestone_card(seen, _("It is back."))

    @app_commands.command(description=locale_str("Remove a milestone; that can be undone"))
    @app_commands.describe(milestone=WHICH)
    async def remove(self, interaction: discord.Interaction[Waymark], milestone: Which) -> None:
        """Remove a milestone."""
        await privately(interaction, self._removed(interaction, milestone))

    async def _removed(
        self, interaction: discord.Interaction[Waymark], text: str
    ) -> discord.ui.LayoutView:
        whose = member_here(interaction)
        own = await self.milestones.meant(*whose, text)
        return removed_card(await self.milestones.remove(*whose, own.id))

    @app_commands.command(
        name="list", description=locale_str("Your milestones, or what another member shows")
    )
    @app_commands.describe(
        member=locale_str("Whose; yours if left out"),
        kind=locale_str("Only yours of this kind"),
        state=locale_str("Open ones, as if left out, done ones, or all"),
    )
    @app_commands.choices(kind=KINDS, state=STATES)
    async def list_milestones(
        self,
        interaction: discord.Interaction[Waymark],
        member: discord.Member | None = None,
        kind: str | None = None,
        state: str = State.OPEN.value,
    ) -> None:
        """Show one's own milestones, or what another member lets the server see."""
        if member is not None and member.id != interaction.user.id:
            await privately(interaction, shared(interaction, member.id))
            return
        wanted = Wanted(Kind(kind) if kind else None, None if state == "all" else State(state))
        place = ListPlace(interaction.user.id, wanted)
        await privately(interaction, listed(interaction, place))

    @app_commands.command(description=locale_str("How your applications stand; only you see it"))
    async def pipeline(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show the asker's own applications."""
        await privately(interaction, piped(interaction))

    @app_commands.command(
        name="import",
        description=locale_str("Milestones from a file; first I say what would be added"),
    )
    @app_commands.describe(file=locale_str("A .csv file, as /milestone export makes it"))
    async def import_file(
        self, interaction: discord.Interaction[Waymark], file: discord.Attachment
    ) -> None:
        """Show what importing a file would add."""
        await privately(interaction, dry_run(interaction, file))

    @app_commands.command(description=locale_str("Your milestones here as a file for spreadsheets"))
    async def export(self, interaction: discord.Interaction[Waymark]) -> None:
        """Give the asker's own milestones as a file."""
        await privately(interaction, exported(interaction))

    @edit.autocomplete("milestone")
    @remove.autocomplete("milestone")
    async def _suggest_kept(
        self, interaction: discord.Interaction[Waymark], typed: str
    ) -> list[app_commands.Choice[str]]:
        return await self._suggested(interaction, typed, State.OPEN, State.DONE)

    @done.autocomplete("milestone")
    async def _suggest_open(
        self, interaction: discord.Interaction[Waymark], typed: str
    ) -> list[app_commands.Choice[str]]:
        return await self._suggested(interaction, typed, State.OPEN)

    @undo.autocomplete("milestone")
    async def _suggest_put_away(
        self, interaction: discord.Interaction[Waymark], typed: str
    ) -> list[app_commands.Choice[str]]:
        return await self._suggested(interaction, typed, State.DONE, State.REMOVED)

    async def _suggested(
        self, interaction: discord.Interaction[Waymark], typed: str, *states: State
    ) -> list[app_commands.Choice[str]]:
        found = await self.milestones.suggestions(*member_here(interaction), typed, states)
        return [
            app_commands.Choice(name=clip(each.details.title, MAX_CHOICE_NAME), value=each.key)
            for each in found
        ]


async def setup(bot: Waymark) -> None:
    """Load the cog; called by discord.py."""
    bot.add_dynamic_items(MilestoneButton, StageSelect, RemindButton, ListButton)
    bot.add_dynamic_items(TickButton, UntickButton, MilestoneSelect, SharedButton)
    bot.add_dynamic_items(PipelineButton, ImportButton, UndoImportButton)
    bot.add_forms(EditForm)
    await bot.add_cog(MilestonesCog(bot))
