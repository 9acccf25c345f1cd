"""How sure it is that a question was understood, from 0 to 1.

A logistic regression on a few signs of it; `bot.answers.learning` fits its weights on questions
that the classifier hadn't seen.
"""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

LONG = 30
"""Words from which a question counts as long."""

NEAR = 0.3
"""A lead so short that both are answered."""

FAR = 1.0
"""A lead over what comes second that is as good as any larger one."""


def signs(margins: Sequence[float], refusal: float, length: int) -> list[float]:
    """Return what tells how sure an understanding is.

    `margins` are those of all that may be meant, the best first: what follows it closely is
    answered too, so the lead is that over the others; `refusal` is the best reason to
    decline; `length` is the question's, in words.
    """
    best, other = margins[0], next((each for each in margins[1:] if each < margins[0] - NEAR), -FAR)
    return [best, best - refusal, min(best - other, FAR), min(length, LONG) / LONG]


def certainty(weights: npt.NDArray[np.float32], told: Sequence[float]) -> float:
    """Return the certainty that these signs tell; the last weight is the constant."""
    total = float(np.dot(weights[:-1], told) + weights[-1])
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
