"""Which of many known texts a question is most like, by the features both have."""

import math
from array import array
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

Key = TypeVar("Key", bound=Hashable)
Doubles = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

AT_ALL = 1e-6
"""The least likeness of texts that share anything."""


@dataclass(frozen=True)
class Hit(Generic[Key]):
    """What was found, and its likeness from 0 to 1."""

    key: Key
    likeness: float


class Index(Generic[Key]):
    """Texts as weighted features, compared by the cosine of their tf-idf vectors.

    A key may have several texts. `rarity` is a feature's inverse document frequency elsewhere; a
    feature that many keys share counts for less.
    """

    def __init__(
        self, texts: Iterable[tuple[Key, Sequence[str]]], rarity: Callable[[str], float]
    ) -> None:
        self._keys: list[Key] = []
        self._rows: dict[str, int] = {}
        of_text, rows, often = self._counted(texts)
        weights = self._weighed(of_text, rows, rarity)
        self._weights: list[float] = weights.tolist()
        self._unheard = float(weights.max(initial=1.0))
        values = (1 + np.log(often)) * weights[rows]
        lengths = np.sqrt(np.bincount(of_text, values * values, minlength=len(self._keys)))
        order = np.argsort(rows, kind="stable")
        starts = np.searchsorted(rows[order], np.arange(len(self._rows) + 1))
        self._starts: list[int] = starts.tolist()
        self._places = of_text[order].astype(np.int32)
        self._parts = (values / lengths[of_text])[order].astype(np.float32)

    def __len__(self) -> int:
        return len(self._keys)

    def _counted(self, texts: Iterable[tuple[Key, Sequence[str]]]) -> tuple[Whole, Whole, Whole]:
        """Return for each feature of each text the text's place, the feature's row, its count."""
        row_of, every_row, sizes = self._rows.setdefault, array("q"), array("q")
        for key, found in texts:
            self._keys.append(key)
            every_row.extend([row_of(feature, len(self._rows)) for feature in found])
            sizes.append(len(found))
        of_text = np.repeat(np.arange(len(sizes)), np.array(sizes, np.int64))
        return _pairs(of_text, np.array(every_row, np.int64), len(self._rows))

    def _weighed(self, of_text: Whole, rows: Whole, rarity: Callable[[str], float]) -> Doubles:
        """Return each feature's weight, by its row."""
        number_of = {key: number for number, key in enumerate(dict.fromkeys(self._keys))}
        of_key = np.array([number_of[key] for key in self._keys], np.int64)
        _keys, shared_rows, _often = _pairs(of_key[of_text], rows, len(self._rows))
        shared = np.bincount(shared_rows, minlength=len(self._rows))
        told = np.array([rarity(feature) for feature in self._rows], np.float64)
        return told * (1 + np.log((1 + len(number_of)) / (1 + shared)))

    def search(self, found: Sequence[str], most: int = 5, least: float = AT_ALL) -> list[Hit[Key]]:
        """Return the keys whose texts are most like these features, best first.

        At most `most` of them, of at least the likeness `least`.
        """
        scores = self._scores(Counter(found))
        if scores is None:
            return []
        places = np.flatnonzero(scores >= least)
        ordered: list[int] = places[np.argsort(-scores[places], kind="stable")].tolist()
        best: dict[Key, float] = {}
        for place in ordered:
            best.setdefault(self._keys[place], min(1.0, float(scores[place])))
            if len(best) == most:
                break
        return [Hit(key, likeness) for key, likeness in best.items()]

    def _scores(self, counts: Mapping[str, int]) -> Doubles | None:
        weights = {name: (1 + math.log(n)) * self._weight(name) for name, n in counts.items()}
        known = [(row, weights[name]) for name in counts if (row := self._rows.get(name, -1)) >= 0]
        if not known:
            return None
        length = math.sqrt(sum(weight * weight for weight in weights.values()))
        slices = [slice(self._starts[row], self._starts[row + 1]) for row, _weight in known]
        sizes = [each.stop - each.start for each in slices]
        parts = np.concatenate([self._parts[each] for each in slices])
        parts *= np.repeat(np.array([weight for _row, weight in known], np.float32), sizes)
        places = np.concatenate([self._places[each] for each in slices])
        return np.bincount(places, parts, minlength=len(self._keys)) / length

    def _weight(self, feature: str) -> float:
        row = self._rows.get(feature)
        return self._unheard if row is None else self._weights[row]


def _pairs(first: Whole, second: Whole, most: int) -> tuple[Whole, Whole, Whole]:
    """Return the different pairs of numbers, `second` below `most`, and how often each occurs."""
    width = max(most, 1)
    different, often = np.unique(first * width + second, return_counts=True)
    return different // width, different % width, often
