from random import Random

from hypothesis import given
from hypothesis import strategies as st

from bot.practice.interviews.picking import picked
from bot.questions.known import Known
from bot.questions.model import Kind
from tests.bot.practice.samples import known

QUESTIONS = st.lists(
    st.tuples(st.integers(1, 60), st.sampled_from(list(Kind))), min_size=3, max_size=30
).map(lambda made: [known(f"own:{n}", minutes=m, kind=k) for n, (m, k) in enumerate(made)])


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311


def minutes(questions: list[Known]) -> int:
    return sum(each.question.minutes for each in questions)


@given(QUESTIONS, st.integers(15, 90), st.integers())
def test_three_to_six_different_ones_within_the_minutes(
    pool: list[Known], limit: int, seed: int
) -> None:
    got = picked(pool, limit, (), seeded(seed))
    assert 3 <= len(got) <= 6
    assert len({each.key for each in got}) == len(got)
    shortest = sorted(each.question.minutes for each in pool)[:3]
    assert minutes(got) <= max(limit, sum(shortest))
    assert picked(pool, limit, (), seeded(seed)) == got


def test_of_as_many_kinds_as_there_are() -> None:
    pool = [known(f"own:{n}", kind=kind) for n, kind in enumerate([*Kind] * 9)]
    for seed in range(20):
        assert {each.question.kind for each in picked(pool, 30, (), seeded(seed))} == {*Kind}


def test_unseen_ones_first() -> None:
    pool = [known(f"own:{n}") for n in range(12)]
    seen = [each.key for each in pool[:6]]
    got = picked(pool, 90, seen, seeded(1))
    assert {each.key for each in got}.isdisjoint(seen)


def test_where_no_three_fit_the_shortest_are_taken() -> None:
    pool = [known(f"own:{n}", minutes=20 + n) for n in range(6)]
    assert minutes(picked(pool, 15, (), seeded(1))) == 20 + 21 + 22
    assert len(picked(pool[:2], 15, (), seeded(1))) == 2
