from datetime import timedelta

import pytest

from tests.cogs import notes
from tests.cogs.reading import labels, options, shown, text
from tests.server import START, Server

OVERVIEW = "delivery:v1:open"


@pytest.fixture(autouse=True)
def _notes(server: Server) -> None:
    notes.install(server)


async def test_managers_see_what_is_next_and_what_failed(server: Server) -> None:
    gone = server.guild.create_text_channel("gone")
    await notes.plan(server, 5, gone.id, "x")
    await notes.plan(server, 60)
    notes.delete_channel(server, gone.id)
    await server.advance(timedelta(minutes=5))
    card = shown(await server.olivia.slash(server.channel, "deliveries show"))
    assert card.ephemeral
    assert f"Notes #1 · <t:{int((START + timedelta(minutes=5)).timestamp())}:R>" in text(card)
    assert "was deleted" in text(card)
    assert f"Notes #2 · <#{server.channel.id}>" in text(card)
    assert options(card) == ["Notes #1", "Notes #2", "Notices #3"][: len(options(card))]


async def test_what_failed_is_tried_again(server: Server) -> None:
    await notes.plan(server, 5)
    notes.delete_channel(server, server.channel.id, times=1)
    await server.advance(timedelta(minutes=5))
    offered = await server.olivia.autocomplete(server.channel, "deliveries retry", "number", "")
    assert [choice["value"] for choice in offered] == [1]
    card = shown(await server.olivia.slash(server.channel, "deliveries retry", number=1))
    assert "waiting" in text(card)
    await server.deliver()
    assert server.channel.last_message is not None
    assert "note 1" in text(server.channel.last_message)


async def test_what_is_planned_is_cancelled_from_its_card(server: Server) -> None:
    await notes.plan(server, 5)
    card = shown(await server.olivia.slash(server.channel, "deliveries show"))
    await server.olivia.select(card.message, ["1"], custom_id=OVERVIEW)
    assert labels(card) == ["Cancel it"]
    await server.olivia.click(card.message, label="Cancel it")
    assert "cancelled" in text(card)
    await server.advance(timedelta(minutes=6))
    assert server.channel.last_message is None
    again = shown(await server.olivia.slash(server.channel, "deliveries cancel", number=1))
    assert "nothing of that number" in text(again)


async def test_a_server_is_paused_until_a_date_and_undone(server: Server) -> None:
    await notes.plan(server, 5)
    card = shown(await server.olivia.slash(server.channel, "deliveries pause", until="in 3 days"))
    await server.advance(timedelta(minutes=6))
    assert server.channel.last_message is None
    await server.olivia.click(card.message, label="Undo")
    await server.deliver()
    assert server.channel.last_message is not None


async def test_a_pause_ends_by_itself_and_is_shown_until_then(server: Server) -> None:
    await notes.plan(server, 5)
    await server.olivia.slash(server.channel, "deliveries pause", until="in 3 hours")
    shown_then = shown(await server.olivia.slash(server.channel, "deliveries show"))
    assert "**Paused** until" in text(shown_then)
    await server.advance(timedelta(hours=1))
    assert server.channel.last_message is None
    await server.advance(timedelta(hours=2))
    assert server.channel.last_message is not None


async def test_a_pause_is_one_time_that_is_understood(server: Server) -> None:
    for until, says in (("every monday 9:00 UTC", "ends once"), ("whenever", "Try")):
        result = await server.olivia.slash(server.channel, "deliveries pause", until=until)
        assert says in text(shown(result))


async def test_it_can_be_resumed_by_command(server: Server) -> None:
    await notes.plan(server, 5)
    await server.olivia.slash(server.channel, "deliveries pause", until="in 3 days")
    await server.advance(timedelta(minutes=6))
    await server.olivia.slash(server.channel, "deliveries resume")
    await server.deliver()
    assert server.channel.last_message is not None


@pytest.mark.parametrize(
    ("command", "given"),
    [
        ("show", {}),
        ("retry", {"number": 1}),
        ("cancel", {"number": 1}),
        ("pause", {"until": "in 3 days"}),
        ("resume", {}),
    ],
)
async def test_members_are_refused(
    server: Server, command: str, given: dict[str, int | str]
) -> None:
    await server.allow(server.maya, "deliveries")
    await notes.plan(server, 5)
    refused = shown(await server.maya.slash(server.channel, f"deliveries {command}", **given))
    assert "Manage Server" in text(refused)
    await server.advance(timedelta(minutes=5))
    assert server.channel.last_message is not None


async def test_another_servers_deliveries_are_out_of_reach(server: Server) -> None:
    await notes.plan(server, 5)
    other = server.env.create_guild("Other", owner=server.users["olivia"])
    channel = other.create_text_channel("other")
    olivia = other.add_member(server.users["olivia"])
    refused = shown(await olivia.slash(channel, "deliveries cancel", number=1))
    assert "nothing of that number" in text(refused)
    listed = shown(await olivia.slash(channel, "deliveries show"))
    assert "Nothing is planned" in text(listed)
