"""`/progress server`: how a server's members get on with their journeys, for facilitators."""

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.chat.answering import Shown, privately
from bot.chat.limits import MAX_CHOICE_NAME, clip
from bot.client import Waymark
from cogs.faq.access import career_meant
from cogs.progress.cards import CareerSelect, CsvButton, show

ROLE = locale_str("One career alone; type a few letters")
Text = app_commands.Range[str, 1, 100]


@app_commands.guild_only()
class ProgressCog(
    commands.GroupCog,
    group_name="progress",
    group_description=locale_str("How journeys go, in numbers that name nobody"),
):
    """The commands of `/progress`."""

    @app_commands.command(description=locale_str("How members here get on, for facilitators"))
    @app_commands.describe(role=ROLE)
    async def server(
        self, interaction: discord.Interaction[Waymark], role: Text | None = None
    ) -> None:
        """Show it."""
        await privately(interaction, self._shown(interaction, role))

    async def _shown(self, interaction: discord.Interaction[Waymark], role: str | None) -> Shown:
        return await show(interaction, career_meant(interaction, role))

    @server.autocomplete("role")
    async def _suggest_roles(
        self, interaction: discord.Interaction[Waymark], typed: str
    ) -> list[app_commands.Choice[str]]:
        found = interaction.client.services.careers.registry.suggestions(typed)
        return [
            app_commands.Choice(name=clip(each.role.title, MAX_CHOICE_NAME), value=each.slug)
            for each in found
        ]


async def setup(bot: Waymark) -> None:
    """Add the command, and the components that outlive a restart."""
    bot.add_dynamic_items(CareerSelect, CsvButton)
    await bot.add_cog(ProgressCog())
