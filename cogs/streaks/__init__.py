"""`/streak`: how many days in a row a member has answered, and rests from it."""

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.chat.answering import Shown, privately
from bot.client import Waymark
from bot.streaks.model import LONGEST_PAUSE
from cogs.streaks.cards import ResumeButton, paused_card, resumed_card, streak_card

DAYS = locale_str("For how many days; leave it out to rest until you resume")


@app_commands.guild_only()
class StreaksCog(
    commands.GroupCog,
    group_name="streak",
    group_description=locale_str("Your days in a row with an answer"),
):
    """The commands of `/streak`."""

    def __init__(self, bot: Waymark) -> None:
        self.streaks = bot.services.streaks

    @app_commands.command(description=locale_str("Your streak, your freezes, and your calendar"))
    async def show(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show a member's streak."""
        await privately(interaction, streak_card(interaction))

    @app_commands.command(description=locale_str("Rest: days off neither add nor break"))
    @app_commands.describe(days=DAYS)
    async def pause(
        self,
        interaction: discord.Interaction[Waymark],
        days: app_commands.Range[int, 1, LONGEST_PAUSE] | None = None,
    ) -> None:
        """Let a member rest from today on, or from tomorrow on if today is done."""
        await privately(interaction, self._paused(interaction, days))

    async def _paused(self, interaction: discord.Interaction[Waymark], days: int | None) -> Shown:
        guild_id = interaction.guild_id or 0
        rest = await self.streaks.pause(guild_id, interaction.user.id, days)
        return Shown(paused_card(rest, interaction.user.id))

    @app_commands.command(description=locale_str("End a rest: today counts again"))
    async def resume(self, interaction: discord.Interaction[Waymark]) -> None:
        """End a member's rest."""
        await privately(interaction, self._resumed(interaction))

    async def _resumed(self, interaction: discord.Interaction[Waymark]) -> Shown:
        await self.streaks.resume(interaction.guild_id or 0, interaction.user.id)
        return Shown(resumed_card())


async def setup(bot: Waymark) -> None:
    """Add the commands and the button."""
    bot.add_dynamic_items(ResumeButton)
    await bot.add_cog(StreaksCog(bot))
