"""`/my settings` and `/settings`: what a member, and a server, may choose."""

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.client import Waymark
from bot.settings.model import Owner
from cogs.settings.change import (
    ChangeForm,
    ChangeSelect,
    ChannelChoice,
    UndoButton,
    ValueButton,
    answer,
)
from cogs.settings.values import suggested_settings, suggested_values

SETTING = locale_str("Which setting; leave it out to see all")
VALUE = locale_str("What to set it to; “default” puts it back")
Text = app_commands.Range[str, 1, 100]


@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
class MySettingsCog(
    commands.GroupCog,
    group_name="my",
    group_description=locale_str("What is yours: your settings, in every server"),
):
    """The commands of `/my`."""

    @app_commands.command(description=locale_str("Your own settings, such as your time zone"))
    @app_commands.describe(setting=SETTING, value=VALUE)
    async def settings(
        self,
        interaction: discord.Interaction[Waymark],
        setting: Text | None = None,
        value: Text | None = None,
    ) -> None:
        """Show a member's settings, or change one."""
        await answer(interaction, Owner.MEMBER, setting, value)

    @settings.autocomplete("setting")
    async def _settings(
        self, interaction: discord.Interaction[Waymark], typed: str
    ) -> list[app_commands.Choice[str]]:
        return suggested_settings(interaction, Owner.MEMBER, typed)

    @settings.autocomplete("value")
    async def _values(
        self, interaction: discord.Interaction[Waymark], typed: str
    ) -> list[app_commands.Choice[str]]:
        return await suggested_values(interaction, Owner.MEMBER, typed)


class ServerSettingsCog(commands.Cog):
    """`/settings`, for managers."""

    @app_commands.command(description=locale_str("This server's settings"))
    @app_commands.describe(setting=SETTING, value=VALUE)
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.guild_only()
    async def settings(
        self,
        interaction: discord.Interaction[Waymark],
        setting: Text | None = None,
        value: Text | None = None,
    ) -> None:
        """Show a server's settings, or change one."""
        await answer(interaction, Owner.GUILD, setting, value)

    @settings.autocomplete("setting")
    async def _settings(
        self, interaction: discord.Interaction[Waymark], typed: str
    ) -> list[app_commands.Choice[str]]:
        return suggested_settings(interaction, Owner.GUILD, typed)

    @settings.autocomplete("value")
    async def _values(
        self, interaction: discord.Interaction[Waymark], typed: str
    ) -> list[app_commands.Choice[str]]:
        return await suggested_values(interaction, Owner.GUILD, typed)


async def setup(bot: Waymark) -> None:
    """Load the cogs; called by discord.py."""
    bot.add_dynamic_items(ChangeSelect, ChannelChoice, UndoButton, ValueButton)
    bot.add_forms(ChangeForm)
    await bot.add_cog(MySettingsCog())
    await bot.add_cog(ServerSettingsCog())
