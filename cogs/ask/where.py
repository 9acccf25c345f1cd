"""Who asks where, and what may be posted there."""

from typing import Any

import discord

from bot.answers.service import Asker
from bot.chat.permissions import actor_may_write, bot_may_write
from bot.client import Waymark
from bot.errors import MemberError
from bot.i18n import _

PUBLIC_CHANNELS = (
    discord.TextChannel,
    discord.VoiceChannel,
    discord.StageChannel,
    discord.Thread,
)
PublicChannel = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread


class NotInAServer(MemberError):
    """Something that belongs to a server was tried where there is none, or none with the bot."""

    def __init__(self) -> None:
        super().__init__(_("That works in servers that I am in. Ask there with `/ask`."))


class BotCantPost(MemberError):
    """The bot can't write in the channel."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "I can't post here. A manager can give me View Channel, Send Messages and Read "
                "Message History, or try another channel."
            )
        )


class MemberCantPost(MemberError):
    """Whoever wants something posted can't write in the channel themselves."""

    def __init__(self) -> None:
        super().__init__(_("You can't write here, so I won't post for you. Try another channel."))


def server_of(interaction: discord.Interaction[Waymark]) -> int | None:
    """Return the server in which somebody acts, if the bot is a member of it."""
    guild = interaction.client.get_guild(interaction.guild_id or 0)
    return guild.id if guild else None


def require_server(interaction: discord.Interaction[Waymark]) -> int:
    """Return the server in which somebody acts. Raises NotInAServer."""
    guild_id = server_of(interaction)
    if guild_id is None:
        raise NotInAServer
    return guild_id


def asker_of(interaction: discord.Interaction[Waymark]) -> Asker:
    """Return who asks where."""
    return Asker(interaction.user.id, server_of(interaction), channels_of(interaction.channel))


def channels_of(channel: Any) -> tuple[int, ...]:
    """Return the ids of a channel, and of a thread's channel too."""
    if isinstance(channel, discord.Thread):
        return (channel.id, channel.parent_id)
    return (channel.id,) if channel is not None else ()


def is_private(interaction: discord.Interaction[Waymark]) -> bool:
    """Return whether the message whose button was pressed is seen by the presser alone."""
    message = interaction.message
    return interaction.context.dm_channel or (message is not None and message.flags.ephemeral)


def require_member_may_post(interaction: discord.Interaction[Waymark]) -> None:
    """Raise MemberCantPost where whoever acts can't write."""
    if not actor_may_write(interaction):
        raise MemberCantPost


def channel_to_post_in(interaction: discord.Interaction[Waymark]) -> PublicChannel:
    """Return the channel to post in for whoever acts. Raises BotCantPost or MemberCantPost."""
    channel = interaction.channel
    require_server(interaction)
    require_member_may_post(interaction)
    if not isinstance(channel, PUBLIC_CHANNELS) or not bot_may_write(interaction):
        raise BotCantPost
    return channel


def channel_to_answer_in(interaction: discord.Interaction[Waymark]) -> int | None:
    """Return the channel in which somebody can be answered later, None where that can't be."""
    try:
        return channel_to_post_in(interaction).id
    except MemberError:
        return None
