from datetime import date

from bot.daily.model import NothingSetUp, Post, PostState
from tests.conftest import NOW


def test_a_post_without_a_message_has_no_link() -> None:
    day = date(2026, 11, 24)
    post = Post(1, 1, 3, day, NOW, None, PostState.CHOSEN, None, "own:1", None, 1)
    assert post.link is None


def test_a_server_without_a_daily_question_is_told_how_to_begin() -> None:
    assert "/daily setup" in str(NothingSetUp())
