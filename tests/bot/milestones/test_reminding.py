"""A reminder of a next step goes, moves and comes back with it. On both stores."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery.kinds import Kinds
from bot.delivery.planner import Planner
from bot.guilds import settings as guild_settings
from bot.members import settings as member_settings
from bot.members.service import Members
from bot.members.settings import ZONE
from bot.milestones.model import Kind
from bot.milestones.reminding.service import NextSteps
from bot.milestones.service import Milestones
from bot.milestones.stages import Outcome, Stage
from bot.milestones.typed import Typed
from bot.reminders.model import REMINDER, Planned, Question
from bot.reminders.service import Reminders
from bot.settings.model import Registry
from bot.settings.service import Preferences
from bot.store.database import Database
from tests.bot.milestones.samples import ANNA, GUILD
from tests.conftest import FixedClock

MINE = (GUILD, ANNA, 1)
WISHED = Typed("Acme", next_step="Prepare", next_on="2026-12-01")
AT = datetime(2026, 12, 1, 8, tzinfo=UTC)
"""9:00 in Berlin."""


@dataclass
class Desk:
    milestones: Milestones
    reminders: Reminders
    next_steps: NextSteps
    preferences: Preferences

    async def coming(self) -> list[tuple[str, datetime]]:
        """Return what is to be reminded of, and when."""
        kept = await self.reminders.kept(ANNA)
        return [(each.reminder.what, at) for each in kept for at in each.upcoming]

    async def apply(self) -> None:
        await self.preferences.set(ZONE, ANNA, "Europe/Berlin", by=ANNA)
        await self.milestones.add(GUILD, ANNA, WISHED, Kind.APPLICATION, Stage.APPLIED)
        await self.next_steps.remind(*MINE)


@pytest.fixture
def desk(database: Database, clock: FixedClock) -> Desk:
    known, kinds = Registry(), Kinds()
    known.register(member_settings.ZONE, member_settings.DAY_START, guild_settings.ZONE)
    kinds.register(REMINDER)
    preferences = Preferences(database, clock, known)
    members = Members(database, clock, preferences)
    milestones = Milestones(database, clock, members)
    reminders = Reminders(database, clock, Planner(clock, kinds), members)
    next_steps = NextSteps(database, clock, members, milestones, reminders)
    milestones.changed.append(next_steps.follow)
    return Desk(milestones, reminders, next_steps, preferences)


async def test_it_goes_with_a_closed_application_and_comes_back_with_it(desk: Desk) -> None:
    await desk.apply()
    assert await desk.coming() == [("Acme: Prepare", AT)]
    await desk.milestones.move(*MINE, Stage.CLOSED, Outcome.REJECTED)
    assert await desk.coming() == []
    await desk.milestones.reopen(*MINE)
    assert await desk.coming() == [("Acme: Prepare", AT)]
    await desk.milestones.remove(*MINE)
    assert await desk.coming() == []
    await desk.milestones.undo(GUILD, ANNA)
    assert await desk.coming() == [("Acme: Prepare", AT)]


async def test_it_moves_with_the_date_and_goes_without_one(desk: Desk) -> None:
    await desk.apply()
    moved = Typed("Acme", next_step="Ask", next_on="2026-12-03")
    await desk.milestones.edit(*MINE, moved)
    assert await desk.coming() == [("Acme: Ask", AT + timedelta(days=2))]
    await desk.milestones.edit(*MINE, Typed("Acme", next_step="Ask", next_on=""))
    assert await desk.coming() == []
    await desk.milestones.edit(*MINE, WISHED)
    assert await desk.coming() == [("Acme: Prepare", AT)]
    await desk.milestones.edit(*MINE, Typed("Acme", note="Nice people.", next_on="2026-12-01"))
    assert [at for _, at in await desk.coming()] == [AT]


async def test_what_its_member_put_away_stays_so(desk: Desk) -> None:
    await desk.apply()
    [planned] = await desk.reminders.kept(ANNA)
    await desk.reminders.delete(planned.reminder.id, ANNA)
    await desk.milestones.move(*MINE, Stage.CLOSED)
    await desk.milestones.reopen(*MINE)
    assert await desk.coming() == []


async def test_one_whose_time_is_past_comes_no_more(desk: Desk, clock: FixedClock) -> None:
    await desk.apply()
    await desk.milestones.remove(*MINE)
    clock.time = AT - timedelta(hours=12)
    await desk.milestones.restore(*MINE)
    assert len(await desk.coming()) == 1
    await desk.milestones.move(*MINE, Stage.CLOSED)
    clock.time = AT + timedelta(hours=1)
    await desk.milestones.reopen(*MINE)
    assert await desk.coming() == []


async def test_one_that_asked_for_the_zone_first_goes_too(desk: Desk) -> None:
    await desk.milestones.add(GUILD, ANNA, WISHED, Kind.APPLICATION, Stage.APPLIED)
    asked = await desk.next_steps.remind(*MINE)
    assert isinstance(asked, Question)
    await desk.preferences.set(ZONE, ANNA, "Europe/Berlin", by=ANNA)
    made = await desk.reminders.answer(asked.draft, asked.draft.wish.when)
    assert isinstance(made, Planned)
    await desk.milestones.move(*MINE, Stage.CLOSED)
    assert await desk.coming() == []
    await desk.milestones.reopen(*MINE)
    assert await desk.coming() == [("Acme: Prepare", AT)]
