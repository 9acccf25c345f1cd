"""Whose settings are shown or changed, and how components' custom ids carry that."""

import re
from dataclasses import dataclass
from typing import ClassVar, Self

import discord

from bot.chat.permissions import require_manager
from bot.client import Waymark
from bot.errors import MemberError
from bot.i18n import _
from bot.settings.model import Owner


class NoSuchChannel(MemberError):
    """The channel was deleted, or is another server's."""

    def __init__(self) -> None:
        super().__init__(_("That channel isn't here. Pick one of this server's."))


@dataclass(frozen=True)
class Whose:
    """Whoever acts, the server in which they act, or a channel of it."""

    owner: Owner
    channel_id: int | None = None

    PATTERN: ClassVar = r"(?P<owner>member|guild|channel)(?:\.(?P<channel>\d{1,20}))?"

    def __str__(self) -> str:
        return self.owner if self.channel_id is None else f"{self.owner}.{self.channel_id}"

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Read a custom id that the pattern matched."""
        channel = match["channel"]
        return cls(Owner(match["owner"]), int(channel) if channel else None)

    @classmethod
    def server_or(cls, channel_id: int | None) -> Self:
        """Return the channel's, or the server's where there is no channel."""
        return cls(Owner.GUILD if channel_id is None else Owner.CHANNEL, channel_id)

    def place(self) -> str:
        """Return the channel for the subtitle of a card; nothing where it is none's."""
        return "" if self.channel_id is None else f" · <#{self.channel_id}>"

    async def owner_id(self, interaction: discord.Interaction[Waymark]) -> int:
        """Return the owner's id, if whoever acts may change what is theirs.

        Raises NotAManager or NoSuchChannel.
        """
        if self.owner is Owner.MEMBER:
            return interaction.user.id
        guild_id = interaction.guild_id or 0
        await require_manager(interaction, guild_id)
        return guild_id if self.owner is Owner.GUILD else self._channel_in(interaction.guild)

    def _channel_in(self, guild: discord.Guild | None) -> int:
        channel = guild and guild.get_channel(self.channel_id or 0)
        if channel is None:
            raise NoSuchChannel
        return channel.id


MINE = Whose(Owner.MEMBER)
