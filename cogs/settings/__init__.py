"""`/my` and `/settings`: what members, servers and channels may choose, and what is held."""

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.availability.model import MAX_TYPED
from bot.client import Waymark
from cogs.availability import changing
from cogs.privacy import export, forget
from cogs.privacy.whose import WHERES
from cogs.settings.change import UndoButton, ValueButton
from cogs.settings.overview import ChangeSelect, answer
from cogs.settings.picking import (
    LONGEST,
    CareerChoice,
    ChangeForm,
    ChannelChoice,
    DiscordRoleChoice,
    OptionChoice,
)
from cogs.settings.values import suggested_settings, suggested_values
from cogs.settings.whose import MINE, Whose

SETTING = locale_str("Which setting; leave it out to see all")
VALUE = locale_str("What to set it to; “default” puts it back")
CHANNEL = locale_str("A channel, for what holds there; leave it out for the server's own settings")
Name = app_commands.Range[str, 1, 100]
Value = app_commands.Range[str, 1, LONGEST]
Hours = app_commands.Range[str, 1, MAX_TYPED]


@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
class MySettingsCog(
    commands.GroupCog,
    group_name="my",
    group_description=locale_str("What is yours: your settings, and what I hold on you"),
):
    """The commands of `/my`."""

    @app_commands.command(
        description=locale_str("Your own settings, such as your time zone and career")
    )
    @app_commands.describe(setting=SETTING, value=VALUE)
    async def settings(
        self,
        interaction: discord.Interaction[Waymark],
        setting: Name | None = None,
        value: Value | None = None,
    ) -> None:
        """Show a member's settings, or change one."""
        await answer(interaction, MINE, setting, value)

    @settings.autocomplete("setting")
    async def _settings(
        self, interaction: discord.Interaction[Waymark], typed: str
    ) -> list[app_commands.Choice[str]]:
        return suggested_settings(interaction, MINE.owner, typed)

    @settings.autocomplete("value")
    async def _values(
        self, interaction: discord.Interaction[Waymark], typed: str
    ) -> list[app_commands.Choice[str]]:
        return await suggested_values(interaction, MINE.owner, typed)

    @app_commands.command(
        description=locale_str("When you usually have time, for finding times to meet; private")
    )
    @app_commands.describe(hours=locale_str("Such as: weekdays 18-22, Sat 10-14"))
    async def availability(
        self, interaction: discord.Interaction[Waymark], hours: Hours | None = None
    ) -> None:
        """Show a member's weekly hours, or change them."""
        await changing.answer(interaction, hours)

    @app_commands.command(
        description=locale_str("Everything I hold on you, as a file for you alone")
    )
    @app_commands.describe(where=locale_str("In this server or everywhere; everywhere if left out"))
    @app_commands.choices(where=WHERES)
    async def export(
        self, interaction: discord.Interaction[Waymark], where: str | None = None
    ) -> None:
        """Give a member what is held on them."""
        await export.answer(interaction, where)

    @app_commands.command(description=locale_str("See what I hold on you, and have me forget it"))
    @app_commands.describe(
        where=locale_str("In this server or everywhere; this server if left out")
    )
    @app_commands.choices(where=WHERES)
    async def forget(
        self, interaction: discord.Interaction[Waymark], where: str | None = None
    ) -> None:
        """Show a member what is held on them, to be forgotten."""
        await forget.answer(interaction, where)


class ServerSettingsCog(commands.Cog):
    """`/settings`, for managers."""

    @app_commands.command(description=locale_str("This server's settings"))
    @app_commands.describe(setting=SETTING, value=VALUE, channel=CHANNEL)
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.guild_only()
    async def settings(
        self,
        interaction: discord.Interaction[Waymark],
        setting: Name | None = None,
        value: Value | None = None,
        channel: discord.TextChannel | discord.ForumChannel | None = None,
    ) -> None:
        """Show the settings of a server or of one of its channels, or change one."""
        whose = Whose.server_or(channel.id if channel else None)
        await answer(interaction, whose, setting, value)

    @settings.autocomplete("setting")
    async def _settings(
        self, interaction: discord.Interaction[Waymark], typed: str
    ) -> list[app_commands.Choice[str]]:
        return suggested_settings(interaction, _whose(interaction).owner, typed)

    @settings.autocomplete("value")
    async def _values(
        self, interaction: discord.Interaction[Waymark], typed: str
    ) -> list[app_commands.Choice[str]]:
        return await suggested_values(interaction, _whose(interaction).owner, typed)


def _whose(interaction: discord.Interaction[Waymark]) -> Whose:
    """Return whose settings a command still being typed is about."""
    channel = interaction.namespace.channel
    return Whose.server_or(channel.id if channel else None)


async def setup(bot: Waymark) -> None:
    """Load the cogs; called by discord.py."""
    bot.add_dynamic_items(ChangeSelect, UndoButton, ValueButton)
    bot.add_dynamic_items(CareerChoice, ChannelChoice, DiscordRoleChoice, OptionChoice)
    bot.add_forms(ChangeForm)
    await bot.add_cog(MySettingsCog())
    await bot.add_cog(ServerSettingsCog())
