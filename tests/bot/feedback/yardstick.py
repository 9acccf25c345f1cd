"""The answers by which feedback is measured: data/eval/feedback.jsonl, and how it does on them.

`python -m tests.bot.feedback.yardstick` prints the figures of docs/feedback.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from bot.careers.loader import load_packs
from bot.feedback.giving import Feedbacks
from bot.feedback.model import Doubt
from bot.paths import DATA
from bot.questions.bank import load_banks
from bot.questions.model import Question

FILE = DATA / "eval" / "feedback.jsonl"

AnswerKind = Literal[
    "strong",
    "partial",
    "typos",
    "bullets",
    "rambling",
    "mistaken",
    "off_topic",
    "copied",
    "stuffed",
    "other_language",
]


class Case(BaseModel):
    """An answer as somebody writes it, and for each key point whether a reader finds it there."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: str
    """The role's slug and the question's id, with a slash between."""

    kind: AnswerKind
    half: Literal["tune", "test"]
    text: str
    covers: tuple[bool, ...]


@dataclass(frozen=True)
class Judged:
    """A case, which points it was said to cover, and the doubt, if there was one."""

    case: Case
    likely: tuple[bool, ...]
    doubt: Doubt | None


@dataclass(frozen=True)
class Tally:
    """Points of all answers: rightly and wrongly said to be covered, and not seen."""

    right: int
    wrong: int
    unseen: int
    points: int

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.unseen)


@cache
def questions() -> dict[str, Question]:
    banks = load_banks(load_packs([DATA]).roles).questions
    return {f"{slug}/{each.id}": each for slug, bank in banks.items() for each in bank}


@cache
def feedbacks() -> Feedbacks:
    return Feedbacks(questions().values())


def cases() -> list[Case]:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return [Case.model_validate_json(line) for line in lines]


def judged(case: Case, *, with_cues: bool = True) -> Judged:
    question = questions()[case.question]
    asked = question if with_cues else without_cues(question)
    coverage = feedbacks().on(asked, case.text).coverage
    return Judged(case, tuple(point.likely for point in coverage.points), coverage.doubt)


def without_cues(question: Question) -> Question:
    points = [point.model_copy(update={"cues": ()}) for point in question.key_points]
    return question.model_copy(update={"key_points": tuple(points)})


def tally(all_judged: Iterable[Judged]) -> Tally:
    pairs = [
        pair for each in all_judged for pair in zip(each.case.covers, each.likely, strict=True)
    ]
    right, wrong, unseen = (
        pairs.count(sort) for sort in [(True, True), (False, True), (True, False)]
    )
    return Tally(right, wrong, unseen, len(pairs))


def by_kind(all_judged: Sequence[Judged]) -> dict[str, Tally]:
    kinds = dict.fromkeys(each.case.kind for each in all_judged)
    return {kind: tally(each for each in all_judged if each.case.kind == kind) for kind in kinds}


def mispaired(half: str) -> list[Judged]:
    """Every good answer of a half, judged as one to each other question of its role and half."""
    mine = [case for case in cases() if case.half == half]
    asked = sorted({case.question for case in mine})
    good = [case for case in mine if case.kind in {"strong", "partial", "typos", "bullets"}]
    return [
        judged(case.model_copy(update={"question": other, "covers": _none_of(other)}))
        for case in good
        for other in asked
        if other != case.question and _role(other) == _role(case.question)
    ]


def _none_of(question: str) -> tuple[bool, ...]:
    return tuple(False for _point in questions()[question].key_points)


def _role(question: str) -> str:
    return question.split("/", maxsplit=1)[0]


def table(half: str) -> str:
    """The figures of one half, in words."""
    mine = [judged(case) for case in cases() if case.half == half]
    bare = [judged(case, with_cues=False) for case in cases() if case.half == half]
    english = [each for each in mine if each.case.kind != "other_language"]
    rows = {"all": tally(mine), "English": tally(english), **by_kind(mine)}
    rows |= {"without cues": tally(bare), "mispaired": tally(mispaired(half))}
    return "\n".join(f"{half} {name}: {_figures(row)}" for name, row in rows.items())


def _figures(row: Tally) -> str:
    return (
        f"precision {row.precision:.3f} recall {row.recall:.3f}"
        f" (right {row.right}, wrong {row.wrong}, unseen {row.unseen}, of {row.points})"
    )


if __name__ == "__main__":
    print(table("tune"), table("test"), sep="\n\n")  # noqa: T201
