"""How well questions are answered, by the yardstick: counted, and the failures listed."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from bot.answers.model import Reply
from bot.answers.yardstick import Case, missing

SURE = 0.8
"""Confidence from which answers are counted as sure ones."""

BINS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
"""The edges of the bins in which confidence is compared with what was right."""


class Outcome(StrEnum):
    """What became of a case."""

    RIGHT = "right"
    WRONG = "wrong"
    """Answered without a fact that a right answer contains."""

    ABSTAINED = "abstained"
    FALSE = "false"
    """Answered though it must not be."""

    DECLINED = "declined"


@dataclass(frozen=True)
class Measured:
    """A case, the reply to it, and what became of it."""

    case: Case
    reply: Reply
    outcome: Outcome


@dataclass(frozen=True)
class Tally:
    """Counts of outcomes."""

    right: int = 0
    wrong: int = 0
    abstained: int = 0
    false: int = 0
    declined: int = 0

    @property
    def in_domain(self) -> int:
        """Questions that must be answered."""
        return self.right + self.wrong + self.abstained

    @property
    def out_of_domain(self) -> int:
        """Questions that must not be answered."""
        return self.false + self.declined

    @property
    def right_share(self) -> float:
        """The share of right answers among the questions that must be answered."""
        return self.right / self.in_domain if self.in_domain else 1.0

    @property
    def false_share(self) -> float:
        """The share that was answered of what must not be."""
        return self.false / self.out_of_domain if self.out_of_domain else 0.0


@dataclass(frozen=True)
class Bin:
    """Answers of a certain confidence, and how many of them were right."""

    low: float
    high: float
    answers: int
    right: int


def measure(cases: Iterable[Case], reply_to: Callable[[Case], Reply]) -> list[Measured]:
    """Ask each case and judge the reply."""
    replies = [(case, reply_to(case)) for case in cases]
    return [Measured(case, reply, outcome(case, reply)) for case, reply in replies]


def outcome(case: Case, reply: Reply) -> Outcome:
    """Return what became of a case."""
    if case.expect == "abstain":
        return Outcome.FALSE if reply.answered else Outcome.DECLINED
    if not reply.answered:
        return Outcome.ABSTAINED
    return Outcome.WRONG if missing(case, reply.text) else Outcome.RIGHT


def tally(measured: Iterable[Measured]) -> Tally:
    """Count outcomes."""
    outcomes = [each.outcome for each in measured]
    return Tally(*(outcomes.count(kind) for kind in Outcome))


def by(measured: Sequence[Measured], group: Callable[[Case], str]) -> dict[str, Tally]:
    """Count outcomes by a property of the case, in alphabetical order."""
    groups = sorted({group(each.case) for each in measured})
    return {name: tally(each for each in measured if group(each.case) == name) for name in groups}


def sure(measured: Iterable[Measured]) -> Bin:
    """Return how many answers are sure ones, and how many of those are right."""
    return _bin(measured, SURE, 1.0)


def calibration(measured: Sequence[Measured]) -> list[Bin]:
    """Return how often answers are right, by their confidence."""
    edges = pairwise(BINS)
    return [_bin(measured, low, high) for low, high in edges]


def _bin(measured: Iterable[Measured], low: float, high: float) -> Bin:
    answered = [
        each
        for each in measured
        if each.reply.answered and low <= each.reply.confidence and _under(each, high)
    ]
    right = sum(each.outcome is Outcome.RIGHT for each in answered)
    return Bin(low, high, len(answered), right)


def _under(each: Measured, high: float) -> bool:
    return each.reply.confidence < high or high == BINS[-1]
