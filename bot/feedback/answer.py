"""A member's answer as it is compared: its sentences in words, in stems, and what they tell."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from bot.answers.items import stem
from bot.answers.words import words
from bot.feedback.everyday import EVERYDAY
from bot.feedback.model import MAX_ANSWER

SHORTEST, LONGEST = 12, 600
"""Characters of a sentence; a shorter one goes with the next, and what runs on is cut."""

LISTING_FROM = 12
"""Words from which a sentence needs small words to be one."""

SMALL_SHARE = 0.13
"""The share of small words that any English sentence of some length exceeds."""

_SENTENCE = re.compile(rf"(?s).{{1,{SHORTEST}}}[^.!?;:\n]{{0,{LONGEST}}}[^\s.!?;:]*[.!?;:\n]*")


@dataclass(frozen=True)
class Answer:
    """The words of each sentence, one or more."""

    sentences: tuple[tuple[str, ...], ...]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All words in their order."""
        return tuple(word for sentence in self.sentences for word in sentence)

    @cached_property
    def told(self) -> tuple[frozenset[str], ...]:
        """The stems of each different sentence that says something, without the small words."""
        said = (sentence for sentence in self.sentences if not is_listing(sentence))
        return tuple(dict.fromkeys(told for each in said if (told := telling(each))))


def read(text: str) -> Answer:
    """Read an answer, at most `MAX_ANSWER` characters of it."""
    sentences = map(words, _SENTENCE.findall(text[:MAX_ANSWER]))
    return Answer(tuple(sentence for sentence in sentences if sentence))


def is_listing(said: tuple[str, ...]) -> bool:
    """Return whether words merely stand in a row."""
    return len(said) >= LISTING_FROM and small_share(said) < SMALL_SHARE


def small_share(said: tuple[str, ...]) -> float:
    """Return the share of small words, figures not counted."""
    lettered = [word for word in said if not word.isdigit()]
    return sum(word in EVERYDAY for word in lettered) / max(1, len(lettered))


def telling(said: Iterable[str]) -> frozenset[str]:
    """Return the stems of words, without the small words."""
    return frozenset(stem(word) for word in said if word not in EVERYDAY)


def stems_of(text: str) -> frozenset[str]:
    """Return what a phrase of a question or a key point tells."""
    return telling(words(text))
