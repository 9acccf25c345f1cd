"""What is kept of members' hours, and what others get of them. On both stores."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.assembly import all_settings
from bot.availability.model import HoursChangedSince, Known, WeeklyHours
from bot.availability.reading import read
from bot.availability.service import Availability
from bot.availability.slots import Wanted
from bot.availability.store import AvailabilityRow
from bot.careers.registry import RoleRegistry
from bot.members.service import Members
from bot.members.settings import ZONE
from bot.privacy.model import EVERYWHERE
from bot.privacy.service import Privacy
from bot.settings.service import Preferences
from bot.store.database import Database
from tests.conftest import NOW, FixedClock

HERE, ANNA, BEN, CARA = 3, 77_000_000_007, 77_000_000_008, 77_000_000_009
EVENINGS, MORNINGS = read("weekdays 18-22"), read("weekdays 8am-12pm")


@pytest.fixture
def preferences(database: Database, clock: FixedClock) -> Preferences:
    return Preferences(database, clock, all_settings(RoleRegistry([])))


@pytest.fixture
def availability(database: Database, clock: FixedClock, preferences: Preferences) -> Availability:
    return Availability(database, clock, Members(database, clock, preferences))


async def test_hours_are_kept_cleared_and_put_back(
    availability: Availability, clock: FixedClock
) -> None:
    assert await availability.of(ANNA) == Known()
    first = await availability.keep(ANNA, EVENINGS)
    assert first.before == Known()
    assert first.after == await availability.of(ANNA) == Known(EVENINGS, NOW)
    clock.time += timedelta(seconds=1)
    second = await availability.keep(ANNA, MORNINGS)
    assert second.before.hours == EVENINGS
    with pytest.raises(HoursChangedSince, match="/my availability"):
        await availability.undo(ANNA, first.after.changed_at, None)
    put_back = await availability.undo(ANNA, second.after.changed_at, EVENINGS)
    assert put_back.hours == (await availability.of(ANNA)).hours == EVENINGS
    cleared = await availability.clear(ANNA)
    assert cleared.after == await availability.of(ANNA) == Known()
    assert (await availability.undo(ANNA, None, EVENINGS)).hours == EVENINGS
    assert await availability.of(BEN) == Known()


async def test_hours_are_exported_in_words_and_forgotten(
    availability: Availability, database: Database, clock: FixedClock
) -> None:
    await availability.keep(ANNA, EVENINGS)
    await availability.keep(BEN, MORNINGS)
    privacy = Privacy(database, clock)
    assert [each.title for each in await privacy.held(ANNA, EVERYWHERE)] == [
        "Hours in which you have time"
    ]
    await privacy.forget(ANNA, EVERYWHERE)
    assert await availability.of(ANNA) == Known()
    async with database.reading() as session:
        [kept] = await session.scalars(sa.select(AvailabilityRow.hours))
    assert kept == "Mon-Fri 08:00-12:00"


async def test_slots_are_of_the_hours_in_each_ones_own_zone(
    availability: Availability, preferences: Preferences
) -> None:
    zones = {ANNA: "Africa/Lagos", BEN: "America/Denver", CARA: "Europe/Berlin"}
    for member, zone in zones.items():
        await preferences.set(ZONE, member, zone, by=member)
    await availability.keep(ANNA, EVENINGS)
    await availability.keep(BEN, WeeklyHours(MORNINGS.halves))
    wanted = Wanted("Africa/Lagos", timedelta(hours=1), NOW, weekly=True)
    slots = await availability.suggested([*zones], HERE, wanted)
    assert len(slots) == 5
    assert slots[0].start == datetime.fromisoformat("2026-11-24 18:00")
    assert {slot.start.hour for slot in slots} == {18}
    assert {slot.can for slot in slots} == {3}
    assert slots[0].differing[0].moved == 1
    assert await availability.suggested([], HERE, wanted) == ()
