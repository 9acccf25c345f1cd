"""Members' answers on both stores: sent, changed, shared, ticked off, voted on, taken back."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.attempts.model import (
    MAX_TEXT,
    AlreadyRevealed,
    Asked,
    Attempt,
    AttemptGone,
    HiddenByFacilitator,
    NotForYourOwn,
    NothingToPutBack,
    NothingWritten,
    Sharing,
    Ticks,
    TooMuchWritten,
    mark_of,
)
from bot.attempts.service import Attempts
from bot.store.database import Database
from bot.streaks.local_day import OwnDays
from bot.streaks.model import Act
from tests.conftest import NOW, FixedClock

GUILD, OTHER_GUILD = 3, 4
ANNA, BEN, CARA = 77_123_456_701, 77_123_456_702, 77_123_456_703
POST = Asked(1, GUILD, "pack:cartographer:north")
REVEALED = replace(POST, revealed=True)
BERLIN = OwnDays("Europe/Berlin")
LONG = "North is up on most maps, and where the needle points."
UP, DOWN = mark_of("Up"), mark_of("Down")


@pytest.fixture
def attempts(database: Database, clock: FixedClock) -> Attempts:
    return Attempts(database, clock)


async def acts_of(database: Database, member: int, guild: int = GUILD) -> tuple[Act, ...]:
    async with database.reading() as session:
        return await Attempts(database, FixedClock()).acts(session, guild, member)


async def test_an_answer_is_kept_for_its_author_alone(attempts: Attempts) -> None:
    sent = await attempts.send(POST, ANNA, " North is up. \n", BERLIN)
    assert (sent.text, sent.sharing, sent.late, sent.votes) == (
        "North is up.",
        Sharing.PRIVATE,
        False,
        0,
    )
    assert await attempts.mine(POST.post_id, ANNA) == sent
    assert await attempts.mine(POST.post_id, BEN) is None
    assert await attempts.best(POST.post_id) == []
    with pytest.raises(AttemptGone):
        await attempts.shown(GUILD, sent.id, BEN)


@pytest.mark.parametrize("text", ["", " \n", "\0"])
async def test_an_answer_has_words(attempts: Attempts, text: str) -> None:
    with pytest.raises(NothingWritten):
        await attempts.send(POST, ANNA, text, BERLIN)


async def test_a_long_answer_is_refused_with_by_how_much(attempts: Attempts) -> None:
    assert await attempts.send(POST, ANNA, "x" * MAX_TEXT, BERLIN)
    with pytest.raises(TooMuchWritten, match="2 characters too long"):
        await attempts.send(POST, ANNA, "x" * (MAX_TEXT + 2), BERLIN)


async def test_an_answer_can_be_changed_until_the_reveal(
    attempts: Attempts, clock: FixedClock
) -> None:
    first = await attempts.send(POST, ANNA, LONG, BERLIN)
    await attempts.tick(POST.post_id, ANNA, [UP, DOWN])
    clock.time += timedelta(hours=1)
    changed = await attempts.send(POST, ANNA, "North is where the needle points.", BERLIN)
    assert changed.id == first.id
    assert (changed.act, changed.edited_at) == (first.act, clock.time)
    assert changed.ticked == {UP, DOWN}
    with pytest.raises(AlreadyRevealed):
        await attempts.send(REVEALED, ANNA, "It is up.", BERLIN)
    assert (await attempts.mine(POST.post_id, ANNA)) == changed


async def test_the_same_text_sent_again_is_the_same_answer(
    attempts: Attempts, clock: FixedClock
) -> None:
    first = await attempts.send(POST, ANNA, LONG, BERLIN)
    clock.time += timedelta(days=2)
    assert await attempts.send(REVEALED, ANNA, LONG, BERLIN) == first


async def test_an_answer_sent_twice_at_once_is_one(attempts: Attempts) -> None:
    sent = await asyncio.gather(
        *(attempts.send(POST, ANNA, f"North is up. {n % 2}", BERLIN) for n in range(8))
    )
    assert len({each.id for each in sent}) == 1
    assert await attempts.count(POST.post_id) == 1


async def test_a_first_answer_after_the_reveal_is_late_and_counts_for_its_own_day(
    attempts: Attempts, clock: FixedClock
) -> None:
    clock.time += timedelta(days=1, hours=12)
    late = await attempts.send(REVEALED, ANNA, LONG, BERLIN)
    assert late.late
    assert late.act.day.date == date(2026, 11, 26)


async def test_the_day_is_the_members_own(
    attempts: Attempts, clock: FixedClock, database: Database
) -> None:
    for member, zone in ((ANNA, "Pacific/Kiritimati"), (BEN, "America/Los_Angeles")):
        await attempts.send(POST, member, LONG, OwnDays(zone))
    [anna] = await acts_of(database, ANNA)
    [ben] = await acts_of(database, BEN)
    assert (anna.day.date, ben.day.date) == (date(2026, 11, 25), date(2026, 11, 24))
    assert (anna.at, ben.at) == (NOW, NOW)


async def test_a_short_answer_is_kept_but_is_no_act(attempts: Attempts, database: Database) -> None:
    sent = await attempts.send(POST, ANNA, "North is up on most maps, I think, today.", BERLIN)
    assert not sent.counts
    assert await attempts.mine(POST.post_id, ANNA) == sent
    assert await acts_of(database, ANNA) == ()


async def test_an_answer_that_becomes_long_enough_is_an_act_of_then(
    attempts: Attempts, clock: FixedClock, database: Database
) -> None:
    await attempts.send(POST, ANNA, "North.", BERLIN)
    clock.time += timedelta(days=1)
    await attempts.send(POST, ANNA, LONG, BERLIN)
    clock.time += timedelta(hours=12)
    await attempts.send(POST, ANNA, f"{LONG} On old maps it was not.", BERLIN)
    await attempts.send(POST, ANNA, "Up.", BERLIN)
    [act] = await acts_of(database, ANNA)
    assert (act.at, act.day.date) == (NOW + timedelta(days=1), date(2026, 11, 25))


async def test_a_short_answer_that_is_taken_back_makes_no_act_of_its_day(
    attempts: Attempts, clock: FixedClock, database: Database
) -> None:
    await attempts.send(POST, ANNA, "North.", BERLIN)
    await attempts.take_back(POST.post_id, ANNA)
    clock.time += timedelta(days=2)
    await attempts.forget_old()
    assert await acts_of(database, ANNA) == ()
    await attempts.send(REVEALED, ANNA, LONG, BERLIN)
    [act] = await acts_of(database, ANNA)
    assert act.at == NOW + timedelta(days=2)


async def test_key_points_are_ticked_by_their_author(attempts: Attempts) -> None:
    with pytest.raises(AttemptGone):
        await attempts.tick(POST.post_id, ANNA, [UP])
    assert (await attempts.send(POST, ANNA, LONG, BERLIN)).ticked is None
    assert (await attempts.tick(POST.post_id, ANNA, [UP, DOWN, UP])).ticked == {UP, DOWN}
    assert (await attempts.tick(POST.post_id, ANNA, [])).ticked == frozenset()


async def test_shared_answers_stand_by_their_votes(attempts: Attempts, clock: FixedClock) -> None:
    for member in (ANNA, BEN, CARA):
        await attempts.send(POST, member, f"Answer of {member}", BERLIN)
        clock.time += timedelta(minutes=1)
    anna = await attempts.share(POST.post_id, ANNA, Sharing.SHARED)
    ben = await attempts.share(POST.post_id, BEN, Sharing.ANONYMOUS)
    await attempts.vote(GUILD, ben.id, ANNA)
    await attempts.vote(GUILD, ben.id, ANNA)
    assert (await attempts.vote(GUILD, ben.id, CARA)).votes == 2
    assert [each.id for each in await attempts.best(POST.post_id)] == [ben.id, anna.id]
    assert await attempts.voted(ben.id, CARA)
    assert not await attempts.voted(anna.id, CARA)
    assert (await attempts.withdraw(GUILD, ben.id, CARA)).votes == 1
    assert [each.id for each in await attempts.best(POST.post_id, 1)] == [ben.id]


async def test_nobody_votes_for_themselves_nor_for_what_is_private(attempts: Attempts) -> None:
    sent = await attempts.send(POST, ANNA, LONG, BERLIN)
    with pytest.raises(AttemptGone):
        await attempts.vote(GUILD, sent.id, BEN)
    await attempts.share(POST.post_id, ANNA, Sharing.SHARED)
    with pytest.raises(NotForYourOwn):
        await attempts.vote(GUILD, sent.id, ANNA)


async def test_another_server_reaches_no_answer(attempts: Attempts, database: Database) -> None:
    sent = await attempts.send(POST, ANNA, LONG, BERLIN)
    await attempts.share(POST.post_id, ANNA, Sharing.SHARED)
    for reach in (
        attempts.shown(OTHER_GUILD, sent.id, BEN),
        attempts.vote(OTHER_GUILD, sent.id, BEN),
        attempts.withdraw(OTHER_GUILD, sent.id, BEN),
    ):
        with pytest.raises(AttemptGone):
            await reach
    assert await acts_of(database, ANNA, OTHER_GUILD) == ()


async def test_an_answer_is_taken_back_from_everywhere_and_put_back_as_it_was(
    attempts: Attempts, database: Database
) -> None:
    sent = await attempts.send(POST, ANNA, LONG, BERLIN)
    await attempts.share(POST.post_id, ANNA, Sharing.SHARED)
    await attempts.tick(POST.post_id, ANNA, [UP])
    before = await attempts.vote(GUILD, sent.id, BEN)
    with pytest.raises(NothingToPutBack):
        await attempts.put_back(POST.post_id, ANNA)
    assert (await attempts.take_back(POST.post_id, ANNA)).text == LONG
    assert await attempts.mine(POST.post_id, ANNA) is None
    assert await attempts.best(POST.post_id) == []
    assert await attempts.shared_ids(POST.post_id, 9) == []
    assert await attempts.ticks(POST.post_id) == Ticks()
    assert await attempts.count(POST.post_id) == 0
    assert len(await acts_of(database, ANNA)) == 1
    for reach in (
        attempts.shown(GUILD, sent.id, ANNA),
        attempts.vote(GUILD, sent.id, CARA),
        attempts.take_back(POST.post_id, ANNA),
        attempts.share(POST.post_id, ANNA, Sharing.SHARED),
    ):
        with pytest.raises(AttemptGone):
            await reach
    assert await attempts.put_back(POST.post_id, ANNA) == before
    assert await attempts.best(POST.post_id) == [before]


async def test_what_was_taken_back_is_erased_after_a_day(
    attempts: Attempts, clock: FixedClock, database: Database
) -> None:
    sent = await attempts.send(POST, ANNA, LONG, BERLIN)
    await attempts.take_back(POST.post_id, ANNA)
    clock.time += timedelta(hours=23)
    await attempts.forget_old()
    await attempts.put_back(POST.post_id, ANNA)
    await attempts.take_back(POST.post_id, ANNA)
    clock.time += timedelta(hours=25)
    await attempts.forget_old()
    with pytest.raises(NothingToPutBack):
        await attempts.put_back(POST.post_id, ANNA)
    [act] = await acts_of(database, ANNA)
    assert act == sent.act


async def test_an_answer_after_one_taken_back_is_new_but_for_its_day(attempts: Attempts) -> None:
    sent = await attempts.send(POST, ANNA, LONG, BERLIN)
    await attempts.share(POST.post_id, ANNA, Sharing.SHARED)
    await attempts.vote(GUILD, sent.id, BEN)
    await attempts.take_back(POST.post_id, ANNA)
    again = await attempts.send(REVEALED, ANNA, "North is where the needle points.", BERLIN)
    assert (again.sharing, again.votes, again.late) == (Sharing.PRIVATE, 0, True)
    assert again.act == sent.act
    with pytest.raises(NothingToPutBack):
        await attempts.put_back(POST.post_id, ANNA)


async def test_what_members_ticked_is_counted(attempts: Attempts) -> None:
    for member, marks in ((ANNA, [UP]), (BEN, [UP, DOWN]), (CARA, None)):
        await attempts.send(POST, member, LONG, BERLIN)
        if marks is not None:
            await attempts.tick(POST.post_id, member, marks)
    ticks = await attempts.ticks(POST.post_id)
    assert (ticks.members, ticks.of("Up"), ticks.of(" down "), ticks.of("Left")) == (2, 2, 1, 0)


async def test_a_facilitator_hides_an_answer_and_shows_it_again(attempts: Attempts) -> None:
    sent = await attempts.send(POST, ANNA, LONG, BERLIN)
    with pytest.raises(AttemptGone):
        await attempts.hide(GUILD, sent.id, hidden=True)
    await attempts.share(POST.post_id, ANNA, Sharing.ANONYMOUS)
    with pytest.raises(AttemptGone):
        await attempts.hide(OTHER_GUILD, sent.id, hidden=True)
    hidden = await attempts.hide(GUILD, sent.id, hidden=True)
    assert await attempts.best(POST.post_id) == []
    assert await attempts.shared_ids(POST.post_id, 9) == []
    assert await attempts.shown(GUILD, sent.id, ANNA) == hidden
    assert await attempts.shown(GUILD, sent.id, BEN, facilitates=True) == hidden
    with pytest.raises(AttemptGone):
        await attempts.shown(GUILD, sent.id, BEN)
    with pytest.raises(AttemptGone):
        await attempts.vote(GUILD, sent.id, BEN)
    with pytest.raises(HiddenByFacilitator):
        await attempts.share(POST.post_id, ANNA, Sharing.SHARED)
    await attempts.share(POST.post_id, ANNA, Sharing.PRIVATE)
    with pytest.raises(AttemptGone):
        await attempts.shown(GUILD, sent.id, BEN, facilitates=True)


async def test_a_hidden_answer_can_be_shown_again(attempts: Attempts) -> None:
    sent = await attempts.send(POST, ANNA, LONG, BERLIN)
    await attempts.share(POST.post_id, ANNA, Sharing.SHARED)
    await attempts.hide(GUILD, sent.id, hidden=True)
    await attempts.hide(GUILD, sent.id, hidden=False)
    assert [each.id for each in await attempts.best(POST.post_id)] == [sent.id]


async def test_who_may_see_an_answer_is_told_in_the_same_unit_of_work(attempts: Attempts) -> None:
    heard: list[tuple[int, bool]] = []

    async def hear(session: AsyncSession, attempt: Attempt) -> None:
        assert session.in_transaction()
        heard.append((attempt.id, attempt.is_shown))

    attempts.sharing_observers.append(hear)
    sent = await attempts.send(POST, ANNA, LONG, BERLIN)
    await attempts.share(POST.post_id, ANNA, Sharing.SHARED)
    await attempts.hide(GUILD, sent.id, hidden=True)
    assert heard == [(sent.id, True), (sent.id, False)]
