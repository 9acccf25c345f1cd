import math
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.index import Index

Texts = list[tuple[str, list[str]]]

RARITIES = {"a": 1.0, "b": 1.5, "c": 4.0, "d": 9.0}
FEATURES = st.lists(st.sampled_from("abcdef"), max_size=8)
TEXTS = st.lists(st.tuples(st.sampled_from(["k1", "k2", "k3", "k4"]), FEATURES), max_size=12)


def rarity(feature: str) -> float:
    return RARITIES.get(feature, 9.0)


def indexed(*texts: str) -> Index[int]:
    """Texts whose keys are their places and whose features are their words."""
    return Index([(place, text.split()) for place, text in enumerate(texts)], lambda _: 1.0)


def test_the_same_text_is_wholly_alike() -> None:
    (hit, *_) = indexed("pay of it", "tools of it").search(["tools", "of", "it"])
    assert hit.key == 1
    assert hit.likeness == pytest.approx(1)


def test_the_order_of_words_does_not_matter_but_how_often_they_stand() -> None:
    index = indexed("pay pay tools")
    assert index.search(["tools", "pay", "pay"])[0].likeness == pytest.approx(1)
    assert index.search(["tools", "tools", "pay"])[0].likeness < 0.99


def test_the_most_alike_comes_first() -> None:
    index = indexed("what tools", "what pay", "what pay is it")
    assert [hit.key for hit in index.search(["what", "pay"])] == [1, 2, 0]


def test_what_shares_nothing_is_not_found() -> None:
    index = indexed("what pay", "which tools")
    assert [hit.key for hit in index.search(["pay"])] == [0]
    assert index.search(["remote"]) == []
    assert index.search([]) == []


def test_what_no_text_has_makes_less_alike() -> None:
    index = indexed("what pay")
    assert index.search(["what", "pay", "remote"])[0].likeness < 0.9


def test_what_few_keys_share_tells_more_than_what_many_share() -> None:
    index = indexed("it pay", "it tools", "it remote")
    assert index.search(["pay", "tools", "it"])[0].likeness > index.search(["it"])[0].likeness


def test_what_is_rare_elsewhere_tells_more() -> None:
    texts = [("common", ["a", "b"]), ("rare", ["b", "d"])]
    assert Index(texts, rarity).search(["a", "b", "d"])[0].key == "rare"


def test_a_key_of_several_texts_is_found_once_by_the_nearest() -> None:
    index = Index([("pay", ["salary"]), ("pay", ["wage", "it"]), ("fit", ["it"])], lambda _: 1.0)
    hits = index.search(["wage", "it"])
    assert [hit.key for hit in hits] == ["pay", "fit"]
    assert hits[0].likeness == pytest.approx(1)


def test_no_more_are_found_than_wanted() -> None:
    index = indexed(*["pay"] * 9)
    assert len(index.search(["pay"])) == 5
    assert len(index.search(["pay"], most=2)) == 2
    assert len(index.search(["pay"], most=20)) == 9


def test_what_is_less_alike_than_wanted_is_not_found() -> None:
    index = indexed("what pay", "what pay is it", "what else")
    assert [hit.key for hit in index.search(["what", "pay"], least=0.5)] == [0, 1]
    assert [hit.key for hit in index.search(["what", "pay"], least=0.99)] == [0]
    assert index.search(["what", "pay", "remote"], least=0.99) == []


def test_of_very_many_the_best_are_still_found() -> None:
    index = indexed(*["pay for others"] * 300, "pay me", *["pay for others"] * 100)
    assert index.search(["pay", "me"])[0].key == 300


def test_an_index_of_nothing_finds_nothing() -> None:
    nothing: Index[int] = Index([], rarity)
    assert len(nothing) == 0
    assert nothing.search(["pay"]) == []


def test_a_text_without_features_is_never_found() -> None:
    index = Index([("empty", []), ("pay", ["pay"])], rarity)
    assert len(index) == 2
    assert [hit.key for hit in index.search(["pay"])] == ["pay"]


def vector(found: Sequence[str], weight: dict[str, float], unheard: float) -> dict[str, float]:
    return {
        name: (1 + math.log(often)) * weight.get(name, unheard)
        for name, often in Counter(found).items()
    }


def cosine(one: dict[str, float], other: dict[str, float]) -> float:
    product = sum(value * other.get(name, 0.0) for name, value in one.items())
    lengths = math.prod(math.sqrt(sum(v * v for v in each.values())) for each in (one, other))
    return product / lengths if lengths else 0.0


def likenesses(texts: Texts, asked: list[str]) -> dict[str, float]:
    """Each key's greatest likeness, one text after the other."""
    sharing = {name: {key for key, found in texts if name in found} for name in "abcdef"}
    total = len({key for key, _ in texts})
    weight = {
        name: rarity(name) * (1 + math.log((1 + total) / (1 + len(keys))))
        for name, keys in sharing.items()
        if keys
    }
    unheard = max([1.0, *weight.values()])
    question = vector(asked, weight, unheard)
    best: dict[str, float] = {}
    for key, found in texts:
        likeness = cosine(question, vector(found, weight, unheard))
        best[key] = max(likeness, best.get(key, 0.0))
    return {key: likeness for key, likeness in best.items() if likeness > 0}


@given(TEXTS, FEATURES)
def test_likeness_is_the_cosine_of_the_weighed_features(texts: Texts, asked: list[str]) -> None:
    hits = Index(texts, rarity).search(asked, most=10)
    expected = likenesses(texts, asked)
    assert {hit.key: hit.likeness for hit in hits} == pytest.approx(expected, abs=1e-6)
    assert [hit.likeness for hit in hits] == sorted((h.likeness for h in hits), reverse=True)
    assert len({hit.key for hit in hits}) == len(hits)


@given(st.lists(st.lists(st.sampled_from("abcdef"), min_size=1), min_size=1, max_size=12))
def test_likeness_is_at_most_one(texts: list[list[str]]) -> None:
    index = Index(list(enumerate(texts)), rarity)
    for text in texts:
        assert all(0 < hit.likeness <= 1 for hit in index.search(text))
