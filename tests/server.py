"""The real bot on a simulated Discord, with one server."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import simcord
from simcord import ChannelHandle, Env, MemberActor

from bot.app import App, opened
from bot.client import Waymark
from bot.config import Settings


@dataclass
class Server:
    """A running bot, and two members of a server it is in.

    A test that provokes errors of the bot sets `errors_expected`, and checks them itself.
    """

    env: Env
    app: App
    channel: ChannelHandle
    maya: MemberActor
    jonas: MemberActor
    errors_expected: bool = False

    def bot(self) -> Waymark:
        """A fresh client over the same store, as after a restart."""
        return Waymark(self.app.services, shard_count=1)


@asynccontextmanager
async def running(settings: Settings) -> AsyncGenerator[Server]:
    """Run the bot in a server with two members; errors it raises fail the test."""
    async with opened(settings) as app:
        client = Waymark(app.services, sync_always=True, shard_count=1)
        env = Env(client)
        await env.start()
        try:
            guild = env.create_guild("Test")
            channel = guild.create_text_channel("careers")
            maya, jonas = (guild.add_member(env.create_user(name)) for name in ("maya", "jonas"))
            started = Server(env, app, channel, maya, jonas)
            yield started
            if not started.errors_expected:
                simcord.assert_no_errors(env)
        finally:
            await env.shutdown()
