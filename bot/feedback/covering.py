"""Which key points an answer likely covers, by the words of its sentences.

Three things speak for a point: how much the best sentence has of its words, how much of its best
cues stands in one sentence, and how much the answer has of the question's points altogether. Their
weights were learnt (logistic regression) from the tune half of data/eval/feedback.jsonl;
docs/feedback.md says what was measured.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.answers.spelling import Spelling
from bot.feedback.answer import Answer
from bot.feedback.doubting import doubt
from bot.feedback.model import Coverage, Covered
from bot.feedback.vocabulary import PointWords, QuestionWords, Rarity, words_of
from bot.questions.model import Content

LIKELY = 0.35
"""The likelihood from which a point counts as likely covered."""

LEAST_SAID = 2.0
"""What the best sentence must have of a point's words; a stem of one point in seven is enough."""

BEST_CUES = 3
"""How many of a point's best cues are looked at."""

Sentences = Sequence[frozenset[str]]
Weigh = Callable[[str], float]


@dataclass(frozen=True)
class Signs:
    """What speaks for a point: weights of words, and for cues a share from 0 to 1."""

    best_sentence: float
    best_cues: float
    on_topic: float
    """The mean over all points of what the whole answer has of their words."""


@dataclass(frozen=True)
class Weights:
    """What each sign counts for, and where an answer without any begins."""

    best_sentence: float
    best_cues: float
    on_topic: float
    start: float

    def likelihood(self, signs: Signs) -> float:
        """Return how likely the point is covered, from 0 to 1: 0 if hardly a word speaks of it."""
        if signs.best_sentence < LEAST_SAID:
            return 0.0
        margin = (
            self.start
            + self.best_sentence * signs.best_sentence
            + self.best_cues * signs.best_cues
            + self.on_topic * signs.on_topic
        )
        return 1 / (1 + math.exp(-margin))


WITH_CUES = Weights(best_sentence=0.21, best_cues=2.29, on_topic=0.36, start=-4.87)
WITHOUT_CUES = Weights(best_sentence=0.24, best_cues=1.3, on_topic=0.44, start=-3.5)
"""For points of which nobody wrote cues; fewer words speak for these, so each counts for more."""


class Covering:
    """Judges answers; what words are rare is known from all questions given."""

    def __init__(self, questions: Iterable[Content]) -> None:
        self._rarity = Rarity(questions)

    def coverage(self, question: Content, answer: Answer) -> Coverage:
        """Return which of the question's key points an answer likely covers."""
        unclear = doubt(answer, self._rarity.__contains__)
        shares = [0.0] * len(question.key_points) if unclear else self._shares(question, answer)
        named = zip(question.key_points, shares, strict=True)
        points = (Covered(each.point, share, share >= LIKELY) for each, share in named)
        return Coverage(tuple(points), unclear)

    def _shares(self, question: Content, answer: Answer) -> list[float]:
        """Return how likely each key point is covered."""
        known = words_of(question)
        signs = zip(known.points, self.signs(known, answer), strict=True)
        return [_weights_for(point).likelihood(each) for point, each in signs]

    def signs(self, known: QuestionWords, answer: Answer) -> list[Signs]:
        """Return what speaks for each key point of a question."""
        weigh = self._weigher(known)
        told = self._mended(answer.told, known.every)
        heard = frozenset[str]().union(*told)
        on_topic = [_weight(heard & point.every, weigh) for point in known.points]
        mean = sum(on_topic) / len(on_topic)
        return [_signs(point, told, weigh, mean) for point in known.points]

    def _weigher(self, known: QuestionWords) -> Weigh:
        """Return how much a stem tells of this question's points: less if several have it."""
        return lambda stem: self._rarity(stem) / math.sqrt(known.sharing[stem])

    def _mended(self, told: Sentences, expected: frozenset[str]) -> list[frozenset[str]]:
        """Return sentences in which words one slip away from an expected one stand for it."""
        spelling = Spelling(expected)
        known = self._rarity
        return [
            frozenset(stem if stem in known else spelling.mended(stem) for stem in sentence)
            for sentence in told
        ]


def _weights_for(point: PointWords) -> Weights:
    return WITH_CUES if point.has_written_cues else WITHOUT_CUES


def _signs(point: PointWords, told: Sentences, weigh: Weigh, on_topic: float) -> Signs:
    """Return what speaks for a point."""
    heard = {sentence & point.every for sentence in told} or {frozenset[str]()}
    best = max(_weight(stems, weigh) for stems in heard)
    cues = sorted((_best_share(cue, heard, weigh) for cue in point.cues), reverse=True)
    return Signs(best, sum(cues[:BEST_CUES]) / BEST_CUES, on_topic)


def _best_share(cue: frozenset[str], heard: Iterable[frozenset[str]], weigh: Weigh) -> float:
    """Return the largest share of a cue's weight that stands in one sentence."""
    whole = _weight(cue, weigh)
    return max(_weight(cue & stems, weigh) for stems in heard) / whole if whole else 0.0


def _weight(stems: Iterable[str], weigh: Weigh) -> float:
    return sum(map(weigh, stems))
