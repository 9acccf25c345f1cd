from functools import cache

import pytest

from bot.feedback.giving import Feedbacks
from bot.guilds import settings as guild_settings
from bot.members import settings as member_settings
from bot.practice.interviews.service import Interviews
from bot.practice.service import Practice
from bot.questions.service import Questions
from bot.settings.model import Registry
from bot.settings.service import Preferences
from bot.store.database import Database
from tests.bot.questions.conftest import BANKS, banks, questions
from tests.conftest import FixedClock

__all__ = ["banks", "questions"]


@cache
def feedbacks() -> Feedbacks:
    return Feedbacks(each for bank in BANKS.questions.values() for each in bank)


@pytest.fixture
def preferences(database: Database, clock: FixedClock) -> Preferences:
    registry = Registry()
    registry.register(member_settings.ZONE, guild_settings.ZONE)
    return Preferences(database, clock, registry)


@pytest.fixture
def practice(
    database: Database, clock: FixedClock, questions: Questions, preferences: Preferences
) -> Practice:
    return Practice(database, clock, questions, preferences)


@pytest.fixture
def interviews(database: Database, clock: FixedClock, questions: Questions) -> Interviews:
    return Interviews(database, clock, questions, feedbacks)
