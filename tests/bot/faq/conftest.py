import pytest

from bot.delivery.kinds import Kinds
from bot.delivery.planner import Planner
from bot.faq.model import ANSWERED
from bot.faq.service import Faq
from bot.store.database import Database
from tests.bot.guilds.noticing import notices_over
from tests.conftest import FixedClock


@pytest.fixture
def faq(database: Database, clock: FixedClock) -> Faq:
    kinds = Kinds()
    planner = Planner(clock, kinds)
    faq = Faq(database, clock, planner, notices_over(database, clock, planner))
    kinds.register(ANSWERED, faq.elsewhere)
    return faq
