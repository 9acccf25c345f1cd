from collections.abc import AsyncIterator

import pytest

from bot.careers.loader import load_packs
from bot.careers.registry import RoleRegistry
from bot.delivery.kinds import Kinds
from bot.delivery.planner import Planner
from bot.paths import DATA
from bot.questions.bank import Banks, load_banks
from bot.questions.own import SUGGESTION
from bot.questions.service import Questions
from bot.store.database import Database
from tests.bot.guilds.noticing import notices_over
from tests.conftest import FixedClock

ROLES = load_packs([DATA]).roles
BANKS = load_banks(ROLES)


@pytest.fixture
def banks() -> Banks:
    return BANKS


@pytest.fixture
def questions(database: Database, clock: FixedClock, banks: Banks) -> Questions:
    return questions_over(database, clock, banks)


@pytest.fixture
async def other_process(
    migrated_url: str, clock: FixedClock, banks: Banks
) -> AsyncIterator[Questions]:
    """Another service on the same store, which shares nothing else."""
    database = Database(migrated_url)
    yield questions_over(database, clock, banks)
    await database.close()


def questions_over(database: Database, clock: FixedClock, banks: Banks) -> Questions:
    kinds = Kinds()
    kinds.register(SUGGESTION)
    planner = Planner(clock, kinds)
    notices = notices_over(database, clock, planner)
    careers = RoleRegistry(ROLES)
    return Questions(database, clock, planner, notices, banks=banks, careers=careers)
