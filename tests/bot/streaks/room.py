"""A server's members who answer questions, with what follows from that, over a store."""

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import insert

from bot.attempts.model import Asked
from bot.attempts.service import Attempts
from bot.guilds import settings as guild_settings
from bot.leaderboard.service import Leaderboards
from bot.members import settings as member_settings
from bot.members.service import Members
from bot.settings.model import Registry
from bot.settings.service import Preferences
from bot.store.database import Database
from bot.streaks.local_day import OwnDays
from bot.streaks.service import Streaks
from bot.streaks.store import AskedRow
from tests.bot.daily.fakes import Desk, desk
from tests.conftest import FixedClock

GUILD, OTHER_GUILD = 3, 4
ANNA, BEN, CARA = 77_123_456_701, 77_123_456_702, 77_123_456_703
DAY = timedelta(days=1)
UTC_DAYS = OwnDays("UTC")
ANSWER = "I would ask who is hurt, and then tell them first."
"""It has enough words to count."""


@dataclass
class Room:
    """The services that have to do with answers, wired as in the bot."""

    database: Database
    clock: FixedClock
    work: Desk = field(init=False)

    def __post_init__(self) -> None:
        registry = Registry()
        registry.register(member_settings.ZONE, member_settings.DAY_START, guild_settings.ZONE)
        self.preferences = Preferences(self.database, self.clock, registry)
        self.members = Members(self.database, self.clock, self.preferences)
        self.attempts = Attempts(self.database, self.clock)
        self.work = desk(self.database, self.clock)
        self.streaks = Streaks(
            self.database, self.clock, self.attempts, self.members, self.work.daily
        )
        self.boards = Leaderboards(
            self.database, self.clock, self.attempts, self.streaks, self.members
        )
        self.attempts.observers.append(self.boards.answered)
        self.streaks.observers.append(self.boards.rested)
        self.work.daily.poster.posted.append(self.streaks.asked)

    async def questions(self, number: int = 150) -> "Room":
        """Let there be a question each day from today on, at midnight UTC."""
        midnight = self.clock.time.replace(hour=0)
        times = [{"guild_id": GUILD, "at": midnight + DAY * day} for day in range(number)]
        async with self.database.writing() as session:
            await session.execute(insert(AskedRow), times)
        return self

    async def answer(self, days: int, first_post: int = 1, member: int = ANNA) -> None:
        """Answer a question a day; the clock ends on the last one's day."""
        for number in range(days):
            asked = Asked(first_post + number, GUILD, "own:1")
            own = await self.members.days(member, GUILD)
            await self.attempts.send(asked, member, ANSWER, own)
            if number + 1 < days:
                self.clock.time += DAY
