"""A server's own entries, found by their questions, their other names, and their text."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from bot.answers.features import pieces_of
from bot.answers.index import Index
from bot.answers.particulars import differ
from bot.answers.reading import PIECE, Reading
from bot.answers.spans import stems
from bot.answers.words import plain_words, words

MOST_FOUND = 3

LEAST_ALIKE = 0.4
"""Likeness from which an entry's name is like a question at all."""

LEAST_TOLD = 0.12
"""Likeness from which an entry's text speaks of a question's words at all."""

TOLD = 500
"""Characters of an entry's text that are looked through."""


@dataclass(frozen=True)
class OwnEntry:
    """What answering needs to know of an entry."""

    id: int
    question: str
    names: tuple[str, ...]
    """Its question and its other names."""

    answer: str
    role: str | None = None
    source: str | None = None
    day: str = ""
    """When it was last changed, as YYYY-MM-DD."""


@dataclass(frozen=True)
class Found:
    """An entry, and how like the question it is, from 0 to 1."""

    entry: OwnEntry
    likeness: float
    differs: bool = False
    """Whether it speaks of another day, number or the like than the question does."""


class EntryIndex:
    """The entries of one server. `rarity` says how much a word tells."""

    def __init__(self, entries: Iterable[OwnEntry], rarity: Callable[[str], float]) -> None:
        self._entries = {entry.id: entry for entry in entries}
        self._names = Index(self._named(), rarity)
        self._texts = Index(self._told(), rarity)

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, entry_id: int) -> OwnEntry | None:
        """Return an entry."""
        return self._entries.get(entry_id)

    def _named(self) -> Iterator[tuple[int, Sequence[str]]]:
        for entry in self._entries.values():
            for name in entry.names:
                yield entry.id, compared(words(name))

    def _told(self) -> Iterator[tuple[int, Sequence[str]]]:
        for entry in self._entries.values():
            yield entry.id, stems(plain_words(entry.answer[:TOLD]))

    def meant(self, reading: Reading) -> list[Found]:
        """Return the entries whose names are most like a question, best first.

        As it was typed or as it was mended: entries have names that nothing else knows.
        """
        said = words(reading.text)
        mended, typed = self.like(reading.said), self.like(said)
        best = max((mended, typed), key=lambda found: found[0].likeness if found else 0.0)
        return [replace(found, differs=_differs(said, found.entry)) for found in best]

    def like(self, said: Sequence[str]) -> list[Found]:
        """Return the entries whose names are most like some words, best first."""
        hits = self._names.search(compared(said), MOST_FOUND, LEAST_ALIKE)
        return [Found(self._entries[hit.key], hit.likeness) for hit in hits]

    def telling_of(self, said: Sequence[str]) -> list[Found]:
        """Return the entries whose texts speak most of a question's words, best first."""
        hits = self._texts.search(stems(said), MOST_FOUND, LEAST_TOLD)
        return [Found(self._entries[hit.key], hit.likeness) for hit in hits]


def _differs(said: Sequence[str], entry: OwnEntry) -> bool:
    """Whether an entry's names, taken together, speak of something else than was said."""
    return differ(said, [word for name in entry.names for word in words(name)])


def compared(said: Sequence[str]) -> list[str]:
    """Return the features by which names of entries are compared."""
    return [*said, *chain.from_iterable(pieces_of(word, PIECE) for word in said)]
