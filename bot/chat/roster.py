"""Who of some members is still in a server, and what they are called there."""

import asyncio
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

import discord

from bot.errors import MemberError
from bot.i18n import _

REMEMBERED_FOR = timedelta(days=1)
MOST_REMEMBERED = 10_000


class ServerOutOfSight(MemberError):
    """The server's members can't be asked for, as when Discord has trouble with it."""

    def __init__(self) -> None:
        super().__init__(_("I can't see this server just now. Try again in a minute."))


class Roster:
    """Asks Discord for members one by one, as they aren't told of without a privileged intent.

    What it says is remembered for a day.
    """

    def __init__(self) -> None:
        self._names: dict[tuple[int, int], tuple[datetime, str | None]] = {}

    async def names(
        self, guild: discord.Guild | None, members: Collection[int], now: datetime
    ) -> Mapping[int, str | None]:
        """Return members' names; None for those who have left. Raises ServerOutOfSight."""
        if guild is None:
            raise ServerOutOfSight
        names = await asyncio.gather(*(self._name(guild, each, now) for each in members))
        return dict(zip(members, names, strict=True))

    async def _name(self, guild: discord.Guild, member_id: int, now: datetime) -> str | None:
        key = (guild.id, member_id)
        asked_at, name = self._names.get(key, (None, None))
        if asked_at is None or now - asked_at > REMEMBERED_FOR:
            name = await _asked(guild, member_id)
            if len(self._names) >= MOST_REMEMBERED:
                self._names.clear()
            self._names[key] = now, name
        return name


async def _asked(guild: discord.Guild, member_id: int) -> str | None:
    known = guild.get_member(member_id)
    if known is not None:
        return known.display_name
    try:
        return (await guild.fetch_member(member_id)).display_name
    except discord.NotFound:
        return None
