"""What an answer is: its text, what it rests on, how sure it is, and how it came to be."""

from dataclasses import dataclass
from enum import StrEnum

from bot.careers.sections import Section


class Verdict(StrEnum):
    """What becomes of a question."""

    ANSWER = "answer"
    EACH_ROLE = "each_role"
    """Answered for each role that may be meant, as it names none."""

    NEAREST = "nearest"
    """Not answered; what may have been meant is offered."""

    ABSTAIN = "abstain"


class Basis(StrEnum):
    """What an answer rests on."""

    ENTRY = "entry"
    """A server's own entry."""

    TOPIC = "topic"
    """What a pack states on a topic."""

    PACK = "pack"
    """A question that a pack answers in its own words."""

    TERM = "term"
    """A word of the glossary."""


@dataclass(frozen=True)
class Answer:
    """An answer to one question."""

    key: str
    """What is answered, however it was asked: `topic:<slug>:<topic>`, `entry:<id>` …"""

    title: str
    """The question that it answers, in few words."""

    basis: Basis
    text: str
    source: str
    """Where it comes from and when that was read, in one line of Markdown."""

    role: str | None = None
    section: Section | None = None
    known: bool = True
    """Whether it has what is asked for, rather than that this is unknown."""

    beside: str = ""
    """What its text stands under where several answers do: the title of its role."""

    reliability: float = 1.0
    """How often such an answer has the very fact that is asked for, once its topic is known."""


@dataclass(frozen=True)
class Alternative:
    """What else may have been meant: a question, and the key of its answer."""

    title: str
    key: str


@dataclass(frozen=True)
class Explanation:
    """How a reply to one question came to be."""

    question: str
    role: str | None
    candidates: tuple[tuple[str, float], ...]
    """What may be meant, with its margin: above 0 it is more likely meant than not."""

    reasons_against: tuple[tuple[str, float], ...]
    confidence: float
    decision: str


@dataclass(frozen=True)
class Reply:
    """What a question gets: one or several answers, or why there is none."""

    question: str
    verdict: Verdict
    confidence: float
    """How sure it is that this is right, from 0 to 1: a cautious figure, not a share."""

    answers: tuple[Answer, ...] = ()
    note: str = ""
    """What is said when there is no answer."""

    alternatives: tuple[Alternative, ...] = ()
    explanations: tuple[Explanation, ...] = ()
    about: str | None = None
    """The slug of the role that the question is about, as far as that is known."""

    @property
    def answered(self) -> bool:
        """Whether the question got an answer."""
        return bool(self.answers)

    @property
    def text(self) -> str:
        """The answers' texts, or why there is none."""
        texts = [
            f"{each.beside}: {each.text}" if each.beside else each.text for each in self.answers
        ]
        return "\n\n".join(texts) or self.note

    @property
    def known(self) -> bool:
        """Whether any answer has what is asked for."""
        return any(answer.known for answer in self.answers)

    @property
    def source(self) -> str:
        """The answers' sources, each once."""
        return " ".join(dict.fromkeys(answer.source for answer in self.answers))

    @property
    def role(self) -> str | None:
        """The slug of the role that all answers are about, if they are about a single one."""
        roles = {answer.role for answer in self.answers}
        return roles.pop() if len(roles) == 1 else None
