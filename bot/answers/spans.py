"""Finding known phrases in a question, word by word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.answers.words import words

Value = TypeVar("Value")

SINGULAR_FROM = 4
"""Shorter words keep their final s: "us", "gas"."""


@dataclass(frozen=True)
class Span(Generic[Value]):
    """Where a phrase stands, in words from `start` up to `end`, and what it names."""

    start: int
    end: int
    value: Value

    def __len__(self) -> int:
        return self.end - self.start


class Phrases(Generic[Value]):
    """Phrases by their words; one phrase may name several things."""

    def __init__(self) -> None:
        self._values: dict[tuple[str, ...], list[Value]] = {}
        self._longest: dict[str, int] = {}

    def add(self, phrase: str, value: Value) -> None:
        """Learn a phrase; one without any word is passed over."""
        key = stems(words(phrase))
        if not key:
            return
        known = self._values.setdefault(key, [])
        if value not in known:
            known.append(value)
        self._longest[key[0]] = max(len(key), self._longest.get(key[0], 0))

    def vocabulary(self) -> Iterator[str]:
        """Yield the words of all phrases."""
        for key in self._values:
            yield from key

    def knows(self, phrase: str) -> bool:
        """Return whether the phrase names something."""
        return stems(words(phrase)) in self._values

    def find(self, said: Sequence[str]) -> Iterator[Span[tuple[Value, ...]]]:
        """Yield what is named, from left to right, the longest phrase first, none overlapping."""
        stemmed = stems(said)
        start = 0
        while start < len(stemmed):
            found = self._at(stemmed, start)
            if found is not None:
                yield found
            start = found.end if found else start + 1

    def _at(self, stemmed: Sequence[str], start: int) -> Span[tuple[Value, ...]] | None:
        longest = self._longest.get(stemmed[start], 0)
        for end in range(min(start + longest, len(stemmed)), start, -1):
            values = self._values.get(tuple(stemmed[start:end]))
            if values is not None:
                return Span(start, end, tuple(values))
        return None


def stems(said: Sequence[str]) -> tuple[str, ...]:
    """Return words without a plural s, and with the shapes of one stem that names vary in."""
    return tuple(_stem(word) for word in said)


def _stem(word: str) -> str:
    if len(word) < SINGULAR_FROM or word.endswith(("ss", "us", "is")):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")
