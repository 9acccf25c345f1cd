"""Mending a word that is one slip away from a known one."""

from collections import Counter
from collections.abc import Iterable, Iterator

from rapidfuzz import process
from rapidfuzz.distance import OSA

SHORTEST = 5
"""Characters; shorter words are too often other words."""


class Spelling:
    """Knows words, and which of them is meant by one that has a letter too many, few or wrong."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = Counter(known)
        self._alike: dict[tuple[str, int], list[str]] = {}
        for word in self._known:
            if word.isalpha():
                self._alike.setdefault((word[0], len(word)), []).append(word)

    def __contains__(self, word: str) -> bool:
        return word in self._known

    def mended(self, word: str) -> str:
        """Return the commonest known word one slip away, else the word itself.

        People hardly ever mistype the first letter.
        """
        if word in self._known or len(word) < SHORTEST or not word.isalpha():
            return word
        meant = self._one_slip_away(word)
        return max(meant, key=lambda other: (self._known[other], other), default=word)

    def _one_slip_away(self, word: str) -> Iterator[str]:
        for length in (len(word) - 1, len(word), len(word) + 1):
            others = self._alike.get((word[0], length), ())
            if length >= SHORTEST:
                found = process.extract(
                    word, others, scorer=OSA.distance, score_cutoff=1, limit=None
                )
                yield from (other for other, _distance, _place in found)
