"""What `/ask` keeps, on both stores: votes, counts, and questions passed on to people."""

import discord
import pytest
from simcord import ResponseMessage

from bot.answers.model import Verdict
from bot.faq.model import GapKind, Waiting, WaitingState
from tests.cogs.ask.asking import (
    HOURS,
    ON_TUESDAYS,
    ROLES,
    UNKNOWN,
    about,
    ask,
    meant,
    mention,
    replying,
    said,
)
from tests.cogs.reading import labels, shown, text, told
from tests.server import Server

PEOPLE = "Ask people here"
NOTE = "I don't know that."


async def waiting(server: Server, state: WaitingState = WaitingState.OPEN) -> list[Waiting]:
    return await server.app.services.faq.waiting(server.guild.id, state=state)


async def unanswered(server: Server, question: str = UNKNOWN) -> ResponseMessage:
    card = await ask(server, question)
    assert PEOPLE in labels(card)
    return card


async def test_no_answer_is_said_with_the_question_in_full(server: Server) -> None:
    card = await unanswered(server)
    assert "I have no answer to that" in text(card)
    assert f"> {UNKNOWN}" in text(card)
    assert labels(card) == [PEOPLE]


async def test_what_may_have_been_meant_opens_beside_the_card(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    replying(monkeypatch, server, verdict=Verdict.NEAREST, note=NOTE, alternatives=meant())
    card = await ask(server, "code??")
    assert NOTE in text(card)
    assert "Did you mean" in text(card)
    assert labels(card) == [*(f"Coding as {slug}?" for slug in ROLES), PEOPLE]
    await server.restart()
    opened = shown(await server.maya.click(card.message, label=f"Coding as {ROLES[0]}?"))
    assert opened.ephemeral
    assert "## Do I need to code?\nTrust & Safety Analyst" in text(opened)
    assert PEOPLE in labels(card)


async def test_an_answer_that_is_gone_is_said_to_be(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = meant(["no-such-role"])
    replying(monkeypatch, server, verdict=Verdict.NEAREST, note=NOTE, alternatives=gone)
    card = await ask(server, "code??")
    refused = shown(await server.maya.click(card.message, label="Coding as no-such-role?"))
    assert "That answer is gone" in text(refused)


async def test_a_key_too_long_for_a_button_has_none(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = meant(["x" * 90, ROLES[0]])
    replying(monkeypatch, server, verdict=Verdict.NEAREST, note=NOTE, alternatives=long)
    assert labels(await ask(server, "code??")) == [f"Coding as {ROLES[0]}?", PEOPLE]


async def test_it_is_passed_on_after_a_restart_word_for_word(server: Server) -> None:
    question = "who *knows* [the](https://weather.example) in `Paris` & #42? <@1> 1. \\o/ " * 14
    question = question[:1000].strip()
    card = await unanswered(server, question)
    await server.restart()
    await server.maya.click(card.message, label=PEOPLE)
    assert "I passed it on" in text(card)
    assert labels(card) == ["Undo"]
    [asked] = await waiting(server)
    assert asked.question == question
    assert (asked.asker_id, asked.channel_id) == (server.maya.id, server.channel.id)


async def test_the_role_it_is_about_is_passed_on_too(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    replying(monkeypatch, server, verdict=Verdict.ABSTAIN, note=NOTE, about=ROLES[1])
    card = await ask(server, "what does Acme pay?")
    await server.maya.click(card.message, label=PEOPLE)
    assert [each.role for each in await waiting(server)] == [ROLES[1]]


async def test_what_the_pack_does_not_know_can_be_passed_on(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown = about(ROLES[1], "The pack has no figure for it.", known=False)
    replying(monkeypatch, server, answers=(unknown,))
    card = await ask(server, "what does *a lead* earn?")
    assert "I don't know that yet\nAI Red-Team Engineer" in text(card)
    assert "The pack has no figure for it." in text(card)
    assert labels(card) == ["AI Red-Team Engineer · Skills", PEOPLE, "Share"]
    await server.restart()
    await server.maya.click(card.message, label=PEOPLE)
    [asked] = await waiting(server)
    assert (asked.question, asked.role) == ("what does *a lead* earn?", ROLES[1])
    await server.maya.click(card.message, label="Undo")
    assert await waiting(server) == []


async def test_of_several_answers_one_that_is_known_is_enough(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    replying(monkeypatch, server, answers=(about(ROLES[0]), about(ROLES[1], known=False)))
    assert PEOPLE not in labels(await ask(server, "do i need to code?"))


async def test_undo_takes_it_back_and_it_can_be_asked_again(server: Server) -> None:
    card = await unanswered(server)
    await server.maya.click(card.message, label=PEOPLE)
    await server.restart()
    await server.maya.click(card.message, label="Undo")
    assert "Nobody is asked any more" in text(card)
    assert await waiting(server) == []
    [dismissed] = await waiting(server, WaitingState.DISMISSED)
    assert dismissed.answered_by == server.maya.id
    await server.maya.click(card.message, label=PEOPLE)
    [again] = await waiting(server)
    assert again.question == UNKNOWN


async def test_what_waits_already_is_not_passed_on_twice(server: Server) -> None:
    first, second = await unanswered(server), await unanswered(server)
    await server.maya.click(first.message, label=PEOPLE)
    refused = told(await server.maya.click(second.message, label=PEOPLE))
    assert "passed that question on already" in text(refused)
    assert len(await waiting(server)) == 1


async def test_what_was_answered_cannot_be_taken_back(server: Server) -> None:
    card = await unanswered(server)
    await server.maya.click(card.message, label=PEOPLE)
    [asked] = await waiting(server)
    await server.app.services.faq.reply(server.guild.id, asked.id, "Rain.", by=1)
    refused = told(await server.maya.click(card.message, label="Undo"))
    assert "answered already" in text(refused)


async def test_only_who_asked_passes_it_on_or_takes_it_back(server: Server) -> None:
    await server.maya.send(server.channel, mention(server, UNKNOWN))
    [card] = said(server.channel, server)
    refused = shown(await server.jonas.click(card, label=PEOPLE))
    assert refused.ephemeral
    assert "somebody else's question" in text(refused)
    assert await waiting(server) == []
    passed = shown(await server.maya.click(card, label=PEOPLE))
    assert passed.ephemeral
    assert [each.question for each in await waiting(server)] == [UNKNOWN]
    assert PEOPLE in labels(said(server.channel, server)[0])
    await server.maya.click(passed.message, label="Undo")
    assert await waiting(server) == []


async def test_where_the_answer_could_not_be_posted_it_only_comes_by_direct_message(
    server: Server,
) -> None:
    quiet = discord.PermissionOverwrite(send_messages=False)
    rules = server.guild.create_text_channel("rules", overwrites={server.maya: quiet})
    card = shown(await server.maya.slash(rules, "ask", question=UNKNOWN))
    await server.maya.click(card.message, label=PEOPLE)
    assert [each.channel_id for each in await waiting(server)] == [None]


async def test_another_server_never_sees_it(server: Server) -> None:
    other = server.env.create_guild("Other", owner=server.users["olivia"])
    card = await unanswered(server)
    await server.maya.click(card.message, label=PEOPLE)
    assert await server.app.services.faq.waiting(other.id) == []


async def test_a_vote_is_thanked_in_place_changed_and_taken_back(server: Server) -> None:
    faq, guild_id = server.app.services.faq, server.guild.id
    card = await ask(server)
    await server.maya.click(card.message, label="Helpful")
    assert labels(card) == ["Thanks! Take it back", "Not helpful", "Share"]
    assert (await faq.get(guild_id, 1)).helpful == 1
    await server.restart()
    await server.maya.click(card.message, label="Not helpful")
    assert labels(card) == ["Helpful", "Thanks! Take it back", "Share"]
    entry = await faq.get(guild_id, 1)
    assert (entry.helpful, entry.unhelpful) == (0, 1)
    await server.maya.click(card.message, label="Thanks! Take it back")
    assert labels(card) == ["Helpful", "Not helpful", "Share"]
    entry = await faq.get(guild_id, 1)
    assert (entry.helpful, entry.unhelpful) == (0, 0)
    assert ON_TUESDAYS in text(card)


async def test_a_vote_on_a_removed_answer_is_refused(server: Server) -> None:
    card = await ask(server)
    server.clock.time = server.clock.time.replace(year=2027)
    await server.app.services.faq.remove(server.guild.id, 1, by=1)
    server.clock.time = server.clock.time.replace(year=2028)
    await server.app.services.faq.forget_old()
    refused = told(await server.maya.click(card.message, label="Helpful"))
    assert "That answer is gone" in text(refused)


async def test_voting_on_a_shared_card_is_each_members_own_affair(server: Server) -> None:
    card = await ask(server)
    await server.maya.click(card.message, label="Share")
    [posted] = said(server.channel, server)
    await server.restart()
    mine = shown(await server.jonas.click(posted, label="Not helpful"))
    assert mine.ephemeral
    assert labels(mine) == ["Helpful", "Thanks! Take it back"]
    await server.olivia.click(posted, label="Helpful")
    entry = await server.app.services.faq.get(server.guild.id, 1)
    assert (entry.helpful, entry.unhelpful) == (1, 1)
    await server.jonas.click(mine.message, label="Thanks! Take it back")
    entry = await server.app.services.faq.get(server.guild.id, 1)
    assert (entry.helpful, entry.unhelpful) == (1, 0)
    assert labels(said(server.channel, server)[0]) == ["Helpful", "Not helpful"]


async def test_what_is_asked_and_missed_is_counted_for_the_server(server: Server) -> None:
    faq, guild_id = server.app.services.faq, server.guild.id
    await ask(server)
    await ask(server, UNKNOWN)
    await ask(server, UNKNOWN, share=True)
    assert (await faq.get(guild_id, 1)).asked == 1
    [missed] = await faq.gaps(guild_id, GapKind.UNANSWERED)
    assert (missed.text, missed.count) == (UNKNOWN, 2)


async def test_mentions_and_answers_posted_for_others_are_counted_too(server: Server) -> None:
    faq, guild_id = server.app.services.faq, server.guild.id
    await server.maya.send(server.channel, mention(server, HOURS))
    assert (await faq.get(guild_id, 1)).asked == 1
    elsewhere = server.guild.create_text_channel("elsewhere")
    asked = await server.jonas.send(elsewhere, HOURS)
    card = shown(await server.maya.context_menu(elsewhere, "Answer this", asked))
    assert (await faq.get(guild_id, 1)).asked == 1
    await server.maya.click(card.message, label="Post it")
    assert (await faq.get(guild_id, 1)).asked == 2
    await server.maya.send(elsewhere, mention(server, UNKNOWN))
    assert [each.count for each in await faq.gaps(guild_id, GapKind.UNANSWERED)] == [1]
