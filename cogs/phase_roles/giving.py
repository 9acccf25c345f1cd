"""What the queue does for phase roles: it gives a member a role, or takes it back."""

import discord

from bot.chat.outbox import Act
from bot.client import Waymark
from bot.delivery.model import Delivery, Reason
from bot.delivery.outcomes import Retry
from bot.phase_roles.giving.service import Giving
from bot.phase_roles.model import Hindrance, Step
from cogs.phase_roles.fitness import hindrance_of

UNKNOWN_ROLE = 10011
GIVEN, TAKEN_BACK = "Finished a phase of the journey", "A phase isn't finished any more"
"""Reasons in the server's audit log, which isn't translated."""

HARMLESS_TO_TAKE = {Hindrance.RISKY, Hindrance.FACILITATORS}


def giving(bot: Waymark) -> Act:
    """Return what does a member's next step."""
    steps = bot.services.phase_roles.giving

    async def act(delivery: Delivery) -> int | Retry | None:
        due = await steps.due(delivery)
        guild = due and bot.get_guild(due.grant.guild_id)
        if due is None:
            return None
        if guild is None:
            await steps.out_of_reach(due)
            return None
        if guild.unavailable:
            return Retry(Reason.DISCORD_DOWN, maybe_sent=False)
        hindrance = await hindrance_of(bot, guild, due.give or due.take or 0)
        if hindrance is not None and not _needs_no_taking(due, hindrance):
            await steps.stuck(due, hindrance)
            return None
        return await _stepped(bot, guild, due)

    return act


async def _stepped(bot: Waymark, guild: discord.Guild, due: Step) -> int | None:
    steps = bot.services.phase_roles.giving
    try:
        member = await guild.fetch_member(due.grant.member_id)
        await _take(bot, member, due)
        had_it = await _give(steps, member, due)
    except discord.NotFound as error:
        if error.code == UNKNOWN_ROLE:
            await steps.stuck(due, Hindrance.GONE)
        else:
            await steps.left(due)
            await bot.services.leavings.left(guild.id, due.grant.member_id)
        return None
    except discord.Forbidden:
        await steps.stuck(due, Hindrance.REFUSED)
        return None
    await steps.done(due, had_it=had_it)
    return due.grant.id


async def _take(bot: Waymark, member: discord.Member, due: Step) -> None:
    """Take a role back, unless it can't be: what stands in for it is more important."""
    if due.take is None:
        return
    hindrance = await hindrance_of(bot, member.guild, due.take)
    if (hindrance is None or hindrance in HARMLESS_TO_TAKE) and member.get_role(
        due.take
    ) is not None:
        await member.remove_roles(discord.Object(due.take), reason=TAKEN_BACK)
    await bot.services.phase_roles.giving.taken(due)


async def _give(steps: Giving, member: discord.Member, due: Step) -> bool:
    """Give a role; return whether the member had it already, from somebody else."""
    if due.give is None:
        return False
    if member.get_role(due.give) is not None:
        return not due.is_resumed
    await steps.begins(due)
    try:
        await member.add_roles(discord.Object(due.give), reason=GIVEN)
    except (discord.Forbidden, discord.NotFound):
        await steps.refused(due)
        raise
    return False


def _needs_no_taking(due: Step, hindrance: Hindrance) -> bool:
    """Return whether only taking is left, of a role that is gone or may be taken all the same."""
    return due.give is None and hindrance in {Hindrance.GONE, *HARMLESS_TO_TAKE}
