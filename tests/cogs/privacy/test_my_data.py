"""`/my export` and `/my forget` as members use them, and what happens when they leave."""

import asyncio
import json
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from simcord import ResponseMessage

from bot.privacy.model import EVERYWHERE, NothingHeld, Scope
from bot.privacy.settings import RETENTION
from tests.bot.privacy.rows import dump
from tests.cogs.reading import inbox, labels, shown, text
from tests.server import Server

DAY = timedelta(days=1)


async def set_up(server: Server) -> None:
    """Maya has a setting, a reminder here and one by direct message, and rests from her streak."""
    given = {"setting": "zone", "value": "Berlin"}
    shown(await server.maya.slash(server.channel, "my settings", **given))
    for where, what in (("dm", "Call grandma"), ("here", "Read the law")):
        asked = {"when": "in 3 days", "what": what, "where": where}
        shown(await server.maya.slash(server.channel, "remind me", **asked))
    shown(await server.maya.slash(server.channel, "streak pause", days=3))
    shown(await server.jonas.slash(server.channel, "streak pause", days=3))


async def my(server: Server, command: str, **given: str) -> ResponseMessage:
    return shown(await server.maya.slash(server.channel, f"my {command}", **given))


async def holds(server: Server, member_id: int, scope: Scope = EVERYWHERE) -> bool:
    try:
        return bool(await server.app.services.privacy.held(member_id, scope))
    except NothingHeld:
        return False


async def unpacked(card: ResponseMessage) -> tuple[str, dict[str, object]]:
    (file,) = card.attachments
    with ZipFile(BytesIO(await file.read())) as archive:
        return archive.read("readme.txt").decode(), json.loads(archive.read("data.json"))["held"]


async def test_a_member_gets_everything_in_a_file_for_them_alone(server: Server) -> None:
    assert "nothing on you there" in text(await my(server, "export"))
    await set_up(server)
    card = await my(server, "export")
    assert card.ephemeral
    readme, held = await unpacked(card)
    assert "reminders.csv: Reminders." in readme
    assert {"reminders", "settings", "streak_pauses", "deliveries"} <= {*held}
    assert "Call grandma" in json.dumps(held)
    assert str(server.jonas.id) not in json.dumps(held)
    _readme, here = await unpacked(await my(server, "export", where="here"))
    assert "Read the law" in json.dumps(here)
    assert "Call grandma" not in json.dumps(here)


async def test_a_member_is_forgotten_after_being_asked_twice(server: Server) -> None:
    await set_up(server)
    card = await my(server, "forget")
    assert card.ephemeral
    assert "- Reminders: 1" in text(card)
    await server.restart()
    await server.maya.click(card.message, label="Everywhere instead")
    assert "- Reminders: 2" in text(card)
    assert labels(card) == ["Forget me…", "This server alone"]
    form = await server.maya.click(card.message, label="Forget me…")
    refused = shown(await server.maya.submit_modal(form, {"word": "hello"}))
    assert "Nothing was removed" in text(refused)
    form = await server.maya.click(card.message, label="Forget me…")
    receipt = shown(await server.maya.submit_modal(form, {"word": " Forget me "}))
    assert receipt.ephemeral
    assert "Receipt" in text(receipt)
    assert "- Reminders: 2" in text(receipt)
    assert "backups" in text(receipt)
    for rows in (await dump(server.app.database)).values():
        assert not [row for row in rows if str(server.maya.id) in row or "grandma" in row]
    assert await holds(server, server.jonas.id)
    await server.advance(4 * DAY)
    assert inbox(server.users["maya"]) == []
    assert server.channel.history() == []


async def test_a_manager_who_is_forgotten_leaves_the_servers_settings(server: Server) -> None:
    given = {"setting": "retention", "value": "30 days"}
    shown(await server.olivia.slash(server.channel, "settings", **given))
    card = shown(await server.olivia.slash(server.channel, "my forget", where="here"))
    assert "kept without your name" in text(card)
    form = await server.olivia.click(card.message, label="Forget me…")
    receipt = shown(await server.olivia.submit_modal(form, {"word": "forget me"}))
    assert "1 row stays" in text(receipt)
    assert await server.app.services.preferences.get(RETENTION, server.guild.id) == 30
    listed = shown(await server.olivia.slash(server.channel, "settings"))
    assert str(server.olivia.id) not in text(listed)


async def test_in_a_direct_message_there_is_no_server(server: Server) -> None:
    await set_up(server)
    refused = shown(await server.users["maya"].slash("my forget", where="here"))
    assert "Pick “Everywhere”" in text(refused)
    card = shown(await server.users["maya"].slash("my forget"))
    assert labels(card) == ["Forget me…"]


async def test_who_leaves_is_erased_after_90_days_unless_they_return(server: Server) -> None:
    leavings, here = server.app.services.leavings, Scope(server.guild.id)
    await set_up(server)
    for member in (server.maya, server.jonas):
        server.guild.remove_member(member)
        await leavings.left(server.guild.id, member.id)
    await server.advance(30 * DAY)
    back = server.guild.add_member(server.users["jonas"])
    shown(await back.slash(server.channel, "streak show"))
    await server.advance(61 * DAY)
    assert not await holds(server, server.maya.id, here)
    assert await holds(server, server.jonas.id, here)


async def test_leaving_is_noticed_without_the_members_intent(server: Server) -> None:
    await set_up(server)
    server.guild.remove_member(server.maya)
    with server.env.time_context():
        await server.app.services.leavings.look_around()
    assert await server.app.services.leavings.away(server.guild.id) == {server.maya.id}


async def test_a_server_that_removed_the_bot_is_erased_and_another_is_kept(
    server: Server,
) -> None:
    other = server.env.create_guild("Other", owner=server.users["olivia"])
    await set_up(server)
    maya = other.add_member(server.users["maya"])
    channel = other.create_text_channel("general")
    shown(await maya.slash(channel, "streak pause", days=3))
    gateway: Any = server.client
    removed = {"id": str(server.guild.id)}
    gateway._connection.parse_guild_delete({**removed, "unavailable": True})
    await server.env.advance_time(1)
    assert await server.app.services.leavings.away(server.guild.id) == frozenset()
    gateway._connection.parse_guild_delete(removed)
    while not await server.app.services.leavings.away(server.guild.id):
        await asyncio.sleep(0.01)
    await server.advance(31 * DAY)
    assert not await holds(server, server.maya.id, Scope(server.guild.id))
    assert not await holds(server, server.jonas.id, Scope(server.guild.id))
    assert await holds(server, server.maya.id, Scope(other.id))
    assert await holds(server, server.maya.id)
    await server.app.services.leavings.guilds_are({other.id})


async def test_events_of_the_members_intent_are_heard(server: Server) -> None:
    cog = server.client.get_cog("Comings")
    assert cog is not None
    assert {name for name, _ in cog.get_listeners()} >= {"on_raw_member_remove", "on_member_join"}
