"""A set of questions that a member answers one after the other, and what is said of the answers."""

from dataclasses import dataclass
from enum import StrEnum

from bot.errors import MemberError
from bot.feedback.model import Feedback
from bot.i18n import _
from bot.questions.known import Known
from bot.questions.model import Level

LEAST_QUESTIONS, MOST_QUESTIONS = 3, 6
LEAST_MINUTES, USUAL_MINUTES, MOST_MINUTES = 15, 30, 90


class State(StrEnum):
    """What became of a question of a set."""

    OPEN = "open"
    ANSWERED = "answered"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class Wish:
    """What a set is asked for; the role is a slug, None means any."""

    role: str | None
    level: Level | None
    minutes: int = USUAL_MINUTES


@dataclass(frozen=True)
class SetQuestion:
    """A question of a set by its key, and the answer, which stays when it is skipped."""

    place: int
    key: str
    state: State = State.OPEN
    answer: str = ""


@dataclass(frozen=True)
class InterviewSet:
    """A set of questions."""

    id: int
    wish: Wish
    questions: tuple[SetQuestion, ...]
    is_over: bool = False
    is_new: bool = False

    @property
    def open(self) -> tuple[SetQuestion, ...]:
        """The questions that were neither answered nor skipped."""
        return tuple(each for each in self.questions if each.state is State.OPEN)


@dataclass(frozen=True)
class Put:
    """A question of a set that is put to the member."""

    interview: InterviewSet
    question: SetQuestion
    known: Known


@dataclass(frozen=True)
class Told:
    """An answer, and what is said of it."""

    put: Put
    feedback: Feedback


@dataclass(frozen=True)
class Summed:
    """What became of a question; without feedback where it wasn't answered."""

    question: SetQuestion
    known: Known
    feedback: Feedback | None

    @property
    def again(self) -> tuple[str, ...]:
        """The key points to look at again; none where nothing could be told."""
        if self.feedback is None or self.feedback.coverage.doubt:
            return ()
        return tuple(each.point for each in self.feedback.coverage.points if not each.likely)

    @property
    def is_to_practise(self) -> bool:
        """Whether the question is worth practising."""
        return self.feedback is None or bool(self.feedback.coverage.doubt or self.again)


@dataclass(frozen=True)
class Summary:
    """All of a set, without questions that are gone."""

    interview: InterviewSet
    questions: tuple[Summed, ...]

    @property
    def to_practise(self) -> tuple[str, ...]:
        """The keys of the questions that are worth practising."""
        return tuple(each.known.key for each in self.questions if each.is_to_practise)


class SetGone(MemberError):
    """The set was forgotten, or is somebody else's."""

    def __init__(self) -> None:
        super().__init__(_("That interview isn't here any more. `/interview` starts a new one."))


class AnotherRuns(MemberError):
    """An old set was to go on while another one is under way."""

    def __init__(self) -> None:
        super().__init__(
            _("Another interview of yours is under way. `/interview` goes on with it.")
        )


class TooFewQuestions(MemberError):
    """Too few questions fit what was asked for."""

    def __init__(self) -> None:
        super().__init__(
            _("I have too few questions for that. Pick another level, or leave the level out.")
        )


class NothingSaid(MemberError):
    """An answer is blank."""

    def __init__(self) -> None:
        super().__init__(_("There was nothing in your answer. Press Answer and write a few words."))
