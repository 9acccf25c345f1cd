"""Journeys on both stores: begun, worked on, changed, ended; packs that change; observers."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.careers.registry import RoleRegistry
from bot.careers.service import RoleGone
from bot.guilds import settings as guild_settings
from bot.journeys.model import (
    DayNotAhead,
    Finished,
    JourneyChanged,
    JourneyRuns,
    NoJourney,
    NoSuchTask,
    NothingPaused,
    NotOneDay,
    NotShown,
    Pace,
    SameCareer,
    TakenBack,
    TaskState,
)
from bot.journeys.service import Journeys, Way
from bot.journeys.settings import SERVER, VISIBILITY
from bot.members import settings as member_settings
from bot.members.service import Members
from bot.settings.model import Registry
from bot.settings.service import Preferences
from bot.store.database import Database
from bot.when.errors import UnclearTime
from tests.bot.careers.samples import loaded
from tests.bot.journeys.samples import DAY, ROADMAP, TUESDAY
from tests.conftest import FixedClock

GUILD, OTHER_GUILD, ANNA, BEN = 3, 4, 77_123_456_701, 77_123_456_702
MAPS = Way("cartographer")
OTHER_ROADMAP = [
    {
        "title": "Sea",
        "weeks": 1,
        "goals": ["Sound the depths.", "Fold a map."],
        "milestone": "A chart.",
    }
]
ME = (GUILD, ANNA)


@pytest.fixture
def preferences(database: Database, clock: FixedClock) -> Preferences:
    known = Registry()
    known.register(member_settings.ZONE, member_settings.DAY_START)
    known.register(guild_settings.ZONE, VISIBILITY)
    return Preferences(database, clock, known)


def service(
    database: Database, clock: FixedClock, preferences: Preferences, roadmap: object = ROADMAP
) -> Journeys:
    """The service as after a start with these packs."""
    roles = [
        loaded(roadmap=roadmap),
        loaded("navigator", title="Navigator", roadmap=OTHER_ROADMAP),
    ]
    members = Members(database, clock, preferences)
    return Journeys(database, clock, RoleRegistry(roles), members, preferences)


@pytest.fixture
def journeys(database: Database, clock: FixedClock, preferences: Preferences) -> Journeys:
    return service(database, clock, preferences)


async def test_nobody_is_on_a_journey_before_they_start(journeys: Journeys) -> None:
    assert await journeys.active(*ME) is None
    with pytest.raises(NoJourney, match="/journey start"):
        await journeys.of(*ME)
    with pytest.raises(NoJourney):
        await journeys.finish(*ME, [1])
    with pytest.raises(NoJourney):
        await journeys.draft(*ME, MAPS, switching=True)


async def test_a_draft_keeps_nothing_and_is_what_begins(journeys: Journeys) -> None:
    draft = await journeys.draft(*ME, MAPS)
    assert await journeys.active(*ME) is None
    begun = await journeys.begin(*ME, MAPS)
    assert [task.item for task in begun.tasks] == [task.item for task in draft.tasks]
    assert (begun.pace, begun.plan.ends) == (draft.pace, draft.plan.ends)
    assert begun.plan.ends == TUESDAY + timedelta(weeks=5)
    assert await journeys.active(*ME) == begun
    assert await journeys.active(OTHER_GUILD, ANNA) is None
    assert await journeys.active(GUILD, BEN) is None


async def test_a_member_has_one_journey_in_a_server(journeys: Journeys) -> None:
    await journeys.begin(*ME, MAPS)
    with pytest.raises(JourneyRuns, match="Cartographer"):
        await journeys.draft(*ME, Way("navigator"))
    both = [journeys.begin(GUILD, BEN, MAPS), journeys.begin(GUILD, BEN, Way("navigator"))]
    results = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(isinstance(each, JourneyRuns) for each in results) == [False, True]
    await journeys.begin(OTHER_GUILD, ANNA, MAPS)
    with pytest.raises(RoleGone):
        await journeys.draft(OTHER_GUILD, BEN, Way("unknown"))


async def test_a_target_sets_the_pace_unless_hours_are_said(journeys: Journeys) -> None:
    target = await journeys.day_meant(*ME, "in 10 weeks")
    assert target == TUESDAY + timedelta(weeks=10)
    assert (await journeys.draft(*ME, Way("cartographer", None, target))).pace.hours == 5
    draft = await journeys.begin(*ME, Way("cartographer", 3, target))
    assert draft.pace == Pace(3, TUESDAY, target)


async def test_only_a_day_to_come_is_a_target(journeys: Journeys, clock: FixedClock) -> None:
    with pytest.raises(NotOneDay):
        await journeys.day_meant(*ME, "every monday at 9")
    with pytest.raises(DayNotAhead):
        await journeys.day_meant(*ME, "in 2 hours")
    with pytest.raises(UnclearTime, match="in 20 weeks"):
        await journeys.day_meant(*ME, "soonish")


async def test_days_are_those_of_the_members_zone(
    journeys: Journeys, preferences: Preferences
) -> None:
    await preferences.set(member_settings.ZONE, ANNA, "Pacific/Kiritimati", by=ANNA)
    begun = await journeys.begin(*ME, MAPS)
    assert begun.started_on == TUESDAY + DAY
    finished = await journeys.finish(*ME, [begun.tasks[0].id])
    assert finished.tasks[0].done_on == TUESDAY + DAY
    await preferences.set(member_settings.DAY_START, ANNA, 4, by=ANNA)
    assert (await journeys.of(*ME)).today == TUESDAY  # at 2 in the morning


async def test_ticking_twice_is_as_once_and_so_is_taking_back(
    journeys: Journeys, clock: FixedClock
) -> None:
    begun = await journeys.begin(*ME, MAPS)
    ids = [task.id for task in begun.tasks]
    clock.time += DAY
    first = await journeys.finish(*ME, ids[:3])
    assert [task.id for task in first.tasks] == ids[:3]
    assert [phase.title for phase in first.phases] == ["Paper"]
    assert (await journeys.finish(*ME, ids[:3])).tasks == ()
    clock.time += DAY
    both = await asyncio.gather(journeys.finish(*ME, ids[3:4]), journeys.finish(*ME, ids[3:4]))
    assert sorted(len(each.tasks) for each in both) == [0, 1]
    now = await journeys.of(*ME)
    assert [task.id for task in now.open_tasks] == ids[4:]
    assert now.phase is not None
    assert now.phase.title == "Ink"
    assert [task.done_on for task in now.done_tasks] == [TUESDAY + DAY] * 3 + [TUESDAY + 2 * DAY]
    await journeys.reopen_done_at(*ME, first.at)
    assert [task.id for task in (await journeys.of(*ME)).done_tasks] == ids[3:4]
    assert await journeys.reopen(*ME, ids[:3]) == ()
    with pytest.raises(NoSuchTask):
        await journeys.finish(*ME, [ids[-1] + 1])


async def test_observers_hear_what_is_new_in_the_same_unit_of_work(
    journeys: Journeys, clock: FixedClock
) -> None:
    heard: list[Finished] = []

    async def observe(_session: AsyncSession, finished: Finished) -> None:
        heard.append(finished)
        if finished.is_over:
            raise RuntimeError("refused")

    journeys.observers.append(observe)
    begun = await journeys.begin(*ME, MAPS)
    ids = [task.id for task in begun.tasks]
    await journeys.finish(*ME, ids[:3])
    await journeys.finish(*ME, ids[:3])
    await journeys.reopen(*ME, ids[2:3])
    clock.time += DAY
    await journeys.finish(*ME, ids[2:3])
    assert [[phase.again for phase in each.phases] for each in heard] == [[False], [True]]
    assert [task.first_done_at == each.at for each in heard for task in each.tasks] == [
        *[True] * 3,
        False,
    ]
    with pytest.raises(RuntimeError, match="refused"):
        await journeys.finish(*ME, ids)
    assert len((await journeys.of(*ME)).done_tasks) == 3


async def test_a_task_is_left_out_noted_and_taken_back(journeys: Journeys) -> None:
    begun = await journeys.begin(*ME, MAPS)
    first = begun.tasks[0].id
    await journeys.skip(*ME, [first])
    await journeys.write_note(*ME, first, "  too easy  ")
    journey, task = await journeys.task(*ME, first)
    assert (task.state, task.note, task.counts) == (TaskState.SKIPPED, "too easy", False)
    assert journey.percent == 0
    [opened] = await journeys.reopen(*ME, [first])
    assert (opened.is_open, opened.note) == (True, "too easy")
    assert len((await journeys.write_note(*ME, first, "x" * 999)).note) == 500
    with pytest.raises(NoSuchTask):
        await journeys.task(*ME, first + 100)


async def test_nobody_reaches_anothers_tasks(journeys: Journeys) -> None:
    begun = await journeys.begin(*ME, MAPS)
    await journeys.begin(GUILD, BEN, MAPS)
    with pytest.raises(NoSuchTask):
        await journeys.finish(GUILD, BEN, [begun.tasks[0].id])
    with pytest.raises(JourneyChanged):
        await journeys.return_to(GUILD, BEN, begun.id)
    with pytest.raises(JourneyChanged):
        await journeys.end(GUILD, BEN, begun.id)


async def test_a_pace_is_changed_and_put_back(journeys: Journeys, clock: FixedClock) -> None:
    begun = await journeys.begin(*ME, MAPS)
    await journeys.finish(*ME, [task.id for task in begun.tasks[:3]])
    clock.time += 7 * DAY
    today = TUESDAY + 7 * DAY
    await journeys.set_pace(*ME, begun.id, Pace(30, today))
    changed = await journeys.of(*ME)
    assert changed.plan.ends == today + 7 * DAY
    assert len(changed.done_tasks) == 3
    await journeys.set_pace(*ME, begun.id, begun.pace)
    assert (await journeys.of(*ME)).pace == begun.pace


async def test_a_rest_moves_the_dates_and_ends_by_itself(
    journeys: Journeys, clock: FixedClock
) -> None:
    begun = await journeys.begin(*ME, MAPS)
    await journeys.pause(*ME, begun.id, TUESDAY + 7 * DAY)
    assert (await journeys.of(*ME)).plan.ends == begun.plan.ends + 7 * DAY
    clock.time += 7 * DAY
    back = await journeys.of(*ME)
    assert (back.rest, back.days_late) == (None, 0)
    with pytest.raises(NothingPaused):
        await journeys.resume(*ME, begun.id)


async def test_a_rest_without_an_end_is_ended_by_its_member(
    journeys: Journeys, clock: FixedClock
) -> None:
    begun = await journeys.begin(*ME, MAPS)
    await journeys.pause(*ME, begun.id, None)
    clock.time += 30 * DAY
    assert (await journeys.of(*ME)).rest is not None
    await journeys.resume(*ME, begun.id)
    resumed = await journeys.of(*ME)
    assert (resumed.rest, resumed.days_late) == (None, 0)
    assert resumed.plan.ends == begun.plan.ends + 30 * DAY


async def test_an_end_is_taken_back(journeys: Journeys) -> None:
    begun = await journeys.begin(*ME, MAPS)
    await journeys.finish(*ME, [begun.tasks[0].id])
    await journeys.end(*ME, begun.id)
    assert await journeys.active(*ME) is None
    await journeys.begin(*ME, Way("navigator"))
    with pytest.raises(NoSuchTask):
        await journeys.finish(*ME, [begun.tasks[1].id])
    back = await journeys.return_to(*ME, begun.id)
    assert (back.id, len(back.done_tasks), back.ended_at) == (begun.id, 1, None)
    assert (await journeys.return_to(*ME, begun.id)).id == begun.id


async def test_a_switch_keeps_what_both_careers_ask_for(journeys: Journeys) -> None:
    begun = await journeys.begin(*ME, MAPS)
    with pytest.raises(SameCareer):
        await journeys.draft(*ME, MAPS, switching=True)
    await journeys.finish(*ME, [task.id for task in begun.tasks[:2]])
    draft = await journeys.draft(*ME, Way("navigator"), switching=True)
    assert [task.item.text for task in draft.done_tasks] == ["Fold a map."]
    switched = await journeys.begin(*ME, Way("navigator"), replacing=begun.id)
    assert [task.item.text for task in switched.done_tasks] == ["Fold a map."]
    with pytest.raises(JourneyChanged):
        await journeys.begin(*ME, MAPS, replacing=begun.id)
    back = await journeys.return_to(*ME, begun.id)
    assert len(back.done_tasks) == 2
    assert (await journeys.of(*ME)).role == "cartographer"


async def test_who_starts_again_goes_on_where_they_were(journeys: Journeys) -> None:
    begun = await journeys.begin(*ME, MAPS)
    await journeys.finish(*ME, [begun.tasks[0].id])
    await journeys.write_note(*ME, begun.tasks[0].id, "blue ink")
    await journeys.end(*ME, begun.id)
    again = await journeys.begin(*ME, MAPS)
    assert [(task.note, task.done_on) for task in again.done_tasks] == [("blue ink", TUESDAY)]
    assert again.agreed.ends < begun.agreed.ends + DAY


async def test_others_see_a_journey_only_if_they_may(
    journeys: Journeys, preferences: Preferences
) -> None:
    begun = await journeys.begin(*ME, MAPS)
    assert await journeys.seen(*ME, ANNA) == begun
    for member in (ANNA, BEN):
        with pytest.raises(NotShown):
            await journeys.seen(GUILD, member, 5)
    for member in (ANNA, BEN):
        await preferences.set(VISIBILITY, member, SERVER, by=member)
    assert (await journeys.seen(*ME, BEN)).id == begun.id
    for guild, member in ((OTHER_GUILD, ANNA), (GUILD, BEN)):
        with pytest.raises(NotShown):
            await journeys.seen(guild, member, 5)


async def test_a_pack_that_changes_loses_nothing(
    database: Database, clock: FixedClock, preferences: Preferences, journeys: Journeys
) -> None:
    begun = await journeys.begin(*ME, MAPS)
    ids = [task.id for task in begun.tasks]
    await journeys.finish(*ME, ids[:2])
    await journeys.write_note(*ME, ids[0], "blue ink")
    changed = [{**ROADMAP[0], "goals": ["Fold a map.", "Buy ink."]}, ROADMAP[1]]
    later = service(database, clock, preferences, changed)
    both = await asyncio.gather(later.active(*ME), later.active(*ME))
    assert both[0] == both[1]
    now = await later.of(*ME)
    assert [task.item.text for task in now.done_tasks] == ["Fold a map."]
    [archived] = now.archived
    assert (archived.id, archived.note, archived.is_done) == (ids[0], "blue ink", True)
    assert now.open_tasks[0].item.text == "Buy ink."
    await later.reopen(*ME, [ids[0]])
    back = await service(database, clock, preferences).of(*ME)
    assert [task.id for task in back.tasks if not task.archived] == ids
    assert back.tasks[0].note == "blue ink"
    assert [task.item.text for task in back.archived] == ["Buy ink."]


async def test_a_journey_outlives_its_pack(
    database: Database, clock: FixedClock, preferences: Preferences, journeys: Journeys
) -> None:
    begun = await journeys.begin(*ME, MAPS)
    members = Members(database, clock, preferences)
    without = Journeys(database, clock, RoleRegistry([]), members, preferences)
    assert without.outline("cartographer") is None
    assert await without.of(*ME) == begun
    finished = await without.finish(*ME, [begun.tasks[0].id])
    assert finished.role_title == "Cartographer"
    assert replace(await journeys.of(*ME), tasks=()) == replace(begun, tasks=())


async def test_observers_hear_what_is_not_finished_any_more(journeys: Journeys) -> None:
    heard: list[TakenBack] = []

    async def hear(_session: AsyncSession, back: TakenBack) -> None:
        heard.append(back)

    journeys.taken_back.append(hear)
    begun = await journeys.begin(*ME, MAPS)
    ids = [task.id for task in begun.tasks]
    await journeys.finish(*ME, ids[:4])
    await journeys.reopen(*ME, ids[3:])
    assert heard == []
    await journeys.finish(*ME, ids)
    await journeys.reopen(*ME, [ids[0]])
    await journeys.reopen(*ME, [ids[1]])
    [back] = heard
    assert (back.guild_id, back.member_id, back.role) == (*ME, "cartographer")
    assert ([phase.title for phase in back.phases], back.was_over) == (["Paper"], True)


async def test_observers_hear_that_all_is_over_by_leaving_the_rest_out(journeys: Journeys) -> None:
    heard: list[Finished] = []

    async def hear(_session: AsyncSession, finished: Finished) -> None:
        heard.append(finished)

    begun = await journeys.begin(*ME, MAPS)
    ids = [task.id for task in begun.tasks]
    await journeys.finish(*ME, ids[:3])
    journeys.observers.append(hear)
    await journeys.skip(*ME, ids[3:])
    await journeys.skip(*ME, ids[3:])
    assert [(each.phases, each.is_over) for each in heard] == [((), True)]
