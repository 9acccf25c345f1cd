"""What is held on members: the buttons of `/my forget`, and noticing who has left.

The commands `/my export` and `/my forget` are declared beside `/my settings`, in `cogs.settings`.
"""

import discord
from discord.ext import commands

from bot.chat.failures import NETWORK_ERRORS
from bot.client import FollowUp, Waymark
from bot.privacy.leaving.service import Leavings, Looker
from bot.privacy.model import ERASURE, ITSELF
from cogs.privacy.forget import ForgetButton, ForgetForm, PlaceButton
from cogs.privacy.whose import channels_of


class Comings(commands.Cog):
    """Hears of servers that remove the bot, and, with the members intent, of who leaves."""

    def __init__(self, bot: Waymark) -> None:
        self._bot = bot
        self._leavings = bot.services.leavings

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """See which servers came and went meanwhile; those in an outage are still there."""
        await self._leavings.guilds_are({guild.id for guild in self._bot.guilds})

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Keep what is a server's that has the bot again."""
        await self._leavings.guild_joined(guild.id)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Note it; discord.py tells of an outage elsewhere."""
        channels = {each.id for each in (*guild.channels, *guild.threads)}
        await self._leavings.guild_left(guild.id, channels)

    @commands.Cog.listener()
    async def on_raw_member_remove(self, payload: discord.RawMemberRemoveEvent) -> None:
        """Note it; comes only with the members intent."""
        await self._leavings.left(payload.guild_id, payload.user.id)

    @commands.Cog.listener()
    async def on_member_join(self, member: discord.Member) -> None:
        """Keep what is held on a member who is back; comes only with the members intent."""
        await self._leavings.seen(member.guild.id, member.id)


def looker(bot: Waymark) -> Looker:
    """Return what asks Discord whether a member, or the bot itself, is in a server."""

    async def is_there(guild_id: int, member_id: int) -> bool | None:
        guild = bot.get_guild(guild_id)
        if member_id == ITSELF:
            return guild is not None
        if guild is None or guild.unavailable:
            return None
        try:
            await guild.fetch_member(member_id)
        except discord.NotFound:
            return False
        except (discord.HTTPException, *NETWORK_ERRORS):
            return None
        return True

    return is_there


def noticing(leavings: Leavings) -> FollowUp:
    """Return what notices after a command that somebody who had left is back."""

    async def notice(interaction: discord.Interaction[Waymark]) -> None:
        if interaction.guild_id is not None and interaction.is_guild_integration():
            await leavings.seen(interaction.guild_id, interaction.user.id)

    return notice


async def setup(bot: Waymark) -> None:
    """Load the cog; called by discord.py."""
    leavings = bot.services.leavings
    leavings.is_there = looker(bot)
    leavings.channels_of = lambda guild_id: channels_of(bot, guild_id)
    bot.outbox.acts(ERASURE.name, leavings.erase)
    bot.after_commands.append(noticing(leavings))
    bot.add_dynamic_items(ForgetButton, PlaceButton)
    bot.add_forms(ForgetForm)
    await bot.add_cog(Comings(bot))
