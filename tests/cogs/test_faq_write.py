"""`/faq add`: an entry is written, what is like it is shown first, and nothing typed is lost."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.faq.text import EntryText
from bot.guilds.settings import FACILITATOR_ROLE
from tests.cogs.faq import ANSWER, QUESTION, Faq, facilitated, fields, on_one_store, typed
from tests.cogs.reading import labels, shown, text, told

CAREER = "trust-safety-analyst"


@pytest.fixture
async def faq(tmp_path: Path, migrated_url: str) -> AsyncIterator[Faq]:
    async with facilitated(tmp_path / "var", migrated_url) as started:
        yield started


async def questions(faq: Faq) -> list[str]:
    return [entry.question for entry in await faq.entries()]


async def test_an_entry_is_written_and_undone_and_that_too(faq: Faq) -> None:
    card = await faq.write(aliases="mentor?\nwho mentors me", source="https://example.org")
    assert card.ephemeral
    assert "Saved" in text(card)
    [entry] = await faq.entries()
    assert (entry.question, entry.answer) == (QUESTION, ANSWER)
    assert entry.aliases == ("mentor?", "who mentors me")
    assert entry.source == "https://example.org"
    assert entry.changed_by == faq.mia.id
    await faq.server.restart()
    await faq.mia.click(card.message, label="Undo")
    assert await faq.entries() == ()
    assert "Removed" in text(card)
    await faq.mia.click(card.message, label="Undo")
    assert await questions(faq) == [QUESTION]


async def test_a_form_is_submitted_after_a_restart(faq: Faq) -> None:
    form = await faq.run("add")
    await faq.server.restart()
    card = shown(await faq.mia.submit_modal(form, typed(QUESTION, ANSWER)))
    assert "Saved" in text(card)
    assert await questions(faq) == [QUESTION]


async def test_an_entry_may_be_about_a_career(faq: Faq) -> None:
    offered = await faq.mia.autocomplete(faq.server.channel, "faq add", "role", "trust & saf")
    assert CAREER in [each["value"] for each in offered]
    form = await faq.run("add", role=CAREER)
    card = shown(await faq.mia.submit_modal(form, typed(QUESTION, ANSWER)))
    [entry] = await faq.entries()
    assert entry.role == CAREER
    assert "Career: Trust & Safety Analyst" in text(card)
    refused = await faq.card("add", role="astronaut")
    assert "I don't know the career “astronaut”" in text(refused)


async def test_what_is_like_it_is_shown_before_it_is_saved(faq: Faq) -> None:
    await faq.given("How do I get a mentor here?", "Ask **Noah**.")
    await faq.given("Where is the fridge?")
    card = await faq.write()
    assert await questions(faq) == ["How do I get a mentor here?", "Where is the fridge?"]
    assert "Is it one of these?" in text(card)
    assert "Ask **Noah**." in text(card)
    assert "fridge" not in text(card)
    assert QUESTION in text(card)
    assert ANSWER in text(card)
    await faq.server.restart()
    await faq.mia.click(card.message, label="Save anyway")
    assert "Saved" in text(card)
    assert (await questions(faq))[-1] == QUESTION


async def test_one_like_it_is_edited_instead_and_the_draft_stays(faq: Faq) -> None:
    entry = await faq.given("How do I get a mentor here?")
    card = await faq.write(answer="My own answer")
    await faq.server.restart()
    form = await faq.mia.click(card.message, label="Edit “How do I get a mentor here?”")
    assert fields(form)["question"] == "How do I get a mentor here?"
    given = typed("How do I get a mentor here?", "Better.", aliases=QUESTION)
    saved = shown(await faq.mia.submit_modal(form, given))
    assert "Saved" in text(saved)
    [after] = await faq.entries()
    assert (after.id, after.answer, after.aliases) == (entry.id, "Better.", (QUESTION,))
    assert "My own answer" in text(card)
    assert "Save anyway" in labels(card)


async def test_what_was_typed_is_changed_and_looked_at_again(faq: Faq) -> None:
    await faq.given("How do I get a mentor here?")
    card = await faq.write(aliases="one\ntwo", source="Mia")
    await faq.server.restart()
    form = await faq.mia.click(card.message, label="Change what I typed")
    assert fields(form) == typed(QUESTION, ANSWER, aliases="one\ntwo", source="Mia")
    await faq.mia.submit_modal(form, typed("Where do we eat?", "Downstairs."))
    assert "Saved" in text(card)
    assert (await questions(faq))[-1] == "Where do we eat?"


async def test_a_name_that_is_taken_is_refused_and_nothing_is_lost(faq: Faq) -> None:
    await faq.given()
    card = await faq.write(answer="Something else.")
    await faq.mia.click(card.message, label="Save anyway")
    assert f"There is an answer to “{QUESTION}” already" in text(card)
    assert "Something else." in text(card)
    form = await faq.mia.click(card.message, label="Change what I typed")
    await faq.mia.submit_modal(form, typed("Where do we eat?", fields(form)["answer"]))
    assert (await faq.entries())[-1].answer == "Something else."


async def test_what_can_not_be_shown_is_refused_and_offered_again(faq: Faq) -> None:
    card = await faq.write(answer="ring the bell\a")
    assert "a character that can't be shown" in text(card)
    form = await faq.mia.click(card.message, label="Change what I typed")
    assert fields(form)["question"] == QUESTION
    await faq.mia.submit_modal(form, typed(QUESTION, "ring the bell"))
    assert "Saved" in text(card)


@pytest.mark.parametrize(
    ("sign", "has_words"),
    [("x", True), ("म", True), ("🧭", False)],
    ids=["latin", "devanagari", "emoji"],
)
async def test_the_longest_entry_is_kept_word_for_word(
    faq: Faq, sign: str, *, has_words: bool
) -> None:
    await faq.given(sign * 200)
    longest = typed(
        sign * 200,
        f"{sign * 1999}\a",
        aliases="\n".join(f"{n:02}{sign * 198}" for n in range(12)),
        source=sign * 300,
    )
    form = await faq.run("add")
    card = shown(await faq.mia.submit_modal(form, longest))
    await faq.server.restart()
    again = await faq.mia.click(card.message, label="Change what I typed")
    assert fields(again) == longest
    await faq.mia.submit_modal(again, {**longest, "answer": sign * 2000})
    assert ("Save anyway" in labels(card)) is has_words
    if has_words:
        await faq.mia.click(card.message, label="Save anyway")
    assert "already" in text(card)
    again = await faq.mia.click(card.message, label="Change what I typed")
    await faq.mia.submit_modal(again, {**fields(again), "question": "Where do we eat?"})
    entry = (await faq.entries())[-1]
    assert (entry.answer, len(entry.aliases), len(entry.source or "")) == (sign * 2000, 12, 300)
    assert card.attachments == []


@on_one_store
async def test_who_is_no_facilitator_can_not_write(faq: Faq) -> None:
    refused = shown(await faq.server.maya.slash(faq.server.channel, "faq add"))
    assert refused.ephemeral
    assert "Only facilitators" in text(refused)


async def test_a_manager_counts_as_a_facilitator(faq: Faq) -> None:
    form = await faq.server.olivia.slash(faq.server.channel, "faq add")
    await faq.server.olivia.submit_modal(form, typed(QUESTION, ANSWER))
    assert await questions(faq) == [QUESTION]


@on_one_store
async def test_who_loses_the_role_meanwhile_saves_nothing_and_loses_nothing(faq: Faq) -> None:
    form = await faq.run("add")
    server = faq.server
    await server.app.services.preferences.reset(FACILITATOR_ROLE, server.guild.id)
    card = shown(await faq.mia.submit_modal(form, typed(QUESTION, ANSWER)))
    assert "Only facilitators" in text(card)
    assert ANSWER in text(card)
    assert await faq.entries() == ()
    refused = shown(await faq.mia.click(card.message, label="Change what I typed"))
    assert "Only facilitators" in text(refused)


@on_one_store
async def test_markdown_and_mentions_are_text_and_ping_nobody(faq: Faq) -> None:
    card = await faq.write("# **What** of `@everyone` <@&1>?", "Ask @everyone or <@1>.")
    assert "\\*\\*What\\*\\*" in text(card)
    assert not card.message.mention_everyone
    listed = shown(await faq.server.maya.slash(faq.server.channel, "faq list"))
    assert not listed.message.mention_everyone


@on_one_store
async def test_another_servers_entries_are_not_like_anything_here(faq: Faq) -> None:
    foreign = faq.server.env.create_guild("Elsewhere")
    text_of = (await faq.given("How do I get a mentor here?")).text
    await faq.server.app.services.faq.remove(faq.server.guild.id, 1, None)
    await faq.server.app.services.faq.add(foreign.id, text_of, None)
    card = await faq.write()
    assert "Saved" in text(card)
    assert "here" not in text(card)


async def test_an_undo_after_somebody_elses_edit_is_refused(faq: Faq) -> None:
    card = await faq.write()
    [entry] = await faq.entries()
    changed = EntryText(QUESTION, (), "Changed by Noah.")
    await faq.server.app.services.faq.edit(faq.server.guild.id, entry.id, changed, faq.noah.id)
    refused = told(await faq.mia.click(card.message, label="Undo"))
    assert "changed again since" in text(refused)
    assert (await faq.entries())[0].answer == "Changed by Noah."


async def test_the_same_saved_twice_is_one_entry(faq: Faq) -> None:
    await faq.given("How do I get a mentor here?")
    cards = [await faq.write(), await faq.write()]
    for card in cards:
        await faq.mia.click(card.message, label="Save anyway")
        assert "Saved" in text(card)
    assert (await questions(faq))[1:] == [QUESTION]
    await faq.mia.click(cards[1].message, label="Undo")
    assert len(await faq.entries()) == 1
