import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select

from bot.faq import store
from bot.faq.model import ChangedSince, EntryGone, NameTaken, TooManyEntries, Version, What
from bot.faq.service import Faq
from bot.faq.statements import entries, guards
from bot.faq.text import EntryText, Unfit
from bot.store.database import Database
from bot.store.slices import AT_ONCE
from tests.bot.faq.samples import ANNA, BEN, GUILD, OTHER_GUILD, text
from tests.conftest import NOW, FixedClock


async def questions(faq: Faq, guild_id: int = GUILD) -> list[str]:
    return [entry.question for entry in (await faq.entries(guild_id))[1]]


async def whats(faq: Faq, entry_id: int) -> list[What]:
    return [version.what for version in await faq.history(GUILD, entry_id)]


async def test_a_server_begins_without_answers(faq: Faq) -> None:
    assert await faq.revision(GUILD) == 0
    assert await faq.entries(GUILD) == (0, ())
    assert await faq.named(GUILD, "Pentest?") is None
    assert await faq.titles(GUILD, "") == []


async def test_an_answer_is_added_and_found_by_its_names(faq: Faq) -> None:
    written = EntryText(" What is\na pentest? ", ("Pen test",), "A test.\n", "analyst", "Anna")
    entry = await faq.add(GUILD, written, ANNA)
    assert entry.text == written.checked()
    assert (entry.version, entry.changed_by, entry.changed_at) == (1, ANNA, NOW)
    assert await faq.entries(GUILD) == (1, (entry,))
    assert await faq.get(GUILD, entry.id) == entry
    for name in ("what IS a pentests", "pén-test"):
        assert await faq.named(GUILD, name) == entry
    assert await faq.named(GUILD, "pen") is None


async def test_what_does_not_fit_is_not_kept(faq: Faq) -> None:
    with pytest.raises(Unfit):
        await faq.add(GUILD, text(" "), ANNA)
    entry = await faq.add(GUILD, text(), ANNA)
    with pytest.raises(Unfit):
        await faq.edit(GUILD, entry.id, text(answer=""), ANNA)
    assert await faq.revision(GUILD) == 1


async def test_every_change_is_a_version_and_a_revision(faq: Faq, clock: FixedClock) -> None:
    entry = await faq.add(GUILD, text(), ANNA)
    clock.time += timedelta(hours=1)
    edited = await faq.edit(GUILD, entry.id, text("Pentest", "pt"), BEN, expected_version=1)
    assert (edited.version, edited.changed_by, edited.changed_at) == (2, BEN, clock.time)
    assert await faq.get(GUILD, entry.id) == edited
    assert await faq.revision(GUILD) == 2
    assert await faq.named(GUILD, "What is a pentest?") is None
    assert await faq.history(GUILD, entry.id) == [
        Version(entry.id, 2, text("Pentest", "pt"), False, BEN, clock.time, What.EDITED),
        Version(entry.id, 1, text(), False, ANNA, NOW, What.ADDED),
    ]


async def test_an_edit_that_changes_nothing_writes_nothing(faq: Faq) -> None:
    entry = await faq.add(GUILD, text(), ANNA)
    assert await faq.edit(GUILD, entry.id, text("  What is a  pentest?"), BEN) == entry
    assert await faq.revision(GUILD) == 1


async def test_an_edit_of_what_somebody_else_has_changed_is_refused(faq: Faq) -> None:
    entry = await faq.add(GUILD, text(), ANNA)
    await faq.edit(GUILD, entry.id, text(answer="B"), BEN, expected_version=1)
    with pytest.raises(ChangedSince):
        await faq.edit(GUILD, entry.id, text(answer="A"), ANNA, expected_version=1)
    assert (await faq.get(GUILD, entry.id)).answer == "B"


async def test_a_removed_answer_is_gone_but_not_lost(faq: Faq) -> None:
    entry = await faq.add(GUILD, text(), ANNA)
    removed = await faq.remove(GUILD, entry.id, BEN)
    assert (removed.removed, removed.version, removed.text) == (True, 2, entry.text)
    assert await faq.entries(GUILD) == (2, ())
    assert await faq.named(GUILD, entry.question) is None
    assert await faq.titles(GUILD, "pentest") == []
    assert await faq.get(GUILD, entry.id, removed_too=True) == removed
    assert await whats(faq, entry.id) == [What.REMOVED, What.ADDED]
    for gone in (
        faq.get(GUILD, entry.id),
        faq.edit(GUILD, entry.id, text(answer="x"), ANNA),
        faq.remove(GUILD, entry.id, ANNA),
    ):
        with pytest.raises(EntryGone):
            await gone


async def test_an_undo_puts_back_what_was_before(faq: Faq) -> None:
    entry = await faq.add(GUILD, text(), ANNA)
    await faq.edit(GUILD, entry.id, text("Pentest"), ANNA)
    undone = await faq.undo(GUILD, entry.id, 2, BEN)
    assert (undone.text, undone.version, undone.changed_by) == (text(), 3, BEN)
    again = await faq.undo(GUILD, entry.id, 3, BEN)
    assert again.text == text("Pentest")
    assert await faq.named(GUILD, "Pentest") == again
    assert (await whats(faq, entry.id))[:2] == [What.RESTORED, What.RESTORED]


async def test_a_removal_is_undone_and_an_addition_too(faq: Faq) -> None:
    entry = await faq.add(GUILD, text(), ANNA)
    assert (await faq.undo(GUILD, entry.id, 1, ANNA)).removed
    back = await faq.undo(GUILD, entry.id, 2, ANNA)
    assert (back.removed, back.text) == (False, entry.text)
    assert (await faq.undo(GUILD, entry.id, 3, ANNA)).removed
    assert await whats(faq, entry.id) == [What.REMOVED, What.RESTORED, What.REMOVED, What.ADDED]


async def test_nobody_undoes_a_later_change(faq: Faq) -> None:
    entry = await faq.add(GUILD, text(), ANNA)
    await faq.edit(GUILD, entry.id, text(answer="B"), BEN)
    with pytest.raises(ChangedSince):
        await faq.undo(GUILD, entry.id, 1, ANNA)
    assert (await faq.get(GUILD, entry.id)).answer == "B"


async def test_an_old_version_is_made_the_newest(faq: Faq) -> None:
    entry = await faq.add(GUILD, text(answer="1"), ANNA)
    await faq.edit(GUILD, entry.id, text(answer="2"), ANNA)
    await faq.remove(GUILD, entry.id, ANNA)
    restored = await faq.restore(GUILD, entry.id, 1, BEN)
    assert (restored.answer, restored.version, restored.removed) == ("1", 4, False)
    assert await faq.entries(GUILD) == (4, (restored,))
    with pytest.raises(EntryGone):
        await faq.restore(GUILD, entry.id, 9, BEN)


async def test_a_name_is_given_once(faq: Faq) -> None:
    pentest = await faq.add(GUILD, text("Pentest?", "pen test"), ANNA)
    salary = await faq.add(GUILD, text("Salary?"), ANNA)
    with pytest.raises(NameTaken, match="There is an answer to “PENTESTS”"):
        await faq.add(GUILD, text("PENTESTS"), BEN)
    with pytest.raises(NameTaken, match="“Pen-Test” is a name of “Pentest\\?”") as refused:
        await faq.edit(GUILD, salary.id, text("Salary?", "pay", "Pen-Test"), BEN)
    assert refused.value.name == "Pen-Test"
    assert await faq.revision(GUILD) == 2
    swapped = await faq.edit(GUILD, pentest.id, text("pen test", "Pentest?"), BEN)
    assert swapped.question == "pen test"


async def test_names_of_other_servers_and_of_removed_answers_are_free(faq: Faq) -> None:
    entry = await faq.add(GUILD, text(), ANNA)
    await faq.add(OTHER_GUILD, text(), ANNA)
    await faq.remove(GUILD, entry.id, ANNA)
    second = await faq.add(GUILD, text(), ANNA)
    for back in (faq.undo(GUILD, entry.id, 2, ANNA), faq.restore(GUILD, entry.id, 1, ANNA)):
        with pytest.raises(NameTaken):
            await back
    assert await faq.named(GUILD, second.question) == second


async def test_a_server_can_be_full(faq: Faq, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guards, "MAX_ENTRIES", 2)
    first = await faq.add(GUILD, text("a"), ANNA)
    await faq.add(GUILD, text("b"), ANNA)
    with pytest.raises(TooManyEntries):
        await faq.add(GUILD, text("c"), ANNA)
    await faq.remove(GUILD, first.id, ANNA)
    await faq.add(GUILD, text("c"), ANNA)
    with pytest.raises(TooManyEntries):
        await faq.undo(GUILD, first.id, 2, ANNA)
    await faq.add(OTHER_GUILD, text("c"), ANNA)


async def test_nothing_of_another_server_is_reached_or_hinted_at(faq: Faq) -> None:
    entry = await faq.add(GUILD, text(), ANNA)
    for reach in (
        faq.get(OTHER_GUILD, entry.id, removed_too=True),
        faq.edit(OTHER_GUILD, entry.id, text(answer="x"), BEN),
        faq.remove(OTHER_GUILD, entry.id, BEN),
        faq.undo(OTHER_GUILD, entry.id, 1, BEN),
        faq.restore(OTHER_GUILD, entry.id, 1, BEN),
        faq.history(OTHER_GUILD, entry.id),
        faq.vote(OTHER_GUILD, f"entry:{entry.id}", BEN, True),
    ):
        with pytest.raises(EntryGone):
            await reach
    await faq.asked(OTHER_GUILD, f"entry:{entry.id}", entry.question)
    assert await faq.entries(OTHER_GUILD) == (0, ())
    assert await faq.named(OTHER_GUILD, entry.question) is None
    assert await faq.titles(OTHER_GUILD, "pentest") == []
    assert await faq.export(OTHER_GUILD) == []
    assert await faq.entries(GUILD) == (1, (entry,))


async def test_titles_are_found_while_they_are_typed(faq: Faq) -> None:
    for question, alias in {
        "How is a pentest paid?": "pay of pentesters",
        "Pentest basics": "start",
        "100% remote?": "x_y",
    }.items():
        await faq.add(GUILD, text(question, alias), ANNA)

    async def found(typed: str, limit: int = 25) -> list[str]:
        return [entry.question for entry in await faq.titles(GUILD, typed, limit)]

    assert await found("PENT") == ["Pentest basics", "How is a pentest paid?"]
    assert await found("paid pent") == ["How is a pentest paid?"]
    assert await found("pay") == ["How is a pentest paid?"]
    assert await found("%") == await found("_") == []
    assert await found("00_rem") == await found("100%") == ["100% remote?"]
    assert len(await found("")) == 3
    assert len(await found("", 2)) == 2
    assert await found("nothing") == []


async def test_titles_come_in_pages_of_which_the_number_is_known(faq: Faq) -> None:
    for n in range(5):
        await faq.add(GUILD, text(f"Pentest {n}?", f"pentest alias {n}"), ANNA)
    removed = await faq.add(GUILD, text("Pentest 9?"), ANNA)
    await faq.remove(GUILD, removed.id, ANNA)
    await faq.add(GUILD, text("Food?"), ANNA)

    async def page(search: str, start: int) -> tuple[list[str], int]:
        found, count = await faq.page(GUILD, search, start, 2)
        return [entry.question for entry in found], count

    assert await page("pentest", 0) == (["Pentest 0?", "Pentest 1?"], 5)
    assert await page("pentest", 4) == (["Pentest 4?"], 5)
    assert await page("pentest", 6) == ([], 5)
    assert await page("", 4) == (["Pentest 3?", "Pentest 4?"], 6)
    assert await page("nothing", 0) == ([], 0)
    assert await faq.page(OTHER_GUILD, "", 0, 2) == ([], 0)


async def test_of_two_adding_one_name_at_once_one_is_refused(faq: Faq, database: Database) -> None:
    adding = (faq.add(GUILD, text("Pentest?", f"alias {n}"), n) for n in range(8))
    results = await asyncio.gather(*adding, return_exceptions=True)
    assert sorted(type(result).__name__ for result in results) == ["Entry"] + ["NameTaken"] * 7
    assert await questions(faq) == ["Pentest?"]
    assert await faq.revision(GUILD) == 1
    async with database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(store.names)) == 2


async def test_changes_at_once_are_all_counted(faq: Faq) -> None:
    await asyncio.gather(*(faq.add(GUILD, text(f"q{n}"), ANNA) for n in range(10)))
    ids = [entry.id for entry in (await faq.entries(GUILD))[1]]
    await asyncio.gather(*(faq.edit(GUILD, each, text(f"r{each}"), BEN) for each in ids))
    assert await faq.revision(GUILD) == 20
    edits = (faq.edit(GUILD, ids[0], text(f"s{n}"), BEN, expected_version=2) for n in range(5))
    results = await asyncio.gather(*edits, return_exceptions=True)
    assert sum(isinstance(result, ChangedSince) for result in results) == 4


async def test_the_revision_is_that_of_the_answers(faq: Faq) -> None:
    async def read() -> list[tuple[int, int]]:
        seen: list[tuple[int, int]] = []
        for _ in range(30):
            revision, entries = await faq.entries(GUILD)
            seen.append((revision, len(entries)))
        return seen

    async def write() -> None:
        for number in range(15):
            await faq.add(GUILD, text(f"q{number}"), ANNA)

    seen, _ = await asyncio.gather(read(), write())
    assert all(count >= revision for revision, count in seen)
    assert (await faq.entries(GUILD))[0] == 15


async def test_many_answers_are_written_and_read_a_few_at_a_time(database: Database) -> None:
    texts, sizes = [text(f"Question {number}?") for number in range(450)], list[int]()

    def note(_c: object, _cursor: object, _statement: str, given: Any, *_more: object) -> None:
        sizes.append(len(given))

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    async with database.writing() as session:
        added = await entries.add_all(session, GUILD, texts, What.ADDED, by=ANNA, now=NOW)
        await entries.put_all(
            session, GUILD, [replace(each, version=2) for each in added], What.EDITED
        )
        assert [each.version for each in await entries.all_of(session, GUILD)] == [2] * 450
    assert max(sizes) <= AT_ONCE * len(store.entries.c)
