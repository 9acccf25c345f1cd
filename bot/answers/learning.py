"""Learning the topics' weights from the phrase bank: `make topics`, after the bank has changed.

Needs scikit-learn, of the `dev` extra. Running Waymark needs only what it writes.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from typing import Any

import numpy as np

from bot.answers.bank import Phrasing, fingerprint
from bot.answers.classifier import Classifier, Weights
from bot.answers.features import ALWAYS_MARKED, features, marked
from bot.answers.mentions import Mentions
from bot.answers.sureness import NEAR, signs
from bot.answers.topics import OWN, is_refusal
from bot.answers.words import capitals, words
from bot.careers.loader import LoadedRole

HEARD_FROM = 3
"""Phrasings that must have a word or another feature for it to count."""

FOLDS = 4
"""Parts of the bank that are left out in turn, to see how questions are understood unseen."""

SOFTNESS = 1.0
"""scikit-learn's C for LinearSVC: lower trusts single phrasings less."""


def learn(bank: Sequence[Phrasing], mentions: Mentions) -> Weights:
    """Return weights for the labels of these phrasings, and how sure they make."""
    told, right = zip(*unseen(bank, mentions), strict=True)
    regression: Any = _sklearn("linear_model").LogisticRegression(C=10, max_iter=2000)
    regression.fit(told, right)
    sureness = np.array([*regression.coef_[0], *regression.intercept_], dtype=np.float32)
    return replace(weigh(bank, mentions), sureness=sureness)


def weigh(bank: Sequence[Phrasing], mentions: Mentions) -> Weights:
    """Return weights for the labels of these phrasings; nothing is known of how sure they make."""
    texts = featured(bank, mentions)
    labels = [phrasing.label for phrasing in bank]
    vectorizer: Any = _sklearn("feature_extraction.text").TfidfVectorizer(
        analyzer=_as_it_is, sublinear_tf=True, min_df=HEARD_FROM
    )
    machine: Any = _sklearn("svm").LinearSVC(C=SOFTNESS, random_state=0)
    machine.fit(vectorizer.fit_transform(texts), labels)
    return Weights(
        labels=tuple(map(str, machine.classes_)),
        features=tuple(map(str, vectorizer.get_feature_names_out())),
        rarity=np.asarray(vectorizer.idf_, dtype=np.float32),
        by_feature=np.asarray(machine.coef_.T, dtype=np.float32),
        bias=np.asarray(machine.intercept_, dtype=np.float32),
        sureness=np.zeros(0, dtype=np.float32),
        learnt_from=fingerprint(bank),
    )


def featured(bank: Sequence[Phrasing], mentions: Mentions) -> list[list[str]]:
    """Return each phrasing's features. A word that no other phrasing has is an unknown one."""
    said = [words(phrasing.text) for phrasing in bank]
    found = [mentions.find(each) for each in said]
    spread: Counter[str] = Counter()
    for each, spans in zip(said, found, strict=True):
        spread.update(set(marked(each, spans, ALWAYS_MARKED)))

    def known(word: str) -> bool:
        return spread[word] >= HEARD_FROM

    upper = [capitals(phrasing.text) for phrasing in bank]
    together = zip(said, found, upper, strict=True)
    return [features(each, spans, known, names) for each, spans, names in together]


def _as_it_is(found: Sequence[str]) -> Sequence[str]:
    return found


def _sklearn(name: str) -> Any:
    return import_module(f"sklearn.{name}")


def unseen(bank: Sequence[Phrasing], mentions: Mentions) -> Iterator[tuple[list[float], bool]]:
    """Yield for each phrasing the signs, and whether it was understood, unseen when learning."""
    order: list[int] = np.random.default_rng(0).permutation(len(bank)).tolist()
    for fold in range(FOLDS):
        left_out = set(order[fold::FOLDS])
        others = [each for i, each in enumerate(bank) if i not in left_out]
        classifier = Classifier(weigh(others, mentions))
        for index in sorted(left_out):
            yield _told(bank[index], classifier, mentions)


def _told(
    phrasing: Phrasing, classifier: Classifier, mentions: Mentions
) -> tuple[list[float], bool]:
    said = words(phrasing.text)
    found = features(said, mentions.find(said), classifier.heard, capitals(phrasing.text))
    guesses = classifier.guesses(found)
    meant = [guess for guess in guesses if not is_refusal(guess.label)]
    refusal = max(guess.margin for guess in guesses if is_refusal(guess.label))
    told = signs([guess.margin for guess in meant], refusal, len(said))
    close = meant[1].label if meant[1].margin >= meant[0].margin - NEAR else meant[0].label
    return told, phrasing.label in {meant[0].label, close}


def own_questions(roles: Iterable[LoadedRole]) -> Iterator[Phrasing]:
    """Yield the wordings of the packs' questions that answer no topic."""
    for loaded in roles:
        for item in loaded.role.questions:
            if not item.topics:
                for wording in (item.question, *item.also):
                    yield Phrasing(wording, OWN, "en")
