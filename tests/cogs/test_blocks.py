"""`/block` as managers use it, and what a blocked member is told."""

from datetime import timedelta
from typing import Any

import discord
from simcord import ResponseMessage

from bot.blocks.model import MAX_REASON, SHOWN_BLOCKS, Block, Page
from bot.celebrations import settings as celebrations
from bot.celebrations.model import Consent
from bot.chat.cards import card
from bot.checkins.settings import HELP_CHANNEL, NUDGE_AFTER
from bot.members.settings import ZONE
from cogs.blocks import list_card
from cogs.celebrations.offer import Act, OfferButton
from tests.cogs.limits import check, text_of
from tests.cogs.reading import inbox, labels, shown, text
from tests.server import START, Server

HOUR = timedelta(hours=1)


async def block(server: Server, command: str, **given: object) -> ResponseMessage:
    return shown(await server.olivia.slash(server.channel, f"block {command}", **given))


async def test_a_blocked_member_is_refused_but_keeps_their_rights(server: Server) -> None:
    maya = server.maya
    asked = shown(await server.maya.slash(server.channel, "my forget"))
    about = {"role": "ai-red-team-engineer"}
    career = shown(await server.maya.slash(server.channel, "role info", **about))
    assert "Nobody is blocked" in text(await block(server, "list"))
    done = await block(server, "add", member=maya, reason="Spam @everyone")
    assert done.ephemeral
    for _ in range(2):
        refused = shown(await server.maya.slash(server.channel, "role list"))
        assert refused.ephemeral
        assert "have blocked you" in refused.content
        await server.restart()
    pressed = await server.maya.click(career.message, label="Roadmap")
    assert "have blocked you" in shown(pressed).content
    for command in ("my export", "my forget"):
        answer = shown(await server.maya.slash(server.channel, command))
        assert "have blocked you" not in (answer.content or text(answer))
    assert asked.ephemeral
    assert "role" not in shown(await server.jonas.slash(server.channel, "role list")).content
    assert f"<@{server.maya.id}>" in text(await block(server, "list"))
    await block(server, "remove", member=maya)
    again = shown(await server.maya.slash(server.channel, "role list"))
    assert "have blocked you" not in (again.content or "")


async def test_managers_alone_block_and_none_of_them_is_blocked(server: Server) -> None:
    await server.allow(server.maya, "block")
    given = {"member": server.jonas}
    refused = shown(await server.maya.slash(server.channel, "block add", **given))
    assert "Manage Server" in refused.content
    own = await block(server, "add", member=server.olivia)
    assert "can't block yourself" in own.content
    gone = await block(server, "remove", member=server.jonas)
    assert "no such block" in gone.content


async def test_a_manager_who_was_blocked_before_isnt_kept_out(server: Server) -> None:
    await block(server, "add", member=server.jonas)
    lead = server.guild.create_role("Lead", permissions=discord.Permissions(manage_guild=True))
    server.env.backend.add_member_role(server.guild.id, server.jonas.id, lead.id)
    lifted = shown(await server.jonas.slash(server.channel, "block remove", member=server.jonas))
    assert "can use me here again" in lifted.content


async def test_the_list_turns_its_pages_for_managers(server: Server) -> None:
    blocks, olivia = server.app.services.blocks, server.olivia.id
    for member in range(1, SHOWN_BLOCKS + 2):
        await blocks.add(server.guild.id, member, None, olivia)
    listed = await block(server, "list")
    assert "<@1>" not in text(listed)
    await server.olivia.click(listed.message, label="Older")
    assert "<@1>" in text(listed)
    assert labels(listed) == ["Newer"]


def test_a_page_fits_and_says_who_isnt_known_any_more() -> None:
    full = Block(1, 1, 2**63, "*" * MAX_REASON, 2**63, START)
    view = list_card(Page([full] * SHOWN_BLOCKS, 1, 3))
    check(view)
    said = text_of(view)
    assert said.count(f"<@{2**63}>") == SHOWN_BLOCKS
    assert "had me forget" not in said
    unnamed = text_of(list_card(Page([Block(1, 1, None, None, None, START)], 0, 1)))
    assert "somebody whose name I don't keep any more" in unnamed
    assert "`/block remove`" in unnamed


async def with_all_that_speaks(server: Server) -> discord.Message:
    """Let things be planned that speak for Maya here; return her check-in, by direct message."""
    preferences, maya, guild = server.app.services.preferences, server.maya, server.guild.id
    for setting, owner, value in (
        (ZONE, maya.id, "UTC"),
        (NUDGE_AFTER, maya.id, 2),
        (HELP_CHANNEL, guild, server.channel.id),
        (celebrations.CHANNEL, guild, server.channel.id),
    ):
        given: Any = setting
        await preferences.set(given, owner, value, by=server.olivia.id)
    every = {"when": "every day at 12:30 UTC", "what": "buy this", "where": "here"}
    await maya.slash(server.channel, "remind me", **every)
    await maya.slash(server.channel, "checkin setup", time="13:00")
    await server.advance(HOUR)
    [asked] = inbox(server.users["maya"])
    await server.users["maya"].click(asked, label="Stuck")
    form = await server.users["maya"].click(inbox(server.users["maya"])[0], label="Ask for help…")
    await server.users["maya"].submit_modal(form, {"help": "Buy this"})
    for title, consent in (("Learn SQL", Consent.ASK), ("Learn R", Consent.ALWAYS)):
        await preferences.set(celebrations.GOALS, maya.id, consent, by=maya.id)
        await maya.slash(server.channel, "milestone add", title=title, kind="goal")
        await maya.slash(server.channel, "milestone done", milestone=title)
        server.clock.time += timedelta(seconds=1)
    return inbox(server.users["maya"])[0]


async def test_a_blocked_member_doesnt_speak_here_by_other_ways(server: Server) -> None:
    letter = await with_all_that_speaks(server)
    maya, at = server.users["maya"], server.clock.time - timedelta(seconds=2)
    before = [each.id for each in server.channel.history()]
    assert len(before) == 1
    await server.app.services.blocks.add(server.guild.id, maya.id, None, server.olivia.id)
    assert "have blocked you" in shown(await maya.click(letter, label="Undo")).content
    button = OfferButton(Act.ANNOUNCE, server.guild.id, at, maya.id)
    with server.env.time_context():
        channel: Any = await server.client.fetch_channel(maya.dm_channel.id)
        offer = await channel.send(view=card(heading="A", body="A", rows=[[button]]))
    pressed = await maya.click(offer, custom_id=button.custom_id)
    assert "have blocked you" in shown(pressed).content
    await server.advance(timedelta(minutes=11))
    await server.advance(timedelta(days=1))
    assert [each.id for each in server.channel.history()] == before
    assert [each.id for each in inbox(maya)] == [letter.id, offer.id]
