import asyncio
from datetime import timedelta

import discord
import pytest

from bot.answers.model import Verdict
from cogs.ask.posting import posting_of
from tests.cogs.ask.asking import (
    HOURS,
    ON_TUESDAYS,
    ROLES,
    UNKNOWN,
    about,
    ask,
    kept,
    own_answer,
    pinged,
    replying,
    said,
)
from tests.cogs.reading import custom_ids, inbox, labels, shown, text, told
from tests.server import Server


async def test_an_answer_is_private_and_names_its_source(server: Server) -> None:
    card = await ask(server)
    assert card.ephemeral
    assert text(card).strip().startswith(f"## {HOURS}")
    assert ON_TUESDAYS in text(card)
    assert "-# Source: this server's FAQ, 2026-11-24." in text(card)
    assert labels(card) == ["Helpful", "Not helpful", "Share"]
    assert said(server.channel, server) == []


async def test_a_packs_answer_leads_to_its_section_as_a_private_card(server: Server) -> None:
    card = await ask(server, "how long does it take to get ready?", role="trust-safety-analyst")
    assert "Trust & Safety Analyst" in text(card)
    section = next(each for each in labels(card) if each.startswith("Trust & Safety Analyst · "))
    await server.restart()
    opened = shown(await server.maya.click(card.message, label=section))
    assert opened.ephemeral
    assert opened.id != card.id
    assert text(opened).strip().startswith("## Trust & Safety Analyst")


async def test_discord_py_keeps_no_card_in_memory(server: Server) -> None:
    await ask(server, "what does AUP mean?", role="trust-safety-analyst")
    await ask(server, "how long does it take to get ready?", role="trust-safety-analyst")
    assert server.client.persistent_views == []


async def test_roles_are_offered_while_they_are_typed(server: Server) -> None:
    offered = await server.maya.autocomplete(
        server.channel, "ask", "role", "trust safety an", question="what does it pay?"
    )
    assert offered[0]["value"] == "trust-safety-analyst"


async def test_an_unknown_role_is_refused_with_what_to_do(server: Server) -> None:
    refused = await ask(server, "what does it pay?", role="*astronaut* @everyone")
    assert "I don't know one role called" in text(refused)
    assert r"\*astronaut\* \@everyone" in text(refused)


@pytest.mark.parametrize("question", [" ", "\u0007 \n"])
async def test_a_blank_question_is_asked_for(server: Server, question: str) -> None:
    assert "What would you like to ask?" in text(await ask(server, question))


async def test_sharing_posts_the_same_card_once_without_a_ping(server: Server) -> None:
    card = await ask(server)
    await server.maya.click(card.message, label="Helpful")
    await server.restart()
    await server.maya.click(card.message, label="Share")
    [posted] = said(server.channel, server)
    assert f"## {HOURS}" in text(posted)
    assert ON_TUESDAYS in text(posted)
    assert "-# Asked by maya" in text(posted)
    assert labels(posted) == ["Helpful", "Not helpful"]
    assert pinged(server, posted) == set()
    assert f"Everyone here can see it: {posted.jump_url}" in text(card)
    assert labels(card) == ["Thanks! Take it back", "Not helpful"]


async def test_sharing_the_same_answer_again_links_to_the_first(server: Server) -> None:
    first, second = await ask(server), await ask(server, "when are the office hours")
    await server.maya.click(first.message, label="Share")
    await server.maya.click(second.message, label="Share")
    [posted] = said(server.channel, server)
    assert f"I answered that here: {posted.jump_url}" in text(second)
    assert labels(second) == ["Helpful", "Not helpful"]


async def test_another_answer_on_the_same_private_card_is_shared_too(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = tuple(about(slug) for slug in ROLES)
    replying(monkeypatch, server, verdict=Verdict.EACH_ROLE, answers=answers)
    card = await ask(server, "do i need to code?")
    for role in ("Trust & Safety Analyst", "AI Red-Team Engineer"):
        await server.maya.click(card.message, label=role)
        await server.maya.click(card.message, label="Share")
    first, second = await kept(server)
    assert "Trust & Safety Analyst" in first
    assert "AI Red-Team Engineer" in second


async def test_a_press_that_comes_again_is_known_by_discord_after_a_restart(
    server: Server,
) -> None:
    card = await ask(server)
    server.env.inject_error("PATCH", "/webhooks/*/messages/@original", status=404, code=10015)
    await server.maya.click(card.message, label="Share")
    await server.restart()
    await server.maya.click(card.message, label="Share")
    assert len(said(server.channel, server)) == 2
    assert len(await kept(server)) == 1


async def test_two_presses_at_once_post_once(server: Server) -> None:
    posting, posted = posting_of(server.client), list[discord.Message]()
    [message] = [await server.maya.send(server.channel, "the answer")]

    async def post() -> discord.Message:
        await asyncio.sleep(0.01)
        posted.append(message)
        return message

    both = [posting.once(server.channel.id, "the answer", post) for _ in range(2)]
    first, second = await asyncio.gather(*both)
    assert len(posted) == 1
    assert (first.before, second.before) == (False, True)
    assert first.link == second.link == message.jump_url


async def test_after_five_minutes_it_is_posted_again(server: Server) -> None:
    first, second = await ask(server), await ask(server)
    await server.maya.click(first.message, label="Share")
    server.clock.time = server.clock.time.replace(minute=5)
    await server.maya.click(second.message, label="Share")
    assert len(said(server.channel, server)) == 2


async def test_no_link_leads_to_a_deleted_message(server: Server) -> None:
    first, second = await ask(server), await ask(server)
    await server.maya.click(first.message, label="Share")
    await server.olivia.delete(said(server.channel, server)[0])
    await server.maya.click(second.message, label="Share")
    [posted] = said(server.channel, server)
    assert ON_TUESDAYS in text(posted)


async def test_share_true_answers_where_everyone_sees_it_once(server: Server) -> None:
    first = await ask(server, share=True)
    assert not first.ephemeral
    assert ON_TUESDAYS in text(first)
    assert labels(first) == ["Helpful", "Not helpful"]
    again = await ask(server, share=True, member=server.jonas)
    assert text(again).strip() == f"I answered that here: {first.message.jump_url}"


async def test_what_one_member_has_posted_in_a_minute_is_limited(server: Server) -> None:
    card = await ask(server)
    for n in range(5):
        assert UNKNOWN in text(await ask(server, f"{UNKNOWN} ({n})", share=True))
    refused = await ask(server, share=True)
    assert refused.ephemeral
    assert "Give me a minute" in text(refused)
    told_kindly = told(await server.maya.click(card.message, label="Share"))
    assert told_kindly.ephemeral
    assert "Give me a minute" in text(told_kindly)
    assert ON_TUESDAYS in text(await ask(server))
    assert ON_TUESDAYS in text(await ask(server, share=True, member=server.jonas))
    server.clock.time += timedelta(minutes=5)
    await server.maya.click(card.message, label="Share")
    assert "Everyone here can see it" in text(card)


async def test_who_may_not_write_may_not_share(server: Server) -> None:
    quiet = discord.PermissionOverwrite(send_messages=False)
    rules = server.guild.create_text_channel("rules", overwrites={server.maya: quiet})
    card = shown(await server.maya.slash(rules, "ask", question=HOURS))
    refused = told(await server.maya.click(card.message, label="Share"))
    assert refused.ephemeral
    assert "You can't write here" in text(refused)
    refused = shown(await server.maya.slash(rules, "ask", question=HOURS, share=True))
    assert "You can't write here" in text(refused)
    assert said(rules, server) == []


async def test_where_the_bot_may_not_write_nothing_is_shared(server: Server) -> None:
    me = server.guild.me
    assert me is not None
    quiet = discord.PermissionOverwrite(send_messages=False)
    rules = server.guild.create_text_channel("rules", overwrites={me: quiet})
    card = shown(await server.maya.slash(rules, "ask", question=HOURS))
    refused = told(await server.maya.click(card.message, label="Share"))
    assert "I can't post here" in text(refused)
    assert labels(card) == ["Helpful", "Not helpful", "Share"]


async def test_what_discord_refuses_is_no_incident(server: Server) -> None:
    card = await ask(server)
    path = f"/channels/{server.channel.id}/messages"
    server.env.inject_error("POST", path, status=403, code=160005)
    refused = told(await server.maya.click(card.message, label="Share"))
    assert "I can't post here" in text(refused)


async def test_several_answers_stand_under_their_titles(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = "Every sentence of it counts. " * 69
    first, second = about(ROLES[0]), about(ROLES[1], long)
    replying(monkeypatch, server, answers=(first, second))
    card = await ask(server, "do i need to code?")
    assert f"**Trust & Safety Analyst**\n{first.text}" in text(card)
    assert f"-# {first.source}\n-# {second.source}" in text(card)
    assert labels(card) == [
        "Trust & Safety Analyst · Skills",
        "AI Red-Team Engineer · Skills",
        "AI Red-Team Engineer",
        "Share",
    ]
    monkeypatch.undo()
    await server.maya.click(card.message, label="AI Red-Team Engineer")
    assert "Do I need to code?\nAI Red-Team Engineer" in text(card)
    assert {"Helpful", "Not helpful"} <= set(labels(card))


async def test_doubt_is_said(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = about(ROLES[0])
    replying(monkeypatch, server, answers=(answer,), confidence=0.59)
    card = await ask(server, "code??")
    assert "-# This may not be exactly what you meant.\n-# Source" in text(card)
    replying(monkeypatch, server, answers=(answer,), confidence=0.6)
    assert "exactly what you meant" not in text(await ask(server, "code??"))


async def test_each_step_of_a_ladder_can_be_opened_and_passed_on_where_it_is_unknown(
    server: Server,
) -> None:
    known, unknown = "Trust & Safety Analyst / AI Policy Associate", "Senior Trust & Safety Analyst"
    card = await ask(server, "what does it pay?", role="trust-safety-analyst")
    await server.restart()
    await server.maya.click(card.message, label=unknown)
    assert "I don't know that yet" in text(card)
    assert {known, unknown, "Ask people here", "Share"} <= set(labels(card))
    await server.maya.click(card.message, label=known)
    assert f"## What does it pay? {known}\nTrust & Safety Analyst" in text(card)
    assert {known, unknown, "Helpful", "Share"} <= set(labels(card))
    assert "Ask people here" not in labels(card)


async def test_where_it_depends_on_the_role_each_can_be_opened(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = tuple(about(slug) for slug in ROLES)
    replying(monkeypatch, server, verdict=Verdict.EACH_ROLE, answers=answers)
    card = await ask(server, "do i need to code?")
    assert "That depends on the role:" in text(card)
    assert "**AI Red-Team Engineer**\nIt depends, says ai-red-team-engineer." in text(card)
    assert labels(card) == ["Trust & Safety Analyst", "AI Red-Team Engineer", "Share"]
    monkeypatch.undo()
    await server.restart()
    await server.maya.click(card.message, label="AI Red-Team Engineer")
    assert "## Do I need to code?\nAI Red-Team Engineer" in text(card)
    assert {"Trust & Safety Analyst", "Helpful", "Share"} <= set(labels(card))
    await server.maya.click(card.message, label="Trust & Safety Analyst")
    assert "## Do I need to code?\nTrust & Safety Analyst" in text(card)


async def test_an_opened_answer_on_a_shared_card_is_the_openers_alone(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = tuple(about(slug) for slug in ROLES)
    replying(monkeypatch, server, verdict=Verdict.EACH_ROLE, answers=answers)
    card = await ask(server, "do i need to code?", share=True)
    opened = shown(await server.jonas.click(card.message, label="AI Red-Team Engineer"))
    assert opened.ephemeral
    assert "That depends on the role:" in text(card)
    assert "Share" in labels(opened)


async def test_in_a_direct_message_there_is_nobody_to_share_with(server: Server) -> None:
    maya = server.users["maya"]
    card = shown(await maya.slash("ask", question="what is AUP?", role="trust-safety-analyst"))
    assert set(labels(card)) & {"Share", "Helpful", "Not helpful", "Ask people here"} == set()
    unknown = shown(await maya.slash("ask", question=UNKNOWN))
    assert "Ask people here" not in labels(unknown)
    hours = shown(await maya.slash("ask", question=HOURS, share=True))
    assert ON_TUESDAYS not in text(hours)
    assert len(inbox(maya)) == 1


async def test_another_servers_answers_are_never_found(server: Server) -> None:
    other = server.env.create_guild("Other", owner=server.users["olivia"])
    elsewhere = other.create_text_channel("elsewhere")
    maya = other.add_member(server.users["maya"])
    card = shown(await maya.slash(elsewhere, "ask", question=HOURS))
    assert ON_TUESDAYS not in text(card)
    assert all("entry:" not in each for each in custom_ids(card))
    own = await own_answer(server, other.id, "What is the dress code?", "None at all.")
    found = await ask(server, "What is the dress code?")
    assert "None at all" not in text(found)
    assert all(f"entry:{own}" not in each for each in custom_ids(found))


HOSTILE = "# **Hi** @everyone <@&1> [x](https://e.vil) `code` ||spoiler|| \u202eabc"


async def test_a_question_cannot_act_in_a_card(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    replying(monkeypatch, server, answers=(about(ROLES[0], "See @everyone."),))
    card = await ask(server, HOSTILE, share=True)
    expected = r"## \# \*\*Hi\*\* \@everyone \<\@&1\> \[x\](https:\//e.vil) \`code\`"
    assert expected in text(card)
    assert "\u202e" not in text(card)
    assert pinged(server, card.message) == set()


async def test_a_long_question_is_clipped_in_the_heading(server: Server) -> None:
    question = "office hours " * 76
    assert len(question) <= 1000
    heading = text(await ask(server, question)).strip().splitlines()[0]
    assert len(heading) < 200
