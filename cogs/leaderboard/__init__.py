"""`/leaderboard`: who answers most in a server, of those who take part."""

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.chat.answering import privately
from bot.client import Waymark
from bot.leaderboard.model import Measure, Period, Wanted
from cogs.leaderboard.board_card import (
    MEASURE_NAMES,
    PERIOD_NAMES,
    BoardButton,
    BoardSelect,
    PartButton,
    board_card,
)

BY = [app_commands.Choice(name=locale_str(MEASURE_NAMES[each]), value=each) for each in Measure]
WHEN = [app_commands.Choice(name=locale_str(PERIOD_NAMES[each]), value=each) for each in Period]


class LeaderboardCog(commands.Cog):
    """The command `/leaderboard`."""

    def __init__(self, bot: Waymark) -> None:
        self.bot = bot

    @app_commands.command(description=locale_str("Who answers most here, of those who take part"))
    @app_commands.describe(
        period=locale_str("Over which time answers and votes are counted"),
        by=locale_str("What is ranked: days in a row, answers, or helpful votes"),
    )
    @app_commands.choices(period=WHEN, by=BY)
    @app_commands.guild_only()
    async def leaderboard(
        self,
        interaction: discord.Interaction[Waymark],
        period: str | None = None,
        by: str | None = None,
    ) -> None:
        """Show the leaderboard: of answers where a period is asked for, else of streaks."""
        measure = Measure(by) if by else Measure.ANSWERS if period else Measure.STREAK
        wanted = Wanted(measure, Period(period) if period else Period.MONTH)
        await privately(interaction, board_card(interaction, wanted))


async def setup(bot: Waymark) -> None:
    """Add the command, the menu and the buttons."""
    bot.add_dynamic_items(BoardButton, BoardSelect, PartButton)
    await bot.add_cog(LeaderboardCog(bot))
