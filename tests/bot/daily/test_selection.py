import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.daily.selection import (
    WEEK,
    Asked,
    Candidate,
    Choice,
    Past,
    choose,
    left_in_round,
    past_of,
)
from bot.questions.model import Level

LEVELS = st.sampled_from([*Level])
POOLS = st.lists(LEVELS, min_size=1, max_size=30).map(
    lambda levels: [Candidate(f"own:{n}", level) for n, level in enumerate(levels)]
)
SEEDS = st.integers(0, 2**62)


def asked(choice: Choice) -> Asked:
    return Asked(choice.key, choice.level, choice.round)


def run(pool: Sequence[Candidate], seed: int, count: int) -> list[Asked]:
    posts: list[Asked] = []
    for _ in range(count):
        choice = choose(pool, seed, past_of(posts))
        assert choice is not None
        posts.append(asked(choice))
    return posts


def test_an_empty_pool_has_no_next_question() -> None:
    assert choose([], 1, Past()) is None
    gone = past_of([Asked("own:1", Level.MID, 1)])
    assert choose([], 1, gone) is None
    assert left_in_round([], gone) == 0


def test_a_single_question_comes_each_time() -> None:
    posts = run([Candidate("own:1", Level.MID)], 1, 3)
    assert [(each.key, each.round) for each in posts] == [("own:1", 1), ("own:1", 2), ("own:1", 3)]


@given(POOLS, SEEDS)
def test_each_round_asks_all_once_and_none_twice_in_a_row(pool: list[Candidate], seed: int) -> None:
    posts = run(pool, seed, 3 * len(pool))
    for number in range(3):
        of_round = posts[number * len(pool) : (number + 1) * len(pool)]
        assert {each.round for each in of_round} == {number + 1}
        assert sorted(each.key for each in of_round) == sorted(each.key for each in pool)
    if len(pool) > 1:
        assert all(a.key != b.key for a, b in pairwise(posts))


@given(POOLS, SEEDS)
def test_the_choice_follows_from_the_seed_and_what_was_posted(
    pool: list[Candidate], seed: int
) -> None:
    posts = run(pool, seed, 2 * len(pool))
    assert posts == run([*reversed(pool)], seed, 2 * len(pool))
    for place in range(len(posts)):
        choice = choose(pool, seed, past_of(posts[:place]))
        assert choice is not None
        assert asked(choice) == posts[place]


def test_another_seed_gives_another_order() -> None:
    pool = [Candidate(f"own:{n}", Level.MID) for n in range(20)]
    assert run(pool, 1, 20) != run(pool, 2, 20)
    first, second = (run(pool, 1, 40)[at : at + 20] for at in (0, 20))
    assert [each.key for each in first] != [each.key for each in second]


@given(POOLS, SEEDS, st.data())
def test_within_a_week_no_level_has_more_than_its_share_of_what_is_left(
    pool: list[Candidate], seed: int, data: st.DataObject
) -> None:
    posts = run(pool, seed, data.draw(st.integers(0, 2 * len(pool))))
    past = past_of(posts)
    choice = choose(pool, seed, past)
    assert choice is not None
    unasked = [each for each in pool if each.key not in past.asked]
    begins = not unasked
    last = posts[-1].key if posts else None
    open_ = unasked or [each for each in pool if each.key != last] or pool
    week = [*posts[-(WEEK - 1) :], asked(choice)]
    left = Counter(each.level for each in open_)[choice.level]
    had = Counter(each.level for each in week)[choice.level]
    assert had <= math.ceil(len(week) * left / len(open_) - 1e-9)
    assert choice.round == past.round + begins


def test_a_mixed_pool_is_mixed_every_week() -> None:
    pool = [Candidate(f"own:{n}", [*Level][n % 4]) for n in range(60)]
    posts = run(pool, 7, 180)
    for start in range(len(posts) - WEEK):
        levels = Counter(each.level for each in posts[start : start + WEEK])
        assert set(levels) == {*Level}
        assert max(levels.values()) <= 2


class Edits:
    """A bank that is edited between posts."""

    def __init__(self, pool: list[Candidate]) -> None:
        self.pool = pool
        self.made = len(pool)

    def apply(self, edit: tuple[str, int], level: Level) -> None:
        what, place = edit
        if what == "add":
            self.pool = [*self.pool, Candidate(f"own:{self.made}", level)]
            self.made += 1
        elif what == "remove" and len(self.pool) > 1:
            gone = place % len(self.pool)
            self.pool = self.pool[:gone] + self.pool[gone + 1 :]


EDITS = st.lists(
    st.tuples(st.tuples(st.sampled_from(["add", "remove", "", ""]), st.integers(0, 40)), LEVELS),
    max_size=80,
)


@given(POOLS, SEEDS, EDITS)
def test_nothing_is_repeated_before_the_pool_is_through_whatever_is_edited(
    pool: list[Candidate], seed: int, edits: list[tuple[tuple[str, int], Level]]
) -> None:
    bank, posts = Edits(pool), list[Asked]()
    for edit, level in edits:
        bank.apply(edit, level)
        past = past_of(posts)
        choice = choose(bank.pool, seed, past)
        assert choice is not None
        keys = {each.key for each in bank.pool}
        assert choice.key in keys
        if choice.round == past.round:
            assert choice.key not in past.asked
            assert choice.left == left_in_round(bank.pool, past) - 1
        else:
            assert keys <= past.asked
            assert choice.left == len(bank.pool) - 1
        posts.append(asked(choice))


def test_what_is_added_joins_the_round_and_what_is_removed_is_gone() -> None:
    pool = [Candidate(f"own:{n}", Level.MID) for n in range(4)]
    posts = run(pool, 1, 2)
    left = [each for each in pool if each.key not in {post.key for post in posts}]
    edited = [*left[1:], Candidate("own:9", Level.MID)]
    for _ in range(2):
        choice = choose(edited, 1, past_of(posts))
        assert choice is not None
        posts.append(asked(choice))
    assert {each.key for each in posts[2:]} == {each.key for each in edited}
    assert {each.round for each in posts} == {1}
