import pytest

from bot.journeys.progress import progress
from bot.journeys.progress_picture import draw
from tests.bot.journeys.samples import journey


@pytest.fixture(scope="session", autouse=True)
def _drawn_once() -> None:
    """Matplotlib takes seconds to load on a busy machine, more than SimCord waits for a reply."""
    draw(progress(journey()))
