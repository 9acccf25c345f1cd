"""The question banks that come with role packs: `<slug>/questions.yaml` beside `role.yaml`."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.careers.documents import PackProblem, read_content
from bot.careers.loader import LoadedRole
from bot.questions.model import Bank, Question

BANK_FILE = "questions.yaml"


@dataclass(frozen=True)
class Banks:
    """The questions of each role by slug, and what was wrong with files that weren't loaded."""

    questions: dict[str, tuple[Question, ...]]
    problems: tuple[PackProblem, ...]


def load_banks(roles: Iterable[LoadedRole]) -> Banks:
    """Read the bank of each role that has one. A broken one is named, and the role has none."""
    questions: dict[str, tuple[Question, ...]] = {}
    problems: list[PackProblem] = []
    for role in roles:
        file = role.file.with_name(BANK_FILE)
        if not file.exists():
            continue
        bank = read_content(file, Bank)
        if isinstance(bank, Bank):
            questions[role.slug] = bank.questions
        else:
            problems.extend(bank)
    return Banks(questions, tuple(problems))
