from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.careers.slugs import key_of
from bot.practice import scheduling
from bot.practice.choosing import Queue, new_left, queue
from bot.practice.model import Card, Choice, Memory, NoSuchTopic, Rating
from bot.questions.model import Level
from tests.bot.practice.samples import ANNA, BEN, OTHER_ROLE, ROLE, known

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
POOL = [known(f"pack:x:{letter}") for letter in "abcdef"]


def rated(key: str, due: timedelta = timedelta(0)) -> Card:
    """A card that was rated, and is due so long after now."""
    card = Card.new(key, NOW).reviewed(scheduling.after(Memory(NOW), Rating.GOOD, NOW), NOW)
    return replace(card, memory=replace(card.memory, due=NOW + due))


def found(*cards: Card, choice: Choice = Choice(), pool: Any = POOL, left: int = 10) -> Queue:  # noqa: B008
    theirs = {card.key: card for card in cards}
    return queue(ANNA, pool, theirs, choice, now=NOW, new_left=left)


def keys(questions: Any) -> list[str]:
    return [each.key for each in questions]


def test_what_is_due_comes_first_the_longest_due_before_the_rest() -> None:
    late, later = rated("pack:x:c", -timedelta(days=2)), rated("pack:x:b", -timedelta(days=1))
    got = found(later, late, rated("pack:x:a", timedelta(days=1)))
    assert keys(got.due) == ["pack:x:c", "pack:x:b"]
    assert got.next is not None
    assert got.next.key == "pack:x:c"
    assert set(keys(got.new)) == {"pack:x:d", "pack:x:e", "pack:x:f"}
    assert got.next_due == NOW + timedelta(days=1)


def test_new_ones_are_as_many_as_the_day_allows() -> None:
    assert len(found(left=2).new) == 2
    assert found(left=2).limited
    assert not found(left=6).limited
    assert found(left=0).next is None


def test_what_a_member_put_in_comes_first_among_the_new_ones() -> None:
    assert keys(found(Card.new("pack:x:e", NOW)).new)[0] == "pack:x:e"


def test_easier_levels_come_first_in_an_order_that_stays_and_is_each_members_own() -> None:
    pool = [known("pack:x:lead", level=Level.LEAD), *POOL]
    assert keys(found(pool=pool).new)[-1] == "pack:x:lead"
    assert found(pool=pool) == found(pool=pool)
    other = queue(BEN, POOL, {}, Choice(), now=NOW, new_left=10)
    assert keys(other.new) != keys(found().new)


def test_a_question_that_is_gone_or_put_aside_rests() -> None:
    aside = replace(rated("pack:x:a", -timedelta(days=1)), suspended=True)
    got = found(aside, rated("pack:gone:a", -timedelta(days=1)), Card.new("own:9", NOW))
    assert got.due == ()
    assert "pack:x:a" not in keys(got.new)
    assert got.next_due is None
    new_aside = replace(Card.new("pack:x:b", NOW), suspended=True)
    assert "pack:x:b" not in keys(found(new_aside).new)


def test_a_choice_leaves_out_what_it_does_not_name() -> None:
    pool = [
        known("pack:x:a"),
        known("pack:x:b", OTHER_ROLE),
        known("own:1", None, topics=("privacy",)),
        known("pack:x:c", level=Level.LEAD),
    ]
    choice = Choice(role=key_of(ROLE))
    assert set(keys(found(pool=pool, choice=choice).new)) == {"pack:x:a", "own:1", "pack:x:c"}
    assert keys(found(pool=pool, choice=Choice(level=Level.LEAD)).new) == ["pack:x:c"]
    assert keys(found(pool=pool, choice=Choice(topic=key_of("privacy"))).new) == ["own:1"]
    got = found(rated("pack:x:b"), pool=pool, choice=choice)
    assert (got.due, got.elsewhere) == ((), 1)
    assert choice.is_narrow
    assert not Choice().is_narrow


def test_new_ones_are_counted_by_the_members_own_days() -> None:
    before_midnight = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)
    after_midnight = before_midnight + timedelta(hours=1)
    seen = [before_midnight] * 4
    assert new_left(seen, before_midnight, "Europe/Berlin") == 6
    assert new_left(seen, after_midnight, "Europe/Berlin") == 10
    assert new_left(seen, after_midnight, "UTC") == 6
    assert new_left([before_midnight] * 12, before_midnight, "UTC") == 0


@given(
    st.lists(st.timedeltas(-timedelta(days=9), timedelta(days=9)), max_size=6), st.integers(0, 9)
)
def test_nothing_is_asked_twice_or_too_early(dues: list[timedelta], left: int) -> None:
    cards = [rated(each.key, due) for each, due in zip(POOL, dues, strict=False)]
    got = found(*cards, left=left)
    asked = [*keys(got.due), *keys(got.new)]
    assert len(set(asked)) == len(asked)
    assert len(got.new) <= left
    assert set(keys(got.due)) == {card.key for card in cards if card.memory.due <= NOW}


def test_a_topic_that_nobody_knows_is_said() -> None:
    assert "no such topic" in str(NoSuchTopic())
