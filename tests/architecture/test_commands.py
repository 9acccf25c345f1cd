"""The command tree as Discord will get it: within limits, described, and nowhere a surprise."""

import re
from collections.abc import Iterator
from typing import Any

import discord
from discord import app_commands

from bot.client import Waymark
from tests.server import Server

NAME = re.compile(r"^[-_'\w]{1,32}$")
MENUS = {discord.AppCommandType.user.value, discord.AppCommandType.message.value}
"""Menus of members and messages have no description, and names with spaces and capitals."""


def leaves(command: Any) -> Iterator[Any]:
    if isinstance(command, app_commands.Group):
        for child in command.commands:
            yield from leaves(child)
    else:
        yield command


def bot_of(server: Server) -> Waymark:
    assert isinstance(server.env.bot, Waymark)
    return server.env.bot


async def payloads(server: Server) -> list[dict[str, Any]]:
    tree: Any = bot_of(server).tree
    return [command.to_dict(tree) for command in tree.get_commands()]


def texts(part: dict[str, Any]) -> int:
    """Characters of names, descriptions and values, which Discord adds up for each command."""
    own = len(part["name"]) + len(part.get("description", "")) + len(str(part.get("value", "")))
    nested = [*part.get("options", []), *part.get("choices", [])]
    return own + sum(map(texts, nested))


def parts(part: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield part
    for option in part.get("options", []):
        yield from parts(option)


async def test_every_name_and_description_is_within_discords_limits(server: Server) -> None:
    given = await payloads(server)
    assert 0 < len(given) <= 100
    for command in given:
        if command.get("type", 1) in MENUS:
            assert 1 <= len(command["name"]) <= 32
            continue
        assert texts(command) <= 8000
        for part in parts(command):
            assert NAME.match(part["name"]), part["name"]
            assert part["name"] == part["name"].lower()
            assert 1 <= len(part["description"]) <= 100
            assert len(part.get("options", [])) <= 25


async def test_role_works_in_servers_direct_messages_and_as_a_users_app(server: Server) -> None:
    (role,) = [command for command in await payloads(server) if command["name"] == "role"]
    assert sorted(role["integration_types"]) == [0, 1]
    assert sorted(role["contexts"]) == [0, 1, 2]


async def test_no_privileged_intent_is_asked_for_and_nothing_pings(server: Server) -> None:
    bot = server.env.bot
    privileged = (bot.intents.members, bot.intents.presences, bot.intents.message_content)
    assert not any(privileged)
    assert bot.allowed_mentions is not None
    assert bot.allowed_mentions.to_dict() == discord.AllowedMentions.none().to_dict()


async def test_every_lasting_component_is_registered_and_versioned(server: Server) -> None:
    registered: list[Any] = bot_of(server)._lasting  # pyright: ignore[reportPrivateUsage]
    assert len(registered) >= 5
    for component in registered:
        assert ":v1" in component.__discord_ui_compiled_template__.pattern
