"""What a check-in ticks in a member's journey, and opens again. On both stores."""

from datetime import timedelta

import pytest

from bot.careers.registry import RoleRegistry
from bot.checkins.model import Reopened
from bot.checkins.own.progress import JourneyProgress
from bot.guilds import settings as guild_settings
from bot.journeys.service import Journeys, Way
from bot.journeys.settings import VISIBILITY
from bot.members import settings as member_settings
from bot.members.service import Members
from bot.settings.model import Registry
from bot.settings.service import Preferences
from bot.store.database import Database
from tests.bot.careers.samples import loaded
from tests.bot.journeys.samples import ROADMAP
from tests.conftest import FixedClock

ME = (3, 77_123_456_701)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def journeys(database: Database, clock: FixedClock) -> Journeys:
    known = Registry()
    known.register(member_settings.ZONE, member_settings.DAY_START, guild_settings.ZONE, VISIBILITY)
    preferences = Preferences(database, clock, known)
    roles = RoleRegistry([loaded("cartographer", roadmap=ROADMAP)])
    return Journeys(database, clock, roles, Members(database, clock, preferences), preferences)


async def test_what_was_ticked_is_opened_but_for_what_its_member_ticked_anew(
    journeys: Journeys, clock: FixedClock
) -> None:
    progress = JourneyProgress(journeys, RoleRegistry([]))
    journey = await journeys.begin(*ME, Way("cartographer"))
    first, second, third = [task.id for task in journey.tasks][:3]
    await progress.finish(*ME, [first, second, third])
    answered = clock.time
    clock.time += MINUTE
    await journeys.reopen(*ME, [second, third])
    await journeys.finish(*ME, [third])
    back = await progress.reopen(*ME, [first, second, third], answered)
    assert back == Reopened(opened=(first,))
    assert [task.id for task in (await journeys.of(*ME)).tasks if task.is_done] == [third]


async def test_what_was_ticked_on_an_ended_journey_stays_done(
    journeys: Journeys, clock: FixedClock
) -> None:
    progress = JourneyProgress(journeys, RoleRegistry([]))
    journey = await journeys.begin(*ME, Way("cartographer"))
    first = journey.tasks[0].id
    await progress.finish(*ME, [first])
    await journeys.end(*ME, journey.id)
    assert await progress.reopen(*ME, [first], clock.time) == Reopened(out_of_reach=(first,))
