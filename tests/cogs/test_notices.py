from datetime import timedelta

import pytest

from bot.guilds.settings import NOTICE_CHANNEL
from tests.cogs import notes
from tests.cogs.reading import inbox, labels, options, shown, text
from tests.server import Server

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _notes(server: Server) -> None:
    notes.install(server)


async def test_a_deleted_channel_is_replaced_by_the_managers_button(server: Server) -> None:
    staff = server.guild.create_text_channel("staff")
    gone = server.guild.create_text_channel("gone")
    await server.app.services.preferences.set(NOTICE_CHANNEL, server.guild.id, staff.id, by=1)
    await notes.begin(server, gone.id)
    notes.delete_channel(server, gone.id)
    for _ in range(4):
        await server.advance(HOUR)
    (notice,) = staff.history()
    assert "was deleted" in text(notice)
    await server.restart()
    notes.install(server)
    menu = shown(await server.olivia.click(notice, label="Pick a channel"))
    assert "#careers" in options(menu)
    await server.olivia.select(menu.message, [str(server.channel.id)], custom_id="notice:v1:move:1")
    await server.deliver()
    posted = server.channel.history()
    assert len(posted) == 3
    await server.advance(HOUR)
    assert len(server.channel.history()) == 4
    assert len(staff.history()) == 1


async def test_members_cannot_use_a_managers_buttons(server: Server) -> None:
    staff = server.guild.create_text_channel("staff")
    await server.app.services.preferences.set(NOTICE_CHANNEL, server.guild.id, staff.id, by=1)
    await notes.plan(server, 5)
    notes.delete_channel(server, server.channel.id)
    await server.advance(timedelta(minutes=5))
    await server.deliver()
    (notice,) = staff.history()
    for label in labels(notice):
        refused = shown(await server.maya.click(notice, label=label))
        assert "Manage Server" in text(refused)


async def test_trying_again_that_works_is_said_once(server: Server) -> None:
    staff = server.guild.create_text_channel("staff")
    await server.app.services.preferences.set(NOTICE_CHANNEL, server.guild.id, staff.id, by=1)
    await notes.plan(server, 5)
    notes.delete_channel(server, server.channel.id, times=1)
    await server.advance(timedelta(minutes=5))
    await server.deliver()
    (notice,) = staff.history()
    tried = shown(await server.olivia.click(notice, label="Try again"))
    assert "trying 1 again" in text(tried)
    await server.deliver()
    await server.deliver()
    assert len(server.channel.history()) == 1
    _, recovery = staff.history()
    assert "works again" in text(recovery)
    late = shown(await server.olivia.click(notice, label="Try again"))
    assert "dealt with" in text(late)


async def test_without_a_notice_channel_who_configured_it_is_told(server: Server) -> None:
    await notes.plan(server, 5)
    notes.delete_channel(server, server.channel.id)
    await server.advance(timedelta(minutes=5))
    await server.deliver()
    (notice,) = inbox(server.users["jonas"])
    assert f"<#{server.channel.id}>" in text(notice)
    assert inbox(server.users["olivia"]) == []


async def test_the_owner_is_told_when_that_fails_too(server: Server) -> None:
    await notes.plan(server, 5)
    notes.delete_channel(server, server.channel.id)
    _close_dms(server, "jonas")
    await server.advance(timedelta(minutes=5))
    await server.deliver()
    assert len(inbox(server.users["olivia"])) == 1


async def test_else_a_manager_is_told_at_the_next_command(server: Server) -> None:
    await notes.plan(server, 5)
    notes.delete_channel(server, server.channel.id)
    _close_dms(server, "jonas")
    _close_dms(server, "olivia")
    await server.advance(timedelta(minutes=5))
    await server.deliver()
    asked = await server.maya.slash(server.channel, "remind list")
    assert asked.followups == []
    asked = await server.olivia.slash(server.channel, "remind list")
    (notice,) = asked.followups
    assert notice.ephemeral
    assert "was deleted" in text(notice)
    asked = await server.olivia.slash(server.channel, "remind list")
    assert asked.followups == []


async def test_a_member_is_told_at_their_next_command_what_never_reached_them(
    server: Server,
) -> None:
    server.env.inject_error("POST", "/channels/*/messages", status=403, code=50007, times=None)
    await server.maya.slash(server.channel, "remind me", when="in 5 minutes", what="call")
    await server.advance(timedelta(minutes=5))
    await server.deliver()
    asked = await server.jonas.slash(server.channel, "remind list")
    assert asked.followups == []
    asked = await server.maya.slash(server.channel, "remind list")
    (notice,) = asked.followups
    assert "couldn't reach you" in text(notice)
    asked = await server.maya.slash(server.channel, "remind list")
    assert asked.followups == []


def _close_dms(server: Server, name: str) -> None:
    path = f"/channels/{server.users[name].dm_channel.id}/messages"
    server.env.inject_error("POST", path, status=403, code=50007, times=None)


async def test_a_notice_that_was_told_at_a_command_is_not_posted_as_well(server: Server) -> None:
    await notes.plan(server, 5)
    notes.delete_channel(server, server.channel.id)
    await server.advance(timedelta(minutes=5))
    asked = await server.olivia.slash(server.channel, "remind list")
    await server.deliver()
    told_by_dm = inbox(server.users["jonas"])
    assert len(asked.followups) + len(told_by_dm) == 1


async def test_notices_are_forgotten_long_after_they_were_closed(server: Server) -> None:
    await notes.plan(server, 5)
    notes.delete_channel(server, server.channel.id, times=1)
    await server.advance(timedelta(minutes=5))
    notices = server.app.services.notices
    await server.olivia.slash(server.channel, "deliveries retry", number=1)
    await server.deliver()
    server.clock.time += timedelta(days=89)
    await notices.forget_old()
    assert await notices.get(1) is not None
    server.clock.time += timedelta(days=2)
    await notices.forget_old()
    assert await notices.get(1) is None


async def test_buttons_in_a_direct_message_ask_who_may_manage_the_server(server: Server) -> None:
    await notes.plan(server, 5)
    notes.delete_channel(server, server.channel.id, times=1)
    await server.advance(timedelta(minutes=5))
    await server.deliver()
    (notice,) = inbox(server.users["jonas"])
    refused = shown(await server.users["jonas"].click(notice, label="Try again"))
    assert "Manage Server" in text(refused)
    await server.deliver()
    assert server.channel.last_message is None


async def test_the_owner_mends_it_from_a_direct_message(server: Server) -> None:
    await notes.plan(server, 5)
    notes.delete_channel(server, server.channel.id, times=1)
    _close_dms(server, "jonas")
    await server.advance(timedelta(minutes=5))
    await server.deliver()
    (notice,) = inbox(server.users["olivia"])
    await server.users["olivia"].click(notice, label="Try again")
    await server.deliver()
    assert server.channel.last_message is not None
