"""What is said of an answer: the key points it likely covers, its length, its parts.

Nothing here is worded; what the words may claim is said in docs/feedback.md.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.questions.model import Kind

MAX_ANSWER = 4000
"""Characters of an answer that are read, as many as Discord's form takes."""


class Doubt(StrEnum):
    """Why it can't be told what an answer covers."""

    FEW_WORDS = "few_words"
    OTHER_LANGUAGE = "other_language"
    """It doesn't read as English."""

    KEYWORDS = "keywords"
    """It lists words of the field without saying anything about them."""


@dataclass(frozen=True)
class Covered:
    """A key point, and how likely an answer covers it, from 0 to 1.

    It is heard whether a point is spoken of, not whether what is said of it is right.
    """

    point: str
    likelihood: float
    likely: bool


@dataclass(frozen=True)
class Coverage:
    """All key points in the question's order; none is likely where there is a doubt."""

    points: tuple[Covered, ...]
    doubt: Doubt | None


class Fit(StrEnum):
    """How an answer's length fits the question's minutes."""

    TOO_SHORT = "too_short"
    FITTING = "fitting"
    VERY_LONG = "very_long"


@dataclass(frozen=True)
class Length:
    """How many words an answer has, and between how many it is expected to have."""

    words: int
    least: int
    most: int

    @property
    def fit(self) -> Fit:
        """Whether it is between the two."""
        if self.words < self.least:
            return Fit.TOO_SHORT
        return Fit.VERY_LONG if self.words > self.most else Fit.FITTING


class Part(StrEnum):
    """A part that an answer of some kind should have."""

    SITUATION = "situation"
    TASK = "task"
    ACTION = "action"
    RESULT = "result"
    RULE = "rule"
    EXAMPLE = "example"
    EXCEPTION = "exception"


PARTS: dict[Kind, tuple[Part, ...]] = {
    Kind.BEHAVIOURAL: (Part.SITUATION, Part.TASK, Part.ACTION, Part.RESULT),
    Kind.POLICY_WRITING: (Part.RULE, Part.EXAMPLE, Part.EXCEPTION),
}
"""What answers to questions of a kind are looked through for; the other kinds have no parts."""


@dataclass(frozen=True)
class Shape:
    """An answer's length, and which of its kind's parts were found and which were not."""

    length: Length
    found: tuple[Part, ...]
    missing: tuple[Part, ...]


@dataclass(frozen=True)
class Feedback:
    """All that is said of an answer at once."""

    coverage: Coverage
    shape: Shape
