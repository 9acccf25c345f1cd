from hypothesis import given
from hypothesis import strategies as st

from bot.streaks.ranking import Board, Place, board

scores_of = st.dictionaries(st.integers(1, 99), st.integers(0, 9), max_size=60)


def ranks(scores: dict[int, int]) -> list[tuple[int, int]]:
    return [(place.rank, place.member) for place in board(scores, 0, 0, 100).places]


def test_equals_share_a_rank_and_those_after_them_are_left_out() -> None:
    assert ranks({1: 5, 2: 9, 3: 9, 4: 7, 5: 5}) == [(1, 2), (1, 3), (3, 4), (4, 1), (4, 5)]


def test_ones_own_place_is_known_off_the_page() -> None:
    found = board({number: 100 - number for number in range(1, 60)}, reader=34, page=0, size=10)
    assert found.own == Place(34, 34, 66)
    assert len(found.places) == 10


def test_who_takes_no_part_has_no_place() -> None:
    assert board({1: 5}, reader=2, page=0, size=10).own is None


def test_nobody_takes_part() -> None:
    assert board({}, reader=1, page=3, size=10) == Board((), 0, 1, 0, None)


@given(scores_of)
def test_a_rank_is_one_more_than_there_are_better_ones(scores: dict[int, int]) -> None:
    for reader, score in scores.items():
        better = sum(other > score for other in scores.values())
        assert board(scores, reader, 0, 5).own == Place(better + 1, reader, score)


@given(scores_of, st.integers(1, 25))
def test_the_pages_together_are_everybody_once_in_order(scores: dict[int, int], size: int) -> None:
    pages = board(scores, 0, 0, size).pages
    boards = [board(scores, 0, page, size) for page in range(pages)]
    shown = [place for each in boards for place in each.places]
    assert [place.member for place in shown] == sorted(scores, key=lambda m: (-scores[m], m))
    assert all(place == board(scores, place.member, 0, size).own for place in shown)
    assert all(each.members == len(scores) for each in boards)


@given(scores_of, st.integers(-5, 99))
def test_a_page_that_is_not_there_is_the_nearest(scores: dict[int, int], page: int) -> None:
    found = board(scores, 0, page, 10)
    assert found == board(scores, 0, found.page, 10)
    assert found.page == min(max(page, 0), found.pages - 1)
