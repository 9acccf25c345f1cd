"""The sandbox from within: switching what the page shows, and what stays between runs."""

import asyncio
import io
import os
import signal
import sys
from pathlib import Path

import aiohttp
import pytest
import simcord

from bot.app import opened
from bot.client import Waymark
from bot.config import Settings
from bot.sandbox import run_sandbox, session, terminal
from bot.sandbox.world import NoSuchPlace, World, build_world


async def world_of_a_run(settings: Settings) -> dict[str, int]:
    """Start the sandbox's server and return the ids in it."""
    async with opened(settings, database_url=settings.sandbox_database()) as app:
        env = simcord.Env(Waymark(app.services, sync_always=True, shard_count=1, sends_per_s=None))
        await env.start()
        world = await build_world(env)
        ids = {name: place.id for name, place in world.places().items()}
        ids |= {user.name: user.id for user in world.users} | {"guild": world.guild.id}
        await env.shutdown()
    return ids


async def test_server_users_and_channels_keep_their_ids_over_runs(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    first = await world_of_a_run(settings)
    assert first == await world_of_a_run(settings)
    assert {"careers", "general", "dm", "maya", "olivia"} <= first.keys()


async def test_its_calendar_is_moved_to_now(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    async with opened(settings, database_url=settings.sandbox_database()) as app:
        env = simcord.Env(Waymark(app.services, sync_always=True, shard_count=1, sends_per_s=None))
        await env.start()
        world = await build_world(env)
        message = world.place("careers").last_message
        assert message is not None
        assert abs((message.created_at - app.clock.now()).total_seconds()) < 60
        await env.shutdown()


async def test_the_page_is_switched_by_typing_a_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: asyncio.Queue[str] = asyncio.Queue()
    typed: asyncio.Queue[str] = asyncio.Queue()
    monkeypatch.setattr(session, "say", said.put_nowait)
    monkeypatch.setattr(session, "typed_lines", lambda: typed)
    monkeypatch.setattr(World, "viewers", _viewers_one_at_a_time)
    running = asyncio.create_task(run_sandbox(Settings(data_dir=tmp_path, sandbox_port=0)))
    async with asyncio.timeout(60):
        first = await _next_address(said, "#careers")
        typed.put_nowait("nowhere\n")
        while "no 'nowhere' here" not in await said.get():
            pass
        typed.put_nowait("#General\n")
        second = await _next_address(said, "#general")
        typed.put_nowait("dm\n")
        third = await _next_address(said, "direct messages")
        assert len({first, second, third}) == 3
        async with aiohttp.ClientSession() as http, http.get(third) as answer:
            assert answer.status == 200
        os.kill(os.getpid(), signal.SIGINT)
        await running


def _viewers_one_at_a_time(world: World, channel: simcord.ChannelHandle) -> tuple[object, ...]:
    return (world.users[0],) if channel.guild is None else (world.members[0],)


async def _next_address(said: asyncio.Queue[str], showing: str) -> str:
    while True:
        text = await said.get()
        if "Open  http" in text:
            assert showing in text
            return text.split()[1]


async def test_a_taken_port_gives_another_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: asyncio.Queue[str] = asyncio.Queue()
    monkeypatch.setattr(session, "say", said.put_nowait)
    server = await asyncio.start_server(lambda _r, _w: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    running = asyncio.create_task(run_sandbox(Settings(data_dir=tmp_path, sandbox_port=port)))
    async with asyncio.timeout(60), server:
        while "is taken" not in await said.get():
            pass
        address = await _next_address(said, "#careers")
        assert f":{port}/" not in address
        os.kill(os.getpid(), signal.SIGTERM)
        await running


async def test_an_unknown_place_to_show_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoSuchPlace, match="careers, general, dm"):
        await run_sandbox(Settings(data_dir=tmp_path, sandbox_port=0), show="attic")


async def test_typed_lines_arrive_and_nothing_is_read_without_a_terminal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr(sys, "stdin", Terminal("general\ndm\n"))
    lines = terminal.typed_lines()
    async with asyncio.timeout(5):
        assert [await lines.get(), await lines.get()] == ["general\n", "dm\n"]
    monkeypatch.setattr(sys, "stdin", io.StringIO("never\n"))
    assert terminal.typed_lines().empty()
