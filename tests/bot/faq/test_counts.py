import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.faq import store
from bot.faq.model import EntryGone, Gap, GapKind, entry_key
from bot.faq.service import Faq
from bot.faq.statements import counts
from bot.store.database import Database
from tests.bot.faq.samples import ANNA, BEN, GUILD, OTHER_GUILD, text
from tests.conftest import NOW, FixedClock

PAY = "topic:analyst:pay"


async def helped(faq: Faq, entry_id: int) -> tuple[int, int]:
    entry = await faq.get(GUILD, entry_id)
    return entry.helpful, entry.unhelpful


async def test_an_answer_shows_how_often_it_was_given(faq: Faq, clock: FixedClock) -> None:
    entry = await faq.add(GUILD, text(), ANNA)
    assert (entry.asked, entry.last_asked) == (0, None)
    for _ in range(3):
        await faq.asked(GUILD, entry_key(entry.id), entry.question)
        clock.time += timedelta(hours=1)
    [shown] = (await faq.entries(GUILD))[1]
    assert (shown.asked, shown.last_asked) == (3, NOW + timedelta(hours=2))
    assert await faq.get(GUILD, entry.id) == await faq.named(GUILD, entry.question) == shown
    assert await faq.revision(GUILD) == 1


async def test_a_member_has_one_vote_and_may_change_it(faq: Faq) -> None:
    entry = await faq.add(GUILD, text(), ANNA)
    key, votes = entry_key(entry.id), list[tuple[int, int]]()
    for member, helpful in [
        *[(ANNA, True), (ANNA, True), (BEN, True), (ANNA, False), (ANNA, None), (ANNA, None)],
    ]:
        await faq.vote(GUILD, key, member, helpful)
        votes.append(await helped(faq, entry.id))
    assert votes == [(1, 0), (1, 0), (2, 0), (1, 1), (1, 0), (1, 0)]


async def test_votes_at_once_are_all_counted(faq: Faq) -> None:
    entry = await faq.add(GUILD, text(), ANNA)
    key = entry_key(entry.id)
    await asyncio.gather(*(faq.vote(GUILD, key, member, True) for member in range(20)))
    assert await helped(faq, entry.id) == (20, 0)
    await asyncio.gather(*(faq.vote(GUILD, key, member, member % 4 > 0) for member in range(20)))
    assert await helped(faq, entry.id) == (15, 5)
    await asyncio.gather(*(faq.vote(GUILD, key, 0, helpful) for helpful in [True, None] * 10))
    assert sum(await helped(faq, entry.id)) in (19, 20)


async def test_what_is_asked_at_once_is_all_counted(faq: Faq) -> None:
    entry = await faq.add(GUILD, text(), ANNA)
    key = entry_key(entry.id)
    await asyncio.gather(
        *(faq.asked(GUILD, key, entry.question) for _ in range(20)),
        *(faq.missed(GUILD, "What else?") for _ in range(20)),
    )
    assert (await faq.get(GUILD, entry.id)).asked == 20
    [miss] = await faq.gaps(GUILD, GapKind.UNANSWERED)
    assert miss.count == 20


async def test_only_answers_that_are_there_are_voted_on(faq: Faq) -> None:
    with pytest.raises(EntryGone):
        await faq.vote(GUILD, entry_key(99), ANNA, True)
    await faq.asked(GUILD, entry_key(99), "Nothing")
    assert await faq.gaps(GUILD, GapKind.MOST_ASKED) == []


async def test_unanswered_questions_are_counted_together(faq: Faq, clock: FixedClock) -> None:
    await faq.missed(GUILD, "Do I need\na degree?\0")
    await faq.missed(GUILD, "Is it fun?")
    clock.time += timedelta(hours=1)
    await faq.missed(GUILD, "do i need a DEGREE")
    await faq.missed(OTHER_GUILD, "Do I need a degree?")
    for nothing in ("", " \n", "\0"):
        await faq.missed(GUILD, nothing)
    assert await faq.gaps(GUILD, GapKind.UNANSWERED) == [
        Gap(GapKind.UNANSWERED, "Do I need a degree?", 2, clock.time),
        Gap(GapKind.UNANSWERED, "Is it fun?", 1, NOW),
    ]
    assert len(await faq.gaps(GUILD, GapKind.UNANSWERED, limit=1)) == 1


async def test_long_questions_without_an_answer_are_cut(faq: Faq) -> None:
    await faq.missed(GUILD, "why " * 500)
    await faq.missed(GUILD, "&" * 400)
    await faq.missed(GUILD, "😀" * 400)
    assert all(len(gap.text) <= 300 for gap in await faq.gaps(GUILD, GapKind.UNANSWERED))


async def test_of_what_is_asked_least_the_oldest_makes_room(
    faq: Faq, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counts, "MAX_MISSES", 3)

    async def missed(*questions: str, guild_id: int = GUILD) -> None:
        for question in questions:
            clock.time += timedelta(minutes=1)
            await faq.missed(guild_id, question)

    async def kept(guild_id: int = GUILD) -> list[str]:
        return [gap.text for gap in await faq.gaps(guild_id, GapKind.UNANSWERED)]

    await missed("often", "often", "older", "newer")
    await missed("elsewhere", guild_id=OTHER_GUILD)
    await missed("newest")
    assert await kept() == ["often", "newest", "newer"]
    await missed("newest", "newer", "last")
    assert await kept() == ["newer", "newest", "last"]
    await missed("last", "one more")
    assert await kept() == ["last", "newer", "one more"]
    assert await kept(OTHER_GUILD) == ["elsewhere"]


async def test_too_many_of_earlier_times_go_at_once(
    faq: Faq, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(6):
        await faq.missed(GUILD, f"question {n}")
    monkeypatch.setattr(counts, "MAX_MISSES", 2)
    await faq.missed(GUILD, "question 5")
    asked_twice, asked_once = await faq.gaps(GUILD, GapKind.UNANSWERED)
    assert (asked_twice.text, asked_twice.count) == ("question 5", 2)
    assert asked_once.count == 1


async def test_a_question_is_no_gap_once_there_is_an_answer_by_that_name(faq: Faq) -> None:
    for question in ("Degree?", "Diploma?", "Fun?"):
        await faq.missed(GUILD, question)
        await faq.missed(OTHER_GUILD, question)
    await faq.add(GUILD, text("A degree", "degree"), ANNA)
    assert [gap.text for gap in await faq.gaps(GUILD, GapKind.UNANSWERED)] == ["Diploma?", "Fun?"]
    assert len(await faq.gaps(OTHER_GUILD, GapKind.UNANSWERED)) == 3


async def test_answers_by_how_often_they_were_given(faq: Faq, clock: FixedClock) -> None:
    entry = await faq.add(GUILD, text(), ANNA)
    removed = await faq.add(GUILD, text("old"), ANNA)
    await faq.vote(GUILD, "topic:never:given", ANNA, True)
    for key, title, times in (
        (PAY, "Pay\nof an analyst", 3),
        (entry_key(entry.id), "an older title", 2),
        (entry_key(removed.id), "old", 5),
    ):
        for _ in range(times):
            await faq.asked(GUILD, key, title)
    await faq.remove(GUILD, removed.id, ANNA)
    assert await faq.gaps(GUILD, GapKind.MOST_ASKED) == [
        Gap(GapKind.MOST_ASKED, "Pay of an analyst", 3, NOW),
        Gap(GapKind.MOST_ASKED, entry.question, 2, NOW, entry.id),
    ]
    assert await faq.gaps(OTHER_GUILD, GapKind.MOST_ASKED) == []


async def test_answers_that_most_voters_find_unhelpful(faq: Faq) -> None:
    entry = await faq.add(GUILD, text(), ANNA)

    async def vote(key: str, helpful: int, unhelpful: int) -> None:
        for member in range(helpful + unhelpful):
            await faq.vote(GUILD, key, member, member < helpful)

    await faq.asked(GUILD, PAY, "Pay")
    await vote(PAY, 1, 2)
    await vote(entry_key(entry.id), 0, 3)
    await vote("topic:too:few", 0, 2)
    await vote("topic:half:half", 2, 2)
    assert await faq.gaps(GUILD, GapKind.UNHELPFUL) == [
        Gap(GapKind.UNHELPFUL, entry.question, 3, None, entry.id),
        Gap(GapKind.UNHELPFUL, "Pay", 2, NOW),
    ]


async def test_answers_that_are_asked_for_but_old(faq: Faq, clock: FixedClock) -> None:
    oldest = await faq.add(GUILD, text("oldest"), ANNA)
    clock.time += timedelta(days=1)
    older = await faq.add(GUILD, text("older"), ANNA)
    unasked = await faq.add(GUILD, text("unasked"), ANNA)
    changed = await faq.add(GUILD, text("changed"), ANNA)
    await faq.asked(GUILD, entry_key(unasked.id), "unasked")
    clock.time += timedelta(days=100)
    await faq.edit(GUILD, changed.id, text("changed since"), ANNA)
    clock.time += timedelta(days=80)
    for entry in (older, oldest, changed):
        await faq.asked(GUILD, entry_key(entry.id), entry.question)
    await faq.asked(GUILD, PAY, "Pay")
    assert await faq.gaps(GUILD, GapKind.STALE) == [
        Gap(GapKind.STALE, "oldest", 1, NOW, oldest.id),
        Gap(GapKind.STALE, "older", 1, NOW + timedelta(days=1), older.id),
    ]


async def rows(database: Database) -> dict[str, int]:
    """How many rows each table has."""
    tables = (
        store.entries, store.names, store.versions, store.waiting, store.misses, store.votes,
        store.tallies,
    )  # fmt: skip
    async with database.reading() as session:
        return {
            table.name.removeprefix("faq_"): (
                await session.scalar(select(func.count()).select_from(table)) or 0
            )
            for table in tables
        }


async def test_what_is_needed_no_more_is_forgotten(
    faq: Faq, database: Database, clock: FixedClock
) -> None:
    removed = await faq.add(GUILD, text("removed"), ANNA)
    kept = await faq.add(GUILD, text("kept"), ANNA)
    for key in (entry_key(removed.id), entry_key(kept.id), PAY):
        await faq.asked(GUILD, key, "title")
        await faq.vote(GUILD, key, ANNA, True)
    await faq.remove(GUILD, removed.id, ANNA)
    open_, answered, dismissed = [
        await faq.wait(GUILD, ANNA, 5, question, None) for question in ("a", "b", "c")
    ]
    await faq.reply(GUILD, answered.id, "x", BEN)
    await faq.dismiss(GUILD, dismissed.id, BEN)
    await faq.missed(GUILD, "unanswered")
    before = await rows(database)

    clock.time = NOW + timedelta(days=30)
    await faq.forget_old()
    assert await rows(database) == before
    clock.time += timedelta(hours=1)
    await faq.forget_old()
    without = {"entries": 1, "versions": 1, "votes": 2, "tallies": 2, "waiting": 3, "misses": 1}
    assert await rows(database) == {"names": 1} | without
    with pytest.raises(EntryGone):
        await faq.history(GUILD, removed.id)

    clock.time = NOW + timedelta(days=91)
    await faq.missed(GUILD, "asked again")
    await faq.forget_old()
    assert await faq.waiting(GUILD) == [open_]
    assert (await rows(database))["waiting"] == 1
    clock.time = NOW + timedelta(days=181)
    await faq.forget_old()
    assert [gap.text for gap in await faq.gaps(GUILD, GapKind.UNANSWERED)] == ["asked again"]
    assert (await faq.get(GUILD, kept.id)).asked == 1


async def test_an_id_is_never_given_again(faq: Faq, clock: FixedClock) -> None:
    entry = await faq.add(GUILD, text(), ANNA)
    await faq.remove(GUILD, entry.id, ANNA)
    clock.time += timedelta(days=31)
    await faq.forget_old()
    assert (await faq.add(GUILD, text(), ANNA)).id > entry.id
