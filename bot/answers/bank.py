"""The phrase bank: questions as people ask them, by topic and language, in `data/asking/`.

From it the topics are learnt. A phrasing has marks such as `{role}` where any name could stand.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bot.answers.mentions import Named, listed

PLACEHOLDERS = {
    "{role}": Named.ROLE,
    "{skill}": Named.SKILL,
    "{tool}": Named.TOOL,
    "{law}": Named.LAW,
    "{term}": Named.TERM,
}


@dataclass(frozen=True)
class Phrasing:
    """A way of asking, what it asks for (a topic or a refusal), and its language."""

    text: str
    label: str
    lang: str


def load_bank(directory: Path) -> Iterator[Phrasing]:
    """Yield all phrasings of `<directory>/<language>/<label>.txt`, in the order of their files."""
    for file in sorted(directory.glob("*/*.txt")):
        for line in listed(file):
            yield Phrasing(_with_marks(line), file.stem, file.parent.name)


def fingerprint(bank: Iterable[Phrasing]) -> str:
    """Return what changes when a phrasing or its label does."""
    lines = sorted(f"{phrasing.label}\t{phrasing.text}" for phrasing in bank)
    return sha256("\n".join(lines).encode()).hexdigest()[:16]


def _with_marks(line: str) -> str:
    for placeholder, sort in PLACEHOLDERS.items():
        line = line.replace(placeholder, f" {sort.value} ")
    return line
