"""Making a group: where it may be, its own thread, and what the bot lacks there."""

from dataclasses import dataclass

import discord
from discord import ui

from bot.chat.cards import card, heading
from bot.chat.permissions import (
    ChannelUnfit,
    actor_may_write,
    bot_may_write,
    can_post,
    may_write,
)
from bot.client import Waymark
from bot.errors import MemberError
from bot.i18n import _
from bot.study.model import Place, Wish
from bot.study.roll import Roll, name_meant
from cogs.study import words
from cogs.study.organising_card import GroupAct, GroupButton

A_WEEK = 10_080
"""Minutes without a message after which a thread is archived."""

Interaction = discord.Interaction[Waymark]


class YouMayNotWriteThere(MemberError):
    """A member wants a group where they couldn't write themselves."""

    def __init__(self) -> None:
        super().__init__(_("You can't write there yourself. Pick a channel in which you can."))


@dataclass(frozen=True)
class Spot:
    """Where a group is made."""

    place: Place
    hints: tuple[str, ...] = ()
    """What the bot lacks there, and what would mend it."""

    thread: discord.Thread | None = None
    """The group's own, where one was opened."""


async def made(
    interaction: Interaction,
    wish: Wish,
    channel: discord.TextChannel | None,
    *,
    own_thread: bool,
) -> ui.LayoutView:
    """Make a group. Raises MemberError; then no thread of it is left."""
    study, guild_id = interaction.client.services.study, interaction.guild_id or 0
    where = _channel(interaction, channel)
    name = name_meant(wish.name)
    await study.require_room(guild_id, interaction.user.id, name)
    spot = await _spot(interaction, where, name if own_thread else None)
    try:
        roll = await study.create(guild_id, wish, spot.place, interaction.user.id)
    except MemberError:
        if spot.thread is not None:
            await _discard(spot.thread)
        raise
    return made_card(roll, spot.hints)


async def _discard(thread: discord.Thread) -> None:
    """Delete a thread that no group is made for; that takes Manage Threads, archiving doesn't."""
    try:
        await thread.delete()
    except discord.Forbidden:
        await thread.edit(archived=True)


def made_card(roll: Roll, hints: tuple[str, ...] = ()) -> ui.LayoutView:
    """Say that a group is made, what is lacking, and how to undo it."""
    text = _("Its card comes to <#{channel}> in a moment. You own it: `/study` has the rest.")
    return card(
        heading=heading(_("Your group is there"), words.name(roll)),
        body=text.format(channel=roll.group.place.channel_id),
        small_print="\n".join(f"-# {each}" for each in hints),
        rows=[[GroupButton(GroupAct.CLOSE, roll.group.id, _("Undo"))]],
    )


def _channel(
    interaction: Interaction, named: discord.TextChannel | None
) -> discord.TextChannel | discord.Thread | discord.VoiceChannel | discord.StageChannel:
    """Return where a group is to be. Raises ChannelUnfit or YouMayNotWriteThere."""
    member, here = interaction.user, interaction.channel
    if named is None or (here is not None and named.id == here.id):
        return _here(interaction)
    if not can_post(named):
        raise ChannelUnfit
    if not isinstance(member, discord.Member) or not may_write(named, member):
        raise YouMayNotWriteThere
    return named


def _here(
    interaction: Interaction,
) -> discord.TextChannel | discord.Thread | discord.VoiceChannel | discord.StageChannel:
    here = interaction.channel
    if isinstance(here, discord.DMChannel | discord.GroupChannel | None):
        raise ChannelUnfit
    if isinstance(here, discord.ForumChannel | discord.CategoryChannel):
        raise ChannelUnfit
    if not bot_may_write(interaction):
        raise ChannelUnfit
    if not actor_may_write(interaction):
        raise YouMayNotWriteThere
    return here


async def _spot(
    interaction: Interaction,
    channel: discord.TextChannel | discord.Thread | discord.VoiceChannel | discord.StageChannel,
    name: str | None,
) -> Spot:
    """Return where a group of that name gets its own thread, or a place in a channel."""
    hints = _lacking(channel)
    in_channel = Place(channel.id, own_thread=False)
    if name is None:
        return Spot(in_channel, hints)
    if not isinstance(channel, discord.TextChannel):
        no_room = _("There are no threads in here, so the group is right here.")
        return Spot(in_channel, (no_room, *hints))
    if reason := _no_threads(channel, interaction.user):
        return Spot(in_channel, (reason, *hints))
    try:
        thread = await channel.create_thread(
            name=name, type=discord.ChannelType.public_thread, auto_archive_duration=A_WEEK
        )
    except discord.HTTPException:
        refused = _("Discord lets me open no thread there now, so the group is in the channel.")
        return Spot(in_channel, (refused, *hints))
    return Spot(Place(thread.id, own_thread=True), hints, thread)


def _no_threads(channel: discord.TextChannel, member: discord.User | discord.Member) -> str | None:
    """Return why no thread can be opened in a channel, and what would mend it."""
    mine = channel.permissions_for(channel.guild.me)
    if not (mine.create_public_threads and mine.send_messages_in_threads):
        text = _("I can't open threads there, so the group is in the channel. Give me {what}.")
        return text.format(what=_("Create Public Threads and Send Messages in Threads"))
    theirs = channel.permissions_for(member) if isinstance(member, discord.Member) else None
    if theirs is not None and not theirs.create_public_threads:
        return _("You can't open threads there yourself, so the group is in the channel.")
    return None


def _lacking(channel: discord.abc.GuildChannel | discord.Thread) -> tuple[str, ...]:
    if channel.permissions_for(channel.guild.me).pin_messages:
        return ()
    text = _("I can't pin the card there. Give me {what}, or pin it yourself.")
    return (text.format(what=_("Pin Messages")),)
