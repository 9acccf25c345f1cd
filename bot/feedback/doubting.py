"""Whether an answer can be judged at all."""

from collections.abc import Callable

from bot.feedback.answer import SMALL_SHARE, Answer, small_share, telling
from bot.feedback.model import Doubt

FEWEST = 10
"""Words that an answer needs to be judged."""

ENGLISH = 0.3
"""The share of small words from which a text is English, whatever it is about."""

OF_THE_FIELD = 0.4
"""The share of the field's words from which a text with fewer small words is English."""


def doubt(answer: Answer, is_known: Callable[[str], bool]) -> Doubt | None:
    """Return why nothing can be told of an answer; `is_known` knows the stems of the field."""
    if len(answer.words) < FEWEST:
        return Doubt.FEW_WORDS
    small = small_share(answer.words)
    if small < ENGLISH and not _is_of_the_field(answer, is_known):
        return Doubt.OTHER_LANGUAGE
    return Doubt.KEYWORDS if small < SMALL_SHARE else None


def _is_of_the_field(answer: Answer, is_known: Callable[[str], bool]) -> bool:
    told = telling(answer.words)
    return sum(map(is_known, told)) >= OF_THE_FIELD * len(told)
