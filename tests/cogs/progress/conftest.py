import pytest

from bot.progress.figures import Career
from bot.progress.picture import draw


@pytest.fixture(scope="session", autouse=True)
def _drawn_once() -> None:
    """Matplotlib takes seconds to load on a busy machine, more than SimCord waits for a reply."""
    draw(Career("cartographer", "Cartographer", None))
