import asyncio
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.faq.files import Parsed, read_file, write_csv, write_yaml
from bot.faq.importing import ImportUndo
from bot.faq.model import Entry, Gap, GapKind, Version, What
from bot.faq.service import Faq
from bot.faq.statements import versions
from bot.faq.text import EntryText
from tests.bot.faq.samples import ANNA, BEN, GUILD, OTHER_GUILD, text
from tests.conftest import NOW, TORTURE, FixedClock


def parsed(*written: EntryText) -> Parsed:
    return Parsed(tuple((2 + place, each) for place, each in enumerate(written)))


async def texts(faq: Faq, guild_id: int = GUILD) -> list[EntryText]:
    return [written for _, written in await faq.export(guild_id)]


async def test_an_import_adds_changes_and_leaves_the_rest(faq: Faq) -> None:
    pentest = await faq.add(GUILD, text("Pentest?", "pen test"), ANNA)
    salary = await faq.add(GUILD, text("Salary?"), ANNA)
    await faq.add(GUILD, text("Elsewhere?"), ANNA)
    await faq.missed(GUILD, "new alias")
    file = parsed(text("pentests", "pt"), text("New?", "pen test", "new alias"), salary.text)
    plan = await faq.plan_import(GUILD, file)
    assert (len(plan.added), len(plan.changed), plan.unchanged) == (1, 1, (salary,))
    assert await faq.revision(GUILD) == 3
    assert await faq.import_all(GUILD, file, BEN) == replace(plan, at=NOW)
    assert await faq.revision(GUILD) == 5
    written = [text("pentests", "pt"), salary.text, text("Elsewhere?")]
    assert await texts(faq) == [*written, text("New?", "pen test", "new alias")]
    new = await faq.named(GUILD, "Pen test")
    assert new is not None
    assert (new.version, new.changed_by, new.changed_at) == (1, BEN, NOW)
    [newest, _] = await faq.history(GUILD, pentest.id)
    assert newest == Version(pentest.id, 2, written[0], False, BEN, NOW, What.IMPORTED)
    assert [version.what for version in await faq.history(GUILD, new.id)] == [What.IMPORTED]
    assert await faq.gaps(GUILD, GapKind.UNANSWERED) == list[Gap]()


async def test_importing_again_changes_nothing(faq: Faq) -> None:
    file = parsed(text("a"), text("b"))
    await faq.import_all(GUILD, file, ANNA)
    plan = await faq.import_all(GUILD, file, ANNA)
    assert not plan.changes_something
    assert plan.at is None
    assert await faq.revision(GUILD) == 1


async def test_an_import_is_undone_but_for_what_was_changed_since(
    faq: Faq, clock: FixedClock
) -> None:
    old = await faq.add(GUILD, text("Pentest?", "pen test", answer="1"), ANNA)
    await faq.add(OTHER_GUILD, text("Pentest?"), BEN)
    clock.time += timedelta(hours=1)
    mine = await faq.import_all(GUILD, parsed(text("Earlier?")), BEN)
    clock.time += timedelta(microseconds=1)
    new = text("New?", "pen test")
    plan = await faq.import_all(GUILD, parsed(text("Pentest?"), new, text("Edited?")), BEN)
    assert (mine.at, plan.at) == (NOW + timedelta(hours=1), clock.time)
    assert plan.at is not None
    edited = await faq.named(GUILD, "Edited?")
    assert edited is not None
    await faq.edit(GUILD, edited.id, text("Edited?", answer="2"), ANNA)
    clock.time += timedelta(hours=1)
    undo = await faq.undo_import(GUILD, BEN, plan.at)
    assert (len(undo.removed), len(undo.restored), undo.left) == (1, 1, 1)
    expected = [old.text, text("Earlier?"), text("Edited?", answer="2")]
    assert await texts(faq) == expected
    assert await faq.named(GUILD, "pen test") == await faq.get(GUILD, old.id)
    [newest, *_] = await faq.history(GUILD, old.id)
    assert newest == Version(old.id, 3, old.text, False, BEN, clock.time, What.RESTORED)
    again = await faq.undo_import(GUILD, BEN, plan.at)
    assert (again.removed, again.restored, again.left) == ((), (), 3)
    assert await texts(faq) == expected
    assert await faq.import_all(GUILD, parsed(text("Pentest?"), new), BEN) != plan
    assert await faq.named(GUILD, "New?") is not None


async def test_nobody_undoes_an_import_of_another_member_server_or_time(faq: Faq) -> None:
    await faq.import_all(GUILD, parsed(text("a")), BEN)
    later = NOW + timedelta(microseconds=1)
    for guild_id, by, at in ((GUILD, ANNA, NOW), (OTHER_GUILD, BEN, NOW), (GUILD, BEN, later)):
        assert await faq.undo_import(guild_id, by, at) == ImportUndo()
    assert await texts(faq) == [text("a")]


async def test_an_undo_that_fails_half_way_leaves_nothing(
    faq: Faq, monkeypatch: pytest.MonkeyPatch
) -> None:
    await faq.add(GUILD, text("a", answer="1"), ANNA)
    await faq.import_all(GUILD, parsed(text("a", answer="2"), text("b")), BEN)
    before, insert_all = await faq.entries(GUILD), versions.insert_all

    async def fail(session: AsyncSession, written: Sequence[Entry], what: What) -> None:
        await insert_all(session, written, what)
        if what is What.RESTORED:
            raise RuntimeError("disk full, say")

    monkeypatch.setattr(versions, "insert_all", fail)
    with pytest.raises(RuntimeError):
        await faq.undo_import(GUILD, BEN, NOW)
    assert await faq.entries(GUILD) == before


async def test_an_import_can_be_undone_answer_by_answer(faq: Faq) -> None:
    entry = await faq.add(GUILD, text("a", answer="1"), ANNA)
    await faq.import_all(GUILD, parsed(text("a", answer="2"), text("b")), BEN)
    assert (await faq.undo(GUILD, entry.id, 2, ANNA)).answer == "1"
    new = await faq.named(GUILD, "b")
    assert new is not None
    assert (await faq.undo(GUILD, new.id, 1, ANNA)).removed


async def test_with_a_problem_nothing_is_written(faq: Faq) -> None:
    await faq.add(GUILD, text("Salary?", "pay"), ANNA)
    taken = parsed(text("New?"), text("Other?", "PAY"))
    broken = read_file("a.csv", b"question,answer\nq,\n")
    for file in (taken, broken):
        plan = await faq.import_all(GUILD, file, BEN)
        assert plan == await faq.plan_import(GUILD, file)
        assert len(plan.problems) == 1
        assert not plan.changes_something
    assert await texts(faq) == [text("Salary?", "pay")]
    assert await faq.revision(GUILD) == 1


async def test_an_import_that_fails_half_way_leaves_nothing(
    faq: Faq, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = await faq.add(GUILD, text("a"), ANNA)

    async def fail(*_args: object) -> None:
        raise RuntimeError("disk full, say")

    monkeypatch.setattr(versions, "insert_all", fail)
    with pytest.raises(RuntimeError):
        await faq.import_all(GUILD, parsed(text("a", answer="2"), text("b")), BEN)
    assert await faq.entries(GUILD) == (1, (entry,))
    assert await faq.named(GUILD, "b") is None


async def test_imports_at_once_come_one_after_the_other(faq: Faq) -> None:
    file = parsed(*(text(f"q{number}") for number in range(50)))
    plans = await asyncio.gather(*(faq.import_all(GUILD, file, by) for by in range(4)))
    assert sorted(len(plan.added) for plan in plans) == [0, 0, 0, 50]
    assert len(await texts(faq)) == 50


async def test_what_one_server_exports_another_imports(faq: Faq) -> None:
    written = [
        EntryText("=Q?", ("a", "b|c"), "- One.\n\n  Two.", "analyst", "https://example.org"),
        text("Null"),
    ]
    for each in written:
        await faq.add(GUILD, each, ANNA)
    exported = await texts(faq)
    assert exported == written
    for guild_id, file in enumerate(
        (read_file("a.csv", write_csv(exported)), read_file("a.yaml", write_yaml(exported))),
        start=OTHER_GUILD,
    ):
        await faq.import_all(guild_id, file, BEN)
        assert await texts(faq, guild_id) == written


async def test_thousands_of_answers_are_imported_in_seconds(faq: Faq) -> None:
    many = 10_000 if TORTURE else 1_000
    written = [text(f"How is thing {n} done?", f"thing {n}") for n in range(many)]
    started = time.monotonic()
    assert len((await faq.import_all(GUILD, parsed(*written), ANNA)).added) == many
    assert not TORTURE or time.monotonic() - started < 15  # 5 on a machine that does nothing else
    changed = [EntryText(each.question, each.aliases, "Other.") for each in written]
    assert len((await faq.import_all(GUILD, parsed(*changed), ANNA)).changed) == many
    revision, entries = await faq.entries(GUILD)
    assert (revision, [entry.text for entry in entries]) == (2, changed)
    found = await faq.titles(GUILD, f"thing {many - 1}")
    assert [entry.question for entry in found] == [f"How is thing {many - 1} done?"]
    await faq.undo_import(GUILD, ANNA, NOW)
    assert (await faq.entries(GUILD))[0] == 3
