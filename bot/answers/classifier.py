"""Which topic a question asks for, by weights that were learnt from the phrase bank.

`bot.answers.learning` makes the weights, `data/asking/topics.npz` keeps them; see
docs/decisions/0010-how-questions-are-understood.md for what was measured.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

SLIPS = 9.75
"""The rarity from which a word of the phrase bank may be a slip: that of four phrasings."""

Floats = npt.NDArray[np.float32]

SHARPNESS = 4.0
"""What margins are multiplied by before they become shares of certainty."""


@dataclass(frozen=True)
class Guess:
    """A label and the share of certainty that falls on it; all labels' shares add up to 1."""

    label: str
    share: float
    margin: float
    """How far on the label's side the question is: above 0 it is more likely its than not."""


@dataclass(frozen=True)
class Weights:
    """What is learnt: for each feature its rarity and its weight for each label.

    `sureness` are the weights with which `bot.answers.sureness` tells how sure a reading is.
    """

    labels: tuple[str, ...]
    features: tuple[str, ...]
    rarity: Floats
    by_feature: Floats
    bias: Floats
    sureness: Floats
    learnt_from: str = ""
    """The fingerprint of the phrasings (see `bot.answers.bank`)."""

    @classmethod
    def load(cls, file: Path) -> "Weights":
        """Read what `save` wrote."""
        with np.load(file, allow_pickle=False) as kept:
            return cls(
                labels=_words(kept["labels"]),
                features=_words(kept["features"]),
                rarity=kept["rarity"].astype(np.float32),
                by_feature=kept["by_feature"].astype(np.float32),
                bias=kept["bias"],
                sureness=kept["sureness"],
                learnt_from=kept["learnt_from"].tobytes().decode(),
            )

    def save(self, file: Path) -> None:
        """Write them, at half precision."""
        np.savez_compressed(
            file,
            labels=np.frombuffer("\n".join(self.labels).encode(), dtype=np.uint8),
            features=np.frombuffer("\n".join(self.features).encode(), dtype=np.uint8),
            rarity=self.rarity.astype(np.float16),
            by_feature=self.by_feature.astype(np.float16),
            bias=self.bias.astype(np.float32),
            sureness=self.sureness.astype(np.float32),
            learnt_from=np.frombuffer(self.learnt_from.encode(), dtype=np.uint8),
        )


def _words(kept: npt.NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(kept.tobytes().decode().split("\n"))


class Classifier:
    """Weighs a question's features for each label."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self.sureness = weights.sureness
        self._rows = {feature: row for row, feature in enumerate(weights.features)}
        self._unheard = float(weights.rarity.max(initial=1.0))

    def rarity(self, feature: str) -> float:
        """Return how much a feature tells: its inverse document frequency in the phrase bank."""
        row = self._rows.get(feature)
        return self._unheard if row is None else float(self._weights.rarity[row])

    def words(self) -> Iterator[str]:
        """Yield the words that the phrase bank has often; the others may be slips."""
        return (word for word in self._rows if word.isalpha() and self.rarity(word) < SLIPS)

    def heard(self, feature: str) -> bool:
        """Return whether the phrase bank has the feature."""
        return feature in self._rows

    def guesses(self, found: Sequence[str]) -> list[Guess]:
        """Return all labels, likeliest first."""
        margins = self._margins(found)
        raised = np.exp((margins - margins.max()) * SHARPNESS)
        shares = raised / raised.sum()
        order: list[int] = np.argsort(-margins, kind="stable").tolist()
        return [Guess(self._weights.labels[i], float(shares[i]), float(margins[i])) for i in order]

    def _margins(self, found: Sequence[str]) -> Floats:
        rows_of = self._rows
        counts = Counter(rows_of[feature] for feature in found if feature in rows_of)
        if not counts:
            return self._weights.bias
        rows = np.array(list(counts), np.int64)
        often = np.array(list(counts.values()), np.float32)
        values = (1 + np.log(often)) * self._weights.rarity[rows]
        values /= np.sqrt((values * values).sum())
        return values @ self._weights.by_feature[rows] + self._weights.bias
