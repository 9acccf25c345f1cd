from hypothesis import given
from hypothesis import strategies as st

from bot.leaderboard.ranking import Place, page_there_is, ranked

scores_of = st.dictionaries(st.integers(1, 99), st.integers(1, 9), max_size=60)


def page_of(scores: dict[int, int], page: int, size: int) -> tuple[Place, ...]:
    """A page as it is read from a store: ordered, cut, with how many are better than its first."""
    ordered = sorted(scores.items(), key=lambda each: (-each[1], each[0]))
    found = ordered[page * size : (page + 1) * size]
    better = sum(score > found[0][1] for score in scores.values()) if found else 0
    return ranked(found, page * size, better)


def test_equals_share_a_rank_and_those_after_them_are_left_out() -> None:
    places = page_of({1: 5, 2: 9, 3: 9, 4: 7, 5: 5}, 0, 100)
    assert [(each.rank, each.member) for each in places] == [(1, 2), (1, 3), (3, 4), (4, 1), (4, 5)]


def test_a_tie_goes_on_over_the_end_of_a_page() -> None:
    assert [each.rank for each in page_of({1: 9, 2: 5, 3: 5, 4: 5, 5: 1}, 1, 2)] == [2, 2]


def test_nobody_takes_part() -> None:
    assert page_of({}, 0, 10) == ()
    assert page_there_is(3, 0, 10) == (0, 1)


@given(scores_of, st.integers(1, 25))
def test_a_rank_is_one_more_than_there_are_better_ones(scores: dict[int, int], size: int) -> None:
    _page, pages = page_there_is(0, len(scores), size)
    places = [place for page in range(pages) for place in page_of(scores, page, size)]
    assert sorted(place.member for place in places) == sorted(scores)
    for place in places:
        assert place.score == scores[place.member]
        assert place.rank == 1 + sum(other > place.score for other in scores.values())


@given(st.integers(-5, 99), st.integers(0, 60), st.integers(1, 25))
def test_a_page_that_is_not_there_is_the_nearest(wanted: int, members: int, size: int) -> None:
    page, pages = page_there_is(wanted, members, size)
    assert (pages - 1) * size < max(members, 1) <= pages * size
    assert page == min(max(wanted, 0), pages - 1)
