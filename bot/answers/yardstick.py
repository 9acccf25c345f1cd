"""The questions by which answering is measured: `data/eval/faq.jsonl`.

Half of them are for tuning. The other half was written by someone else and is only ever counted:
whoever tunes doesn't read it.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from bot.careers.model import PackModel, Slug

Fact = str | Annotated[tuple[str, ...], Field(min_length=1)]


class Half(StrEnum):
    """Which half of the yardstick a question belongs to."""

    TUNE = "tune"
    TEST = "test"


class Case(PackModel):
    """A question as somebody types it, and what a right answer must contain."""

    id: str
    half: Half
    question: str
    lang: Literal["en", "es", "pt", "fr", "de", "hi-en"]
    persona: str
    topic: str
    role: Slug | None
    """The asker's own role."""

    expect: Literal["answer", "abstain"]
    about: Slug | None
    """The role that a right answer is about."""

    facts: tuple[Fact, ...]
    """What a right answer contains; of alternatives, one."""


def load_cases(file: Path) -> list[Case]:
    """Read all cases, a JSON object a line. Raises ValidationError."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [Case.model_validate_json(line) for line in lines]


def of_half(cases: Iterable[Case], half: Half) -> list[Case]:
    """Return one half."""
    return [case for case in cases if case.half is half]


def missing(case: Case, answer: str) -> list[Fact]:
    """Return the facts that an answer lacks; commas in figures and kinds of dashes don't count."""
    said = plain(answer)
    return [fact for fact in case.facts if not any(plain(each) in said for each in _ways(fact))]


def plain(text: str) -> str:
    """Return a text as facts are compared: in lower case, dashes as spaces, figures unbroken."""
    dashed = text.replace("\N{EN DASH}", " ").replace("\N{EM DASH}", " ").replace("-", " ")
    return " ".join(dashed.replace(",", "").casefold().split())


def _ways(fact: Fact) -> Iterator[str]:
    yield from (fact,) if isinstance(fact, str) else fact
