"""The small server that the sandbox starts with."""

from dataclasses import dataclass
from datetime import UTC, datetime

from simcord import ChannelHandle, Env, GuildHandle, MemberActor, UserHandle

from bot.errors import OperatorError

GREETING = (
    "Welcome to the Waymark sandbox. Type `/role info` below, pick a career from the list, "
    "and press Enter. Everything here stays on your machine."
)
GUILD_ID = 1_000_000_000_000_000_000


class NoSuchPlace(OperatorError):
    """The sandbox has no channel, thread or DM of that name."""


@dataclass(frozen=True)
class World:
    """The simulated server and who is in it."""

    guild: GuildHandle
    owner: MemberActor
    members: tuple[MemberActor, ...]
    users: tuple[UserHandle, ...]

    def places(self) -> dict[str, ChannelHandle]:
        """Return what the page can show: channels and threads by name, and `dm`."""
        places: dict[str, ChannelHandle] = {}
        for channel in self.guild.channels.values():
            if channel.name is not None:
                places[channel.name] = channel
            places |= {thread.name: thread for thread in channel.threads if thread.name is not None}
        return places | {"dm": self.users[0].dm_channel}

    def place(self, name: str) -> ChannelHandle:
        """Return the channel, thread or DM to show. Raises NoSuchPlace."""
        places = self.places()
        wanted = name.strip().lstrip("#").casefold()
        if wanted not in places:
            raise NoSuchPlace(f"There is no {wanted!r} here, only: {', '.join(places)}.")
        return places[wanted]

    def viewers(self, channel: ChannelHandle) -> tuple[MemberActor | UserHandle, ...]:
        """Return who may look at the channel on the page, a newcomer first."""
        if channel.guild is None:
            return (self.users[0],)
        return (*self.members, self.owner)


async def build_world(env: Env) -> World:
    """Seed the server, then move the calendar from SimCord's epoch to now.

    Whoever and whatever is made before the move keeps its id in every run, so that what the store
    remembers of earlier runs still fits.
    """
    if env.bot.user is not None:
        await env.bot.user.edit(username="Waymark")
    users = tuple(
        env.create_user(name.casefold(), global_name=name) for name in ("Maya", "Jonas", "Olivia")
    )
    guild = env.create_guild("Waymark Sandbox", id=GUILD_ID, owner=users[2])
    careers = guild.create_text_channel("careers", topic="Ask about any career")
    guild.create_text_channel("general")
    members = tuple(guild.add_member(user) for user in users[:2])
    owner = guild.add_member(users[2])
    for user in users:
        _ = user.dm_channel
    await env.advance_time(max(0.0, (datetime.now(UTC) - env.now()).total_seconds()))
    await owner.send(careers, GREETING)
    return World(guild, owner, members, users)
