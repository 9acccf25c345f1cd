"""Where a member's data is meant: in this server, or everywhere."""

import re

import discord
from discord import app_commands
from discord.app_commands import locale_str

from bot.client import Waymark
from bot.errors import MemberError
from bot.i18n import _
from bot.privacy.model import EVERYWHERE, Scope

HERE, ALL = "here", "all"
WHERES = [
    app_commands.Choice(name=locale_str("This server"), value=HERE),
    app_commands.Choice(name=locale_str("Everywhere"), value=ALL),
]
PLACE = r"(?P<place>all|\d{1,20}):(?P<owner>\d{1,20})"


class NotYours(MemberError):
    """Somebody pressed a button of another member's card."""

    def __init__(self) -> None:
        super().__init__(_("That's somebody else's data. `/my forget` is about your own."))


class NoServerHere(MemberError):
    """A direct message is in no server."""

    def __init__(self) -> None:
        super().__init__(_("We aren't in a server here. Pick “Everywhere”."))


def guild_meant(interaction: discord.Interaction[Waymark], where: str | None) -> int | None:
    """Return the server that is meant, None for everywhere. Raises NoServerHere."""
    if where == HERE and interaction.guild_id is None:
        raise NoServerHere
    return interaction.guild_id if where != ALL else None


def place(guild_id: int | None, owner_id: int) -> str:
    """Return where and whose, as custom ids carry it."""
    return f"{guild_id or ALL}:{owner_id}"


def place_in(match: re.Match[str]) -> tuple[int | None, int]:
    """Return where and whose, as a custom id says."""
    return None if match["place"] == ALL else int(match["place"]), int(match["owner"])


def require_own(interaction: discord.Interaction[Waymark], owner_id: int) -> None:
    """Raise NotYours for anyone but the owner."""
    if interaction.user.id != owner_id:
        raise NotYours


def scope_of(bot: Waymark, guild_id: int | None) -> Scope:
    """Return a server with its channels, or everywhere."""
    return EVERYWHERE if guild_id is None else Scope(guild_id, channels_of(bot, guild_id))


def channels_of(bot: Waymark, guild_id: int) -> frozenset[int]:
    """Return a server's channels and threads, as far as they are known."""
    guild = bot.get_guild(guild_id)
    return (
        frozenset(each.id for each in (*guild.channels, *guild.threads)) if guild else frozenset()
    )


def in_words(guild_id: int | None) -> str:
    """Return where, for the subtitle of a card."""
    if guild_id is None:
        return _("Everywhere: in all servers, and what goes with you into each")
    return _("In this server alone, without what goes with you into every server")
