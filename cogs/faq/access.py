"""Who may do what with a server's answers, and which answer or career is meant."""

from contextlib import suppress

import discord

from bot.careers.naming import CareerNames
from bot.chat.permissions import is_facilitator, require_facilitator
from bot.client import Waymark
from bot.errors import MemberError
from bot.faq.model import Entry, EntryGone
from bot.guilds.settings import FACILITATOR_ROLE
from bot.i18n import _

LONGEST_ID = 18
"""Digits of an entry's id."""

NO_CAREER = "none"
"""What says that an entry is about no career."""


class NoSuchEntry(MemberError):
    """The server has no entry of that name."""

    def __init__(self) -> None:
        super().__init__(
            _("There is no such entry here. Pick one from the list while you type, or `/faq list`.")
        )


async def facilitating(interaction: discord.Interaction[Waymark]) -> int:
    """Return the server for which somebody acts. Raises NotAFacilitator."""
    guild_id = interaction.guild_id or 0
    await require_facilitator(interaction, guild_id, await _role(interaction, guild_id))
    return guild_id


async def facilitates(interaction: discord.Interaction[Waymark]) -> bool:
    """Return whether whoever acts is a facilitator here."""
    guild_id = interaction.guild_id or 0
    return await is_facilitator(interaction, guild_id, await _role(interaction, guild_id))


async def _role(interaction: discord.Interaction[Waymark], guild_id: int) -> int | None:
    return await interaction.client.services.preferences.get(FACILITATOR_ROLE, guild_id)


async def entry_meant(interaction: discord.Interaction[Waymark], guild_id: int, text: str) -> Entry:
    """Return the entry of that id, question or alias. Raises NoSuchEntry."""
    faq = interaction.client.services.faq
    if text.isascii() and text.isdigit() and len(text) <= LONGEST_ID:
        with suppress(EntryGone):
            return await faq.get(guild_id, int(text))
    entry = await faq.named(guild_id, text)
    if entry is None:
        raise NoSuchEntry
    return entry


def career_meant(interaction: discord.Interaction[Waymark], text: str | None) -> str | None:
    """Return the slug of the career that is called this. Raises UnclearValue."""
    if text is None:
        return None
    return CareerNames(interaction.client.services.careers.registry).one(text)


def career_or_none(interaction: discord.Interaction[Waymark], text: str) -> str | None:
    """Return the slug of the career that is called this, or None for none. Raises UnclearValue."""
    is_none = text.strip().casefold() in _names_of_none()
    return None if is_none else career_meant(interaction, text)


def may_mean_none(typed: str) -> bool:
    """Return whether a text still being typed may become the name of no career."""
    return any(name.startswith(typed.strip().casefold()) for name in _names_of_none())


def _names_of_none() -> tuple[str, ...]:
    return NO_CAREER, _("No career").casefold()
