"""Which groups a member sees: those in channels that they see."""

import discord

from bot.client import Waymark
from bot.study.model import Group

Interaction = discord.Interaction[Waymark]


async def visible_ones(interaction: Interaction) -> list[Group]:
    """Return the server's open groups that whoever acts may see, by name."""
    there = await interaction.client.services.study.open_ones(interaction.guild_id or 0)
    return [each for each in there if await may_see(interaction, each)]


async def may_see(interaction: Interaction, group: Group) -> bool:
    """Return whether whoever acts sees the channel or thread that a group is in."""
    guild, member = interaction.guild, interaction.user
    if guild is None or not isinstance(member, discord.Member):
        return False
    channel = guild.get_channel_or_thread(group.place.channel_id)
    if channel is None and group.place.own_thread:
        channel = await _archived(guild, group.place.channel_id)
    return channel is not None and channel.permissions_for(member).view_channel


async def _archived(guild: discord.Guild, thread_id: int) -> discord.Thread | None:
    """Return a thread that Discord doesn't tell of by itself; None if it is gone."""
    try:
        found = await guild.fetch_channel(thread_id)
    except (discord.NotFound, discord.Forbidden):
        return None
    return found if isinstance(found, discord.Thread) else None
