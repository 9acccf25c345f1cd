"""`/faq import`, `/faq export` and `/faq gaps`: entries in bulk, and what is missing."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from simcord import ResponseMessage

from bot.faq.files import read_file
from bot.faq.model import entry_key
from bot.faq.text import EntryText
from bot.guilds.settings import FACILITATOR_ROLE
from tests.cogs.faq import ANSWER, QUESTION, Faq, facilitated, fields, on_one_store
from tests.cogs.reading import labels, shown, text, told

CSV = f"""question,aliases,answer,role,source
{QUESTION},mentor? | who,Ask Noah.,,
Food?,,Downstairs.,,
"""


@pytest.fixture
async def faq(tmp_path: Path, migrated_url: str) -> AsyncIterator[Faq]:
    async with facilitated(tmp_path / "var", migrated_url) as started:
        yield started


async def imported(faq: Faq, content: str | bytes, name: str = "our faq.csv") -> ResponseMessage:
    data = content.encode() if isinstance(content, str) else content
    return await faq.card("import", file=(name, data))


async def test_a_file_is_looked_at_first_then_imported_after_a_restart(faq: Faq) -> None:
    await faq.given()
    await faq.given("Unnamed in the file?")
    card = await imported(faq, CSV)
    assert card.ephemeral
    assert "1 added · 1 changed · 0 unchanged" in text(card)
    assert "- Food?" in text(card)
    assert len(await faq.entries()) == 2
    await faq.server.restart()
    await faq.mia.click(card.message, label="Import these")
    assert "Imported" in text(card)
    answers = {entry.question: entry.answer for entry in await faq.entries()}
    assert answers == {
        QUESTION: "Ask Noah.",
        "Unnamed in the file?": ANSWER,
        "Food?": "Downstairs.",
    }
    assert {entry.changed_by for entry in await faq.entries()} == {faq.mia.id, faq.noah.id}
    assert card.attachments == []
    again = await imported(faq, CSV)
    assert "The server has all of it already" in text(again)
    assert labels(again) == []


async def test_an_import_is_undone_in_one_press_but_for_what_was_edited_since(faq: Faq) -> None:
    entry = await faq.given()
    card = await imported(faq, f"{CSV}Rent?,,Upstairs.,,\n")
    await faq.mia.click(card.message, label="Import these")
    services, guild_id = faq.server.app.services, faq.server.guild.id
    rent = await services.faq.named(guild_id, "Rent?")
    assert rent is not None
    edited = EntryText("Rent?", (), "By Noah.")
    await services.faq.edit(guild_id, rent.id, edited, faq.noah.id)
    await faq.server.restart()
    await faq.mia.click(card.message, label="Undo")
    assert "1 removed · 1 put back" in text(card)
    assert "1 entry stays" in text(card)
    assert [each.text for each in await faq.entries()] == [entry.text, edited]
    assert labels(card) == []


async def test_an_import_of_which_all_was_changed_since_is_not_undone(faq: Faq) -> None:
    card = await imported(faq, CSV)
    await faq.mia.click(card.message, label="Import these")
    for entry in await faq.entries():
        await faq.server.app.services.faq.remove(faq.server.guild.id, entry.id, faq.noah.id)
    await faq.mia.click(card.message, label="Undo")
    assert "Nothing was undone" in text(card)
    assert "2 entries stay" in text(card)


async def test_who_loses_the_role_meanwhile_undoes_no_import(faq: Faq) -> None:
    card = await imported(faq, CSV)
    await faq.mia.click(card.message, label="Import these")
    server = faq.server
    await server.app.services.preferences.reset(FACILITATOR_ROLE, server.guild.id)
    assert "Only facilitators" in text(told(await faq.mia.click(card.message, label="Undo")))
    assert len(await faq.entries()) == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.yaml", "- question: Food?\n  answer: Downstairs.\n"),
        ("b.YML", "- question: Food?\n  answer: Downstairs.\n"),
        ("c.json", '[{"question": "Food?", "answer": "Downstairs."}]'),
    ],
)
async def test_files_of_every_format_are_read(faq: Faq, name: str, content: str) -> None:
    card = await imported(faq, content, name)
    await faq.mia.click(card.message, label="Import these")
    assert [entry.question for entry in await faq.entries()] == ["Food?"]


@on_one_store
async def test_problems_are_listed_by_line_and_nothing_is_imported(faq: Faq) -> None:
    rows = "".join(f"Question {n}?,{'x' * 2500}\n" for n in range(40))
    card = await imported(faq, f"question,answer\nGood?,Yes.\n{rows}")
    assert "Line 3: " in text(card)
    assert "Line 27: " in text(card)
    assert "Line 28: " not in text(card)
    assert "… and 15 more." in text(card)
    assert labels(card) == []
    assert await faq.entries() == ()
    assert "end in .csv" in text(await imported(faq, CSV, "faq.exe"))
    assert "isn't UTF-8" in text(await imported(faq, b"question,answer\n\xff,\xfe\n"))


async def test_a_name_taken_meanwhile_stops_the_whole_import(faq: Faq) -> None:
    card = await imported(faq, CSV)
    taken = EntryText("Who is it?", ("mentor?",), ANSWER)
    await faq.server.app.services.faq.add(faq.server.guild.id, taken, faq.noah.id)
    await faq.mia.click(card.message, label="Import these")
    assert "Nothing was changed" in text(card)
    assert "Line 2: " in text(card)
    assert [entry.question for entry in await faq.entries()] == ["Who is it?"]


@on_one_store
async def test_a_file_that_is_too_large_is_refused(faq: Faq) -> None:
    card = await imported(faq, b"x" * 5_000_001)
    assert "5,000,000 fit" in text(card)


@on_one_store
async def test_hostile_titles_stay_text_within_the_limits(faq: Faq) -> None:
    rows = "".join(f"{'@everyone **#' * 12}{n},yes\n" for n in range(30))
    card = await imported(faq, f"question,answer\n{rows}")
    assert "30 added" in text(card)
    assert "- … and 25 more" in text(card)
    assert not card.message.mention_everyone


async def test_what_is_exported_can_be_imported_elsewhere(faq: Faq) -> None:
    await faq.given('=1+1 "quoted", @everyone?', "Line one.\n\nLine two.")
    await faq.given()
    expected = [entry.text for entry in await faq.entries()]
    for given, name in (({}, "faq.csv"), ({"format": "yaml"}, "faq.yaml")):
        card = await faq.card("export", **given)
        assert card.ephemeral
        assert "2 entries" in text(card)
        [file] = card.attachments
        assert file.filename == name
        parsed = read_file(file.filename, await file.read())
        assert [each for _, each in parsed.items] == expected


@on_one_store
async def test_an_empty_server_has_nothing_to_export(faq: Faq) -> None:
    assert "no entries yet" in text(await faq.card("export"))


@on_one_store
async def test_only_facilitators_import_export_and_see_gaps(faq: Faq) -> None:
    await faq.given()
    maya, channel = faq.server.maya, faq.server.channel
    file = ("faq.csv", CSV.encode())
    given = {"import": {"file": file}, "export": {}, "gaps": {}}
    for command, options in given.items():
        refused = shown(await maya.slash(channel, f"faq {command}", **options))
        assert "Only facilitators" in text(refused)
        assert refused.attachments == []


async def missed(faq: Faq, question: str, times: int = 1) -> None:
    for _ in range(times):
        await faq.server.app.services.faq.missed(faq.server.guild.id, question)


async def test_an_unanswered_question_becomes_an_entry(faq: Faq) -> None:
    await missed(faq, "who has the **keys**", 3)
    await missed(faq, "where is the fridge")
    card = await faq.card("gaps")
    said = text(card)
    assert said.index("who has the") < said.index("where is the fridge")
    assert "asked 3 times" in said
    assert "who has the **keys**" not in said
    await faq.server.restart()
    [_, fridge] = [each for each in buttons(card) if "write" in each]
    form = await faq.mia.click(card.message, custom_id=fridge)
    assert fields(form)["question"] == "where is the fridge"
    saved = shown(await faq.mia.submit_modal(form, {**fields(form), "answer": "Downstairs."}))
    assert "Saved" in text(saved)
    assert "who has the" in text(card)
    refused = shown(await faq.mia.click(card.message, custom_id=fridge))
    assert "has an answer by now" in text(refused)
    assert "fridge" not in text(await faq.card("gaps"))


def buttons(card: ResponseMessage) -> list[str]:
    """The custom ids of buttons beside texts."""
    return [
        part["accessory"]["custom_id"]
        for container in card.components
        for part in container["components"]
        if "accessory" in part
    ]


async def test_the_other_kinds_are_a_choice_away(faq: Faq) -> None:
    entry = await faq.given()
    services, guild_id = faq.server.app.services, faq.server.guild.id
    key = entry_key(entry.id)
    await services.faq.asked(guild_id, key, QUESTION)
    await services.faq.asked(guild_id, "term:RLHF", "What is RLHF?")
    for member in (1, 2, 3):
        await services.faq.vote(guild_id, key, member, helpful=False)
    card = await faq.card("gaps", kind="most_asked")
    assert "Most asked" in text(card)
    assert "What is RLHF?" in text(card)
    assert len(buttons(card)) == 1
    await faq.server.restart()
    await faq.mia.select(card.message, ["unhelpful"])
    assert "not helpful to 3" in text(card)
    opened = shown(await faq.mia.click(card.message, label="Open"))
    assert ANSWER in text(opened)
    assert "Edit" in labels(opened)
    faq.server.clock.time += timedelta(days=190)
    await services.faq.asked(guild_id, key, QUESTION)
    await faq.mia.select(card.message, ["stale"])
    assert "last changed" in text(card)
    await faq.mia.select(card.message, ["unanswered"])
    assert "Nothing here" in text(card)


@on_one_store
async def test_the_same_question_about_two_careers_is_two_answers(faq: Faq) -> None:
    ours, guild_id = faq.server.app.services.faq, faq.server.guild.id
    careers = ("Trust & Safety Analyst", "AI Red-Team Engineer")
    for n, career in enumerate(careers):
        await ours.asked(guild_id, f"pack:{n}:1", f"{career} · What does it pay?")
    await ours.asked(guild_id, "pack:2:1", f"A Third · {'Why, ' * 60}?")
    said = text(await faq.card("gaps", kind="most_asked"))
    assert all(f"{career} · What does it pay?" in said for career in careers)
    assert "A Third · Why, " in said
    assert "…\n-# asked 1 time" in said


@on_one_store
async def test_another_servers_gaps_and_entries_stay_there(faq: Faq) -> None:
    foreign = faq.server.env.create_guild("Elsewhere")
    services = faq.server.app.services
    await services.faq.missed(foreign.id, "their secret")
    await services.faq.add(foreign.id, EntryText("Their secret?", (), "Hush."), None)
    for kind in ("unanswered", "most_asked"):
        assert "secret" not in text(await faq.card("gaps", kind=kind))
    assert "no entries yet" in text(await faq.card("export"))


@on_one_store
async def test_a_card_whose_file_is_out_of_reach_says_what_to_do(
    faq: Faq, monkeypatch: pytest.MonkeyPatch
) -> None:
    card = await imported(faq, CSV)

    async def unreachable(_url: str) -> bytes:
        raise TimeoutError

    monkeypatch.setattr(faq.server.client.http, "get_from_cdn", unreachable)
    refused = told(await faq.mia.click(card.message, label="Import these"))
    assert "`/faq import` again" in text(refused)
    assert await faq.entries() == ()
