"""What members finish and may have announced, on both stores."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.celebrations import settings
from bot.celebrations.model import (
    ASKED_FOR,
    AnnouncedNowhere,
    Batch,
    CelebrationGone,
    Consent,
    NeverAnnounced,
    NotYourCelebration,
    Occasion,
    State,
    YourOwn,
)
from bot.celebrations.store import CelebrationRow, PostRow
from bot.delivery.model import Reason
from bot.delivery.outcomes import Retry, Undeliverable
from bot.guilds import settings as guild_settings
from bot.journeys.service import Way
from bot.members import settings as member_settings
from bot.milestones.model import Kind
from bot.milestones.stages import Outcome, Stage
from bot.store.database import Database
from bot.when.quiet_hours import QuietHours
from tests.bot.celebrations.fakes import (
    ANNA,
    ANNAS,
    BEN,
    CHANNEL,
    GUILD,
    MINUTE,
    OTHER_GUILD,
    Desk,
    desk,
)
from tests.conftest import NOW, FixedClock

DAY = timedelta(days=1)


@pytest.fixture
async def work(database: Database, clock: FixedClock) -> Desk:
    return await desk(database, clock)


@pytest.fixture
async def always(work: Desk) -> Desk:
    """Anna lets all that she finishes be announced."""
    for setting in dict.fromkeys(settings.CONSENTS.values()):
        await work.choose(setting, Consent.ALWAYS)
    return work


async def news(work: Desk) -> Batch:
    batch = await work.celebrations.news(*ANNAS)
    assert batch is not None
    return batch


async def kept(work: Desk) -> tuple[int, int]:
    """How many rows there are: of what was finished, and of posts."""
    async with work.database.reading() as session:
        rows = [
            await session.scalar(select(func.count()).select_from(table))
            for table in (CelebrationRow, PostRow)
        ]
    return rows[0] or 0, rows[1] or 0


async def test_what_is_always_announced_is_posted_once_ten_minutes_later(always: Desk) -> None:
    own = await always.done()
    batch = await news(always)
    assert (batch.due, batch.channel_id) == (NOW + 10 * MINUTE, CHANNEL)
    assert batch.states == {State.PLANNED}
    assert await always.celebrations.news(*ANNAS) is None
    await always.later(9 * MINUTE)
    assert always.cog.posted == []
    await always.later(1 * MINUTE)
    assert always.cog.titles() == [["Learn SQL"]]
    await always.milestones.done(*ANNAS, own.id)
    await always.later(DAY)
    assert len(always.cog.posted) == 1
    assert always.cog.edits == []


async def test_undone_within_ten_minutes_nobody_ever_sees_it(always: Desk) -> None:
    await always.done()
    batch = await always.celebrations.undo(*ANNAS, (await news(always)).at)
    assert (batch.states, batch.due) == ({State.ASKED}, None)
    await always.later(DAY)
    assert always.cog.posted == []
    assert await kept(always) == (1, 0)


async def test_asked_first_it_is_announced_only_if_its_member_says_so(work: Desk) -> None:
    await work.done()
    batch = await news(work)
    assert batch.states == {State.ASKED}
    await work.later(DAY)
    assert work.cog.posted == []
    for _ in range(2):
        batch = await work.celebrations.announce(*ANNAS, batch.at)
    assert batch.due == NOW + DAY + 10 * MINUTE
    await work.later()
    assert work.cog.titles() == [["Learn SQL"]]


async def test_what_is_never_announced_leaves_no_trace(work: Desk) -> None:
    await work.choose(settings.GOALS, Consent.NEVER)
    await work.done()
    for kind in (Kind.INTERVIEW, Kind.OFFER):
        await work.done("Acme", kind)
    applied = await work.goal("Acme", Kind.APPLICATION)
    await work.milestones.move(*ANNAS, applied.id, Stage.CLOSED, Outcome.ACCEPTED)
    assert await work.celebrations.news(*ANNAS) is None
    assert await kept(work) == (0, 0)


async def test_a_rejection_is_never_announced_and_an_acceptance_by_choice(always: Desk) -> None:
    applied = [await always.goal(name, Kind.APPLICATION) for name in ("Acme", "Umbrella")]
    await always.milestones.move(*ANNAS, applied[0].id, Stage.CLOSED, Outcome.REJECTED)
    assert await kept(always) == (0, 0)
    await always.milestones.move(*ANNAS, applied[1].id, Stage.CLOSED, Outcome.ACCEPTED)
    await always.later()
    [told] = always.cog.posted[0].told
    assert (told.occasion, told.title) == (Occasion.ACCEPTED, "Umbrella")


async def test_without_a_channel_nothing_is_announced(work: Desk) -> None:
    await work.done()
    batch = await news(work)
    await work.preferences.reset(settings.CHANNEL, GUILD)
    with pytest.raises(AnnouncedNowhere):
        await work.celebrations.announce(*ANNAS, batch.at)
    await work.done("Learn R")
    assert await work.celebrations.news(*ANNAS) is None


async def test_a_channel_that_is_unset_meanwhile_stops_what_is_planned(always: Desk) -> None:
    await always.done()
    at = (await news(always)).at
    await always.preferences.reset(settings.CHANNEL, GUILD)
    await always.later()
    assert always.cog.posted == []
    assert await kept(always) == (1, 0)
    assert (await always.celebrations.undo(*ANNAS, at)).states == {State.ASKED}


async def test_what_is_done_within_minutes_becomes_one_post_and_each_can_be_undone(
    always: Desk,
) -> None:
    await always.done("First")
    await always.later(8 * MINUTE)
    await always.done("Second")
    assert (await news(always)).due == NOW + 18 * MINUTE
    await always.later(9 * MINUTE)
    assert always.cog.posted == []
    await always.later(1 * MINUTE)
    assert always.cog.titles() == [["First", "Second"]]
    await always.done("Third")
    await always.later()
    assert always.cog.titles() == [["First", "Second"], ["Third"]]


async def test_after_a_downtime_there_is_one_post_however_many_were_planned_for_it(
    always: Desk,
) -> None:
    await always.done("First")
    always.clock.time += 5 * MINUTE
    await always.done("Second")
    always.clock.time += 60 * MINUTE
    await always.later(DAY)
    assert always.cog.titles() == [["First", "Second"]]


async def test_what_is_out_says_so_and_what_could_not_be_posted_does_not(always: Desk) -> None:
    await always.done()
    at = (await news(always)).at
    always.cog.ends = Undeliverable(Reason.CHANNEL_GONE)
    await always.later()
    batch = await always.celebrations.undo(*ANNAS, at)
    assert (batch.states, batch.is_out) == ({State.ASKED}, False)
    always.cog.ends = None
    await always.done("Learn R")
    await always.later()
    assert always.cog.titles() == [["Learn R"]]
    batch = await always.celebrations.announce(*ANNAS, (await news(always)).at)
    assert (batch.states, batch.is_out, batch.due) == ({State.POSTED}, True, None)


async def test_a_post_does_not_wait_for_more_for_over_an_hour(always: Desk) -> None:
    for number in range(8):
        await always.done(f"Goal {number}")
        await always.later(9 * MINUTE)
    await always.later()
    assert always.cog.titles() == [[f"Goal {number}" for number in range(7)], ["Goal 7"]]


async def test_quiet_hours_of_the_server_and_of_the_member_are_kept(always: Desk) -> None:
    await always.choose(guild_settings.QUIET_HOURS, QuietHours(12, 14), GUILD)
    await always.choose(member_settings.ZONE, "Europe/Berlin")
    await always.choose(member_settings.QUIET_HOURS, QuietHours(15, 17))
    await always.done()
    assert (await news(always)).due == datetime(2026, 11, 24, 16, tzinfo=UTC)
    await always.later(239 * MINUTE)
    assert always.cog.posted == []
    await always.later(1 * MINUTE)
    assert len(always.cog.posted) == 1


async def test_quiet_hours_that_have_begun_meanwhile_hold_back_what_is_late(always: Desk) -> None:
    await always.done()
    await always.choose(member_settings.QUIET_HOURS, QuietHours(13, 15))
    always.clock.time = NOW + 90 * MINUTE  # Waymark was down
    await always.dispatcher.run_due()
    assert always.cog.posted == []
    await always.later(91 * MINUTE)
    assert len(always.cog.posted) == 1


async def test_what_is_opened_again_before_it_is_posted_is_not(always: Desk) -> None:
    own, _other = await always.done(), await always.done("Learn R")
    await always.milestones.reopen(*ANNAS, own.id)
    await always.later()
    assert always.cog.titles() == [["Learn R"]]
    again = await always.milestones.done(*ANNAS, own.id)
    assert (await news(always)).at == again.milestone.done_at
    await always.later()
    assert always.cog.titles() == [["Learn R"], ["Learn SQL"]]


async def test_what_is_opened_again_cannot_be_announced_from_an_old_card(work: Desk) -> None:
    own = await work.done()
    at = (await news(work)).at
    await work.milestones.remove(*ANNAS, own.id)
    with pytest.raises(CelebrationGone):
        await work.celebrations.announce(*ANNAS, at)
    assert await work.celebrations.news(*ANNAS) is None


async def test_a_second_finishing_is_no_second_celebration(always: Desk) -> None:
    own = await always.done()
    await always.later()
    await always.milestones.reopen(*ANNAS, own.id)
    await always.later()
    [edit] = always.cog.edits
    assert edit.told == ()
    await always.milestones.done(*ANNAS, own.id)
    await always.later(DAY)
    assert len(always.cog.posted) == 1


async def test_what_is_taken_back_later_is_taken_off_the_post(always: Desk) -> None:
    own, _other = await always.done(), await always.done("Learn R")
    await always.later()
    await always.celebrations.posts.congratulate(GUILD, 1, BEN)
    await always.milestones.remove(*ANNAS, own.id)
    await always.later()
    [edit] = always.cog.edits
    assert ([each.title for each in edit.told], edit.count) == (["Learn R"], 1)


async def test_what_is_taken_back_while_it_is_being_posted_is_taken_off_after_it(
    always: Desk,
) -> None:
    own = await always.done()
    always.cog.during = lambda: always.milestones.reopen(*ANNAS, own.id)
    await always.later()
    always.cog.during = None
    assert len(always.cog.posted) == 1
    await always.later()
    assert [each.told for each in always.cog.edits] == [()]


async def test_consent_is_read_again_when_it_is_posted(always: Desk) -> None:
    await always.done()
    at = (await news(always)).at
    await always.choose(settings.GOALS, Consent.ASK)
    await always.later()
    assert always.cog.posted == []
    await always.celebrations.announce(*ANNAS, at)
    await always.choose(settings.GOALS, Consent.NEVER)
    await always.later()
    assert always.cog.posted == []
    with pytest.raises(NeverAnnounced):
        await always.celebrations.announce(*ANNAS, at)


async def test_phases_and_the_whole_journey_are_celebrated_once(always: Desk) -> None:
    begun = await always.journeys.begin(*ANNAS, Way("cartographer"))
    ids = [task.id for task in begun.tasks]
    await always.journeys.finish(*ANNAS, ids[:3])
    await always.later()
    [first] = always.cog.posted[0].told
    assert (first.occasion, first.title, first.career) == (
        Occasion.PHASE,
        "Paper",
        begun.role_title,
    )
    await always.journeys.finish(*ANNAS, ids[3:])
    await always.later()
    assert [each.occasion for each in always.cog.posted[1].told] == [
        Occasion.PHASE,
        Occasion.JOURNEY,
    ]
    await always.journeys.reopen(*ANNAS, ids[5:])
    await always.later()
    [edit] = always.cog.edits
    assert edit.told == ()
    await always.journeys.finish(*ANNAS, ids[5:])
    await always.later(DAY)
    assert len(always.cog.posted) == 2


async def test_a_phase_that_was_finished_on_an_earlier_journey_is_not_celebrated(
    always: Desk,
) -> None:
    begun = await always.journeys.begin(*ANNAS, Way("cartographer"))
    await always.journeys.finish(*ANNAS, [task.id for task in begun.tasks[:3]])
    await always.later()
    await always.journeys.end(*ANNAS, begun.id)
    anew = await always.journeys.begin(*ANNAS, Way("cartographer"))
    await always.journeys.reopen(*ANNAS, [anew.tasks[0].id])
    await always.later(MINUTE)
    await always.journeys.finish(*ANNAS, [anew.tasks[0].id])
    await always.later()
    assert len(always.cog.posted) == 1


async def test_a_phase_is_taken_back_within_ten_minutes_and_finished_later(work: Desk) -> None:
    await work.choose(settings.PHASES, Consent.ALWAYS)
    begun = await work.journeys.begin(*ANNAS, Way("cartographer"))
    ids = [task.id for task in begun.tasks[:3]]
    await work.journeys.finish(*ANNAS, ids)
    await work.journeys.reopen(*ANNAS, ids)
    await work.later()
    assert work.cog.posted == []
    await work.journeys.finish(*ANNAS, ids)
    await work.later()
    assert work.cog.titles() == [["Paper"]]


async def test_congratulations_count_once_a_member_and_can_be_withdrawn(always: Desk) -> None:
    await always.done()
    await always.later()
    posts, post = always.celebrations.posts, always.cog.posted[0].post.id
    assert await posts.congratulate(GUILD, post, BEN) == 1
    assert await posts.congratulate(GUILD, post, 99) == 2
    assert await posts.congratulate(GUILD, post, BEN) == 1
    with pytest.raises(YourOwn):
        await posts.congratulate(GUILD, post, ANNA)
    for guild, number in ((OTHER_GUILD, post), (GUILD, post + 1)):
        with pytest.raises(CelebrationGone):
            await posts.congratulate(guild, number, BEN)


async def test_its_member_takes_a_post_off_and_nobody_else_does(always: Desk) -> None:
    await always.done()
    at = (await news(always)).at
    await always.later()
    posts, post = always.celebrations.posts, always.cog.posted[0].post.id
    with pytest.raises(NotYourCelebration):
        await posts.take_off(GUILD, post, BEN)
    with pytest.raises(CelebrationGone):
        await posts.take_off(OTHER_GUILD, post, ANNA)
    for _ in range(2):
        await posts.take_off(GUILD, post, ANNA)
    assert (await always.celebrations.undo(*ANNAS, at)).states == {State.WITHDRAWN}
    await always.later()
    assert [each.told for each in always.cog.edits] == [()]
    with pytest.raises(CelebrationGone):
        await posts.congratulate(GUILD, post, BEN)


async def test_what_could_not_be_posted_is_posted_when_it_works(always: Desk) -> None:
    await always.done()
    always.cog.ends = Retry(Reason.DISCORD_DOWN)
    await always.later()
    always.cog.ends = None
    await always.later()
    assert always.cog.titles() == [["Learn SQL"]]


async def test_what_is_too_late_may_still_be_announced(always: Desk) -> None:
    await always.done()
    at = (await news(always)).at
    always.clock.time = NOW + 2 * DAY
    await always.dispatcher.run_due()
    assert always.cog.posted == []
    batch = await always.celebrations.announce(*ANNAS, at)
    assert batch.due == NOW + 2 * DAY + 10 * MINUTE
    await always.later()
    assert len(always.cog.posted) == 1


async def test_what_was_never_announced_is_forgotten_after_a_while(work: Desk) -> None:
    await work.done()
    await work.celebrations.look_after()
    assert await kept(work) == (1, 0)
    work.clock.time += ASKED_FOR + MINUTE
    await work.celebrations.look_after()
    assert await kept(work) == (0, 0)


async def test_another_server_hears_nothing(always: Desk) -> None:
    await always.done()
    assert await always.celebrations.news(OTHER_GUILD, ANNA) is None
    assert await always.celebrations.news(GUILD, BEN) is None
    with pytest.raises(CelebrationGone):
        await always.celebrations.undo(OTHER_GUILD, ANNA, NOW)
    assert (await news(always)).guild_id == GUILD
