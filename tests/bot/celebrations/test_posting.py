"""What becomes of posts that fail, wait, move, or aren't wanted any more, on both stores."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, func, select

from bot.celebrations import settings
from bot.celebrations.model import CELEBRATION, CelebrationGone, Consent, Occasion, State
from bot.celebrations.store import CelebrationRow, CongratulationRow, PostRow
from bot.delivery import listing
from bot.delivery.model import Delivery, Reason, Target
from bot.delivery.outcomes import Outcome, Retry, Sent, Undeliverable
from bot.guilds.model import Moved
from bot.journeys.service import Way
from bot.members import settings as member_settings
from bot.milestones.model import Kind
from bot.milestones.stages import Outcome as Ending
from bot.milestones.stages import Stage
from bot.store.database import Database
from bot.when.quiet_hours import QuietHours
from tests.bot.celebrations.fakes import ANNA, ANNAS, BEN, CHANNEL, GUILD, MINUTE, Desk, desk
from tests.bot.journeys.samples import ROADMAP
from tests.conftest import NOW, FixedClock

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
ELSEWHERE = 999
CERTAIN = Retry(Reason.DISCORD_DOWN, maybe_sent=False)
UNSURE = Retry(Reason.DISCORD_DOWN)
GOALS, LAST = ROADMAP[0]["goals"], ROADMAP[0]["milestone"]
LONGER = [
    {**ROADMAP[0], "goals": [*GOALS, LAST], "milestone": "Somebody else drew lakes."},
    ROADMAP[1],
]
"""The first phase ends with a task that is new."""

SHORTER = [{**ROADMAP[0], "goals": GOALS[:1], "milestone": GOALS[1]}, ROADMAP[1]]
"""The first phase ends without its last task."""


@pytest.fixture
async def work(database: Database, clock: FixedClock) -> Desk:
    """Anna lets all that she finishes be announced."""
    made = await desk(database, clock)
    for setting in dict.fromkeys(settings.CONSENTS.values()):
        await made.choose(setting, Consent.ALWAYS)
    return made


async def states(work: Desk) -> list[State]:
    """How all that was finished stands."""
    async with work.database.reading() as session:
        rows = await session.scalars(select(CelebrationRow.state).order_by(CelebrationRow.id))
        return [State(row) for row in rows]


async def news_at(work: Desk) -> datetime:
    batch = await work.celebrations.news(*ANNAS)
    assert batch is not None
    return batch.at


async def queued(work: Desk) -> Delivery:
    """The post of Anna's that is to be sent."""
    async with work.database.reading() as session:
        posts = [*await session.scalars(select(PostRow.id))]
        return (await listing.of_subjects(session, CELEBRATION.name, posts))[0]


async def first_try(work: Desk, outcome: Outcome | None) -> None:
    """Let what Anna has just finished be tried, once."""
    work.cog.ends = outcome
    work.clock.time += 10 * MINUTE
    await work.dispatcher.run_due()
    work.cog.ends = None


async def test_a_later_try_does_not_post_what_its_member_has_refused_since(work: Desk) -> None:
    await work.done()
    await work.done("Acme", Kind.INTERVIEW)
    await first_try(work, CERTAIN)
    await work.choose(settings.GOALS, Consent.NEVER)
    await work.later()
    assert work.cog.titles() == [["Acme"]]
    assert await states(work) == [State.ASKED, State.POSTED]


async def test_a_later_try_keeps_the_quiet_hours_of_by_then(work: Desk) -> None:
    await work.done()
    await first_try(work, CERTAIN)
    await work.choose(member_settings.QUIET_HOURS, QuietHours(12, 14))
    await work.later(109 * MINUTE)
    assert (work.cog.posted, await states(work)) == ([], [State.PLANNED])
    await work.later(1 * MINUTE)
    assert work.cog.titles() == [["Learn SQL"]]


async def test_what_may_be_there_is_looked_for_and_taken_off_once_it_is_refused(work: Desk) -> None:
    await work.done()
    await first_try(work, UNSURE)
    await work.choose(settings.GOALS, Consent.NEVER)
    work.cog.found = Sent(500)
    await work.later(1 * MINUTE)
    assert await states(work) == [State.WITHDRAWN]
    assert [(each.post.message_id, each.told) for each in work.cog.edits] == [(500, ())]


async def test_what_may_be_there_but_is_not_is_posted(work: Desk) -> None:
    await work.done()
    await first_try(work, UNSURE)
    await work.later()
    assert work.cog.titles() == [["Learn SQL"]]


@pytest.mark.parametrize("outcome", [Undeliverable(Reason.NO_PERMISSION), CERTAIN])
async def test_what_could_not_be_posted_for_a_day_can_be_announced(
    work: Desk, outcome: Outcome
) -> None:
    await work.done()
    at = await news_at(work)
    work.cog.ends = outcome
    await work.later(2 * DAY)
    await work.celebrations.look_after()
    work.cog.ends = None
    assert await states(work) == [State.ASKED]
    assert (await work.celebrations.announce(*ANNAS, at)).due == work.clock.time + 10 * MINUTE
    await work.later()
    assert work.cog.titles() == [["Learn SQL"]]


async def test_what_failed_waits_for_a_day_for_who_mends_it(work: Desk) -> None:
    await work.done()
    at = await news_at(work)
    work.cog.ends = Undeliverable(Reason.NO_PERMISSION)
    await work.later(DAY)
    await work.celebrations.look_after()
    work.cog.ends = None
    assert (await work.celebrations.announce(*ANNAS, at)).due is None
    async with work.database.writing() as session:
        assert await work.deliveries.retry_target(session, GUILD, Target.channel(CHANNEL)) == 1
    await work.later()
    assert work.cog.titles() == [["Learn SQL"]]


async def test_what_was_undone_while_it_could_not_be_posted_can_be_announced(work: Desk) -> None:
    await work.done()
    await first_try(work, CERTAIN)
    batch = await work.celebrations.undo(*ANNAS, await news_at(work))
    assert batch.states == {State.WITHDRAWN}
    await work.later()
    assert (work.cog.posted, await states(work)) == ([], [State.ASKED])


async def test_what_may_have_been_posted_is_not_posted_again_by_its_member(work: Desk) -> None:
    await work.done()
    at = await news_at(work)
    await first_try(work, UNSURE)
    work.cog.found = Undeliverable(Reason.UNCONFIRMED)
    work.clock.time += 2 * MINUTE  # Discord may have forgotten the nonce
    await work.later(3 * DAY)
    await work.celebrations.look_after()
    assert (await work.celebrations.announce(*ANNAS, at)).states == {State.POSTED}
    await work.later()
    assert work.cog.posted == []


async def test_a_post_is_known_by_its_message_once_somebody_presses_it(work: Desk) -> None:
    await work.done()
    await first_try(work, UNSURE)
    work.cog.found = Undeliverable(Reason.UNCONFIRMED)
    work.clock.time += 2 * MINUTE  # Discord may have forgotten the nonce
    await work.later()
    posts = work.celebrations.posts
    await posts.seen(GUILD + 1, 1, CHANNEL, 600)
    for message in (700, 800):
        await posts.seen(GUILD, 1, CHANNEL, message)
    shown = await posts.shown(GUILD, 1)
    assert (shown.post.channel_id, shown.post.message_id) == (CHANNEL, 700)
    await posts.take_off(GUILD, 1, ANNA)
    await work.later()
    assert [(each.post.message_id, each.told) for each in work.cog.edits] == [(700, ())]
    for guild_id in (GUILD, GUILD + 1):
        with pytest.raises(CelebrationGone):
            await posts.shown(guild_id, 1)


async def test_it_is_posted_in_the_channel_that_is_chosen_by_then(work: Desk) -> None:
    await work.done()
    await work.choose(settings.CHANNEL, ELSEWHERE, GUILD)
    await work.later()
    await work.done("Learn R")
    await first_try(work, CERTAIN)
    await work.choose(settings.CHANNEL, CHANNEL, GUILD)
    await work.later()
    assert work.cog.titles() == [["Learn SQL"], ["Learn R"]]
    assert work.cog.places == [ELSEWHERE, CHANNEL]


async def test_celebrations_move_with_the_channel_that_they_are_in_and_no_other(work: Desk) -> None:
    for before in (ELSEWHERE, CHANNEL):
        async with work.database.writing() as session:
            await work.celebrations.moved(session, Moved(GUILD, before, before + 1, BEN))
    choice = await work.preferences.choice(settings.CHANNEL, GUILD)
    assert (choice.value, choice.changed_by) == (CHANNEL + 1, BEN)


async def test_what_a_changed_pack_has_opened_is_celebrated_when_it_is_finished(work: Desk) -> None:
    begun = await work.journeys.begin(*ANNAS, Way("cartographer"))
    await work.journeys.finish(*ANNAS, [task.id for task in begun.tasks[:3]])
    longer = await desk(work.database, work.clock, LONGER)
    added = (await longer.journeys.of(*ANNAS)).open_tasks[0]
    await longer.later()
    assert (longer.cog.posted, await states(work)) == ([], [State.REOPENED])
    await longer.journeys.finish(*ANNAS, [added.id])
    await longer.later()
    assert longer.cog.titles() == [["Paper"]]


async def test_a_phase_that_ends_otherwise_by_now_is_the_same_one(work: Desk) -> None:
    begun = await work.journeys.begin(*ANNAS, Way("cartographer"))
    await work.journeys.finish(*ANNAS, [task.id for task in begun.tasks[:3]])
    await work.later()
    longer = await desk(work.database, work.clock, LONGER)
    added = (await longer.journeys.of(*ANNAS)).open_tasks[0]
    await longer.journeys.finish(*ANNAS, [added.id])
    await longer.later()
    assert (longer.cog.posted, await states(work)) == ([], [State.POSTED])
    await longer.journeys.reopen(*ANNAS, [added.id])
    await longer.later()
    assert [each.told for each in longer.cog.edits] == [()]


async def test_a_phase_whose_last_task_was_dropped_is_still_told(work: Desk) -> None:
    begun = await work.journeys.begin(*ANNAS, Way("cartographer"))
    await work.done()
    await work.journeys.finish(*ANNAS, [task.id for task in begun.tasks[:3]])
    shorter = await desk(work.database, work.clock, SHORTER)
    assert len((await shorter.journeys.of(*ANNAS)).phases[0].tasks) == len(GOALS)
    await shorter.later()
    assert shorter.cog.titles() == [["Learn SQL", "Paper"]]


async def test_who_has_left_may_announce_it_once_they_are_back(work: Desk) -> None:
    await work.done()
    at = await news_at(work)
    work.cog.has_left = True
    await work.later()
    work.cog.has_left = False
    assert await states(work) == [State.ASKED]
    await work.celebrations.announce(*ANNAS, at)
    await work.later()
    assert work.cog.titles() == [["Learn SQL"]]


async def test_who_has_left_while_it_may_have_been_posted_is_not_celebrated_twice(
    work: Desk,
) -> None:
    await work.done()
    await first_try(work, UNSURE)
    work.cog.has_left = True
    await work.later(1 * MINUTE)
    assert (work.cog.posted, await states(work)) == ([], [State.WITHDRAWN])


async def test_what_a_manager_cancelled_is_not_posted_with_the_next_and_can_be_announced(
    work: Desk,
) -> None:
    await work.done()
    at = await news_at(work)
    assert await work.deliveries.cancel((await queued(work)).id, GUILD)
    await work.done("Learn R")
    await work.later()
    assert work.cog.titles() == [["Learn R"]]
    await work.later(DAY - 11 * MINUTE)
    await work.celebrations.look_after()
    assert await states(work) == [State.PLANNED, State.POSTED]
    await work.later(12 * MINUTE)
    await work.celebrations.look_after()
    assert await states(work) == [State.ASKED, State.POSTED]
    await work.celebrations.announce(*ANNAS, at)
    await work.later()
    assert work.cog.titles() == [["Learn R"], ["Learn SQL"]]


@pytest.mark.parametrize(("outcome", "state"), [(CERTAIN, State.ASKED), (UNSURE, State.POSTED)])
async def test_what_a_manager_cancelled_after_a_try_is_given_up_if_surely_nobody_saw_it(
    work: Desk, outcome: Outcome, state: State
) -> None:
    await work.done()
    await first_try(work, outcome)
    assert await work.deliveries.cancel((await queued(work)).id, GUILD)
    await work.later(2 * DAY)
    await work.celebrations.look_after()
    assert await states(work) == [state]


async def test_what_is_paused_is_not_given_up(work: Desk) -> None:
    await work.done()
    await work.deliveries.pause_all(GUILD, NOW + 3 * DAY, BEN)
    await work.later(2 * DAY)
    await work.celebrations.look_after()
    await work.later(DAY)
    assert work.cog.titles() == [["Learn SQL"]]


async def test_an_early_delivery_that_is_too_late_leaves_the_later_one_its_post(work: Desk) -> None:
    await work.done("First")
    work.clock.time += 5 * MINUTE
    await work.choose(member_settings.QUIET_HOURS, QuietHours(12, 22))
    await work.done("Second")
    work.clock.time = NOW + DAY + 10 * MINUTE
    await work.choose(member_settings.QUIET_HOURS, QuietHours(1, 2))
    await work.dispatcher.run_due()
    assert work.cog.titles() == [["First", "Second"]]


async def test_an_application_that_is_accepted_long_after_it_was_closed_can_be_announced(
    work: Desk,
) -> None:
    await work.choose(settings.OFFERS, Consent.ASK)
    applied = await work.goal("Acme", Kind.APPLICATION)
    await work.milestones.move(*ANNAS, applied.id, Stage.CLOSED, Ending.REJECTED)
    work.clock.time += 40 * DAY
    await work.milestones.move(*ANNAS, applied.id, Stage.CLOSED, Ending.ACCEPTED)
    at = await news_at(work)
    await work.celebrations.look_after()
    await work.celebrations.announce(*ANNAS, at)
    await work.later()
    assert [each.occasion for each in work.cog.posted[0].told] == [Occasion.ACCEPTED]


async def test_congratulating_waits_for_who_is_being_forgotten(work: Desk) -> None:
    await work.done()
    await work.later()
    posts = work.celebrations.posts
    async with work.database.writing(forgets=ANNA) as session:
        await session.execute(select(PostRow.id))
        press = asyncio.create_task(posts.congratulate(GUILD, 1, BEN))
        await asyncio.sleep(0.2)
        await session.execute(delete(PostRow))
    with pytest.raises(CelebrationGone):
        await press
    async with work.database.reading() as session:
        assert await session.scalar(select(func.count()).select_from(CongratulationRow)) == 0
