"""Questions in messages: mentions of the bot, and direct messages to it."""

from datetime import timedelta
from typing import Any

import discord
import pytest
from simcord import ChannelHandle
from simcord.enums import MessageType

from bot.answers.context import Context
from bot.answers.model import Reply
from bot.faq.model import GapKind
from tests.cogs.ask.asking import (
    HOURS,
    ON_TUESDAYS,
    ROLES,
    UNKNOWN,
    about,
    ask,
    mention,
    own_answer,
    pinged,
    replying,
    said,
)
from tests.cogs.reading import inbox, labels, text
from tests.server import Server


def answers(server: Server, channel: ChannelHandle | None = None) -> list[discord.Message]:
    return said(channel or server.channel, server)


def me(server: Server) -> discord.Member:
    member = server.guild.me
    assert member is not None
    return member


async def test_a_mention_is_answered_as_a_reply_without_a_ping(server: Server) -> None:
    asked = await server.maya.send(server.channel, mention(server, HOURS))
    [answer] = answers(server)
    assert f"## {HOURS}" in text(answer)
    assert ON_TUESDAYS in text(answer)
    assert labels(answer) == ["Helpful", "Not helpful"]
    assert answer.reference is not None
    assert answer.reference.message_id == asked.id
    assert pinged(server, answer) == set()
    assert (await server.app.services.faq.get(server.guild.id, 1)).asked == 1


async def test_a_mention_is_not_taken_for_an_unknown_command(
    server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    await server.maya.send(server.channel, mention(server, HOURS))
    assert [each.message for each in caplog.records if each.levelname == "ERROR"] == []


async def test_a_mention_may_stand_anywhere_in_the_question(server: Server) -> None:
    assert server.client.user is not None
    await server.maya.send(server.channel, f"hey <@!{server.client.user.id}>, {HOURS}")
    assert [ON_TUESDAYS in text(each) for each in answers(server)] == [True]


async def test_a_mention_in_a_thread_is_answered_there(server: Server) -> None:
    channel: Any = server.client.get_channel(server.channel.id)
    with server.env.time_context():
        await channel.create_thread(name="questions", type=discord.ChannelType.public_thread)
    [thread] = server.channel.threads
    await server.maya.send(thread, mention(server, HOURS))
    assert [ON_TUESDAYS in text(each) for each in answers(server, thread)] == [True]


async def test_a_direct_message_is_answered_there(server: Server) -> None:
    maya = server.users["maya"]
    await maya.send_dm("what does AUP mean?")
    _question, answer = inbox(maya)
    assert "## what does AUP mean?" in text(answer)
    assert set(labels(answer)) & {"Helpful", "Not helpful", "Share", "Ask people here"} == set()


async def test_a_servers_own_answers_stay_out_of_direct_messages(server: Server) -> None:
    maya = server.users["maya"]
    await maya.send_dm(HOURS)
    assert len(inbox(maya)) == 2
    assert ON_TUESDAYS not in text(inbox(maya)[1])


async def test_another_servers_answers_are_never_found(server: Server) -> None:
    other = server.env.create_guild("Other", owner=server.users["olivia"])
    elsewhere = other.create_text_channel("elsewhere")
    maya = other.add_member(server.users["maya"])
    await own_answer(server, other.id, "What is the dress code?", "None at all.")
    await maya.send(elsewhere, mention(server, HOURS))
    assert len(answers(server, elsewhere)) == 1
    assert ON_TUESDAYS not in text(answers(server, elsewhere)[0])
    await maya.send(elsewhere, mention(server, "What is the dress code?"))
    assert "None at all" in text(answers(server, elsewhere)[1])


async def test_nothing_else_is_answered(server: Server) -> None:
    bot = server.guild.add_member(server.env.create_user("otherbot", bot=True))
    hook = server.guild.create_webhook(server.channel, "news")
    role = server.guild.create_role("careers")
    await server.maya.send(server.channel, HOURS)
    await bot.send(server.channel, mention(server, HOURS))
    await hook.send(mention(server, HOURS))
    await server.olivia.send(server.channel, f"@everyone {HOURS}")
    await server.olivia.send(server.channel, f"{role.mention} {HOURS}")
    server.guild.create_system_message(server.channel, MessageType.NEW_MEMBER, author=server.maya)
    await server.env.settle()
    assert answers(server) == []


async def test_a_mention_without_a_question_gets_a_hint(server: Server) -> None:
    await server.maya.send(server.channel, mention(server, "  "))
    [hint] = answers(server)
    assert "Ask me in your own words" in text(hint)


async def test_a_reply_is_answered_only_if_it_asks_something_known(server: Server) -> None:
    await server.maya.send(server.channel, mention(server, UNKNOWN))
    [card] = answers(server)
    await server.maya.send(server.channel, "thanks anyway!", reply_to=card)
    await server.maya.send(server.channel, "", reply_to=card, attachments=[("a.txt", b"x")])
    assert len(answers(server)) == 1
    await server.jonas.send(server.channel, HOURS, reply_to=card)
    assert ON_TUESDAYS in text(answers(server)[1])


async def test_an_edit_changes_nothing(server: Server) -> None:
    asked = await server.maya.send(server.channel, mention(server, HOURS))
    await server.maya.edit(asked, mention(server, UNKNOWN))
    plain = await server.maya.send(server.channel, "never mind")
    await server.maya.edit(plain, mention(server, UNKNOWN))
    assert len(answers(server)) == 1


async def test_a_message_that_discord_sends_again_is_answered_once(server: Server) -> None:
    asked = await server.maya.send(server.channel, mention(server, HOURS))
    server.client.dispatch("message", asked)
    await server.env.settle()
    assert len(answers(server)) == 1


async def test_the_same_answer_within_minutes_is_a_link_to_the_first(server: Server) -> None:
    await server.maya.send(server.channel, mention(server, HOURS))
    await server.jonas.send(server.channel, mention(server, "when are office hours??"))
    first, second = answers(server)
    assert text(second).strip() == f"I answered that here: {first.jump_url}"
    assert pinged(server, second) == set()
    elsewhere = server.guild.create_text_channel("elsewhere")
    await server.jonas.send(elsewhere, mention(server, HOURS))
    assert ON_TUESDAYS in text(answers(server, elsewhere)[0])
    server.clock.time += timedelta(minutes=5)
    await server.jonas.send(server.channel, mention(server, HOURS))
    assert ON_TUESDAYS in text(answers(server)[2])


async def test_what_was_shared_is_not_answered_again_either(server: Server) -> None:
    card = await ask(server, share=True)
    await server.jonas.send(server.channel, mention(server, HOURS))
    assert f"I answered that here: {card.message.jump_url}" in text(answers(server)[-1])


async def test_a_member_who_floods_is_asked_for_patience_once(server: Server) -> None:
    for n in range(8):
        await server.maya.send(server.channel, mention(server, f"{UNKNOWN} ({n})"))
    assert len(answers(server)) == 6
    assert "⏳" in text(answers(server)[5])
    await server.jonas.send(server.channel, mention(server, HOURS))
    assert ON_TUESDAYS in text(answers(server)[6])
    server.clock.time += timedelta(minutes=1)
    await server.maya.send(server.channel, mention(server, "what does AUP mean?"))
    assert "what does AUP mean?" in text(answers(server)[7])


async def test_replies_are_understood_once_each_and_count_too(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    await server.jonas.send(server.channel, mention(server, UNKNOWN))
    [card] = answers(server)
    understood: list[str] = []
    reply = server.app.services.answers.reply

    def noted(question: str, context: Context) -> Reply:
        understood.append(question)
        return reply(question, context)

    monkeypatch.setattr(server.app.services.answers, "reply", noted)
    await server.maya.send(server.channel, HOURS, reply_to=card)
    assert (await server.app.services.faq.get(server.guild.id, 1)).asked == 1
    for _ in range(7):
        await server.maya.send(server.channel, "thanks anyway!", reply_to=card)
    assert understood == [HOURS, *["thanks anyway!"] * 4]
    assert [ON_TUESDAYS in text(answers(server)[1]), len(answers(server))] == [True, 3]
    assert "Give me a minute" in text(answers(server)[2])


async def test_what_was_posted_for_a_member_otherwise_counts_too(server: Server) -> None:
    for n in range(5):
        await ask(server, f"{UNKNOWN} ({n})", share=True)
    await server.maya.send(server.channel, mention(server, HOURS))
    assert "Give me a minute" in text(answers(server)[-1])


async def test_what_the_pack_does_not_know_is_each_askers_own_to_pass_on(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown = about(ROLES[0], "The pack has no figure for it.", known=False)
    replying(monkeypatch, server, answers=(unknown,))
    for asker in (server.maya, server.jonas):
        await asker.send(server.channel, mention(server, "what does a lead earn?"))
        await asker.click(answers(server)[-1], label="Ask people here")
    await server.olivia.send(server.channel, "and as a lead?", reply_to=answers(server)[0])
    faq = server.app.services.faq
    assert sum(each.count for each in await faq.gaps(server.guild.id, GapKind.UNANSWERED)) == 3
    waiting = await faq.waiting(server.guild.id)
    assert [each.asker_id for each in waiting] == [server.maya.id, server.jonas.id]


async def test_where_it_may_not_write_it_stays_silent(server: Server) -> None:
    quiet = discord.PermissionOverwrite(send_messages=False)
    rules = server.guild.create_text_channel("rules", overwrites={me(server): quiet})
    await server.maya.send(rules, mention(server, HOURS))
    assert answers(server, rules) == []


async def test_where_it_may_not_read_back_it_answers_without_a_reply(server: Server) -> None:
    blind = discord.PermissionOverwrite(read_message_history=False)
    desk = server.guild.create_text_channel("desk", overwrites={me(server): blind})
    await server.maya.send(desk, mention(server, HOURS))
    [answer] = answers(server, desk)
    assert answer.reference is None


async def test_what_discord_refuses_is_let_be(server: Server) -> None:
    path = f"/channels/{server.channel.id}/messages"
    server.env.inject_error("POST", path, status=403, code=50013, times=None)
    await server.maya.send(server.channel, mention(server, HOURS))
    assert answers(server) == []


async def test_a_failure_is_an_incident_and_the_asker_is_told(
    server: Server, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise MemoryError("no memory")

    monkeypatch.setattr(server.app.services.answers, "reply", fail)
    await server.maya.send(server.channel, mention(server, HOURS))
    [sorry] = answers(server)
    assert "something went wrong on my side" in text(sorry)
    incident = text(sorry).split("`")[1]
    logged = capsys.readouterr().out
    assert f"interaction={incident}" in logged
    assert "no memory" in logged
    assert HOURS not in logged


async def test_a_stopping_bot_asks_to_try_again(server: Server) -> None:
    server.client.in_flight.stopping = True
    await server.maya.send(server.channel, mention(server, HOURS))
    [later] = answers(server)
    assert "try again in a minute" in text(later)


async def test_a_question_cannot_ping_from_the_answer(server: Server) -> None:
    hostile = f"@everyone {server.jonas.mention} {HOURS}"
    await server.olivia.send(server.channel, mention(server, hostile))
    [answer] = answers(server)
    assert pinged(server, answer) == set()
    assert server.jonas.mention not in text(answer)


async def test_the_longest_message_is_answered_within_limits(server: Server) -> None:
    await server.maya.send(server.channel, mention(server, "*weather* " * 197))
    [answer] = answers(server)
    assert "…" in text(answer)


async def test_who_is_blocked_is_not_answered(server: Server) -> None:
    maya, blocks = server.maya, server.app.services.blocks
    await blocks.add(server.guild.id, maya.id, None, server.olivia.id)
    await maya.send(server.channel, mention(server, HOURS))
    assert answers(server) == []
