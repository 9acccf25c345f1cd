"""Finding settings by name, offering values for them, and reading what was typed."""

import asyncio
from collections.abc import Sequence
from typing import Any

import discord
from discord import app_commands

from bot.careers.naming import CareerNames
from bot.chat.limits import MAX_CHOICE_NAME, clip
from bot.chat.permissions import can_post, require_fit_role, require_postable
from bot.client import Waymark
from bot.errors import MemberError
from bot.i18n import _
from bot.settings.model import Input, Owner, Setting
from bot.when import zones

DEFAULT = "default"
MOST_CHOICES = 25
Suggested = list[app_commands.Choice[str]]


class NoSuchSetting(MemberError):
    """There is no setting of that name."""

    def __init__(self) -> None:
        super().__init__(_("There is no such setting. Pick one from the list."))


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
    guild = interaction.guild
    if setting.input is Input.CHANNEL:
        text = _id_named(guild.text_channels if guild else (), "#", text)
        require_postable(guild, setting.parse(text))
    elif setting.input is Input.ROLE:
        text = _id_named(guild.roles if guild else (), "@", text)
        require_fit_role(guild, setting.parse(text))
    # In a thread: the first zone reads in all their names.
    return await asyncio.to_thread(setting.parse, text)


def suggested_settings(
    interaction: discord.Interaction[Waymark], owner: Owner, typed: str
) -> Suggested:
    """Return the settings whose title has what was typed."""
    return [
        app_commands.Choice(name=clip(_(each.title), MAX_CHOICE_NAME), value=each.name)
        for each in interaction.client.services.preferences.registry.of(owner)
        if typed.casefold() in _(each.title).casefold()
    ][:MOST_CHOICES]


async def suggested_values(
    interaction: discord.Interaction[Waymark], owner: Owner, typed: str
) -> Suggested:
    """Return values for the setting that was picked, likeliest first."""
    try:
        setting = setting_named(interaction, owner, str(interaction.namespace.setting or ""))
    except NoSuchSetting:
        return []
    return await _values(interaction, setting, typed)


async def _values(
    interaction: discord.Interaction[Waymark], setting: Setting[Any], typed: str
) -> Suggested:
    match setting.input:
        case Input.ZONE:
            return await _zones(interaction, typed)
        case Input.CHANNEL:
            return _channels(interaction.guild, typed)
        case Input.ROLE:
            return _roles(interaction.guild, typed)
        case Input.CAREER:
            return _careers(interaction, typed)
        case Input.CAREERS:
            return _lists_of_careers(interaction, setting, typed)
        case Input.OPTION:
            return _options(setting, typed)


async def _zones(interaction: discord.Interaction[Waymark], typed: str) -> Suggested:
    now = interaction.client.services.clock.now()
    found = await asyncio.to_thread(zones.suggestions, typed, now, MOST_CHOICES)
    return [_choice(each.label, each.zone) for each in found]


def _channels(guild: discord.Guild | None, typed: str) -> Suggested:
    wanted = typed.strip().removeprefix("#").casefold()
    return [
        _choice(f"#{each.name}", str(each.id))
        for each in (guild.text_channels if guild else ())
        if wanted in each.name.casefold() and can_post(each)
    ][:MOST_CHOICES]


def _roles(guild: discord.Guild | None, typed: str) -> Suggested:
    wanted = typed.strip().removeprefix("@").casefold()
    return [
        _choice(f"@{each.name}", str(each.id))
        for each in (guild.roles if guild else ())
        if wanted in each.name.casefold() and not each.is_default()
    ][:MOST_CHOICES]


def _options(setting: Setting[Any], typed: str) -> Suggested:
    wanted = typed.strip().casefold()
    options = setting.options() if setting.options else ()
    return [_choice(each.label, each.text) for each in options if wanted in each.label.casefold()]


def _careers(interaction: discord.Interaction[Waymark], typed: str) -> Suggested:
    found = interaction.client.services.careers.registry.suggestions(typed)
    return [_choice(each.role.title, each.slug) for each in found]


def _lists_of_careers(
    interaction: discord.Interaction[Waymark], setting: Setting[tuple[str, ...]], typed: str
) -> Suggested:
    """Return the careers named so far, with one more for what stands behind the last comma."""
    registry = interaction.client.services.careers.registry
    names = CareerNames(registry)
    before, _comma, last = typed.rpartition(",")
    try:
        chosen = setting.parse(before) if before.strip() else ()
    except MemberError:
        return []
    lists = [(*chosen, each.slug) for each in registry.suggestions(last) if each.slug not in chosen]
    return [_choice(names.titles(slugs), names.keys(slugs)) for slugs in lists]


def _choice(label: str, value: str) -> app_commands.Choice[str]:
    return app_commands.Choice(name=clip(label, MAX_CHOICE_NAME), value=value)


def _id_named(things: Sequence[discord.TextChannel | discord.Role], mark: str, text: str) -> str:
    """Return the id of the channel or role with that name, or the text as it is."""
    name = text.strip().removeprefix(mark).casefold()
    for each in things:
        if each.name.removeprefix(mark).casefold() == name:
            return str(each.id)
    return text
