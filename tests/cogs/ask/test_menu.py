"""The message menu "Answer this"."""

from datetime import timedelta

import discord
import pytest
from simcord import ChannelHandle, InteractionResult, MemberActor, ResponseMessage
from simcord.actors import MessageLike

from bot.answers.context import Context
from bot.answers.model import Verdict
from bot.answers.service import Asker
from bot.careers.settings import member_career
from bot.faq.model import GapKind
from bot.faq.text import EntryText
from tests.cogs.ask.asking import (
    HOURS,
    ON_TUESDAYS,
    ROLES,
    UNKNOWN,
    about,
    ask,
    mention,
    pinged,
    replying,
    said,
)
from tests.cogs.reading import labels, shown, text, told
from tests.server import Server

BUTTONS = ["Post it", "Post quietly"]


async def answer_this(
    server: Server,
    message: MessageLike,
    member: MemberActor | None = None,
    channel: ChannelHandle | None = None,
) -> InteractionResult:
    """Let Maya, or somebody else, pick "Answer this" on a message."""
    presser = member or server.maya
    return await presser.context_menu(channel or server.channel, "Answer this", message)


async def preview(server: Server, question: str = HOURS) -> ResponseMessage:
    """Let Jonas write, and Maya see what would be answered."""
    message = await server.jonas.send(server.channel, question)
    return shown(await answer_this(server, message))


async def test_it_shows_privately_what_would_be_answered(server: Server) -> None:
    card = await preview(server)
    assert card.ephemeral
    assert f"> {HOURS}\n\n{ON_TUESDAYS}" in text(card)
    assert "-# Source: this server's FAQ" in text(card)
    assert labels(card) == BUTTONS
    assert said(server.channel, server) == []
    assert (await server.app.services.faq.get(server.guild.id, 1)).asked == 0


async def test_posting_it_replies_and_pings_the_author_alone(server: Server) -> None:
    card = await preview(server)
    await server.restart()
    await server.maya.click(card.message, label="Post it")
    [posted] = said(server.channel, server)
    asked = server.channel.history()[0]
    assert posted.reference is not None
    assert posted.reference.message_id == asked.id
    assert pinged(server, posted) == {server.jonas.id}
    assert f"## {HOURS}" in text(posted)
    assert labels(posted) == ["Helpful", "Not helpful"]
    assert f"Everyone here can see it: {posted.jump_url}" in text(card)
    assert labels(card) == []
    assert (await server.app.services.faq.get(server.guild.id, 1)).asked == 1


async def test_posting_quietly_pings_nobody(server: Server) -> None:
    card = await preview(server)
    await server.maya.click(card.message, label="Post quietly")
    [posted] = said(server.channel, server)
    assert pinged(server, posted) == set()
    assert posted.flags.suppress_notifications
    assert posted.reference is not None


async def test_nobody_else_is_pinged_by_what_the_message_says(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    everyone = f"@everyone {server.jonas.mention}"
    replying(monkeypatch, server, answers=(about(ROLES[0], f"Ask {everyone}."),))
    message = await server.olivia.send(server.channel, f"{everyone} do i need to code?")
    card = shown(await answer_this(server, message))
    await server.maya.click(card.message, label="Post it")
    [posted] = said(server.channel, server)
    assert pinged(server, posted) == {server.olivia.id}


async def test_the_same_answer_within_minutes_is_a_link_to_the_first(server: Server) -> None:
    shared = await ask(server, share=True)
    card = await preview(server)
    await server.maya.click(card.message, label="Post it")
    link = said(server.channel, server)[-1]
    assert text(link).strip() == f"I answered that here: {shared.message.jump_url}"
    assert pinged(server, link) == set()
    assert "I answered that here" in text(card)


async def test_five_answers_a_minute_are_posted_for_a_member(server: Server) -> None:
    for _ in range(5):
        await server.maya.click((await preview(server)).message, label="Post it")
    card = await preview(server)
    posted = said(server.channel, server)
    refused = told(await server.maya.click(card.message, label="Post it"))
    assert "Give me a minute" in text(refused)
    assert said(server.channel, server) == posted
    assert [pinged(server, each) for each in posted] == [{server.jonas.id}, *[set[int]()] * 4]
    server.clock.time += timedelta(minutes=1)
    await server.maya.click(card.message, label="Post it")
    assert len(said(server.channel, server)) == 6


async def test_what_the_pack_does_not_know_can_be_passed_on_by_either(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown = about(ROLES[0], "The pack has no figure for it.", known=False)
    replying(monkeypatch, server, answers=(unknown,))
    card = await preview(server, "what does a lead earn?")
    assert labels(card) == [*BUTTONS, "Ask people here"]
    await server.maya.click(card.message, label="Post it")
    [posted] = said(server.channel, server)
    assert "The pack has no figure for it." in text(posted)
    await server.jonas.click(posted, label="Ask people here")
    [asked] = await server.app.services.faq.waiting(server.guild.id)
    assert (asked.asker_id, asked.question) == (server.jonas.id, "what does a lead earn?")


async def test_the_text_is_answered_again_at_the_press(server: Server) -> None:
    faq = server.app.services.faq
    card = await preview(server)
    changed = await faq.edit(server.guild.id, 1, EntryText(HOURS, (), "Never."), by=1)
    await server.maya.click(card.message, label="Post it")
    assert changed.answer in text(said(server.channel, server)[0])


async def test_what_is_no_longer_answered_is_not_posted(server: Server) -> None:
    card = await preview(server)
    await server.app.services.faq.remove(server.guild.id, 1, by=1)
    refused = told(await server.maya.click(card.message, label="Post it"))
    assert "no answer to that any more" in text(refused)
    assert said(server.channel, server) == []


async def test_what_is_not_answered_can_be_passed_on_for_the_presser(server: Server) -> None:
    card = await preview(server, UNKNOWN)
    assert card.ephemeral
    assert "I have no answer to that" in text(card)
    await server.maya.click(card.message, label="Ask people here")
    [asked] = await server.app.services.faq.waiting(server.guild.id)
    assert (asked.asker_id, asked.question) == (server.maya.id, UNKNOWN)
    assert await server.app.services.faq.gaps(server.guild.id, GapKind.UNANSWERED) == []


async def test_a_deleted_message_is_not_answered(server: Server) -> None:
    message = await server.jonas.send(server.channel, HOURS)
    card = shown(await answer_this(server, message))
    await server.jonas.delete(message)
    refused = told(await server.maya.click(card.message, label="Post it"))
    assert "That message was deleted" in text(refused)
    assert said(server.channel, server) == []


async def test_a_message_without_text_is_not_answered(server: Server) -> None:
    message = await server.jonas.send(server.channel, "", attachments=[("cat.png", b"x")])
    refused = shown(await answer_this(server, message))
    assert "no text that I could answer" in text(refused)
    await server.maya.send(server.channel, mention(server, HOURS))
    [card] = said(server.channel, server)
    refused = shown(await answer_this(server, card))
    assert "no text that I could answer" in text(refused)


@pytest.mark.parametrize("missing", ["send_messages", "read_message_history"])
async def test_where_the_bot_may_not_reply_nothing_is_posted(server: Server, missing: str) -> None:
    me = server.guild.me
    assert me is not None
    desk = server.guild.create_text_channel(
        "desk", overwrites={me: discord.PermissionOverwrite(**{missing: False})}
    )
    message = await server.jonas.send(desk, HOURS)
    card = shown(await answer_this(server, message, channel=desk))
    refused = told(await server.maya.click(card.message, label="Post it"))
    assert "I can't post here" in text(refused)
    assert said(desk, server) == []


async def test_who_may_not_write_has_nothing_posted(server: Server) -> None:
    quiet = discord.PermissionOverwrite(send_messages=False)
    rules = server.guild.create_text_channel("rules", overwrites={server.maya: quiet})
    message = await server.jonas.send(rules, HOURS)
    card = shown(await answer_this(server, message, channel=rules))
    refused = told(await server.maya.click(card.message, label="Post quietly"))
    assert "You can't write here" in text(refused)
    assert said(rules, server) == []


async def test_a_members_own_career_is_not_let_out(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    services, seen = server.app.services, list[str | None]()
    career = member_career(services.careers.registry)
    for member in (server.maya, server.jonas):
        await services.preferences.set(career, member.id, ROLES[0], by=member.id)
    replying(monkeypatch, server, answers=(about(ROLES[1]),))
    context = services.answers.context

    async def noted(asker: Asker, role: str | None) -> Context:
        found = await context(asker, role)
        seen.append(found.role)
        return found

    monkeypatch.setattr(services.answers, "context", noted)
    card = await preview(server, "do i need to code?")
    await server.maya.click(card.message, label="Post it")
    assert seen == [None, None]


async def test_a_very_long_message_is_previewed_within_limits(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = about(ROLES[0], "Every sentence of it counts. " * 69)
    replying(monkeypatch, server, answers=(answer,))
    card = await preview(server, "*why* " * 333)
    assert labels(card) == BUTTONS
    await server.maya.click(card.message, label="Post it")
    [posted] = said(server.channel, server)
    assert answer.text.strip() in text(posted)


async def test_a_choice_of_roles_can_be_posted_too(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = tuple(map(about, ROLES))
    replying(monkeypatch, server, verdict=Verdict.EACH_ROLE, answers=answers)
    card = await preview(server, "do i need to code?")
    assert "That depends on the role:" in text(card)
    await server.maya.click(card.message, label="Post it")
    [posted] = said(server.channel, server)
    assert labels(posted) == ["Trust & Safety Analyst", "AI Red-Team Engineer"]


async def test_it_is_offered_on_messages_in_servers_alone(server: Server) -> None:
    [menu] = [
        each.to_dict(server.client.tree)
        for each in server.client.tree.get_commands()
        if each.name == "Answer this"
    ]
    assert (menu["type"], menu["contexts"], menu["integration_types"]) == (3, [0], [0])
