"""How a server's members get on, counted on both stores."""

import csv
import io
from datetime import timedelta

import pytest

from bot.careers.registry import RoleRegistry
from bot.guilds import settings as guild_settings
from bot.journeys.service import Journeys, Way
from bot.journeys.settings import VISIBILITY
from bot.members import settings as member_settings
from bot.members.service import Members
from bot.privacy.model import Scope
from bot.privacy.service import Privacy
from bot.privacy.store import keep
from bot.progress import sheet
from bot.progress.picture import alt_text, draw
from bot.progress.service import ServerProgress
from bot.settings.model import Registry
from bot.settings.service import Preferences
from bot.store.database import Database
from tests.bot.careers.samples import loaded
from tests.bot.journeys.samples import ROADMAP
from tests.conftest import FixedClock

GUILD, OTHER_GUILD, FIRST = 3, 4, 77_123_456_700
MAPS = Way("cartographer")
DAY = timedelta(days=1)


@pytest.fixture
def journeys(database: Database, clock: FixedClock) -> Journeys:
    known = Registry()
    known.register(member_settings.ZONE, member_settings.DAY_START, guild_settings.ZONE, VISIBILITY)
    preferences = Preferences(database, clock, known)
    roles = RoleRegistry([loaded("cartographer", roadmap=ROADMAP), loaded("navigator")])
    members = Members(database, clock, preferences)
    return Journeys(database, clock, roles, members, preferences)


@pytest.fixture
def progress(database: Database, clock: FixedClock, journeys: Journeys) -> ServerProgress:
    return ServerProgress(database, clock, journeys)


async def begin(journeys: Journeys, count: int, first: int = 0, guild: int = GUILD) -> list[int]:
    """Let so many members begin; return their ids."""
    members = [FIRST + first + number for number in range(count)]
    for member in members:
        await journeys.begin(guild, member, MAPS)
    return members


async def finish(journeys: Journeys, members: list[int], phases: int) -> None:
    """Let members finish the first phases."""
    for member in members:
        journey = await journeys.of(GUILD, member)
        done = [task.id for task in journey.tasks if task.item.phase < phases]
        await journeys.finish(GUILD, member, done)


async def test_phases_ends_and_silence_are_counted(
    database: Database, clock: FixedClock, journeys: Journeys, progress: ServerProgress
) -> None:
    members = await begin(journeys, 31)
    await begin(journeys, 5, first=50, guild=OTHER_GUILD)
    silent, ended, resting = members[:5], members[5:7], members[7:12]
    halfway, through = members[12:25], members[25:30]
    for member in ended:
        await journeys.end(GUILD, member, (await journeys.of(GUILD, member)).id)
    for member in resting:
        await journeys.pause(GUILD, member, (await journeys.of(GUILD, member)).id, None)
    clock.time += 4 * DAY
    await finish(journeys, halfway[:6], 1)
    clock.time += 31 * DAY
    await finish(journeys, halfway[6:], 1)
    await finish(journeys, through, 2)
    [career] = await progress.careers(GUILD)
    # The 31st is as silent as the first five; the first half of those halfway is, too.
    assert (career.ever, career.on_the_way, career.all_the_way) == (31, 12, 5)
    first, second = career.parts
    assert (first.titles, first.finished, first.dropped) == (("Paper",), 18, 8)
    assert (second.titles, second.finished, second.dropped) == (("Ink",), 5, 6)
    assert first.days == 35
    assert second.days == 0
    assert silent


async def test_who_left_or_is_forgotten_is_not_counted(
    database: Database, clock: FixedClock, journeys: Journeys, progress: ServerProgress
) -> None:
    members = await begin(journeys, 7)
    async with database.writing() as session:
        gone = {"checked_at": clock.now(), "left_at": clock.now()}
        await keep(session, GUILD, members[0], **gone)
        await keep(session, OTHER_GUILD, members[1], **gone)
    await Privacy(database, clock).forget(members[2], Scope(GUILD))
    [career] = await progress.careers(GUILD)
    assert career.ever == 5
    await Privacy(database, clock).forget(members[3], Scope(GUILD))
    [career] = await progress.careers(GUILD)
    assert career.ever is None


async def test_a_member_counts_once_in_a_career(
    journeys: Journeys, progress: ServerProgress
) -> None:
    members = await begin(journeys, 5)
    there = await journeys.of(GUILD, members[0])
    await journeys.begin(GUILD, members[0], Way("navigator"), replacing=there.id)
    there = await journeys.of(GUILD, members[0])
    await journeys.begin(GUILD, members[0], MAPS, replacing=there.id)
    careers = await progress.careers(GUILD)
    assert [(each.role, each.ever) for each in careers] == [
        ("cartographer", 5),
        ("navigator", None),
    ]
    assert [each.role for each in await progress.careers(GUILD, "navigator")] == ["navigator"]


async def test_the_file_says_where_nothing_is_shown(
    journeys: Journeys, progress: ServerProgress
) -> None:
    members = await begin(journeys, 11)
    await finish(journeys, members[:5], 1)
    there = await journeys.of(GUILD, members[0])
    await journeys.begin(GUILD, members[0], Way("navigator"), replacing=there.id)
    careers = await progress.careers(GUILD)
    first, second, few = csv.DictReader(io.StringIO(sheet.written(careers)))
    assert (first["career"], first["ever"], first["phases"]) == ("Cartographer", "11", "1")
    assert (first["finished"], first["dropped_off"]) == ("5", "not shown")
    assert (second["titles"], second["finished"]) == ("Ink", "not shown")
    assert (few["ever"], few["phases"]) == ("fewer than 5", "")


async def test_a_career_without_its_pack_has_the_titles_of_its_journeys(
    database: Database, clock: FixedClock, journeys: Journeys
) -> None:
    await begin(journeys, 5)
    journeys_now = Journeys(
        database,
        clock,
        RoleRegistry([]),
        Members(database, clock, Preferences(database, clock, Registry())),
        Preferences(database, clock, Registry()),
    )
    [career] = await ServerProgress(database, clock, journeys_now).careers(GUILD)
    assert career.title == "Cartographer"
    assert career.parts[0].titles == ("Paper", "Ink")


async def test_the_picture_is_drawn_and_said_in_words(
    journeys: Journeys, progress: ServerProgress
) -> None:
    members = await begin(journeys, 10)
    await finish(journeys, members[:5], 1)
    [career] = await progress.careers(GUILD)
    assert draw(career).startswith(b"\x89PNG")
    assert alt_text(career) == (
        "Cartographer: 10 began. Past each phase, and dropped off in it: "
        "phase 1: 5, not shown; phase 2: not shown, not shown."
    )
