"""`/faq pending`: a question waits, is answered, its asker is told, and it becomes an entry."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from simcord import ResponseMessage

from bot.faq.text import EntryText
from bot.guilds.settings import FACILITATOR_ROLE
from tests.cogs.faq import ANSWER, QUESTION, Faq, facilitated, fields, on_one_store
from tests.cogs.reading import custom_ids, inbox, labels, shown, text, told

SECRET = "Ask in <#1>, not @everyone."


@pytest.fixture
async def faq(tmp_path: Path, migrated_url: str) -> AsyncIterator[Faq]:
    async with facilitated(tmp_path / "var", migrated_url) as started:
        yield started


async def answered(faq: Faq, answer: str = ANSWER) -> ResponseMessage:
    """Let Mia answer the only question that waits."""
    card = await faq.card("pending")
    form = await faq.mia.click(card.message, label="Answer")
    await faq.mia.submit_modal(form, {"answer": answer})
    return card


async def test_a_question_is_answered_its_asker_told_and_an_entry_made(faq: Faq) -> None:
    await faq.wait()
    card = await faq.card("pending")
    assert card.ephemeral
    assert f"> {QUESTION}" in text(card)
    assert f"<@{faq.server.maya.id}> asked <t:" in text(card)
    await faq.server.restart()
    form = await faq.mia.click(card.message, label="Answer")
    assert fields(form) == {"answer": ""}
    await faq.server.restart()
    await faq.mia.submit_modal(form, {"answer": ANSWER})
    assert f"<@{faq.server.maya.id}> is told, by direct message if they allow" in text(card)
    await faq.server.deliver()
    [letter] = inbox(faq.server.users["maya"])
    assert f"> {QUESTION}" in text(letter)
    assert ANSWER in text(letter)
    assert f"in Test, in <#{faq.server.channel.id}>" in text(letter)
    assert "mia" not in text(letter).casefold()
    assert str(faq.mia.id) not in text(letter)
    await faq.server.restart()
    await faq.mia.click(card.message, label="Make it an entry")
    [entry] = await faq.entries()
    assert (entry.question, entry.answer, entry.changed_by) == (QUESTION, ANSWER, faq.mia.id)
    await faq.mia.click(card.message, label="Undo")
    assert await faq.entries() == ()


async def test_making_an_entry_twice_shows_the_same_one(faq: Faq) -> None:
    await faq.wait()
    first, second, third = await answered_by_three(faq)
    await faq.mia.click(first.message, label="Make it an entry")
    await faq.noah.click(second.message, label="Make it an entry")
    [entry] = await faq.entries()
    assert "By Mia." in text(second)
    assert "Undo" in labels(second)
    changed = EntryText(QUESTION, (), "Better.")
    await faq.server.app.services.faq.edit(faq.server.guild.id, entry.id, changed, None)
    await faq.server.olivia.click(third.message, label="Make it an entry")
    assert "Better." in text(third)
    assert "Undo" not in labels(third)
    assert len(await faq.entries()) == 1


async def answered_by_three(faq: Faq) -> list[ResponseMessage]:
    """The cards of three who answer the only question that waits; Mia is first."""
    answers = {faq.mia: "By Mia.", faq.noah: "By Noah.", faq.server.olivia: "By Olivia."}
    channel = faq.server.channel
    cards = {each: shown(await each.slash(channel, "faq pending")) for each in answers}
    forms = {each: await each.click(card.message, label="Answer") for each, card in cards.items()}
    for each, answer in answers.items():
        await each.submit_modal(forms[each], {"answer": answer})
    return [*cards.values()]


async def waiting(faq: Faq) -> list[str]:
    found = await faq.server.app.services.faq.waiting(faq.server.guild.id)
    return [each.question for each in found]


async def test_who_answers_second_is_told_kindly_and_loses_nothing(faq: Faq) -> None:
    await faq.wait()
    _, late, later = await answered_by_three(faq)
    assert "answered already" in text(late)
    assert f"**The answer by <@{faq.mia.id}>**" in text(late)
    assert "By Mia." in text(late)
    assert "By Noah." in text(late)
    assert "By Olivia." in text(later)
    await faq.server.deliver()
    [letter] = inbox(faq.server.users["maya"])
    assert "By Mia." in text(letter)
    assert "Nobody is waiting" in text(await faq.card("pending"))


@on_one_store
async def test_pressing_answer_on_an_answered_one_says_so(faq: Faq) -> None:
    await faq.wait()
    stale = shown(await faq.noah.slash(faq.server.channel, "faq pending"))
    await answered(faq)
    refused = shown(await faq.noah.click(stale.message, label="Answer"))
    assert "answered already" in text(refused)
    refused = told(await faq.noah.click(stale.message, label="Dismiss"))
    assert "answered already" in text(refused)


async def test_a_question_is_dismissed_and_brought_back(faq: Faq) -> None:
    await faq.wait()
    card = await faq.card("pending")
    await faq.server.restart()
    await faq.mia.click(card.message, label="Dismiss")
    assert await waiting(faq) == []
    assert "Dismissed" in text(card)
    await faq.server.restart()
    await faq.mia.click(card.message, label="Undo")
    assert await waiting(faq) == [QUESTION]
    assert labels(card) == ["Answer", "Dismiss", "← Open questions"]
    await faq.mia.click(card.message, label="← Open questions")
    assert "1 question waits" in text(card)
    await faq.server.deliver()
    assert inbox(faq.server.users["maya"]) == []


@on_one_store
async def test_the_oldest_come_first_and_all_of_them_can_be_seen(faq: Faq) -> None:
    askers = [faq.server.maya, faq.server.jonas]
    asked = [f"{n}. {'why ' * 60}" for n in range(1, 10)]
    for n, question in enumerate(asked):
        await faq.wait(question, askers[n % 2])
    card = await faq.card("pending")
    seen = text(card)
    assert "9 questions wait" in seen
    while "Newer →" in labels(card):
        await faq.mia.click(card.message, label="Newer →")
        seen += text(card)
    places = [seen.index(f"> {n}\\. why") for n in range(1, 10)]
    assert places == sorted(places)
    await faq.mia.click(card.message, label="← Older")
    assert labels(card).count("Answer") == 4


async def test_a_question_is_shown_as_it_was_typed_and_formats_nothing(faq: Faq) -> None:
    await faq.wait("# **Free** [gift](https://example.org) for <@1>?")
    as_text = "> \\# \\*\\*Free\\*\\* \\[gift\\](https:\\//example.org) for \\<\\@1\\>?"
    card = await faq.card("pending")
    assert as_text in text(card)
    await faq.mia.click(card.message, label="Dismiss")
    assert as_text in text(card)
    await faq.mia.click(card.message, label="Undo")
    form = await faq.mia.click(card.message, label="Answer")
    await faq.mia.submit_modal(form, {"answer": ANSWER})
    assert as_text in text(card)
    await faq.server.deliver()
    [letter] = inbox(faq.server.users["maya"])
    assert as_text in text(letter)


async def test_facilitators_see_which_career_a_question_is_about(faq: Faq) -> None:
    await faq.wait(role="trust-safety-analyst")
    card = await faq.card("pending")
    assert "about Trust & Safety Analyst" in text(card)
    await faq.mia.click(card.message, label="Dismiss")
    await faq.mia.click(card.message, label="Undo")
    assert "about Trust & Safety Analyst" in text(card)


async def test_what_was_asked_again_meanwhile_is_not_brought_back(faq: Faq) -> None:
    await faq.wait()
    card = await faq.card("pending")
    await faq.mia.click(card.message, label="Dismiss")
    await faq.wait(QUESTION.upper())
    refused = told(await faq.mia.click(card.message, label="Undo"))
    assert "They have asked that again" in text(refused)
    assert await waiting(faq) == [QUESTION.upper()]


async def test_a_very_long_question_is_shown_whole(faq: Faq) -> None:
    question = "🧭" * 1000
    await faq.wait(question)
    await faq.wait("short?", faq.server.jonas)
    card = await faq.card("pending")
    assert question in text(card)
    form = await faq.mia.click(card.message, custom_id=custom_ids(card)[0])
    await faq.mia.submit_modal(form, {"answer": "🎓" * 2000})
    await faq.server.deliver()
    maya = faq.server.users["maya"]
    [letter] = inbox(maya)
    seen = text(letter).count("🎓")
    await faq.server.restart()
    await maya.click(letter, label="More →")
    [letter] = inbox(maya)
    assert seen + text(letter).count("🎓") == 2000
    await faq.mia.click(card.message, label="Make it an entry")
    [entry] = await faq.entries()
    assert (len(entry.question), entry.answer) == (200, "🎓" * 2000)


async def test_an_answer_that_can_not_be_shown_is_offered_again(faq: Faq) -> None:
    await faq.wait()
    card = await answered(faq, "ring the bell\a")
    assert "Not sent yet" in text(card)
    assert await waiting(faq) == [QUESTION]
    form = await faq.mia.click(card.message, label="Change what I typed")
    assert fields(form)["answer"] == "ring the bell\a"
    await faq.mia.submit_modal(form, {"answer": "ring the bell"})
    assert await waiting(faq) == []


async def test_a_question_whose_name_is_taken_can_be_renamed(faq: Faq) -> None:
    await faq.wait()
    card = await answered(faq)
    await faq.given(answer="An older answer.")
    await faq.mia.click(card.message, label="Make it an entry")
    assert "already" in text(card)
    form = await faq.mia.click(card.message, label="Change what I typed")
    assert fields(form)["answer"] == ANSWER
    await faq.mia.submit_modal(form, {**fields(form), "question": "Who mentors me?"})
    assert "Saved" in text(card)
    assert [each.question for each in await faq.entries()] == [QUESTION, "Who mentors me?"]


async def test_what_was_renamed_too_late_is_not_lost(faq: Faq) -> None:
    waiting_id = await faq.wait()
    card = await answered(faq)
    older = await faq.given(answer="An older answer.")
    await faq.mia.click(card.message, label="Make it an entry")
    form = await faq.mia.click(card.message, label="Change what I typed")
    services, guild_id = faq.server.app.services, faq.server.guild.id
    await services.faq.remove(guild_id, older.id, faq.noah.id)
    waiting = await services.faq.waiting_by_id(guild_id, waiting_id)
    await services.faq.add(guild_id, waiting.as_entry(), faq.noah.id, waiting_id=waiting_id)
    await faq.mia.submit_modal(form, {**fields(form), "question": "Who pays for lunch?"})
    assert "Made meanwhile" in text(card)
    assert "Who pays for lunch?" in text(card)
    form = await faq.mia.click(card.message, label="Change what I typed")
    await faq.mia.submit_modal(form, fields(form))
    assert [each.question for each in await faq.entries()] == [QUESTION, "Who pays for lunch?"]


async def test_with_closed_direct_messages_only_a_hint_is_posted(faq: Faq) -> None:
    faq.close_dms("maya")
    await faq.wait("Is my visa a problem?")
    await answered(faq, SECRET)
    await faq.server.deliver()
    await faq.server.deliver()
    hint = faq.server.channel.last_message
    assert hint is not None
    assert "visa" not in text(hint)
    assert SECRET not in text(hint)
    assert [each.id for each in hint.mentions] == [faq.server.maya.id]
    assert not hint.mention_everyone
    await faq.server.restart()
    opened = shown(await faq.server.maya.click(hint, label="Show it to me"))
    assert opened.ephemeral
    assert SECRET in text(opened)
    for other in (faq.server.jonas, faq.mia, faq.server.olivia):
        refused = shown(await other.click(hint, label="Show it to me"))
        assert refused.ephemeral
        assert SECRET not in text(refused)


@on_one_store
async def test_who_left_is_hinted_at_nowhere(faq: Faq) -> None:
    faq.close_dms("maya")
    await faq.wait()
    await answered(faq)
    faq.server.guild.remove_member(faq.server.maya)
    await faq.server.deliver()
    await faq.server.deliver()
    assert faq.server.channel.last_message is None


@on_one_store
async def test_mentions_in_a_letter_ping_nobody(faq: Faq) -> None:
    await faq.wait("Who is @everyone <@1>?")
    await answered(faq, SECRET)
    await faq.server.deliver()
    [letter] = inbox(faq.server.users["maya"])
    assert not letter.mention_everyone
    assert letter.mentions == []
    assert SECRET in text(letter)


@on_one_store
async def test_only_facilitators_see_and_answer(faq: Faq) -> None:
    await faq.wait()
    server = faq.server
    refused = shown(await server.jonas.slash(server.channel, "faq pending"))
    assert "Only facilitators" in text(refused)
    assert QUESTION not in text(refused)
    card = await faq.card("pending")
    form = await faq.mia.click(card.message, label="Answer")
    await server.app.services.preferences.reset(FACILITATOR_ROLE, server.guild.id)
    await faq.mia.submit_modal(form, {"answer": "By Mia."})
    assert "Only facilitators" in text(card)
    assert "By Mia." in text(card)
    assert await waiting(faq) == [QUESTION]
    again = await faq.mia.click(card.message, label="Change what I typed")
    assert "Only facilitators" in text(shown(again))


@on_one_store
async def test_another_servers_questions_are_not_seen(faq: Faq) -> None:
    foreign = faq.server.env.create_guild("Elsewhere")
    services = faq.server.app.services
    secret = await services.faq.wait(foreign.id, faq.server.maya.id, None, "Their secret?", None)
    assert "Nobody is waiting" in text(await faq.card("pending"))
    for command in ("list", "gaps"):
        assert "secret" not in text(await faq.card(command))
    assert (await services.faq.waiting_by_id(foreign.id, secret.id)).answer is None


async def test_an_answer_comes_late_after_a_downtime_and_once(faq: Faq) -> None:
    await faq.wait()
    await answered(faq)
    await faq.server.advance(timedelta(days=2))
    await faq.server.advance(timedelta(hours=1))
    [letter] = inbox(faq.server.users["maya"])
    assert "This was due" in text(letter)
