"""`/faq edit`, `/faq remove`, `/faq history` and `/faq list`: keeping entries and reading them."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from simcord import ResponseMessage

from bot.faq.model import Entry, entry_key
from bot.faq.text import EntryText
from bot.guilds.settings import FACILITATOR_ROLE
from tests.cogs.faq import ANSWER, QUESTION, Faq, facilitated, fields, on_one_store, typed
from tests.cogs.reading import custom_ids, labels, options, shown, text, told


@pytest.fixture
async def faq(tmp_path: Path, migrated_url: str) -> AsyncIterator[Faq]:
    async with facilitated(tmp_path / "var", migrated_url) as started:
        yield started


async def test_an_entry_is_picked_by_its_words_and_edited(faq: Faq) -> None:
    await faq.given("Where do we eat?")
    entry = await faq.given()
    offered = await faq.mia.autocomplete(faq.server.channel, "faq edit", "entry", "mentor")
    assert offered == [{"name": QUESTION, "value": str(entry.id)}]
    form = await faq.run("edit", entry=str(entry.id))
    assert fields(form) == typed(QUESTION, ANSWER)
    await faq.server.restart()
    card = shown(await faq.mia.submit_modal(form, typed(QUESTION, "Better.", aliases="mentor?")))
    assert card.ephemeral
    assert "Better." in text(card)
    after = (await faq.entries())[-1]
    assert (after.answer, after.aliases, after.changed_by) == ("Better.", ("mentor?",), faq.mia.id)
    await faq.mia.click(card.message, label="Undo")
    assert (await faq.entries())[-1].answer == ANSWER
    assert ANSWER in text(card)


@on_one_store
async def test_an_entry_is_found_by_any_of_its_names(faq: Faq) -> None:
    await faq.given()
    form = await faq.run("edit", entry="how do i get a MENTOR")
    assert fields(form)["question"] == QUESTION
    refused = await faq.card("edit", entry="Where is the fridge?")
    assert "no such entry" in text(refused)


async def test_the_career_of_an_entry_is_changed_and_taken_away(faq: Faq) -> None:
    entry = await faq.given()
    form = await faq.run("edit", entry=str(entry.id), role="trust-safety-analyst")
    await faq.mia.submit_modal(form, fields(form))
    assert (await faq.entries())[0].role == "trust-safety-analyst"
    form = await faq.run("edit", entry=str(entry.id))
    await faq.mia.submit_modal(form, {**fields(form), "answer": "Better."})
    assert (await faq.entries())[0].role == "trust-safety-analyst"
    form = await faq.run("edit", entry=str(entry.id), role="none")
    await faq.mia.submit_modal(form, fields(form))
    assert (await faq.entries())[0].role is None


async def test_that_an_entry_is_about_no_career_can_be_picked(faq: Faq) -> None:
    entry = await faq.given()
    none = {"name": "No career", "value": "none"}
    channel = faq.server.channel
    offered = await faq.mia.autocomplete(channel, "faq edit", "role", "")
    assert offered[0] == none
    assert len(offered) > 1
    assert none in await faq.mia.autocomplete(channel, "faq edit", "role", "NO ca")
    assert none not in await faq.mia.autocomplete(channel, "faq edit", "role", "trust")
    assert none not in await faq.mia.autocomplete(channel, "faq add", "role", "")
    form = await faq.run("edit", entry=str(entry.id), role="trust-safety-analyst")
    await faq.mia.submit_modal(form, fields(form))
    form = await faq.run("edit", entry=str(entry.id), role="no career")
    await faq.mia.submit_modal(form, fields(form))
    assert (await faq.entries())[0].role is None


async def test_who_edits_second_is_told_and_shown_both(faq: Faq) -> None:
    entry = await faq.given()
    mine = await faq.run("edit", entry=str(entry.id))
    theirs = await faq.noah.slash(faq.server.channel, "faq edit", entry=str(entry.id))
    await faq.noah.submit_modal(theirs, typed(QUESTION, "By Noah."))
    card = shown(await faq.mia.submit_modal(mine, typed(QUESTION, "By Mia.")))
    assert f"<@{faq.noah.id}> changed it" in text(card)
    assert "By Noah." in text(card)
    assert "By Mia." in text(card)
    assert (await faq.entries())[0].answer == "By Noah."
    await faq.server.restart()
    again = await faq.mia.click(card.message, label="Change what I typed")
    assert fields(again)["answer"] == "By Mia."
    await faq.mia.submit_modal(again, typed(QUESTION, "By both."))
    assert (await faq.entries())[0].answer == "By both."
    assert "Saved" in text(card)


@on_one_store
async def test_an_edit_that_says_the_same_says_so(faq: Faq) -> None:
    entry = await faq.given()
    form = await faq.run("edit", entry=str(entry.id))
    card = shown(await faq.mia.submit_modal(form, fields(form)))
    assert "Nothing changed" in text(card)
    assert (await faq.entries())[0].version == entry.version


async def test_an_edit_of_what_was_removed_meanwhile_becomes_a_new_entry(faq: Faq) -> None:
    entry = await faq.given()
    form = await faq.run("edit", entry=str(entry.id))
    await faq.server.app.services.faq.remove(faq.server.guild.id, entry.id, faq.noah.id)
    card = shown(await faq.mia.submit_modal(form, typed(QUESTION, "By Mia.")))
    assert "Removed meanwhile" in text(card)
    again = await faq.mia.click(card.message, label="Change what I typed")
    await faq.mia.submit_modal(again, fields(again))
    [after] = await faq.entries()
    assert (after.answer, after.id != entry.id) == ("By Mia.", True)


async def test_an_edit_is_kept_though_the_entry_is_removed_as_it_is_refused(
    faq: Faq, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = await faq.given()
    form = await faq.run("edit", entry=str(entry.id))
    await changed(faq, entry.id, "By Noah.")
    ours = faq.server.app.services.faq
    edit = ours.edit

    async def then_removed(guild_id: int, entry_id: int, *given: Any) -> Entry:
        try:
            return await edit(guild_id, entry_id, *given)
        finally:
            await ours.remove(guild_id, entry_id, faq.noah.id)

    monkeypatch.setattr(ours, "edit", then_removed)
    card = shown(await faq.mia.submit_modal(form, typed(QUESTION, "By Mia.")))
    assert "Removed meanwhile" in text(card)
    again = await faq.mia.click(card.message, label="Change what I typed")
    assert fields(again)["answer"] == "By Mia."


async def test_an_edit_to_a_name_that_is_taken_is_refused_and_kept(faq: Faq) -> None:
    await faq.given("Where do we eat?")
    entry = await faq.given()
    form = await faq.run("edit", entry=str(entry.id))
    card = shown(await faq.mia.submit_modal(form, typed("Where do we eat?", "By Mia.")))
    assert "already" in text(card)
    again = await faq.mia.click(card.message, label="Change what I typed")
    assert fields(again)["answer"] == "By Mia."


async def test_an_entry_is_removed_and_brought_back(faq: Faq) -> None:
    entry = await faq.given()
    card = await faq.card("remove", entry=str(entry.id))
    assert await faq.entries() == ()
    assert "30 days" in text(card)
    await faq.server.restart()
    await faq.mia.click(card.message, label="Undo")
    assert [each.question for each in await faq.entries()] == [QUESTION]
    await faq.mia.click(card.message, label="Undo")
    assert await faq.entries() == ()


async def changed(faq: Faq, entry_id: int, answer: str) -> None:
    server = faq.server
    server.clock.time += timedelta(hours=1)
    text = EntryText(QUESTION, (), answer)
    await server.app.services.faq.edit(server.guild.id, entry_id, text, faq.noah.id)


async def test_its_history_says_who_wrote_what_and_goes_back(faq: Faq) -> None:
    entry = await faq.given()
    await changed(faq, entry.id, "Second.")
    await changed(faq, entry.id, "Third.")
    card = await faq.card("history", entry=str(entry.id))
    said = text(card)
    assert f"**Version 3** · edited by <@{faq.noah.id}> <t:" in said
    assert said.index("Third.") < said.index("Second.") < said.index("first week")
    assert "Question" not in said[: said.index("**Version 1**")]
    assert labels(card) == ["Restore this", "Restore this"]
    await faq.server.restart()
    await faq.mia.click(card.message, custom_id=f"faq:v1:restore:{entry.id}:1")
    assert (await faq.entries())[0].answer == ANSWER
    await faq.mia.click(card.message, label="Undo")
    assert (await faq.entries())[0].answer == "Third."


@on_one_store
async def test_a_long_history_has_pages(faq: Faq) -> None:
    entry = await faq.given()
    for n in range(2, 8):
        await changed(faq, entry.id, f"Number {n}.")
    card = await faq.card("history", entry=str(entry.id))
    assert "page 1 of 2" in text(card)
    await faq.mia.click(card.message, label="Older →")
    assert "**Version 1** · added" in text(card)
    await faq.mia.click(card.message, label="← Newer")
    assert "**Version 7**" in text(card)


@on_one_store
async def test_only_facilitators_edit_remove_and_see_the_history(faq: Faq) -> None:
    entry = await faq.given()
    maya, channel = faq.server.maya, faq.server.channel
    for command in ("edit", "remove", "history"):
        refused = shown(await maya.slash(channel, f"faq {command}", entry=str(entry.id)))
        assert "Only facilitators" in text(refused)
        assert await maya.autocomplete(channel, f"faq {command}", "entry", "mentor") == []
    assert len(await faq.entries()) == 1


@on_one_store
async def test_another_servers_entry_can_not_be_reached(faq: Faq) -> None:
    foreign = faq.server.env.create_guild("Elsewhere")
    services = faq.server.app.services
    secret = await services.faq.add(foreign.id, EntryText("Their secret?", (), "Hush."), None)
    for command in ("edit", "remove", "history"):
        for name in (str(secret.id), "Their secret?"):
            refused = await faq.card(command, entry=name)
            assert "no such entry" in text(refused)
    offered = await faq.mia.autocomplete(faq.server.channel, "faq edit", "entry", "secret")
    assert offered == []
    assert "secret" not in text(await faq.card("list"))
    assert await services.faq.named(foreign.id, "Their secret?")


async def listed(faq: Faq, **given: str) -> ResponseMessage:
    return shown(await faq.server.maya.slash(faq.server.channel, "faq list", **given))


@on_one_store
async def test_every_member_reads_the_entries_and_changes_none(faq: Faq) -> None:
    entry = await faq.given()
    await faq.server.app.services.faq.asked(faq.server.guild.id, entry_key(entry.id), QUESTION)
    card = await listed(faq)
    assert card.ephemeral
    assert options(card) == [f"1. {QUESTION}"]
    assert "asked" not in text(card)
    await faq.server.restart()
    await faq.server.maya.select(card.message, [str(entry.id)])
    assert ANSWER in text(card)
    assert labels(card) == ["← All"]
    assert "asked" not in text(card)
    await faq.server.maya.click(card.message, label="← All")
    assert options(card) == [f"1. {QUESTION}"]


async def test_facilitators_see_how_often_and_may_change_it_there(faq: Faq) -> None:
    entry = await faq.given()
    services, guild_id = faq.server.app.services, faq.server.guild.id
    await services.faq.asked(guild_id, entry_key(entry.id), QUESTION)
    await services.faq.vote(guild_id, entry_key(entry.id), faq.server.maya.id, helpful=True)
    card = await faq.card("list")
    assert "asked 1 time · helpful to 1" in text(card)
    await faq.mia.select(card.message, [str(entry.id)])
    assert labels(card) == ["← All", "Edit", "History", "Remove"]
    form = await faq.mia.click(card.message, label="Edit")
    await faq.mia.submit_modal(form, {**fields(form), "answer": "Better."})
    assert "Better." in text(card)
    again = await faq.card("list")
    await faq.mia.select(again.message, [str(entry.id)])
    await faq.mia.click(again.message, label="Remove")
    assert await faq.entries() == ()
    await faq.mia.click(again.message, label="Undo")
    assert len(await faq.entries()) == 1
    final = await faq.card("list")
    await faq.mia.select(final.message, [str(entry.id)])
    await faq.mia.click(final.message, label="History")
    assert "**Version 1** · added" in text(final)


@on_one_store
async def test_who_loses_the_role_can_not_use_old_buttons(faq: Faq) -> None:
    entry = await faq.given()
    card = await faq.card("list")
    await faq.mia.select(card.message, [str(entry.id)])
    server = faq.server
    await server.app.services.preferences.reset(FACILITATOR_ROLE, server.guild.id)
    assert "Only facilitators" in text(shown(await faq.mia.click(card.message, label="Edit")))
    for label in ("History", "Remove"):
        assert "Only facilitators" in text(told(await faq.mia.click(card.message, label=label)))
    assert len(await faq.entries()) == 1


@on_one_store
async def test_a_long_list_has_pages_and_can_be_searched(faq: Faq) -> None:
    for n in range(23):
        await faq.given(f"Question {n:02} about {'mentors' if n % 2 else 'food'}?")
    card = await listed(faq)
    assert len(options(card)) == 10
    assert "page 1 of 3" in text(card)
    await faq.server.maya.click(card.message, label="More →")
    assert options(card)[0] == "11. Question 10 about food?"
    await faq.server.maya.click(card.message, label="More →")
    assert "page 3 of 3" in text(card)
    assert options(card)[-1] == "23. Question 22 about food?"
    assert labels(card) == ["← Back"]
    card = await listed(faq, search="mentors")
    assert "about “mentors” · page 1 of 2" in text(card)
    await faq.server.restart()
    await faq.server.maya.click(card.message, label="More →")
    assert options(card) == ["11. Question 21 about mentors?"]
    await faq.server.maya.select(card.message, [await id_of(faq, "Question 21 about mentors?")])
    await faq.server.maya.click(card.message, label="← All")
    assert options(card) == ["11. Question 21 about mentors?"]
    assert "Nothing is called that" in text(await listed(faq, search="fridge"))


async def id_of(faq: Faq, question: str) -> str:
    return next(str(each.id) for each in await faq.entries() if each.question == question)


@on_one_store
async def test_a_long_answer_is_read_in_pages(faq: Faq) -> None:
    answer = " ".join(f"{n}🧭🧭🧭🧭" for n in range(230))[:2000].strip()
    entry = await faq.given(answer=answer)
    card = await listed(faq)
    await faq.server.maya.select(card.message, [str(entry.id)])
    first = text(card)
    assert "page 1 of 2" in first
    await faq.server.maya.click(card.message, label="More →")
    assert all(word in first + text(card) for word in answer.split())
    assert labels(card) == ["← All", "← Back"]


@on_one_store
async def test_a_page_whose_entries_were_removed_says_so(faq: Faq) -> None:
    entries = [await faq.given(f"Question {n:02}?") for n in range(11)]
    card = await listed(faq)
    await faq.server.app.services.faq.remove(faq.server.guild.id, entries[0].id, None)
    await faq.server.maya.click(card.message, label="More →")
    assert "Nothing is left on this page." in text(card)
    await faq.server.maya.click(card.message, label="← Back")
    assert len(options(card)) == 10


@on_one_store
async def test_an_empty_list_says_how_to_begin(faq: Faq) -> None:
    assert "`/faq add`" in text(await listed(faq))
    assert custom_ids(await listed(faq)) == []
