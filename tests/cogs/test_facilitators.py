"""Who may answer for a server: its managers, and members with the facilitators' role."""

import re
from typing import Any, Self

import discord
import pytest
from discord import ui

from bot.chat.cards import card
from bot.chat.components import LastingButton
from bot.chat.permissions import is_facilitator, require_facilitator
from tests.server import Server


class Probe(LastingButton, template=r"probe:v1:(?P<guild>\d+):(?P<role>\d+)"):
    """Says whether whoever presses it may answer for a server."""

    def __init__(self, guild_id: int, role_id: int) -> None:
        super().__init__(ui.Button(label="Ask", custom_id=f"probe:v1:{guild_id}:{role_id}"))
        self.guild_id = guild_id
        self.role_id = role_id or None

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        return cls(int(match["guild"]), int(match["role"]))

    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        await require_facilitator(interaction, self.guild_id, self.role_id)
        assert await is_facilitator(interaction, self.guild_id, self.role_id)
        await interaction.response.send_message("You may.", ephemeral=True)


async def asked(server: Server, who: Any, role_id: int | None, *, by_dm: bool = False) -> str:
    """What whoever presses is told, in the server or by direct message."""
    server.client.add_dynamic_items(Probe)
    place = who.dm_channel if by_dm else server.channel
    with server.env.time_context():
        channel: Any = await server.client.fetch_channel(place.id)
        button = Probe(server.guild.id, role_id or 0)
        message = await channel.send(view=card(heading="Test", body="Test", rows=[[button]]))
    result = await who.click(message, label="Ask")
    return result.response.content


@pytest.mark.parametrize("by_dm", [False, True], ids=["in the server", "by direct message"])
async def test_facilitators_have_the_role_or_manage_the_server(server: Server, by_dm: bool) -> None:
    mentors = server.guild.create_role("Mentors")
    mentor = server.env.create_user("mia")
    member = server.guild.add_member(mentor, roles=[mentors])
    everybody = {**server.users, "mia": mentor}
    actors = {"maya": server.maya, "olivia": server.olivia, "mia": member}

    async def answer(name: str, role_id: int | None) -> str:
        return await asked(server, everybody[name] if by_dm else actors[name], role_id, by_dm=by_dm)

    assert await answer("mia", mentors.id) == "You may."
    assert await answer("olivia", mentors.id) == "You may."
    assert await answer("olivia", None) == "You may."
    assert "Only facilitators" in await answer("maya", mentors.id)
    assert "Only facilitators" in await answer("mia", None)
    assert "Only facilitators" in await answer("maya", server.guild.id)


async def test_whoever_left_the_server_facilitates_no_more(server: Server) -> None:
    mentors = server.guild.create_role("Mentors")
    mentor = server.env.create_user("mia")
    member = server.guild.add_member(mentor, roles=[mentors])
    assert await asked(server, mentor, mentors.id, by_dm=True) == "You may."
    server.guild.remove_member(member)
    assert "Only facilitators" in await asked(server, mentor, mentors.id, by_dm=True)
