"""Finding questions that are nearly the same, in a bank of thousands."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

ALIKE = 82
"""Likeness (0-100) from which two questions are shown as nearly the same."""

MOST_COMPARED = 25
"""Questions that one is compared with: those that share most of its words."""

MOST_LOOKED_AT = 200
"""Questions among which those are sought: those that share its rarest words."""

LONG_WORD = 4
FEW_WORDS = 3
MOST_SAID = 0.8
"""Where a text has at least so many words of so many letters, and this share of them is in another
text as well, what else that one says doesn't matter."""


@dataclass(frozen=True)
class Likeness:
    """Two questions that are nearly the same, by their places."""

    first: int
    second: int


class Alikes:
    """An index of questions, as their texts are compared, to look for those like another."""

    def __init__(self, names: Sequence[str]) -> None:
        self._texts = [_Text(name) for name in names]
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for place, text in enumerate(self._texts):
            for word in text.words:
                self._places[word].append(place)

    def to(self, name: str, most: int = 3) -> list[int]:
        """Return the places of the questions most like this one, the likest first."""
        text = _Text(name)
        rated = [(_likeness(text, self._texts[place]), place) for place in self._near(text)]
        alike = sorted((-rate, place) for rate, place in rated if rate >= ALIKE)
        return [place for _, place in alike[:most]]

    def _near(self, text: "_Text") -> list[int]:
        """Return the places of questions that share words, rare ones first."""
        shared: Counter[int] = Counter()
        for word in sorted(text.words, key=lambda word: len(self._places.get(word, ()))):
            shared.update(self._places.get(word, ())[:MOST_LOOKED_AT])
            if len(shared) >= MOST_LOOKED_AT:
                break
        return [place for place, _ in shared.most_common(MOST_COMPARED)]


class _Text:
    """A text as texts are compared, with its words."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.words = dict.fromkeys(name.split())
        self.long_words = {word for word in self.words if len(word) >= LONG_WORD}


def likeness(one: str, other: str) -> float:
    """Return how alike two texts are (0-100), whatever the order of their words.

    A longer one that says all of a shorter one is as good as the same.
    """
    return _likeness(_Text(one), _Text(other))


def _likeness(one: _Text, other: _Text) -> float:
    rate = fuzz.token_set_ratio if _is_said(one, other) else fuzz.token_sort_ratio
    return rate(one.name, other.name, score_cutoff=ALIKE)


def _is_said(one: _Text, other: _Text) -> bool:
    """Return whether the shorter of two texts is said by the longer one."""
    fewest = min(len(one.long_words), len(other.long_words))
    both = len(one.long_words & other.long_words)
    return fewest >= FEW_WORDS and both >= MOST_SAID * fewest


def pairs(new: Sequence[str], there: Sequence[str]) -> Iterator[Likeness]:
    """Return which new questions are like an earlier new one, or like one that is there.

    The second place counts those that are there first, then the new ones.
    """
    index = Alikes([*there, *new])
    for place, name in enumerate(new):
        at = len(there) + place
        earlier = [other for other in index.to(name, 5) if other < at]
        if earlier:
            yield Likeness(place, earlier[0])
