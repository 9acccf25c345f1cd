"""`/study` as members use it."""

from datetime import timedelta
from typing import Any

import discord
from simcord import MemberActor, ResponseMessage

from bot.study.model import State
from tests.cogs.reading import inbox, labels, shown, text, told
from tests.server import Server

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


async def study(server: Server, member: MemberActor, command: str, **given: Any) -> ResponseMessage:
    return shown(await member.slash(server.channel, f"study {command}", **given))


def cards(server: Server, channel: Any = None) -> list[discord.Message]:
    """What the bot has posted, oldest first."""
    return [
        each
        for each in (channel or server.channel).history()
        if each.author == server.client.user and each.type is discord.MessageType.default
    ]


async def newcomer(server: Server, name: str) -> MemberActor:
    server.users[name] = server.env.create_user(name)
    return server.guild.add_member(server.users[name])


async def test_from_making_a_group_to_moving_up_and_closing_it(server: Server) -> None:
    given = {"name": "Tues *@everyone*", "topic": "Red <@1> teams", "size": 2}
    made = await study(server, server.maya, "create", **given)
    assert made.ephemeral
    assert "Your group is there" in text(made)
    await server.deliver()
    await server.advance(MINUTE)
    (card,) = cards(server)
    assert "Tues \\*\\@everyone\\*" in text(card)
    assert "1 of 2 places taken" in text(card)
    assert card.pinned
    assert labels(card) == ["Join", "Leave"]
    joined = shown(await server.jonas.click(card, label="Join"))
    assert joined.ephemeral
    assert "You're in" in text(joined)
    await server.restart()
    waits = shown(await server.olivia.click(card, label="Join"))
    assert "You're the first." in text(waits)
    again = shown(await server.olivia.click(card, label="Join"))
    assert "You're the first." in text(again)
    await server.advance(MINUTE)
    (card,) = cards(server)
    assert "2 of 2 places taken · 1 waiting" in text(card)
    assert not server.env.backend.get_message(server.channel.id, card.id).ping_user_ids
    left = shown(await server.jonas.click(card, label="Leave"))
    assert labels(left) == ["Undo"]
    await server.advance(MINUTE)
    (news,) = inbox(server.users["olivia"])
    assert "There is a place for you." in text(news)
    back = shown(await server.jonas.click(left, label="Undo"))
    assert "You're the first." in text(back)
    closed = await study(server, server.maya, "close")
    assert "It goes on" in text(shown(await server.maya.click(closed, label="Undo")))
    await study(server, server.maya, "close")
    await server.advance(MINUTE)
    (card,) = cards(server)
    assert labels(card) == ["Open it again"]
    refused = shown(await server.jonas.click(card, label="Open it again"))
    assert "Only organisers" in text(refused)
    reopened = shown(await server.maya.click(card, label="Open it again"))
    assert "It goes on" in text(reopened)
    await server.advance(MINUTE)
    assert labels(cards(server)[0]) == ["Join", "Leave"]


async def test_a_deleted_card_is_made_again(server: Server) -> None:
    await study(server, server.maya, "create", name="Evenings")
    await server.deliver()
    (card,) = cards(server)
    with server.env.time_context():
        await card.delete()
    await server.advance(MINUTE)
    (again,) = cards(server)
    assert again.id != card.id
    await server.advance(MINUTE)
    assert "You're in" in text(shown(await server.jonas.click(again, label="Join")))


async def test_an_organiser_lets_in_who_asks_by_direct_message(server: Server) -> None:
    by_request = {"name": "Evenings", "joining": "request"}
    await study(server, server.maya, "create", **by_request)
    await server.deliver()
    (card,) = cards(server)
    assert labels(card) == ["Ask to join", "Leave"]
    asked = shown(await server.jonas.click(card, label="Ask to join"))
    assert "You have asked to join" in text(asked)
    await server.deliver()
    (request,) = inbox(server.users["maya"])
    assert f"<@{server.jonas.id}> asks to join." in text(request)
    done = shown(await server.users["maya"].click(request, label="Decline"))
    assert labels(done) == ["Let them in after all"]
    await server.restart()
    done = shown(await server.users["maya"].click(done, label="Let them in after all"))
    assert "They're in" in text(done)
    await server.advance(3 * MINUTE)
    (news,) = inbox(server.users["jonas"])
    assert "There is a place for you." in text(news)
    nora = await newcomer(server, "nora")
    await study(server, nora, "join", group="Evenings")
    refused = await study(server, server.jonas, "approve", group="Evenings")
    assert "Only organisers" in text(refused)
    pending = await study(server, server.olivia, "approve", group="evenings")  # who manages
    assert labels(pending) == ["1. Approve", "1. Decline"]
    assert "They're in" in text(shown(await server.olivia.click(pending, label="1. Approve")))


async def test_an_own_thread_goes_with_its_group(server: Server) -> None:
    made = await study(server, server.maya, "create", name="Deep dives", place="thread")
    channel = server.client.get_channel(server.channel.id)
    assert isinstance(channel, discord.TextChannel)
    (thread,) = channel.threads
    assert (thread.name, str(thread.id) in text(made)) == ("Deep dives", True)
    await server.advance(MINUTE)
    await server.advance(MINUTE)
    await server.maya.click(made, label="Undo")
    await server.advance(MINUTE)
    with server.env.time_context():
        found = await server.client.fetch_channel(thread.id)
        assert isinstance(found, discord.Thread)
        assert found.archived
        (card,) = [each async for each in found.history() if each.components]
    assert "closed" in text(card)
    taken = await study(server, server.maya, "create", name="Deep dives", place="thread")
    assert "Your group is there" in text(taken)
    await study(server, server.jonas, "create", name="deep dives", place="thread")
    assert len(channel.threads) <= 2  # none was left behind by who was refused


async def test_what_the_bot_lacks_is_said_at_once_and_the_group_is_made(server: Server) -> None:
    lacking = discord.PermissionOverwrite(
        create_public_threads=False, pin_messages=False, manage_messages=False
    )
    bare = server.guild.create_text_channel("bare", overwrites={server.guild.default_role: lacking})
    made = await study(server, server.maya, "create", name="Bare", place="thread", channel=bare)
    assert "Give me Create Public Threads" in text(made)
    assert "Give me Pin Messages" in text(made)
    await server.advance(MINUTE)
    await server.advance(MINUTE)
    (card,) = cards(server, bare)
    assert not card.pinned


async def test_finding_pages_and_joining(server: Server) -> None:
    for number in range(6):
        owner = await newcomer(server, f"member{number}")
        role = {"role": "ai-trust-safety-policy-specialist"} if number % 2 else {}
        await study(server, owner, "create", name=f"Group {number}", **role)
    found = await study(server, server.maya, "find")
    assert "6 groups · page 1 of 2" in text(found)
    more = shown(await server.maya.click(found, label="More"))
    assert labels(more) == ["Join Group 4", "Join Group 5", "Back"]
    assert "You're in" in text(shown(await server.maya.click(more, label="Join Group 5")))
    odd = await study(server, server.maya, "find", role="ai-trust-safety-policy-specialist")
    assert labels(odd) == ["Join Group 1", "Join Group 3", "Leave Group 5"]
    assert "Group 5" in text(await study(server, server.maya, "mine"))


async def test_who_is_asked_takes_over_and_the_dormant_are_asked(server: Server) -> None:
    nora = await newcomer(server, "nora")
    await study(server, nora, "create", name="Evenings")
    await study(server, server.maya, "join")
    services = server.app.services
    await services.leavings.left(server.guild.id, nora.id)
    await server.deliver()
    (offer,) = inbox(server.users["maya"])
    assert labels(offer) == ["Take it over", "No, thanks"]
    assert "Thank you!" in text(
        shown(await server.users["maya"].click(offer, label="Take it over"))
    )
    await server.advance(61 * DAY)
    await services.study.look_after()
    await server.deliver()
    asked = cards(server)[-1]
    assert labels(asked) == ["Still meeting", "Close it"]
    refused = told(await server.jonas.click(asked, label="Still meeting"))
    assert "You aren't in that group." in text(refused)
    await server.advance(15 * DAY)
    await services.study.look_after()
    (roll,) = [await services.study.get(server.guild.id, 1)]
    assert roll.group.state is State.ARCHIVED
    await server.advance(MINUTE)
    closed = shown(await server.maya.click(asked, label="Close it"))
    assert "It goes on" in text(shown(await server.maya.click(closed, label="Undo")))


async def test_a_group_in_a_hidden_channel_is_found_by_nobody_else(server: Server) -> None:
    unseen: dict[Any, discord.PermissionOverwrite] = {
        server.guild.default_role: discord.PermissionOverwrite(view_channel=False),
        server.client.user: discord.PermissionOverwrite(view_channel=True),
    }
    hidden = server.guild.create_text_channel("managers", overwrites=unseen)
    given = {"name": "Secret", "channel": hidden}
    assert "Your group is there" in text(await study(server, server.olivia, "create", **given))
    await study(server, server.olivia, "create", name="Open")
    found = text(await study(server, server.jonas, "find"))
    assert ("Open" in found, "Secret" in found) == (True, False)
    offered = await server.jonas.autocomplete(server.channel, "study join", "group", "")
    assert [each["name"] for each in offered] == ["Open"]
    for named in ("Secret", "1"):
        refused = await study(server, server.jonas, "join", group=named)
        assert "There is no such group here." in text(refused)
    assert "Secret" in text(await study(server, server.olivia, "find"))


async def test_a_blocked_organiser_lets_nobody_in_by_direct_message(server: Server) -> None:
    given = {"name": "By request", "joining": "request"}
    await study(server, server.maya, "create", **given)
    await study(server, server.jonas, "join", group="By request")
    await server.deliver()
    (asks,) = inbox(server.users["maya"])
    shown(await server.olivia.slash(server.channel, "block add", member=server.maya))
    refused = told(await server.users["maya"].click(asks, label="Approve"))
    assert "have blocked you" in text(refused)
