"""Finding settings by name, offering values for them, and reading what was typed."""

import asyncio
from typing import Any

import discord
from discord import app_commands

from bot.chat.limits import MAX_CHOICE_NAME, clip
from bot.chat.permissions import can_post, require_manager, require_postable
from bot.client import Waymark
from bot.errors import MemberError
from bot.i18n import _
from bot.settings.model import Input, Owner, Setting
from bot.when import zones

DEFAULT = "default"
MOST_CHOICES = 25


class NoSuchSetting(MemberError):
    """There is no setting of that name."""

    def __init__(self) -> None:
        super().__init__(_("There is no such setting. Pick one from the list."))


async def owner_id_of(interaction: discord.Interaction[Waymark], owner: Owner) -> int:
    """Return whose settings are meant, if whoever acts may change them. Raises NotAManager."""
    if owner is Owner.MEMBER:
        return interaction.user.id
    guild_id = interaction.guild_id or 0
    await require_manager(interaction, guild_id)
    return guild_id


def setting_named(
    interaction: discord.Interaction[Waymark], owner: Owner, text: str
) -> Setting[Any]:
    """Return the setting of that name or title. Raises NoSuchSetting."""
    for setting in interaction.client.services.preferences.registry.of(owner):
        if text.strip().casefold() in (setting.name, _(setting.title).casefold()):
            return setting
    raise NoSuchSetting


async def read_value(
    interaction: discord.Interaction[Waymark], setting: Setting[Any], text: str
) -> Any:
    """Return the value that was typed or picked. Raises MemberError."""
    if setting.input is Input.CHANNEL:
        text = _channel_named(interaction.guild, text)
        require_postable(interaction.guild, setting.parse(text))
    # In a thread: the first zone reads in all their names.
    return await asyncio.to_thread(setting.parse, text)


def suggested_settings(
    interaction: discord.Interaction[Waymark], owner: Owner, typed: str
) -> list[app_commands.Choice[str]]:
    """Return the settings whose title has what was typed."""
    return [
        app_commands.Choice(name=clip(_(each.title), MAX_CHOICE_NAME), value=each.name)
        for each in interaction.client.services.preferences.registry.of(owner)
        if typed.casefold() in _(each.title).casefold()
    ][:MOST_CHOICES]


async def suggested_values(
    interaction: discord.Interaction[Waymark], owner: Owner, typed: str
) -> list[app_commands.Choice[str]]:
    """Return values for the setting that was picked, likeliest first."""
    try:
        setting = setting_named(interaction, owner, str(interaction.namespace.setting or ""))
    except NoSuchSetting:
        return []
    match setting.input:
        case Input.ZONE:
            return await _zones(interaction, typed)
        case Input.CHANNEL:
            return _channels(interaction.guild, typed)


async def _zones(
    interaction: discord.Interaction[Waymark], typed: str
) -> list[app_commands.Choice[str]]:
    now = interaction.client.services.clock.now()
    found = await asyncio.to_thread(zones.suggestions, typed, now, MOST_CHOICES)
    return [
        app_commands.Choice(name=clip(each.label, MAX_CHOICE_NAME), value=each.zone)
        for each in found
    ]


def _channels(guild: discord.Guild | None, typed: str) -> list[app_commands.Choice[str]]:
    wanted = typed.strip().removeprefix("#").casefold()
    return [
        app_commands.Choice(name=clip(f"#{each.name}", MAX_CHOICE_NAME), value=str(each.id))
        for each in (guild.text_channels if guild else ())
        if wanted in each.name.casefold() and can_post(each)
    ][:MOST_CHOICES]


def _channel_named(guild: discord.Guild | None, text: str) -> str:
    """Return the id of the channel with that name, or the text as it is."""
    name = text.strip().removeprefix("#").casefold()
    for channel in guild.text_channels if guild else ():
        if channel.name.casefold() == name:
            return str(channel.id)
    return text
