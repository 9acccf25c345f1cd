"""Whether an answer says enough to count for a streak and among a leaderboard's answers."""

import re
from itertools import islice

FEWEST_WORDS = 10
"""An answer of fewer is kept like any other, but counts for nothing."""

UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
"""Thai, Lao, Burmese, Khmer, Japanese and Chinese: two letters are taken for a word."""

_WORD = re.compile(rf"[{UNSPACED}]{{2}}|[^\W_{UNSPACED}]+(?:['\u2019][^\W_]+)*")


def counts(text: str) -> bool:
    """Return whether an answer has enough words, in whatever language."""
    words = islice(_WORD.finditer(text), FEWEST_WORDS)
    return sum(1 for _word in words) == FEWEST_WORDS
