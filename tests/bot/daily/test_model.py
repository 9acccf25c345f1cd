from dataclasses import replace
from datetime import date, time

from bot.daily.model import Config, ConfigState, NothingSetUp, Post, PostState, Standing, WhichOne
from bot.daily.times import Times
from bot.delivery.model import Target
from tests.conftest import NOW


def test_a_post_without_a_message_has_no_link() -> None:
    day = date(2026, 11, 24)
    post = Post(1, 1, 3, day, NOW, None, PostState.CHOSEN, None, "own:1", None, 1)
    assert post.link is None


def test_a_server_without_a_daily_question_is_told_how_to_begin() -> None:
    assert "/daily setup" in str(NothingSetUp())


def test_a_posts_key_points_are_out_or_never_will_be() -> None:
    day = date(2026, 11, 24)
    post = Post(1, 1, 3, day, NOW, None, PostState.POSTED, None, "own:1", None, 1)
    assert not post.revealed
    assert replace(post, revealed_at=NOW).revealed
    assert replace(post, reveal_reason="gone").revealed


def test_a_standing_says_what_it_was_set_up_with() -> None:
    times = Times(time(9), "Europe/Berlin", (0, 4))
    config = Config(
        id=1,
        guild_id=3,
        schedule_id=1,
        role="cartographer",
        levels=(),
        kinds=(),
        ping_role=None,
        thread=True,
        reveal_hours=24,
        seed=1,
        state=ConfigState.ACTIVE,
        configured_by=7,
        created_at=NOW,
        recorded_until=NOW,
        removed_at=None,
    )
    standing = Standing(config, Target.channel(5), times.recurrence(NOW), None, None)
    assert standing.times == times
    wish = standing.wish
    assert (wish.channel_id, wish.times, wish.role, wish.thread) == (5, times, "cartographer", True)


def test_several_daily_questions_are_told_apart_by_an_option() -> None:
    assert "`which`" in str(WhichOne())
