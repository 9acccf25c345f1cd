"""`/journey`: a career's roadmap as one's own plan, with dates and progress."""

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.careers.model import MOST_HOURS
from bot.careers.slugs import key_of
from bot.chat.answering import privately
from bot.chat.limits import MAX_CHOICE_NAME, clip
from bot.client import Waymark
from bot.when.phrases import MAX_PHRASE
from cogs.faq.access import career_meant
from cogs.journeys.change_cards import (
    ActButton,
    PauseButton,
    end_preview,
    pause_preview,
    resume_preview,
)
from cogs.journeys.changed_cards import RepaceButton, ReturnButton
from cogs.journeys.places import Act, Draft
from cogs.journeys.preview_card import GoButton, HoursSelect, preview
from cogs.journeys.sheet import CsvButton
from cogs.journeys.show_card import PhaseButton, TickSelect, UndoTickButton, show
from cogs.journeys.task_card import NoteButton, NoteForm, TaskButton, TaskSelect

ROLE = locale_str("A career's name; type a few letters")
TARGET = locale_str("When you would like to be there: “in 20 weeks”, “1 june 2027”")
HOURS = locale_str("Hours a week that you can give it")
BACK = locale_str("The day you are back; leave it out to rest until you resume")
MEMBER = locale_str("Somebody else's, if they show it; leave it out for your own")

Role = app_commands.Range[str, 1, 100]
Phrase = app_commands.Range[str, 1, MAX_PHRASE]
Hours = app_commands.Range[int, 1, MOST_HOURS]


@app_commands.guild_only()
class JourneysCog(
    commands.GroupCog,
    group_name="journey",
    group_description=locale_str("Your own way into a career, with dates"),
):
    """The commands of `/journey`."""

    def __init__(self, bot: Waymark) -> None:
        self.journeys = bot.services.journeys
        self.careers = bot.services.careers

    @app_commands.command(description=locale_str("Make a career's roadmap your own plan"))
    @app_commands.describe(role=ROLE, target=TARGET, hours=HOURS)
    async def start(
        self,
        interaction: discord.Interaction[Waymark],
        role: Role,
        target: Phrase | None = None,
        hours: Hours | None = None,
    ) -> None:
        """Show what would begin."""
        await privately(interaction, self._preview(interaction, Act.START, role, target, hours))

    @app_commands.command(description=locale_str("Your progress, what comes next, and your tasks"))
    @app_commands.describe(member=MEMBER)
    async def show(
        self, interaction: discord.Interaction[Waymark], member: discord.Member | None = None
    ) -> None:
        """Show a journey."""
        await privately(interaction, show(interaction, (member or interaction.user).id))

    @app_commands.command(description=locale_str("Change your hours a week or your target"))
    @app_commands.describe(hours=HOURS, target=TARGET)
    async def pace(
        self,
        interaction: discord.Interaction[Waymark],
        hours: Hours | None = None,
        target: Phrase | None = None,
    ) -> None:
        """Show what another pace would move."""
        await privately(interaction, self._preview(interaction, Act.PACE, None, target, hours))

    @app_commands.command(description=locale_str("Rest: your dates move by as much"))
    @app_commands.describe(back=BACK)
    async def pause(
        self, interaction: discord.Interaction[Waymark], back: Phrase | None = None
    ) -> None:
        """Show what a rest would move."""
        await privately(interaction, self._rest(interaction, back))

    @app_commands.command(description=locale_str("End a rest: today counts again"))
    async def resume(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show what going on would move."""
        await privately(interaction, self._go_on(interaction))

    @app_commands.command(description=locale_str("Change the career; what is done stays done"))
    @app_commands.describe(role=ROLE, target=TARGET, hours=HOURS)
    async def switch(
        self,
        interaction: discord.Interaction[Waymark],
        role: Role,
        target: Phrase | None = None,
        hours: Hours | None = None,
    ) -> None:
        """Show what a switch would mean."""
        await privately(interaction, self._preview(interaction, Act.SWITCH, role, target, hours))

    @app_commands.command(description=locale_str("End your journey; what is done is kept"))
    async def end(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show what ending would mean."""
        await privately(interaction, self._end(interaction))

    @start.autocomplete("role")
    @switch.autocomplete("role")
    async def _suggest_roles(
        self, _interaction: discord.Interaction[Waymark], typed: str
    ) -> list[app_commands.Choice[str]]:
        return [
            app_commands.Choice(name=clip(loaded.role.title, MAX_CHOICE_NAME), value=loaded.slug)
            for loaded in self.careers.registry.suggestions(typed)
        ]

    async def _preview(
        self,
        interaction: discord.Interaction[Waymark],
        act: Act,
        role: str | None,
        target: str | None,
        hours: int | None,
    ) -> discord.ui.LayoutView:
        whose = _whose(interaction)
        slug = career_meant(interaction, role)
        there = await self.journeys.of(*whose) if act is not Act.START else None
        day = await self.journeys.day_meant(*whose, target) if target else None
        if act is Act.PACE and there is not None:
            day = day or there.pace.target
            hours = hours if hours or target else there.pace.hours
        draft = Draft(
            act,
            owner=interaction.user.id,
            role=key_of(slug) if slug else Draft.role,
            journey=there.id if there else 0,
            hours=hours or 0,
            target=day,
        )
        return await preview(interaction, draft)

    async def _rest(
        self, interaction: discord.Interaction[Waymark], back: str | None
    ) -> discord.ui.LayoutView:
        whose = _whose(interaction)
        journey = await self.journeys.of(*whose)
        day = await self.journeys.day_meant(*whose, back) if back else None
        return pause_preview(journey, day)

    async def _go_on(self, interaction: discord.Interaction[Waymark]) -> discord.ui.LayoutView:
        return resume_preview(await self.journeys.of(*_whose(interaction)))

    async def _end(self, interaction: discord.Interaction[Waymark]) -> discord.ui.LayoutView:
        return end_preview(await self.journeys.of(*_whose(interaction)))


def _whose(interaction: discord.Interaction[Waymark]) -> tuple[int, int]:
    return interaction.guild_id or 0, interaction.user.id


async def setup(bot: Waymark) -> None:
    """Add the commands, and the components that outlive a restart."""
    bot.add_dynamic_items(GoButton, HoursSelect, RepaceButton, ReturnButton)
    bot.add_dynamic_items(ActButton, PauseButton, CsvButton, PhaseButton)
    bot.add_dynamic_items(TickSelect, UndoTickButton, TaskSelect, TaskButton, NoteButton)
    bot.add_forms(NoteForm)
    await bot.add_cog(JourneysCog(bot))
