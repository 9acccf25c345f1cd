"""Who acts where: a milestone is its member's alone, and of one server."""

import discord

from bot.client import Waymark
from bot.milestones.model import NotYourMilestone

ID = r"(?P<id>\d{1,18})"
OWNER = r"(?P<owner>\d{1,20})"
PAGE = r"(?P<page>\d{1,4})"


def owner_here(interaction: discord.Interaction[Waymark], owner: int) -> tuple[int, int]:
    """Return the ids of the server and of the member who acts. Raises NotYourMilestone."""
    if interaction.user.id != owner:
        raise NotYourMilestone
    return interaction.guild_id or 0, owner


def member_here(interaction: discord.Interaction[Waymark]) -> tuple[int, int]:
    """Return the ids of the server and of the member who acts."""
    return interaction.guild_id or 0, interaction.user.id
