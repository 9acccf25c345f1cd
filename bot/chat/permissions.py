"""Who may do what, checked at each press, not when a button is made.

It goes by Discord's own permissions: `default_permissions` only hides commands, and servers may
change it.
"""

from typing import Any

import discord

from bot.errors import MemberError
from bot.i18n import _


class NotAManager(MemberError):
    """Somebody without Manage Server tried what takes it."""

    def __init__(self) -> None:
        super().__init__(_("Only members with the Manage Server permission can do that."))


class NotAFacilitator(MemberError):
    """Somebody tried what takes the facilitators' role."""

    def __init__(self) -> None:
        super().__init__(
            _("Only facilitators can do that. Managers choose their role with `/settings`.")
        )


class NotYourQuestion(MemberError):
    """Somebody pressed a button that is for who asked."""

    def __init__(self) -> None:
        super().__init__(_("That is somebody else's question. Ask yours with `/ask`."))


class RoleUnfit(MemberError):
    """The role that was picked isn't the server's, or is everybody's."""


class ChannelUnfit(MemberError):
    """The bot can't post in the channel that was picked."""

    def __init__(self) -> None:
        super().__init__(
            _("I can't post there. Give me View Channel and Send Messages, or pick another one.")
        )


async def require_manager(interaction: discord.Interaction[Any], guild_id: int) -> None:
    """Raise NotAManager unless whoever acts may manage that server; works in DMs too."""
    if not await is_manager(interaction, guild_id):
        raise NotAManager


async def is_manager(interaction: discord.Interaction[Any], guild_id: int) -> bool:
    """Return whether whoever acts may manage that server."""
    if interaction.guild_id == guild_id:
        return interaction.permissions.manage_guild
    member = await _member_of(interaction, guild_id)
    return member is not None and member.guild_permissions.manage_guild


async def require_facilitator(
    interaction: discord.Interaction[Any], guild_id: int, role_id: int | None
) -> None:
    """Raise NotAFacilitator unless whoever acts may answer for that server; works in DMs too."""
    if not await is_facilitator(interaction, guild_id, role_id):
        raise NotAFacilitator


async def is_facilitator(
    interaction: discord.Interaction[Any], guild_id: int, role_id: int | None
) -> bool:
    """Return whether whoever acts has the facilitators' role of that server, or manages it."""
    here = interaction.guild_id == guild_id
    member = interaction.user if here else await _member_of(interaction, guild_id)
    if not isinstance(member, discord.Member):
        return False
    given = interaction.permissions if here else member.guild_permissions
    return given.manage_guild or (role_id is not None and member.get_role(role_id) is not None)


async def _member_of(interaction: discord.Interaction[Any], guild_id: int) -> discord.Member | None:
    """Return whoever acts as a member of another server than the one they act in."""
    guild = interaction.client.get_guild(guild_id)
    if guild is None:
        return None
    try:
        return await guild.fetch_member(interaction.user.id)
    except discord.NotFound:
        return None


def can_post(channel: discord.abc.GuildChannel | discord.Thread) -> bool:
    """Return whether the bot may post in a channel or thread of a server it is in."""
    return may_write(channel, channel.guild.me)


def may_write(channel: discord.abc.GuildChannel | discord.Thread, member: discord.Member) -> bool:
    """Return whether a member may write in a channel or thread; nobody may during a time-out."""
    return _lets_write(channel.permissions_for(member), channel, member)


def actor_may_write(interaction: discord.Interaction[Any]) -> bool:
    """Return whether whoever acts may write where they act, by what Discord sends along."""
    return _lets_write(interaction.permissions, interaction.channel, interaction.user)


def bot_may_write(interaction: discord.Interaction[Any]) -> bool:
    """Return whether the bot may write where somebody acts, by what Discord sends along."""
    me = interaction.guild and interaction.guild.me
    return _lets_write(interaction.app_permissions, interaction.channel, me)


def _lets_write(allowed: discord.Permissions, channel: object, member: object) -> bool:
    in_thread = isinstance(channel, discord.Thread)
    send = allowed.send_messages_in_threads if in_thread else allowed.send_messages
    timed_out = isinstance(member, discord.Member) and member.is_timed_out()
    return allowed.view_channel and send and not timed_out


def require_postable(guild: discord.Guild | None, channel_id: int) -> None:
    """Raise ChannelUnfit unless the bot may post in that channel or thread of the server."""
    channel = guild and guild.get_channel_or_thread(channel_id)
    if channel is None or not can_post(channel):
        raise ChannelUnfit


def require_fit_role(guild: discord.Guild | None, role_id: int) -> None:
    """Raise RoleUnfit unless that role is the server's, and not everybody's."""
    role = guild and guild.get_role(role_id)
    if role is None:
        raise RoleUnfit(_("That role isn't here. Pick one from the list."))
    if role.is_default():
        raise RoleUnfit(_("@everyone is everybody. Pick a role that only some have."))
