"""The words of questions' key points: how rare each is, and which belong to which point."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from bot.feedback.answer import stems_of
from bot.questions.model import Content, KeyPoint

_CLAUSE = re.compile(r", | or | and ")


@dataclass(frozen=True)
class PointWords:
    """The stems of a key point and of its cues, without those of the question.

    A clause of the point itself is as good a cue as one that was written for it.
    """

    cues: tuple[frozenset[str], ...]
    every: frozenset[str]
    has_written_cues: bool


@dataclass(frozen=True)
class QuestionWords:
    """The words of a question's key points, in their order."""

    points: tuple[PointWords, ...]

    @cached_property
    def every(self) -> frozenset[str]:
        """The stems of all points."""
        return frozenset[str]().union(*(point.every for point in self.points))

    @cached_property
    def sharing(self) -> Counter[str]:
        """How many points have each stem."""
        return Counter(stem for point in self.points for stem in point.every)


def words_of(question: Content) -> QuestionWords:
    """Return what the key points are recognised by; the question's own words aren't."""
    asked = stems_of(question.text)
    return QuestionWords(tuple(_point_words(point, asked) for point in question.key_points))


def _point_words(point: KeyPoint, asked: frozenset[str]) -> PointWords:
    cues = [*point.cues, *_CLAUSE.split(point.point)]
    told = [stems for cue in cues if (stems := stems_of(cue) - asked)]
    return PointWords(tuple(told), frozenset[str]().union(*told), bool(point.cues))


class Rarity:
    """How much a stem tells: its inverse document frequency among the key points of questions."""

    def __init__(self, questions: Iterable[Content]) -> None:
        points = [point for question in questions for point in question.key_points]
        self._all = 1 + len(points)
        self._counts = Counter(stem for point in points for stem in _stems(point))

    def __contains__(self, stem: str) -> bool:
        return stem in self._counts

    def __call__(self, stem: str) -> float:
        """Return 0 for what every point has, and more the fewer points have it."""
        return math.log(self._all / (1 + self._counts[stem]))


def _stems(point: KeyPoint) -> frozenset[str]:
    return stems_of(" ".join([point.point, *point.cues]))
