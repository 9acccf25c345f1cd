from datetime import date

import pytest

from bot.streaks import calendar_picture
from bot.streaks.model import Streak


@pytest.fixture(scope="session", autouse=True)
def _drawn_once() -> None:
    """Matplotlib takes seconds to load on a busy machine, more than SimCord waits for a reply."""
    calendar_picture.draw(Streak(), date(2026, 11, 24))
