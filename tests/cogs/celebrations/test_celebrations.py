"""What members finish, announced as they allow, as a server sees it."""

import json
from datetime import timedelta
from typing import Any

import discord
from simcord import ResponseMessage

from bot.celebrations import settings, store
from bot.celebrations.model import Announcement, Batch, Consent, Occasion, Post, State, Told
from bot.chat.cards import card
from bot.chat.outbox import marks
from bot.journeys.service import Way
from bot.members.settings import ZONE
from bot.privacy.model import EVERYWHERE
from bot.settings.model import Setting
from cogs.celebrations.offer import Act, OfferButton, offer_card
from cogs.celebrations.post_card import TakeOffButton, post_card
from cogs.celebrations.words import MOST_TOLD
from tests.bot.milestones.samples import HOSTILE
from tests.cogs.limits import check
from tests.cogs.reading import inbox, labels, shown, text, told
from tests.server import START, Server

MINUTE = timedelta(minutes=1)


async def choose(server: Server, setting: Setting[Any], value: Any, owner: int) -> None:
    await server.app.services.preferences.set(setting, owner, value, by=server.olivia.id)


async def celebrating(server: Server, consent: Consent = Consent.ASK) -> None:
    """Let the server have a channel for celebrations, and Maya say what she wants of goals."""
    await choose(server, settings.CHANNEL, server.channel.id, server.guild.id)
    await choose(server, settings.GOALS, consent, server.maya.id)


async def finished(server: Server, title: str = "Learn SQL", kind: str = "goal") -> Any:
    """Let Maya finish something; return how she was answered."""
    await server.maya.slash(server.channel, "milestone add", title=title, kind=kind)
    return await server.maya.slash(server.channel, "milestone done", milestone=title)


def posts(server: Server) -> list[discord.Message]:
    return [each for each in server.channel.history() if "celebrate" in text(each)]


def sent_to(server: Server) -> str:
    """The last message that was sent to the channel, as Discord gets it."""
    path = f"/channels/{server.channel.id}/messages"
    requests = server.env.http_requests
    return json.dumps([each.json for each in requests if each.path.endswith(path)][-1])


async def test_a_goal_is_offered_announced_congratulated_and_taken_off(server: Server) -> None:
    await celebrating(server)
    offered = told(await finished(server))
    assert offered.ephemeral
    assert f"Shall I announce it in <#{server.channel.id}>?" in text(offered)
    assert labels(offered) == ["Announce it"]
    await server.restart()
    await server.maya.click(offered.message, label="Announce it")
    when = int((START + 10 * MINUTE).timestamp())
    assert f"I announce it at <t:{when}:t> in <#{server.channel.id}>." in text(offered)
    await server.advance(9 * MINUTE)
    assert posts(server) == []
    await server.advance(1 * MINUTE)
    [post] = posts(server)
    assert f"<@{server.maya.id}>" in text(post)
    assert "Reached a goal: **Learn SQL**" in text(post)
    assert '"allowed_mentions": {"parse": []}' in sent_to(server)
    await server.restart()
    await server.jonas.click(post, label="Congratulate")
    await server.olivia.click(posts(server)[0], label="Congratulate (1)")
    assert labels(posts(server)[0]) == ["Congratulate (2)"]
    assert "Reached a goal: **Learn SQL**" in text(posts(server)[0])
    await server.jonas.click(posts(server)[0], label="Congratulate (2)")
    assert labels(posts(server)[0]) == ["Congratulate (1)"]
    own = told(await server.maya.click(posts(server)[0], label="Congratulate (1)"))
    assert own.ephemeral
    assert "enjoy it" in text(own)
    assert labels(posts(server)[0]) == ["Congratulate (1)"]
    await server.maya.click(own.message, label="Take it off")
    assert "Taken off" in text(own)
    await server.advance(MINUTE)
    assert posts(server) == []


async def test_what_is_always_announced_says_so_and_is_undone(server: Server) -> None:
    await celebrating(server, Consent.ALWAYS)
    offered = told(await finished(server))
    assert labels(offered) == ["Undo"]
    await server.maya.click(offered.message, label="Undo")
    assert labels(offered) == ["Announce it"]
    await server.advance(15 * MINUTE)
    assert posts(server) == []


async def test_an_offer_stays_private(server: Server) -> None:
    await celebrating(server, Consent.ALWAYS)
    answer = await finished(server, "Acme", "offer")
    assert answer.followups == []
    await server.advance(15 * MINUTE)
    assert posts(server) == []


async def test_what_another_member_finished_is_theirs_to_announce(server: Server) -> None:
    await celebrating(server)
    await finished(server)
    whose = server.guild.id, server.clock.time, server.maya.id
    buttons = [OfferButton(Act.ANNOUNCE, *whose), OfferButton(Act.UNDO, *whose)]
    buttons_of_hers = [*buttons, TakeOffButton(1, server.maya.id)]
    channel: Any = server.client.get_channel(server.channel.id)
    with server.env.time_context():
        message = await channel.send(view=card(heading="A", body="A", rows=[buttons_of_hers]))
    for button in buttons_of_hers:
        refused = shown(await server.jonas.click(message, custom_id=button.custom_id))
        assert "somebody else's" in text(refused)
    await server.advance(15 * MINUTE)
    assert posts(server) == []


async def test_a_phase_that_is_ticked_in_a_direct_message_is_offered_there(server: Server) -> None:
    await celebrating(server)
    services, maya = server.app.services, server.users["maya"]
    journey = await services.journeys.begin(
        server.guild.id, server.maya.id, Way("trust-safety-analyst")
    )
    await services.preferences.set(ZONE, maya.id, "UTC", by=maya.id)
    await server.maya.slash(server.channel, "checkin setup", time="13:00")
    await server.advance(timedelta(hours=1))
    [letter] = inbox(maya)
    form = await maya.click(letter, label="Done something")
    ids = [str(task.id) for task in journey.phases[0].tasks]
    offered = told(await maya.submit_modal(form, {"tasks": ids, "q0": ""}))
    assert "Finished a phase on the way to Trust" in text(offered)
    await maya.click(offered.message, label="Announce it")
    await server.advance(10 * MINUTE)
    [post] = posts(server)
    assert journey.phases[0].title in text(post)


async def test_part_of_a_post_is_taken_off_when_it_is_opened_again(server: Server) -> None:
    await celebrating(server, Consent.ALWAYS)
    await finished(server)
    await finished(server, "Learn R")
    await server.advance(10 * MINUTE)
    [post] = posts(server)
    await server.jonas.click(post, label="Congratulate")
    await server.maya.slash(server.channel, "milestone undo", milestone="Learn SQL")
    await server.advance(MINUTE)
    [post] = posts(server)
    assert "Learn R" in text(post)
    assert "Learn SQL" not in text(post)
    assert labels(post) == ["Congratulate (1)"]


async def test_a_press_shows_the_post_as_it_is_by_now_and_keeps_its_mark(server: Server) -> None:
    await celebrating(server, Consent.ALWAYS)
    await finished(server)
    await finished(server, "Learn R")
    await server.advance(10 * MINUTE)
    [post] = posts(server)
    mark = marks(post)
    await server.maya.slash(server.channel, "milestone undo", milestone="Learn SQL")
    await server.jonas.click(post, label="Congratulate")
    [post] = posts(server)
    assert "Learn SQL" not in text(post)
    assert (labels(post), marks(post)) == (["Congratulate (1)"], mark)


async def test_a_post_whose_message_was_not_known_is_taken_off_by_its_member(
    server: Server,
) -> None:
    await celebrating(server, Consent.ALWAYS)
    await finished(server)
    await server.advance(10 * MINUTE)
    async with server.app.database.writing() as session:
        lost = {"channel_id": None, "message_id": None}
        await store.change_post(session, 1, **lost)
    own = told(await server.maya.click(posts(server)[0], label="Congratulate"))
    await server.maya.click(own.message, label="Take it off")
    await server.advance(MINUTE)
    assert posts(server) == []


async def test_picking_another_channel_moves_celebrations_there(server: Server) -> None:
    await celebrating(server, Consent.ALWAYS)
    await finished(server)
    path = f"/channels/{server.channel.id}/messages"
    server.env.inject_error("POST", path, status=404, code=10003)
    await server.advance(10 * MINUTE)
    await server.deliver()
    elsewhere = server.guild.create_text_channel("party")
    olivia = server.users["olivia"]
    [letter] = olivia.dm_channel.history()
    menu = shown(await olivia.click(letter, label="Pick a channel"))
    await olivia.select(menu.message, [str(elsewhere.id)], custom_id="notice:v1:move:1")
    await server.deliver()
    await finished(server, "Learn R")
    await server.advance(10 * MINUTE)
    first, second = (text(each) for each in elsewhere.history() if "celebrate" in text(each))
    assert ("Learn SQL" in first, "Learn R" in second) == (True, True)


async def test_who_has_left_is_not_celebrated(server: Server) -> None:
    await celebrating(server, Consent.ALWAYS)
    await finished(server)
    server.env.inject_error(
        "GET", f"/guilds/{server.guild.id}/members/{server.maya.id}", status=404, code=10007
    )
    await server.advance(10 * MINUTE)
    assert posts(server) == []


async def test_managers_are_told_when_the_channel_is_gone(server: Server) -> None:
    await celebrating(server, Consent.ALWAYS)
    await finished(server)
    path = f"/channels/{server.channel.id}/messages"
    server.env.inject_error("POST", path, status=404, code=10003)
    await server.advance(10 * MINUTE)
    await server.deliver()
    [letter] = server.users["olivia"].dm_channel.history()
    assert f"I can't post in <#{server.channel.id}>" in text(letter)


async def test_forgetting_leaves_nothing_to_congratulate(server: Server) -> None:
    await celebrating(server, Consent.ALWAYS)
    await finished(server)
    await server.advance(10 * MINUTE)
    await server.jonas.click(posts(server)[0], label="Congratulate")
    await server.app.services.privacy.forget(server.maya.id, EVERYWHERE)
    refused: ResponseMessage = told(
        await server.olivia.click(posts(server)[0], label="Congratulate (1)")
    )
    assert "taken back" in text(refused)


def test_cards_keep_discords_limits_whatever_titles_say() -> None:
    titles = tuple(Told(occasion, HOSTILE * 9, HOSTILE * 9) for occasion in [*Occasion] * 2)
    assert len(titles) > MOST_TOLD
    post = Post(10**18 - 1, 2**63, 2**63, START, START, 1, 2**63, 2**63)
    check(post_card(Announcement(post, titles, 10**6)))
    for state in State:
        check(offer_card(Batch(2**63, 2**63, START, titles, frozenset({state}), 2**63, START)))
    far = OfferButton(Act.ANNOUNCE, 2**63, START + timedelta(days=365_000), 2**63)
    assert len(far.custom_id) <= 100
