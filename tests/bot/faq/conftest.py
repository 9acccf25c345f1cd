import pytest

from bot.delivery.kinds import Kinds
from bot.delivery.planner import Planner
from bot.faq.model import ANSWERED
from bot.faq.service import Faq
from bot.store.database import Database
from tests.conftest import FixedClock


@pytest.fixture
def faq(database: Database, clock: FixedClock) -> Faq:
    kinds = Kinds()
    faq = Faq(database, clock, Planner(clock, kinds))
    kinds.register(ANSWERED, faq.elsewhere)
    return faq
