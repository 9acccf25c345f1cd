"""What members are told when something stands in the way."""

from typing import Any

import pytest
import simcord
from discord import app_commands

from bot.app import opened
from bot.chat.handling import explain
from bot.client import CogError, Waymark
from bot.config import Settings
from bot.errors import MemberError
from tests.cogs.reading import shown
from tests.server import Server


def bot_of(server: Server) -> Waymark:
    assert isinstance(server.env.bot, Waymark)
    return server.env.bot


async def test_a_stopping_bot_asks_to_try_again(server: Server) -> None:
    bot_of(server).in_flight.stopping = True
    answer = shown(await server.maya.slash(server.channel, "role list"))
    assert answer.ephemeral
    assert "try again in a minute" in answer.content


async def test_a_member_who_cannot_be_told_is_no_incident(server: Server) -> None:
    bot_of(server).in_flight.stopping = True
    server.env.inject_error("POST", "/interactions/*/callback", status=403, code=50001)
    result = await server.maya.slash(server.channel, "role list")
    assert result.response is None


async def test_autocomplete_that_fails_offers_nothing(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_typed: str) -> Any:
        raise MemoryError("no memory")

    server.errors_expected = True
    monkeypatch.setattr(server.app.services.careers.registry, "suggestions", fail)
    choices = await server.maya.autocomplete(server.channel, "role info", "role", "x")
    assert choices == []


def test_an_error_of_the_domain_is_its_own_text() -> None:
    assert explain(MemberError("Pick another one."), "abc") == "Pick another one."


def test_an_outdated_command_says_to_reload() -> None:
    gone = app_commands.CommandNotFound("old", [])
    assert "reload Discord" in explain(gone, "abc")


def test_a_missing_permission_says_whom_to_ask() -> None:
    missing = app_commands.MissingPermissions(["manage_guild"])
    assert "server manager" in explain(missing, "abc")


def test_anything_else_is_an_incident_that_the_log_has(caplog: pytest.LogCaptureFixture) -> None:
    told = explain(ZeroDivisionError("secret detail"), "abc123")
    assert "`abc123`" in told
    assert "secret detail" not in told


async def test_a_cog_that_fails_to_load_stops_the_start_with_its_name(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.client.cog_names", lambda: ["cogs.careers", "cogs.nowhere"])
    async with opened(Settings(data_dir=tmp_path)) as app:
        env = simcord.Env(Waymark(app.services, shard_count=1))
        with pytest.raises(CogError, match=r"cogs\.nowhere"):
            await env.start()
