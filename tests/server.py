"""The real bot on a simulated Discord, with one server."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from simcord import ChannelHandle, Env, GuildHandle, MemberActor, UserHandle

from bot.app import App, opened
from bot.client import Waymark
from bot.config import Settings
from bot.errors import MemberError

START = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


class ServerClock:
    """A clock that only `Server.advance` moves."""

    def __init__(self) -> None:
        self.time = START

    def now(self) -> datetime:
        return self.time


@dataclass
class Server:
    """A running bot, and two members of a server it is in, of which Olivia is the owner.

    A test that provokes the bot's own errors sets `errors_expected`, and checks them itself;
    those that tell a member what to do are none.
    """

    env: Env
    app: App
    clock: ServerClock
    client: Waymark
    guild: GuildHandle
    channel: ChannelHandle
    maya: MemberActor
    jonas: MemberActor
    olivia: MemberActor
    users: dict[str, UserHandle] = field(default_factory=dict[str, UserHandle])
    errors_expected: bool = False

    def bot(self) -> Waymark:
        """A fresh client over the same store, as after a restart."""
        return Waymark(self.app.services, shard_count=1, sends_per_s=None)

    async def allow(self, member: MemberActor, command: str) -> None:
        """Let a member use a command that they don't see by default, as servers may do."""
        with self.env.time_context():
            [given] = [
                each for each in await self.client.tree.fetch_commands() if each.name == command
            ]
        self.guild.set_command_permissions(given, {member: True})

    async def restart(self) -> None:
        """Start the bot anew; it remembers nothing but its store."""
        self.client = self.bot()
        await self.env.restart_bot(self.client)

    async def advance(self, by: timedelta) -> None:
        """Let time pass, and the bot post what came due."""
        self.clock.time += by
        await self.env.advance_time(by.total_seconds())
        await self.deliver()

    async def deliver(self) -> None:
        """Let the bot post what is due."""
        with self.env.time_context():
            await self.app.engine(self.client).dispatcher.run_due()


@asynccontextmanager
async def running(settings: Settings) -> AsyncGenerator[Server]:
    """Run the bot in a server with two members; errors it raises fail the test."""
    clock = ServerClock()
    async with opened(settings, clock=clock) as app:
        client = Waymark(app.services, sync_always=True, shard_count=1, sends_per_s=None)
        env = Env(client)
        await env.start()
        try:
            users = {name: env.create_user(name) for name in ("maya", "jonas", "olivia")}
            guild = env.create_guild("Test", owner=users["olivia"])
            channel = guild.create_text_channel("careers")
            members = [guild.add_member(user) for user in users.values()]
            await env.advance_time(max(0.0, (START - env.now()).total_seconds()))
            started = Server(env, app, clock, client, guild, channel, *members, users=users)
            yield started
            if not started.errors_expected:
                assert [*map(repr, own_errors(env))] == []
        finally:
            await env.shutdown()


def own_errors(env: Env) -> list[BaseException]:
    """What went wrong in the bot, without what members were told to mend."""
    return [each for each in env.errors if not isinstance(each.__cause__ or each, MemberError)]
