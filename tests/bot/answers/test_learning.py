import numpy as np
import pytest

from bot.answers.bank import Phrasing, fingerprint
from bot.answers.classifier import Classifier, Weights
from bot.answers.features import NAME, UNKNOWN, features
from bot.answers.learning import HEARD_FROM, featured, learn, own_questions, unseen, weigh
from bot.answers.mentions import Mentions
from bot.answers.sureness import certainty, signs
from bot.answers.topics import OWN, is_refusal
from bot.answers.words import words
from tests.bot.answers.cartography import glossary_of
from tests.bot.careers.samples import loaded

MENTIONS = Mentions([loaded("map-maker", title="Cartographer")], glossary_of())

ASKED = {
    "pay": "what does it pay|what is the salary|how much salary is it|how much does it pay|is the "
    "salary good|does a cartographer pay off|salary of a cartographer|the pay please",
    "tools": "what tools are used|which tools does it take|which tools are good|is a compass used|"
    "does it take a compass|which compass is used|the tools of a cartographer|tools please",
    "no_off_topic": "what is the weather|is the weather good|tell me a joke|a joke please|weather "
    "please|which joke is good|how is the weather|a joke about the weather",
}
BANK = [Phrasing(text, label, "en") for label, texts in ASKED.items() for text in texts.split("|")]


@pytest.fixture(scope="module")
def learnt() -> Weights:
    return learn(BANK, MENTIONS)


def likeliest(weights: Weights, text: str) -> str:
    classifier, said = Classifier(weights), words(text)
    return classifier.guesses(features(said, MENTIONS.find(said), classifier.heard))[0].label


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("salary?", "pay"),
        ("how good is the pay of a cartographer", "pay"),
        ("TOOLS", "tools"),
        ("and which compass does a cartographer take", "tools"),
        ("joke", "no_off_topic"),
        ("bad weather", "no_off_topic"),
    ],
)
def test_a_few_phrasings_teach_to_tell_labels_apart(learnt: Weights, text: str, label: str) -> None:
    assert likeliest(learnt, text) == label


def test_all_labels_and_their_features_are_learnt(learnt: Weights) -> None:
    assert learnt.labels == tuple(sorted(ASKED))
    assert learnt.by_feature.shape == (len(learnt.features), 3)
    assert {"salary", "xrole", "^ what"} <= set(learnt.features)


def test_what_a_single_phrasing_has_is_not_learnt(learnt: Weights) -> None:
    assert "off" not in learnt.features
    assert "cartographer" not in learnt.features


def test_the_rarer_a_feature_the_more_it_tells(learnt: Weights) -> None:
    classifier = Classifier(learnt)
    assert classifier.rarity("about") > classifier.rarity("salary") > classifier.rarity("is")


def test_learning_twice_learns_the_same(learnt: Weights) -> None:
    again = learn(BANK, MENTIONS)
    assert again.features == learnt.features
    np.testing.assert_array_equal(again.by_feature, learnt.by_feature)
    np.testing.assert_array_equal(again.sureness, learnt.sureness)


def test_it_learns_how_sure_it_may_be(learnt: Weights) -> None:
    assert learnt.sureness.shape == (5,)
    clear, declined = signs([1.0, -0.8], -0.9, 4), signs([-0.8, -0.9], 1.0, 4)
    assert certainty(learnt.sureness, clear) > certainty(learnt.sureness, declined)


def test_weighing_alone_tells_nothing_of_sureness() -> None:
    assert weigh(BANK, MENTIONS).sureness.size == 0


def test_every_phrasing_is_asked_once_unseen_and_what_must_be_declined_is_not_understood() -> None:
    told = list(unseen(BANK, MENTIONS))
    assert len(told) == len(BANK)
    assert all(len(signs_of_it) == 4 for signs_of_it, _ in told)
    assert sum(right for _, right in told) <= sum(not is_refusal(each.label) for each in BANK)


def test_a_word_that_hardly_a_phrasing_has_is_unknown_or_a_name() -> None:
    often = ["how is the pay of it"] * HEARD_FROM
    texts = [*often, "how is the pay of Ann", "the glorp of it is how"]
    *_, first, second = featured([Phrasing(text, "pay", "en") for text in texts], MENTIONS)
    assert (first.count(NAME), first.count(UNKNOWN)) == (1, 0)
    assert (second.count(NAME), second.count(UNKNOWN)) == (0, 1)


def test_the_weights_say_from_what_they_were_learnt(learnt: Weights) -> None:
    assert learnt.learnt_from == fingerprint(BANK) != fingerprint(BANK[1:])


def test_the_packs_own_questions_are_phrasings_too() -> None:
    asked = [
        {"question": "Is it fun?", "answer": "Yes.", "also": ["fun tho?"]},
        {"question": "What does it pay?", "answer": "Money.", "topics": ["pay"]},
    ]
    assert list(own_questions([loaded(questions=asked), loaded("other")])) == [
        Phrasing("Is it fun?", OWN, "en"),
        Phrasing("fun tho?", OWN, "en"),
    ]
