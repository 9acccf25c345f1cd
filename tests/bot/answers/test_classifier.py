from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.bank import PLACEHOLDERS, Phrasing, fingerprint, load_bank
from bot.answers.classifier import Classifier, Weights
from bot.answers.knowledge import Knowledge
from bot.answers.learning import own_questions
from bot.answers.mentions import listed
from bot.answers.topics import GLOSSARY, OWN, Refusal, is_refusal
from bot.answers.words import words
from bot.careers.loader import load_packs
from bot.careers.model import Topic
from bot.paths import DATA

ASKING = DATA / "asking"
KEPT = ASKING / "topics.npz"
LANGUAGES = {"en", "es", "pt", "fr", "de", "hi-en"}


def weights(**changes: object) -> Weights:
    """Weights by which "pay" and "tools" are told apart, whatever else is said."""
    by_feature = [[1.5, -1.0, -0.5], [-1.0, 1.5, -0.5], [0.0, 0.0, 0.25]]
    made: dict[str, object] = {
        "labels": ("pay", "tools", "no_figure"),
        "features": ("salary", "compass", "^ größe"),
        "rarity": np.array([2.0, 3.0, 1.5], np.float32),
        "by_feature": np.array(by_feature, np.float32),
        "bias": np.array([-0.5, -0.5, -0.25], np.float32),
        "learnt_from": "5eed",
        "sureness": np.array([-0.4, 2.5, 1.1, 1.6, -1.7], np.float32),
    }
    return Weights(**(made | changes))  # pyright: ignore[reportArgumentType] - an array or a tuple each


def test_the_label_that_the_features_speak_for_is_the_likeliest() -> None:
    classifier = Classifier(weights())
    assert classifier.guesses(["salary", "unheard"])[0].label == "pay"
    assert classifier.guesses(["compass"])[0].label == "tools"


def test_a_single_feature_weighs_the_same_however_rare_it_is() -> None:
    (first, *_) = Classifier(weights()).guesses(["salary", "unheard"])
    assert first.margin == pytest.approx(1.5 - 0.5)


def test_of_two_features_the_rarer_weighs_more() -> None:
    margins = {
        each.label: each.margin for each in Classifier(weights()).guesses(["salary", "compass"])
    }
    length = (2.0**2 + 3.0**2) ** 0.5
    assert margins["tools"] == pytest.approx((2.0 * -1.0 + 3.0 * 1.5) / length - 0.5)


def test_a_feature_said_more_often_weighs_more_but_not_as_much_more() -> None:
    guesses = Classifier(weights()).guesses(["salary", "salary", "compass"])
    often = 2.0 * (1 + np.log(2.0))
    expected = (often * 1.5 - 3.0) / (often**2 + 3.0**2) ** 0.5 - 0.5
    assert {each.label: each.margin for each in guesses}["pay"] == pytest.approx(expected)


@pytest.mark.parametrize("found", [[], ["unheard"]])
def test_without_a_feature_it_knows_the_bias_decides(found: list[str]) -> None:
    guesses = Classifier(weights()).guesses(found)
    assert [(each.label, each.margin) for each in guesses] == [
        ("no_figure", -0.25),
        ("pay", -0.5),
        ("tools", -0.5),
    ]


@given(st.lists(st.sampled_from(["salary", "compass", "^ größe", "unheard"]), max_size=30))
def test_all_labels_share_the_certainty(found: list[str]) -> None:
    guesses = Classifier(weights()).guesses(found)
    assert {each.label for each in guesses} == {"pay", "tools", "no_figure"}
    assert sum(each.share for each in guesses) == pytest.approx(1)
    assert guesses == sorted(guesses, key=lambda each: (-each.margin, -each.share))
    assert [each.share for each in guesses] == sorted((g.share for g in guesses), reverse=True)


def test_what_was_never_heard_tells_as_much_as_the_rarest() -> None:
    classifier = Classifier(weights())
    assert (classifier.rarity("salary"), classifier.rarity("unheard")) == (2.0, 3.0)
    assert (classifier.heard("salary"), classifier.heard("unheard")) == (True, False)


def test_its_words_are_the_features_that_are_words() -> None:
    features = ("salary", "^ salary", "~<sal", "c++", "größe")
    rarity = np.ones(5, np.float32)
    classifier = Classifier(weights(features=features, rarity=rarity))
    assert list(classifier.words()) == ["salary", "größe"]


def test_what_is_saved_is_read_again_at_half_precision(tmp_path: Path) -> None:
    rarity = np.array([1 / 3, 9.8671875, 2.0], np.float32)
    saved = weights(rarity=rarity)
    saved.save(tmp_path / "kept.npz")
    kept = Weights.load(tmp_path / "kept.npz")
    assert (kept.labels, kept.features) == (saved.labels, saved.features)
    assert kept.learnt_from == saved.learnt_from == "5eed"
    for name in ("rarity", "by_feature", "bias", "sureness"):
        before, after = getattr(saved, name), getattr(kept, name)
        assert after.dtype == np.float32
        assert after.shape == before.shape
        np.testing.assert_allclose(after, before, rtol=1e-3)
    np.testing.assert_array_equal(kept.sureness, saved.sureness)
    np.testing.assert_array_equal(kept.bias, saved.bias)


def test_what_is_saved_twice_is_the_same_file(tmp_path: Path) -> None:
    for name in ("once.npz", "twice.npz"):
        weights().save(tmp_path / name)
    assert (tmp_path / "once.npz").read_bytes() == (tmp_path / "twice.npz").read_bytes()


@pytest.fixture(scope="module")
def bank() -> list[Phrasing]:
    return list(load_bank(ASKING))


@pytest.fixture(scope="module")
def kept() -> Weights:
    return Weights.load(KEPT)


def test_the_kept_weights_know_every_label_and_no_other(
    bank: list[Phrasing], kept: Weights
) -> None:
    expected = {*Topic, *Refusal, GLOSSARY, OWN}
    assert set(kept.labels) == {phrasing.label for phrasing in bank} == expected
    assert {label for label in kept.labels if is_refusal(label)} == set(Refusal)


def test_the_kept_weights_are_learnt_from_the_bank_and_the_packs_as_they_are(
    bank: list[Phrasing], kept: Weights
) -> None:
    own = own_questions(load_packs([DATA]).roles)
    assert kept.learnt_from == fingerprint([*bank, *own]), "run `make topics`"


def test_the_kept_weights_are_whole(kept: Weights) -> None:
    features, labels = len(kept.features), len(kept.labels)
    assert len(set(kept.features)) == features == len(kept.rarity)
    assert kept.by_feature.shape == (features, labels)
    assert kept.bias.shape == (labels,)
    assert kept.sureness.shape == (5,)
    for numbers in (kept.rarity, kept.by_feature, kept.bias, kept.sureness):
        assert np.isfinite(numbers).all()
    assert kept.rarity.min() >= 1


def test_the_kept_weights_recognise_the_bank(bank: list[Phrasing], knowledge: Knowledge) -> None:
    asked = bank[::40]
    wrong = [
        phrasing
        for phrasing in asked
        if knowledge.classifier.guesses(knowledge.reader.read(phrasing.text).features)[0].label
        != phrasing.label
    ]
    assert len(wrong) <= len(asked) / 10


def test_every_file_of_the_bank_has_phrasings() -> None:
    files = sorted(ASKING.glob("*/*.txt"))
    assert [file for file in files if not list(listed(file))] == []


def test_every_language_asks_for_everything(bank: list[Phrasing], kept: Weights) -> None:
    asked: defaultdict[str, set[str]] = defaultdict(set)
    for phrasing in bank:
        asked[phrasing.lang].add(phrasing.label)
    assert set(asked) == LANGUAGES
    missing = {lang: set(kept.labels) - labels for lang, labels in asked.items()}
    assert {lang: labels for lang, labels in missing.items() if labels} == {}


def test_every_phrasing_says_something_and_none_stands_in_two_labels(bank: list[Phrasing]) -> None:
    labels: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for phrasing in bank:
        labels[words(phrasing.text)].add(phrasing.label)
    assert () not in labels
    assert {" ".join(said): found for said, found in labels.items() if len(found) > 1} == {}


def test_every_mark_is_filled_in(bank: list[Phrasing]) -> None:
    assert [p for p in bank for mark in PLACEHOLDERS if mark in p.text] == []
