"""The composition root: settings in, a running Waymark out."""

import asyncio
import gc
import signal
from collections.abc import AsyncGenerator, Coroutine, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp
import discord
import structlog

from bot.assembly import Assembly
from bot.client import Waymark
from bot.clock import Clock, SystemClock
from bot.config import Settings, prepare_data_dir
from bot.delivery.engine import Engine
from bot.delivery.kinds import Kinds
from bot.delivery.planner import Planner
from bot.errors import OperatorError
from bot.services import Services
from bot.store.database import Database
from bot.store.migrate import upgrade
from bot.when import zone_index

FINISH_WITHIN_S = 10.0

log = structlog.stdlib.get_logger(__name__)


class ConnectError(OperatorError):
    """Discord can't be reached, or refuses the bot."""


@dataclass(frozen=True)
class App:
    """What is open while Waymark runs."""

    settings: Settings
    clock: Clock
    database: Database
    planner: Planner
    services: Services

    def engine(self, client: Waymark) -> Engine:
        """Return what posts, as this client, whatever is due; the caller starts and stops it."""
        engine = Engine(self.database, self.clock, self.planner, client.outbox)
        observers = (self.services.notices.observe, self.services.reminders.observe)
        engine.dispatcher.settlement.observers.extend(observers)
        engine.dispatcher.settlement.observers.append(self.services.daily.poster.observe)
        checkins = self.services.checkins
        engine.dispatcher.settlement.observers.append(checkins.asking.observe)
        engine.dispatcher.settlement.observers.append(checkins.groups.rounds.observe)
        engine.dispatcher.settlement.observers.append(self.services.celebrations.posts.observe)
        engine.dispatcher.settlement.observers.append(self.services.leavings.observe)
        phase_roles = self.services.phase_roles
        engine.dispatcher.settlement.observers.append(phase_roles.giving.observe)
        engine.dispatcher.settlement.observers.append(self.services.study.cards.observe)
        engine.each_hour(phase_roles.look_after, self.services.study.look_after)
        engine.each_hour(self.services.notices.forget_old, self.services.reminders.forget_old)
        engine.each_hour(self.services.faq.forget_old, self.services.questions.forget_old)
        engine.each_hour(self.services.daily.look_after, self.services.milestones.forget_old)
        engine.each_hour(self.services.leaderboards.look_after, self.services.attempts.forget_old)
        engine.each_hour(self.services.checkins.look_after, self.services.celebrations.look_after)
        engine.while_running(self.services.streaks.beat)
        engine.each_hour(self.services.leavings.look_around)
        engine.each_hour(self.services.practice.forget_old, self.services.interviews.forget_old)
        return engine


@asynccontextmanager
async def opened(
    settings: Settings, *, database_url: str | None = None, clock: Clock | None = None
) -> AsyncGenerator[App]:
    """Open the store at this version's schema and the content; close the store on leaving.

    Raises OperatorError for everything whoever runs the bot must mend.
    """
    clock = clock or SystemClock()
    prepare_data_dir(settings)
    database = Database(database_url or settings.database())
    try:
        await upgrade(database, clock)
        await asyncio.to_thread(zone_index.index)  # so that no member's first zone waits for it
        planner = Planner(clock, Kinds())
        services = Assembly(settings, database, planner, clock).services()
        yield App(settings, clock, database, planner, services)
    finally:
        await database.close()


async def run(settings: Settings) -> None:
    """Be the bot on Discord until SIGTERM or SIGINT. Raises OperatorError."""
    token = _token(settings)
    async with opened(settings) as app:
        client = client_of(app)
        with stop_signals() as stop:
            await _connected(client, app.engine(client), token, stop)


def client_of(app: App, *, sync_always: bool = False) -> Waymark:
    """Return the client, as the settings want it."""
    return Waymark(
        app.services,
        dev_guild=app.settings.dev_guild,
        sync_always=sync_always,
        members_intent=app.settings.members_intent,
    )


async def synced(settings: Settings) -> int:
    """Give Discord the commands without connecting; return their number. Raises OperatorError."""
    token = _token(settings)
    async with opened(settings) as app:
        client = client_of(app, sync_always=True)
        async with client:
            await _reaching_discord(client.login(token))
            return len(client.tree.get_commands())


def _token(settings: Settings) -> str:
    if settings.discord_token is None:
        raise ConnectError("DISCORD_TOKEN is not set. Put the bot's token into .env.")
    return settings.discord_token.get_secret_value()


async def _connected(client: Waymark, engine: Engine, token: str, stop: asyncio.Event) -> None:
    """Stay connected until told to stop, then finish what is under way and disconnect."""
    connection = asyncio.create_task(_reaching_discord(client.start(token)))
    stopping = asyncio.create_task(stop.wait())
    delivering = asyncio.create_task(_deliver_once_ready(client, engine))
    try:
        await asyncio.wait({connection, stopping}, return_when=asyncio.FIRST_COMPLETED)
        delivering.cancel()
        if stop.is_set():
            await shut_down(client, engine)
        await connection
    finally:
        stopping.cancel()
        await engine.stop(within_s=0)
        await client.close()


async def _deliver_once_ready(client: Waymark, engine: Engine) -> None:
    await client.was_ready.wait()
    # What has been loaded stays: collecting it again and again would hold the event loop.
    gc.collect()
    gc.freeze()
    engine.start()


async def shut_down(client: Waymark, engine: Engine) -> None:
    """Take no new work, finish what is under way (10 s at most), and leave Discord."""
    log.info("stopping: finishing what is under way")
    finished, _ = await asyncio.gather(
        client.in_flight.finish(FINISH_WITHIN_S), engine.stop(FINISH_WITHIN_S)
    )
    if not finished:
        log.warning("some interactions took too long and were dropped")
    await client.close()


async def _reaching_discord(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except discord.LoginFailure:
        raise ConnectError(
            "Discord refuses the token. Copy it again from the Bot page of your application in "
            "Discord's developer portal into DISCORD_TOKEN (in .env or the environment)."
        ) from None
    except discord.PrivilegedIntentsRequired:
        raise ConnectError(
            "Discord refuses the intents. Waymark needs no privileged ones: turn on the Server "
            "Members Intent on the Bot page, or leave WAYMARK_MEMBERS_INTENT out."
        ) from None
    except (aiohttp.ClientError, OSError, discord.GatewayNotFound) as error:
        raise ConnectError(
            f"Discord can't be reached ({type(error).__name__}). Check this machine's network, "
            "proxy and DNS, and https://discordstatus.com, then start Waymark again."
        ) from error


@contextmanager
def stop_signals() -> Generator[asyncio.Event]:
    """Turn SIGTERM and SIGINT into an event for as long as the context lasts."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def request(*_: object) -> None:
        loop.call_soon_threadsafe(stop.set)

    before = {number: signal.signal(number, request) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
