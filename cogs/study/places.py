"""What the custom ids of groups carry, and who acts on them."""

import discord

from bot.chat.permissions import is_manager
from bot.client import Waymark
from bot.study.roll import Actor

GROUP = r"(?P<group>\d{1,18})"
GUILD = r"(?P<guild>\d{1,20})"
MEMBER = r"(?P<member>\d{1,20})"
ENTRY = r"(?P<entry>\d{1,18})"


async def actor(interaction: discord.Interaction[Waymark], guild_id: int) -> Actor:
    """Return whoever acts, and whether they manage that server; works in DMs too."""
    manages = await is_manager(interaction, guild_id)
    return Actor(interaction.user.id, manages)
