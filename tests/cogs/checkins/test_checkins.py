from datetime import timedelta
from typing import Any

import discord
from discord.ui import LayoutView, TextDisplay
from simcord import MemberActor, ResponseMessage

from bot.chat.limits import MAX_CARD_TEXT, cost
from bot.checkins.group import Reply, Round, Said, WrapUp
from bot.checkins.model import Answer, DayState
from cogs.checkins.round_card import own_card, wrap_card
from tests.cogs.reading import inbox, labels, shown, text
from tests.server import START, Server

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


async def manage(server: Server, command: str, **given: Any) -> ResponseMessage:
    return shown(await server.olivia.slash(server.channel, f"checkins {command}", **given))


async def set_up(server: Server, **given: Any) -> ResponseMessage:
    """Let Olivia set up check-ins at 13:00 UTC, an hour from the start, open for two hours."""
    return await manage(server, "setup", **{"time": "13:00", "zone": "UTC", "hours": 2} | given)


def posted(server: Server) -> list[discord.Message]:
    """What the bot has posted in the channel, oldest first."""
    return [
        each
        for each in server.channel.history()
        if each.author == server.client.user and each.type is discord.MessageType.default
    ]


def thread_of(server: Server) -> discord.Thread:
    channel = server.client.get_channel(server.channel.id)
    assert isinstance(channel, discord.TextChannel)
    [thread] = channel.threads
    return thread


async def reply(member: MemberActor, message: discord.Message, **said: str) -> ResponseMessage:
    form = await member.click(message, label="Reply")
    typed = {"wins": "", "plans": "", "blockers": ""} | said
    return shown(await member.submit_modal(form, typed))


async def in_thread(server: Server) -> list[str]:
    """What the messages in the thread say, oldest first."""
    with server.env.time_context():
        found = [each async for each in thread_of(server).history(oldest_first=True)]
    return [text(each) for each in found if each.type is discord.MessageType.default]


async def test_members_reply_in_a_thread_and_the_wrap_up_is_edited_for_who_is_late(
    server: Server,
) -> None:
    card = await set_up(server)
    assert "every day at 13:00" in text(card)
    assert "open for 2 hours" in text(card)
    await server.advance(HOUR)
    (asked,) = posted(server)
    assert labels(asked) == ["Reply", "On track", "Call me"]
    own = await reply(server.maya, asked, wins="The @everyone chapter", blockers="My <@1> laptop")
    assert own.ephemeral
    assert "It is shown in the thread." in text(own)
    await server.deliver()
    await server.deliver()
    await server.restart()
    fine = shown(await server.jonas.click(asked, label="On track"))
    assert labels(fine) == ["Change", "Undo"]
    await server.deliver()
    replies = await in_thread(server)
    assert len(replies) == 2
    assert "The \\@everyone chapter" in replies[0]
    assert "On track." in replies[1]
    own = await reply(server.maya, asked, wins="Chapter two", blockers="My laptop")
    await server.deliver()
    assert "Chapter two" in (await in_thread(server))[0]
    await server.advance(2 * HOUR)
    wrap = posted(server)[1]
    assert f"2 replied: <@{server.maya.id}>, <@{server.jonas.id}>" in text(wrap)
    assert f"- <@{server.maya.id}>: My laptop" in text(wrap)
    assert not server.env.backend.get_message(server.channel.id, wrap.id).ping_user_ids
    late = await reply(server.olivia, asked, wins="Better late")
    assert "yours came late" in text(late)
    await server.deliver()
    assert f"<@{server.olivia.id}> (late)" in text(posted(server)[1])
    assert "Better late" in text(posted(server)[1])
    await server.olivia.click(late.message, label="Undo")
    await server.deliver()
    assert str(server.olivia.id) not in text(posted(server)[1])
    assert len(await in_thread(server)) == 2
    assert "2 replies" in text(await manage(server, "status"))
    await server.advance(3 * DAY)
    refused = shown(await server.maya.click(asked, label="Reply"))
    assert "That check-in is over" in text(refused)


async def test_who_wants_it_is_called_by_direct_message(server: Server) -> None:
    card = await set_up(server, mode="mornings")
    assert "open for 24 hours · who wants it is called in their own morning" in text(card)
    await manage(server, "change", mode="window", hours=2)
    await server.advance(HOUR)
    (asked,) = posted(server)
    kept = shown(await server.maya.click(asked, label="Call me"))
    assert "shortly before it closes" in text(kept)
    await server.advance(HOUR)
    (call,) = inbox(server.users["maya"])
    assert labels(call) == ["Reply there"]
    await server.maya.click(kept.message, label="Undo")
    await server.advance(DAY)
    assert len(inbox(server.users["maya"])) == 1


async def test_a_full_wrap_up_fits_its_card(server: Server) -> None:
    found = Round(1, 1, server.guild.id, START.date(), DayState.ASKED, None, 1, 2, 3)
    said = Said("*" * 500, "*" * 500, "*" * 500)
    replies = tuple(
        Reply(n, 1, 2, 10**19 + n, Answer.STUCK, said, late=True, replied_at=START)
        for n in range(60)
    )
    view = wrap_card(WrapUp(found, replies))
    assert sum(map(cost, texts_of(view))) <= MAX_CARD_TEXT
    assert "40 more" in texts_of(view)[1]
    assert "### In the way" in texts_of(view)[1]
    assert sum(map(cost, texts_of(own_card(found, replies[0])))) <= MAX_CARD_TEXT


def texts_of(view: LayoutView) -> list[str]:
    return [each.content for each in view.walk_children() if isinstance(each, TextDisplay)]


async def test_nobody_is_named_where_nobody_replied(server: Server) -> None:
    await set_up(server)
    await server.advance(HOUR)
    await server.advance(2 * HOUR)
    assert "No replies this time. The next one comes" in text(posted(server)[1])
    await manage(server, "pause")
    await server.advance(DAY)
    assert len(posted(server)) == 2
    await manage(server, "resume")
    await server.advance(DAY)
    assert len(posted(server)) == 3


async def test_a_thread_that_a_moderator_deleted_is_let_be(server: Server) -> None:
    await set_up(server)
    await server.advance(HOUR)
    (asked,) = posted(server)
    await reply(server.maya, asked, wins="One")
    await server.deliver()
    await server.deliver()
    with server.env.time_context():
        await thread_of(server).delete()
    await reply(server.jonas, asked, wins="Two")
    await reply(server.maya, asked, wins="One, but better")
    await server.deliver()
    own = await reply(server.jonas, asked, wins="Two, but better")
    assert "shown in the wrap-up" in text(own)
    await server.advance(2 * HOUR)
    assert "One, but better" in text(posted(server)[1])
    assert "Two, but better" in text(posted(server)[1])
    assert "no thread: The channel or thread was deleted." in text(await manage(server, "status"))


async def test_without_the_permission_replies_show_in_the_wrap_up(server: Server) -> None:
    await set_up(server)
    await server.advance(HOUR)
    (asked,) = posted(server)
    path = f"/channels/{server.channel.id}/messages/{asked.id}/threads"
    server.env.inject_error("POST", path, status=403, code=50013, times=None)
    await reply(server.maya, asked, wins="One")
    await server.deliver()
    own = await reply(server.maya, asked, wins="One more")
    assert "shown in the wrap-up" in text(own)
    await server.advance(2 * HOUR)
    assert "One more" in text(posted(server)[1])


async def test_it_is_changed_removed_and_brought_back_by_managers_alone(server: Server) -> None:
    await server.allow(server.maya, "checkins")
    refused = shown(await server.maya.slash(server.channel, "checkins status"))
    assert "Manage Server" in text(refused)
    assert "no check-ins in that channel" in text(await manage(server, "status"))
    assert "In which time zone?" in text(await manage(server, "setup", time="9:00"))
    await set_up(server)
    assert "has check-ins" in text(await set_up(server))
    other = server.guild.create_text_channel("other")
    card = await set_up(server, channel=other, time="every weekday at 9 Berlin")
    await server.olivia.click(card.message, label="Undo")
    card = await manage(server, "change", weekdays="mon wed", hours=5)
    assert "every Monday and Wednesday at 13:00" in text(card)
    assert "open for 5 hours" in text(card)
    card = await manage(server, "change", time="14:00")
    assert "every Monday and Wednesday at 14:00" in text(card)
    card = await manage(server, "remove")
    assert "Removed" in text(card)
    await server.olivia.click(card.message, label="Undo")
    assert labels(card) == ["Pause", "Remove"]
    refused = shown(await server.olivia.slash(other, "checkins status", channel=other))
    assert "no check-ins" in text(refused)


async def test_a_late_round_of_today_says_so_and_an_older_one_is_left(server: Server) -> None:
    await set_up(server)
    await server.advance(4 * HOUR)
    (late,) = posted(server)
    assert "This was due" in text(late)
    await server.advance(2 * HOUR)
    await server.advance(timedelta(days=1, hours=6, minutes=30))
    assert len(posted(server)) == 2
    assert "I came back too late" in text(await manage(server, "status"))
