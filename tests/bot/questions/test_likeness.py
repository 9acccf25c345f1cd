import time

from bot.questions.likeness import Alikes, Likeness, likeness, pairs
from tests.conftest import TORTURE


def test_the_likest_comes_first() -> None:
    names = [
        "tell me about a time you disagreed with a policy",
        "what is an appeal",
        "tell me about a time when you disagreed with a colleague about a policy",
    ]
    index = Alikes(names)
    assert index.to("tell me of a time you disagreed with a policy") == [0, 2]
    assert index.to("what is an appeal for") == [1]
    assert index.to("how do you measure harm") == []
    assert Alikes([]).to("anything") == []


def test_what_matters_is_that_one_says_all_of_the_other() -> None:
    assert likeness("why", "why do platforms have rules and appeals") == 0
    long = "why do platforms have rules and appeals"
    assert likeness(long, f"{long} in your own experience") == 100
    shared = "what is it that an appeal is good for when two of the reviewers that you lead differ"
    assert likeness("what is an appeal for", shared) == 0


def test_new_ones_are_compared_with_those_there_and_with_earlier_ones() -> None:
    found = pairs(
        ["what is an appeal", "how are rules made", "how are rules made then"],
        ["what is an appeal really"],
    )
    assert [*found] == [Likeness(0, 0), Likeness(2, 2)]


def test_thousands_are_compared_in_time() -> None:
    count = 5000 if TORTURE else 1000
    names = [f"what would you do in case {n} of a report about {n % 7} users" for n in range(count)]
    start = time.perf_counter()
    assert len([*pairs(names, names)]) == count
    assert time.perf_counter() - start < 20
