"""A sandbox session: the page, switching what it shows, and a clean end."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import simcord
from simcord import ChannelHandle, Env, Preview, SetupError

from bot.app import FINISH_WITHIN_S, opened, stop_signals
from bot.client import Waymark
from bot.config import Settings
from bot.sandbox.terminal import say, typed_lines
from bot.sandbox.world import NoSuchPlace, World, build_world

FIRST_PLACE = "careers"
ANY_PORT = 0


async def run_sandbox(settings: Settings, show: str = FIRST_PLACE) -> None:
    """Run the bot on a simulated Discord until SIGINT or SIGTERM.

    `show` names the channel or thread that the page opens with, or "dm". Raises OperatorError.
    """
    say("Starting the sandbox: the real bot on a simulated Discord, without a token …")
    with stop_signals() as stop:
        async with opened(settings, database_url=settings.sandbox_database()) as app:
            client = Waymark(app.services, sync_always=True, shard_count=1, sends_per_s=None)
            async with simcord.run(client, check_errors=False) as env:
                world = await build_world(env)
                engine = app.engine(client)
                engine.start()
                await present(env, world, settings.sandbox_port, show, stop)
                await client.in_flight.finish(FINISH_WITHIN_S)
                await engine.stop(FINISH_WITHIN_S)
    say("The sandbox is closed. What you set up is kept for the next run; messages are not.")


async def present(env: Env, world: World, port: int, show: str, stop: asyncio.Event) -> None:
    """Serve the page until `stop`, one channel at a time, switched by typing its name."""
    channel = world.place(show)
    lines = typed_lines()
    while not stop.is_set():
        async with _page(env, world, channel, port) as page:
            _announce(page, world, channel)
            channel = await _next_place(world, lines, stop) or channel


@asynccontextmanager
async def _page(
    env: Env, world: World, channel: ChannelHandle, port: int
) -> AsyncGenerator[Preview]:
    """Serve the page on the port, or on any free one where it is taken."""

    def preview(at: int) -> Preview:
        viewers = world.viewers(channel)
        return env.preview(channel, viewers=viewers, layout="channel", port=at)

    page = preview(port)
    try:
        await page.__aenter__()
    except SetupError as error:
        if not isinstance(error.__cause__, OSError):
            raise
        say(f"Port {port} is taken, so the page is on another one.")
        page = preview(ANY_PORT)
        await page.__aenter__()
    try:
        yield page
    finally:
        await page.close()


def _announce(page: Preview, world: World, channel: ChannelHandle) -> None:
    name = "your direct messages" if channel.guild is None else f"#{channel.name}"
    say(
        f"\n  Open  {page.url}\n"
        f"  It shows {name}. Try: type /role info, pick a career, press Enter.\n"
        f"  To see another place, type its name here: {', '.join(world.places())}. "
        "Ctrl-C ends the sandbox.\n"
    )


async def _next_place(
    world: World, lines: asyncio.Queue[str], stop: asyncio.Event
) -> ChannelHandle | None:
    """Wait for a place to be typed, or for the end."""
    stopping = asyncio.create_task(stop.wait())
    try:
        while True:
            typed = asyncio.create_task(lines.get())
            await asyncio.wait({typed, stopping}, return_when=asyncio.FIRST_COMPLETED)
            if stop.is_set():
                typed.cancel()
                return None
            try:
                return world.place(typed.result())
            except NoSuchPlace as problem:
                say(str(problem))
    finally:
        stopping.cancel()
