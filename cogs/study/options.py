"""Which group, career, phase and zone is meant, and what is offered while typing."""

import asyncio

import discord
from discord import app_commands

from bot.chat.limits import MAX_CHOICE_NAME, clip
from bot.client import Waymark
from bot.study.errors import GroupGone, NoSuchPhase
from bot.when import zones
from cogs.faq.access import career_meant
from cogs.study.find_card import titles
from cogs.study.sight import may_see, visible_ones

LONGEST_ID = 18
MOST_CHOICES = 25

Interaction = discord.Interaction[Waymark]
Choices = list[app_commands.Choice[str]]


async def group_meant(interaction: Interaction, typed: str | None) -> int:
    """Return the id of the group that is picked or named; this channel's for nothing.

    A closed one is found by its id alone. Raises GroupGone, also for one in a channel that whoever
    acts can't see, unless they are in it.
    """
    guild_id, study = interaction.guild_id or 0, interaction.client.services.study
    if typed and typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_ID:
        roll = await study.get(guild_id, int(typed))
        entry = roll.of(interaction.user.id)
        if entry is None and not await may_see(interaction, roll.group):
            raise GroupGone
        return roll.group.id
    said = " ".join((typed or "").split()).casefold()
    for group in await visible_ones(interaction):
        is_here = group.place.channel_id == interaction.channel_id
        if (group.wish.name.casefold() == said) if said else is_here:
            return group.id
    raise GroupGone


async def suggested_groups(interaction: Interaction, typed: str) -> Choices:
    """Offer the server's open groups."""
    wanted = typed.strip().casefold()
    found = await visible_ones(interaction)
    return [
        app_commands.Choice(name=clip(each.wish.name, MAX_CHOICE_NAME), value=str(each.id))
        for each in found
        if wanted in each.wish.name.casefold()
    ][:MOST_CHOICES]


async def own_groups(interaction: Interaction, typed: str) -> Choices:
    """Offer the groups that a member is in, or on the way into."""
    wanted, guild_id = typed.strip().casefold(), interaction.guild_id or 0
    rolls = await interaction.client.services.study.mine(guild_id, interaction.user.id)
    return [
        app_commands.Choice(
            name=clip(roll.group.wish.name, MAX_CHOICE_NAME), value=str(roll.group.id)
        )
        for roll in rolls
        if wanted in roll.group.wish.name.casefold()
    ][:MOST_CHOICES]


async def suggested_roles(interaction: Interaction, typed: str) -> Choices:
    """Offer the careers there are packs of."""
    found = interaction.client.services.careers.registry.suggestions(typed)
    return [
        app_commands.Choice(name=clip(each.role.title, MAX_CHOICE_NAME), value=each.slug)
        for each in found
    ]


async def suggested_phases(interaction: Interaction, typed: str) -> Choices:
    """Offer the phases of the career that is picked already."""
    wanted = typed.strip().casefold()
    found = titles(interaction.client, str(interaction.namespace.role or ""))
    return [
        app_commands.Choice(name=clip(title, MAX_CHOICE_NAME), value=title[:MAX_CHOICE_NAME])
        for title in found
        if wanted in title.casefold()
    ][:MOST_CHOICES]


async def suggested_zones(interaction: Interaction, typed: str) -> Choices:
    """Offer time zones."""
    found = zones.suggestions(typed, interaction.client.services.clock.now())
    return [app_commands.Choice(name=each.label, value=each.zone) for each in found]


def role_meant(
    interaction: Interaction, role: str | None, phase: str | None
) -> tuple[str | None, str | None]:
    """Return a career's slug and a phase's title. Raises MemberError."""
    slug = career_meant(interaction, role)
    if phase is None:
        return slug, None
    said = " ".join(phase.split()).casefold()
    for title in titles(interaction.client, slug):
        if title[:MAX_CHOICE_NAME].casefold() == said:
            return slug, title
    raise NoSuchPhase


async def zone_meant(interaction: Interaction, typed: str | None) -> str:
    """Return the zone in which a group meets; the server's for nothing. Raises UnclearTime."""
    services = interaction.client.services
    if typed:
        return await asyncio.to_thread(zones.find, typed, services.clock.now())
    return await services.study.zone(interaction.guild_id or 0)


def topic_meant(typed: str | None) -> str:
    """Return a group's topic, on one line."""
    return " ".join((typed or "").split())
