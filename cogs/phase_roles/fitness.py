"""Which roles may be given, by whom, and what keeps the bot from giving one."""

from collections.abc import Awaitable, Callable, Mapping

import discord

from bot.chat.permissions import RoleUnfit, require_fit_role
from bot.client import Waymark
from bot.errors import MemberError
from bot.guilds.settings import FACILITATOR_ROLE
from bot.i18n import _, later
from bot.phase_roles.model import Hindrance

RISKY = discord.Permissions(
    administrator=True,
    kick_members=True,
    ban_members=True,
    moderate_members=True,
    mention_everyone=True,
    view_audit_log=True,
    mute_members=True,
    deafen_members=True,
    move_members=True,
    pin_messages=True,
    bypass_slowmode=True,
    **{name: True for name in discord.Permissions.VALID_FLAGS if name.startswith("manage_")},
)
"""What nobody should get by ticking tasks."""

WORDS: Mapping[str, str] = {
    Hindrance.GONE: later("The role was deleted. `/phase-roles set` gives another one for it."),
    Hindrance.ABOVE: later(
        "The role isn't below my own. In the server's settings, *Roles*, drag mine above it."
    ),
    Hindrance.NOT_ALLOWED: later("I lack the permission Manage Roles. Give it to my role."),
    Hindrance.RISKY: later(
        "The role has permissions to moderate or manage. I give none that has; "
        "take them from it, or choose another one."
    ),
    Hindrance.FACILITATORS: later(
        "It is the facilitators' role in `/settings`: whoever has it may do more with me. "
        "Choose another one, here or there."
    ),
    Hindrance.REFUSED: later(
        "Discord refuses it. See whether my role has Manage Roles and is above the one to give."
    ),
}


class NotARoleManager(MemberError):
    """Somebody without the permissions for it tried to choose roles that the bot gives."""

    def __init__(self) -> None:
        text = _("Only members with the Manage Server and Manage Roles permissions can do that.")
        super().__init__(text)


def managing_roles(interaction: discord.Interaction[Waymark]) -> int:
    """Return the server whose roles whoever acts may choose. Raises NotARoleManager.

    What they may in the channel they are in isn't enough: Manage Roles means less there.
    """
    member = interaction.user
    none = discord.Permissions.none()
    allowed = member.guild_permissions if isinstance(member, discord.Member) else none
    if not (allowed.manage_guild and allowed.manage_roles):
        raise NotARoleManager
    return interaction.guild_id or 0


async def require_giveable(interaction: discord.Interaction[Waymark], role_id: int) -> None:
    """Raise RoleUnfit unless whoever acts could give that role themselves, and it is harmless."""
    guild, member = interaction.guild, interaction.user
    require_fit_role(guild, role_id)
    role = guild and guild.get_role(role_id)
    if guild is None or role is None or not isinstance(member, discord.Member):
        raise RoleUnfit(_("That role isn't here. Pick one from the list."))
    if role.managed:
        raise RoleUnfit(_("Discord or another app gives that role by itself. Pick another one."))
    if is_risky(role):
        raise RoleUnfit(_("That role may moderate or manage. Pick one without such permissions."))
    if await _is_facilitators(interaction.client, guild.id, role_id):
        raise RoleUnfit(_("That is the facilitators' role of `/settings`. Pick another one."))
    if member.id != guild.owner_id and role >= member.top_role:
        raise RoleUnfit(_("That role isn't below your own highest one. Pick a lower one."))


def is_risky(role: discord.Role) -> bool:
    """Return whether a role has permissions that nobody should get by ticking tasks."""
    return bool(role.permissions.value & RISKY.value)


async def hindrance_of(bot: Waymark, guild: discord.Guild, role_id: int) -> Hindrance | None:
    """Return what keeps the bot from giving or taking a role, by what it knows of the server."""
    hindrance = _by_discord(guild, role_id)
    if hindrance is None and await _is_facilitators(bot, guild.id, role_id):
        return Hindrance.FACILITATORS
    return hindrance


def _by_discord(guild: discord.Guild, role_id: int) -> Hindrance | None:
    role, me = guild.get_role(role_id), guild.me
    if role is None:
        return Hindrance.GONE
    if not me.guild_permissions.manage_roles:
        return Hindrance.NOT_ALLOWED
    if me.id != guild.owner_id and role >= me.top_role:
        return Hindrance.ABOVE
    return Hindrance.RISKY if is_risky(role) else None


async def _is_facilitators(bot: Waymark, guild_id: int, role_id: int) -> bool:
    return await bot.services.preferences.get(FACILITATOR_ROLE, guild_id) == role_id


def looking(bot: Waymark) -> Callable[[int, int], Awaitable[Hindrance | None]]:
    """Return what says why the bot can't give a role of a server."""

    async def look(guild_id: int, role_id: int) -> Hindrance | None:
        guild = bot.get_guild(guild_id)
        known = guild is not None and not guild.unavailable
        return await hindrance_of(bot, guild, role_id) if guild and known else Hindrance.REFUSED

    return look


def in_words(hindrance: str) -> str:
    """Return what is in the way, and what to do."""
    return _(WORDS.get(hindrance, WORDS[Hindrance.REFUSED]))
