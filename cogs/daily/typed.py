"""Reading what managers type into the options of `/daily`."""

import asyncio
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

import discord
from discord import app_commands

from bot.chat.limits import MAX_CHOICE_NAME, clip
from bot.chat.permissions import require_fit_role, require_postable
from bot.client import Waymark
from bot.daily.model import USUAL_REVEAL_HOURS, Wish
from bot.daily.times import Times, times_meant, weekdays_meant
from bot.errors import MemberError
from bot.guilds.settings import ZONE as GUILD_ZONE
from bot.i18n import _
from bot.members.settings import ZONE as MEMBER_ZONE
from bot.when import zones
from bot.when.asking import quoted
from cogs.faq.access import career_meant
from cogs.questions.words import KINDS, LEVELS

ANY = "any"
BETWEEN = re.compile(r"\s*(?:[,;/]|\band\b)\s*")
MOST_CHOICES = 25

Choice = TypeVar("Choice", bound=StrEnum)


class NoSuchChoice(MemberError):
    """A level or kind of that name doesn't exist."""

    def __init__(self, typed: str, names: Iterable[str]) -> None:
        text = _("I don't know “{name}”. Pick from: {names}.")
        super().__init__(text.format(name=quoted(typed), names=", ".join(names)))


@dataclass(frozen=True)
class Options:
    """What was typed; None where an option was left out."""

    channel: int | None = None
    time: str | None = None
    zone: str | None = None
    weekdays: str | None = None
    role: str | None = None
    level: str | None = None
    kind: str | None = None
    ping: int | None = None
    thread: bool | None = None
    reveal_after: int | None = None
    silent: bool = False


async def wish_of(
    interaction: discord.Interaction[Waymark], options: Options, before: Wish | None
) -> Wish:
    """Return what is meant; what was left out stays as it was before. Raises MemberError."""
    channel = options.channel or (before.channel_id if before else interaction.channel_id or 0)
    times = await _times(interaction, options, before.times if before else None)
    wish = replace(before, times=times) if before else Wish(channel, times)
    wish = _asked(interaction, options, replace(wish, channel_id=channel))
    require_postable(interaction.guild, channel)
    ping = None if options.silent else options.ping or wish.ping_role
    if options.ping is not None:
        require_fit_role(interaction.guild, options.ping)
    hours = before.reveal_hours if before else USUAL_REVEAL_HOURS
    thread = wish.thread if options.thread is None else options.thread
    return replace(wish, ping_role=ping, thread=thread, reveal_hours=options.reveal_after or hours)


def _asked(interaction: discord.Interaction[Waymark], options: Options, wish: Wish) -> Wish:
    """Return the wish with the career, levels and kinds that are meant."""
    if options.role is not None:
        is_any = options.role.strip().casefold() == ANY
        wish = replace(wish, role=None if is_any else career_meant(interaction, options.role))
    if options.level is not None:
        wish = replace(wish, levels=several_meant(options.level, LEVELS))
    if options.kind is not None:
        wish = replace(wish, kinds=several_meant(options.kind, KINDS))
    return wish


async def _times(
    interaction: discord.Interaction[Waymark], options: Options, before: Times | None
) -> Times:
    zone = await _zone(interaction, options.zone, before)
    now, weekdays = interaction.client.services.clock.now(), options.weekdays or ""
    if options.time is not None:
        # In a thread: the first phrase reads in all names of zones.
        times = await asyncio.to_thread(times_meant, options.time, weekdays, now, zone)
        keeps_days = before is not None and not weekdays and not times.weekdays
        return replace(times, weekdays=before.weekdays) if before and keeps_days else times
    if before is None:
        raise MemberError(_("At which time of day? Try “9:00”."))
    days = await asyncio.to_thread(weekdays_meant, weekdays) if weekdays else before.weekdays
    return replace(before, zone=zone or before.zone, weekdays=days)


async def _zone(
    interaction: discord.Interaction[Waymark], typed: str | None, before: Times | None
) -> str | None:
    """Return the zone that is typed, else the one before, the server's or the manager's own."""
    services = interaction.client.services
    if typed:
        return await asyncio.to_thread(zones.find, typed, services.clock.now())
    if before is not None:
        return before.zone
    wanted = (GUILD_ZONE, interaction.guild_id or 0), (MEMBER_ZONE, interaction.user.id)
    guilds, members = await services.preferences.values(*wanted)
    return guilds or members


def several_meant(text: str, known: Mapping[Choice, str]) -> tuple[Choice, ...]:
    """Return the choices that are named; none for "any". Raises NoSuchChoice."""
    names = [name for name in BETWEEN.split(text.strip().casefold()) if name]
    if names in ([], [ANY]):
        return ()
    found = {_one_meant(name, known) for name in names}
    return () if len(found) == len(known) else tuple(each for each in known if each in found)


def _one_meant(name: str, known: Mapping[Choice, str]) -> Choice:
    wanted = name.replace(" ", "_")
    for choice, title in known.items():
        if choice.value.startswith(wanted) or _(title).casefold().startswith(name):
            return choice
    raise NoSuchChoice(name, (said(each) for each in known))


def said(choice: StrEnum) -> str:
    """Return a level or kind as it is typed."""
    return choice.value.replace("_", " ")


def suggested(typed: str, known: Mapping[Choice, str]) -> list[app_commands.Choice[str]]:
    """Return choices that may follow what was typed, with what stands before the last comma."""
    head, comma, tail = typed.rpartition(",")
    before = f"{head.strip()}, " if comma else ""
    there = {name.strip().casefold() for name in head.split(",")}
    names = [said(each) for each in known if said(each) not in there]
    fit = [name for name in names if name.startswith(tail.strip().casefold())]
    every = [] if comma else [ANY]
    texts = [clip(f"{before}{name}", MAX_CHOICE_NAME) for name in (*fit, *every)]
    return [app_commands.Choice(name=text, value=text) for text in texts][:MOST_CHOICES]
