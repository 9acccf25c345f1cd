"""Reading what members type into the options of `/checkin`."""

import asyncio
from dataclasses import dataclass, replace

import discord

from bot.chat.permissions import actor_may_write, bot_may_write
from bot.checkins.model import CheckinZoneNeeded, Place, Wish, questions_meant
from bot.client import Waymark
from bot.daily.times import DailyZoneNeeded, Times, times_meant, weekdays_meant
from bot.errors import MemberError
from bot.guilds.settings import ZONE as GUILD_ZONE
from bot.i18n import _
from bot.members.settings import ZONE as MEMBER_ZONE

STANDARD = "standard"


class CantAskHere(MemberError):
    """Check-ins were to be posted in a channel in which the bot or the member can't write."""

    def __init__(self) -> None:
        super().__init__(_("I can't ask here. Pick “direct message”, or another channel."))


@dataclass(frozen=True)
class Options:
    """What was typed; None where an option was left out."""

    time: str | None = None
    weekdays: str | None = None
    where: Place | None = None
    questions: str | None = None


async def wish_of(
    interaction: discord.Interaction[Waymark], options: Options, before: Wish | None
) -> Wish:
    """Return what is meant; what was left out stays as it was before. Raises MemberError."""
    zone = await _zone(interaction)
    times = await _times(interaction, options, before, zone)
    follows = times.zone == zone if options.time or before is None else before.follows_zone
    wish = replace(before or Wish(times), times=times, follows_zone=follows)
    if options.questions is not None:
        own = options.questions.strip().casefold() != STANDARD
        wish = replace(wish, questions=questions_meant(options.questions) if own else ())
    if options.where is None:
        return wish
    if options.where is Place.DM:
        return replace(wish, place=Place.DM, channel_id=None)
    if not (actor_may_write(interaction) and bot_may_write(interaction)):
        raise CantAskHere
    return replace(wish, place=Place.HERE, channel_id=interaction.channel_id)


async def _times(
    interaction: discord.Interaction[Waymark],
    options: Options,
    before: Wish | None,
    zone: str | None,
) -> Times:
    now, weekdays = interaction.client.services.clock.now(), options.weekdays or ""
    if options.time is None and before is not None:
        named = await asyncio.to_thread(weekdays_meant, weekdays) if weekdays else None
        return before.times if named is None else replace(before.times, weekdays=named)
    try:
        # In a thread: the first phrase reads in all names of zones.
        times = await asyncio.to_thread(times_meant, options.time or "", weekdays, now, zone)
    except DailyZoneNeeded:
        raise CheckinZoneNeeded from None
    keeps_days = before is not None and not weekdays and not times.weekdays
    return replace(times, weekdays=before.times.weekdays) if before and keeps_days else times


async def _zone(interaction: discord.Interaction[Waymark]) -> str | None:
    """Return the member's own zone, else their server's."""
    wanted = (MEMBER_ZONE, interaction.user.id), (GUILD_ZONE, interaction.guild_id or 0)
    own, guilds = await interaction.client.services.preferences.values(*wanted)
    return own or guilds
