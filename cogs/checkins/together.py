"""`/checkins`: a channel is asked how it goes, for managers to set up."""

import asyncio
from dataclasses import dataclass, replace

import discord
from discord import app_commands, ui
from discord.app_commands import locale_str
from discord.ext import commands

from bot.chat.answering import privately
from bot.chat.permissions import require_postable
from bot.checkins.group import A_DAY_ROUND, MOST_HOURS, GroupGone, GroupStanding, GroupWish, Mode
from bot.client import Waymark
from bot.daily.times import Times, times_meant, weekdays_meant
from bot.guilds.settings import ZONE as GUILD_ZONE
from bot.i18n import _
from bot.members.settings import ZONE as MEMBER_ZONE
from bot.when import zones
from bot.when.phrases import MAX_PHRASE
from cogs.checkins.group_card import GroupAct, group_card, group_done, managing

TIME = locale_str("When, such as: 9:00, 7pm Berlin, every weekday at 9")
CHANNEL = locale_str("Which channel; this one if left out")
ZONE = locale_str("A city in the time zone; the server's if left out")
DAYS = locale_str("On which days, such as: weekdays, mon wed fri; every day if left out")
HOURS = locale_str("Hours until the wrap-up; if left out 8, or 24 with everybody's own morning")
MODE = locale_str("When those are called who want it: before it closes, or in their own morning")
MODES = [
    app_commands.Choice(name=locale_str("one window for all"), value=Mode.WINDOW.value),
    app_commands.Choice(name=locale_str("each one's own morning"), value=Mode.MORNINGS.value),
]

Phrase = app_commands.Range[str, 1, MAX_PHRASE]
Text = app_commands.Range[str, 1, 100]
Hours = app_commands.Range[int, 1, MOST_HOURS]
Interaction = discord.Interaction[Waymark]
Channel = discord.TextChannel


@dataclass(frozen=True)
class Typed:
    """What was typed; None where an option was left out."""

    time: str | None
    zone: str | None
    weekdays: str | None
    hours: int | None
    mode: Mode | None

    def applied(self, wish: GroupWish) -> GroupWish:
        """Return a wish with the mode and hours; a round of mornings lasts a day at least."""
        mode = self.mode or wish.mode
        least = A_DAY_ROUND if mode is Mode.MORNINGS else 1
        return replace(wish, mode=mode, hours=max(self.hours or wish.hours, least))


@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class CheckinsCog(
    commands.GroupCog,
    group_name="checkins",
    group_description=locale_str("How is it going? Asked of a whole channel"),
):
    """The commands of `/checkins`."""

    def __init__(self, bot: Waymark) -> None:
        self.groups = bot.services.checkins.groups
        self.clock = bot.services.clock

    @app_commands.command(description=locale_str("Ask a channel how it goes, on its days"))
    @app_commands.describe(time=TIME, channel=CHANNEL, zone=ZONE, weekdays=DAYS, hours=HOURS)
    @app_commands.describe(mode=MODE)
    @app_commands.choices(mode=MODES)
    async def setup(
        self,
        interaction: discord.Interaction[Waymark],
        time: Phrase,
        *,
        channel: discord.TextChannel | None = None,
        zone: Text | None = None,
        weekdays: Phrase | None = None,
        hours: Hours | None = None,
        mode: app_commands.Choice[str] | None = None,
    ) -> None:
        """Set one up."""
        typed = Typed(time, zone, weekdays, hours, Mode(mode.value) if mode else None)
        await privately(interaction, self._set_up(interaction, channel, typed))

    async def _set_up(
        self, interaction: Interaction, channel: Channel | None, typed: Typed
    ) -> ui.LayoutView:
        guild_id = await managing(interaction)
        where = channel.id if channel else interaction.channel_id or 0
        require_postable(interaction.guild, where)
        times = await _times(interaction, typed, None)
        wish = typed.applied(GroupWish(where, times))
        standing = await self.groups.setup(guild_id, wish, interaction.user.id)
        return group_card(standing, _("It is set up"), _hints(interaction, where))

    @app_commands.command(description=locale_str("Change a channel's check-ins"))
    @app_commands.describe(channel=CHANNEL, time=TIME, zone=ZONE, weekdays=DAYS, hours=HOURS)
    @app_commands.describe(mode=MODE)
    @app_commands.choices(mode=MODES)
    async def change(
        self,
        interaction: discord.Interaction[Waymark],
        *,
        channel: discord.TextChannel | None = None,
        time: Phrase | None = None,
        zone: Text | None = None,
        weekdays: Phrase | None = None,
        hours: Hours | None = None,
        mode: app_commands.Choice[str] | None = None,
    ) -> None:
        """Change what is given."""
        typed = Typed(time, zone, weekdays, hours, Mode(mode.value) if mode else None)
        await privately(interaction, self._changed(interaction, channel, typed))

    async def _changed(
        self, interaction: Interaction, channel: Channel | None, typed: Typed
    ) -> ui.LayoutView:
        before = await self._meant(interaction, channel)
        wish = before.wish
        times = await _times(interaction, typed, wish.times)
        wish = typed.applied(replace(wish, times=times))
        standing = await self.groups.change(before.group.guild_id, before.group.id, wish)
        return group_card(standing, _("Changed"), _hints(interaction, wish.channel_id))

    @app_commands.command(description=locale_str("What comes next, and the last rounds"))
    @app_commands.describe(channel=CHANNEL)
    async def status(
        self,
        interaction: discord.Interaction[Waymark],
        channel: discord.TextChannel | None = None,
    ) -> None:
        """Show how they stand."""
        await self._do(interaction, GroupAct.SHOW, channel)

    @app_commands.command(description=locale_str("Let a channel's check-ins rest"))
    @app_commands.describe(channel=CHANNEL)
    async def pause(
        self,
        interaction: discord.Interaction[Waymark],
        channel: discord.TextChannel | None = None,
    ) -> None:
        """Pause them."""
        await self._do(interaction, GroupAct.PAUSE, channel)

    @app_commands.command(description=locale_str("Let a channel's check-ins go on"))
    @app_commands.describe(channel=CHANNEL)
    async def resume(
        self,
        interaction: discord.Interaction[Waymark],
        channel: discord.TextChannel | None = None,
    ) -> None:
        """Resume them."""
        await self._do(interaction, GroupAct.RESUME, channel)

    @app_commands.command(description=locale_str("Remove a channel's check-ins"))
    @app_commands.describe(channel=CHANNEL)
    async def remove(
        self,
        interaction: discord.Interaction[Waymark],
        channel: discord.TextChannel | None = None,
    ) -> None:
        """Remove them; Undo brings them back."""
        await self._do(interaction, GroupAct.REMOVE, channel)

    async def _do(self, interaction: Interaction, act: GroupAct, channel: Channel | None) -> None:
        await privately(interaction, self._done(interaction, act, channel))

    async def _done(
        self, interaction: Interaction, act: GroupAct, channel: Channel | None
    ) -> ui.LayoutView:
        meant = await self._meant(interaction, channel)
        return await group_done(interaction, act, meant.group.id)

    async def _meant(self, interaction: Interaction, channel: Channel | None) -> GroupStanding:
        """Return a channel's check-ins; the only ones there are if none was named.

        Raises NotAManager or GroupGone.
        """
        there = await self.groups.all(await managing(interaction))
        where = channel.id if channel else interaction.channel_id
        for each in there:
            if each.target.id == where:
                return each
        if channel is None and len(there) == 1:
            return there[0]
        raise GroupGone

    @setup.autocomplete("zone")
    @change.autocomplete("zone")
    async def _zones(
        self, interaction: discord.Interaction[Waymark], typed: str
    ) -> list[app_commands.Choice[str]]:
        found = zones.suggestions(typed, self.clock.now())
        return [app_commands.Choice(name=each.label, value=each.zone) for each in found]


async def _times(interaction: Interaction, typed: Typed, before: Times | None) -> Times:
    """Return the times that are meant; what was left out stays. Raises MemberError."""
    now, weekdays = interaction.client.services.clock.now(), typed.weekdays or ""
    zone = await _zone(interaction, typed.zone, before)
    if typed.time is None and before is not None:
        named = await asyncio.to_thread(weekdays_meant, weekdays) if weekdays else before.weekdays
        return replace(before, zone=zone or before.zone, weekdays=named)
    # In a thread: the first phrase reads in all names of zones.
    times = await asyncio.to_thread(times_meant, typed.time or "", weekdays, now, zone)
    keeps_days = before is not None and not weekdays and not times.weekdays
    return replace(times, weekdays=before.weekdays) if before and keeps_days else times


async def _zone(interaction: Interaction, typed: str | None, before: Times | None) -> str | None:
    """Return the zone that is typed, else the one before, the server's or the manager's own."""
    services = interaction.client.services
    if typed:
        return await asyncio.to_thread(zones.find, typed, services.clock.now())
    if before is not None:
        return before.zone
    wanted = (GUILD_ZONE, interaction.guild_id or 0), (MEMBER_ZONE, interaction.user.id)
    guilds, own = await services.preferences.values(*wanted)
    return guilds or own


def _hints(interaction: Interaction, channel_id: int) -> list[str]:
    """Return what keeps the bot from opening threads."""
    guild = interaction.guild
    channel = guild and guild.get_channel(channel_id)
    if guild is None or channel is None:
        return []
    allowed = channel.permissions_for(guild.me)
    if allowed.create_public_threads and allowed.send_messages_in_threads:
        return []
    hint = _("-# I can't use threads there, so replies show in the wrap-up alone. Give me {what}.")
    return [hint.format(what=_("Create Public Threads and Send Messages in Threads"))]
