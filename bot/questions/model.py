"""An interview question: what is asked, at which level, and what a strong answer covers.

The frozen types behind ``data/roles/<slug>/questions.yaml``, and behind what servers ask
themselves, of which less is demanded. Times are in minutes.
"""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from bot.careers.model import MAX_SLUG, SLUG_PATTERN, VISIBLE, PackModel, text_up_to

MAX_TEXT = 500
MAX_POINT = 160
MAX_CUE = 60
MAX_NOTE = 300
MAX_TOPIC = 40
"""Characters."""

MAX_MINUTES = 60
MAX_POINTS = 7
MAX_MISTAKES = 4
MAX_TOPICS = 4

Text = Annotated[str, text_up_to(MAX_TEXT), VISIBLE]
Point = Annotated[str, text_up_to(MAX_POINT), VISIBLE]
Note = Annotated[str, text_up_to(MAX_NOTE), VISIBLE]
NoteOrNone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=MAX_NOTE), VISIBLE]
Cue = Annotated[str, text_up_to(MAX_CUE), VISIBLE]
QuestionId = Annotated[str, StringConstraints(pattern=SLUG_PATTERN, max_length=MAX_SLUG)]
TopicSlug = Annotated[str, StringConstraints(pattern=SLUG_PATTERN, max_length=MAX_TOPIC)]


class Level(StrEnum):
    """Whom a question is for."""

    ENTRY = "entry"
    MID = "mid"
    SENIOR = "senior"
    LEAD = "lead"


class Kind(StrEnum):
    """What a question tests."""

    KNOWLEDGE = "knowledge"
    SCENARIO = "scenario"
    BEHAVIOURAL = "behavioural"
    TECHNICAL = "technical"
    POLICY_WRITING = "policy_writing"
    CASE = "case"


class KeyPoint(PackModel):
    """Something that a strong answer covers."""

    point: Point
    why: NoteOrNone = Field(description="Why an interviewer listens for it.")
    weight: Annotated[int, Field(ge=1, le=3)] = Field(
        description="3 is essential, 2 important, 1 a plus."
    )
    cues: Annotated[tuple[Cue, ...], Field(max_length=14)] = Field(
        default=(), description="Short phrases by which an answer that covers it is recognised."
    )


def _says_why(point: KeyPoint) -> KeyPoint:
    if not point.why:
        raise ValueError("say why an interviewer listens for it")
    return point


class Content(PackModel):
    """What is asked and what a strong answer covers, in a pack's question or a server's own."""

    text: Text
    level: Level
    kind: Kind
    topics: Annotated[tuple[TopicSlug, ...], Field(max_length=MAX_TOPICS)] = ()
    minutes: Annotated[int, Field(ge=1, le=MAX_MINUTES)] = Field(
        description="Minutes that a good answer takes."
    )
    hint: NoteOrNone = Field(default="", description="A nudge that gives nothing away.")
    key_points: Annotated[tuple[KeyPoint, ...], Field(min_length=1, max_length=MAX_POINTS)]
    mistakes: Annotated[tuple[Note, ...], Field(max_length=MAX_MISTAKES)] = ()
    follow_up: NoteOrNone = Field(default="", description="What an interviewer asks next.")


class Question(Content):
    """A pack's question. Its id never changes: members' answers and cards refer to it."""

    id: QuestionId
    topics: tuple[TopicSlug, ...] = Field(min_length=1, max_length=MAX_TOPICS)
    hint: Note = Field(description="A nudge that gives nothing away.")
    key_points: Annotated[
        tuple[Annotated[KeyPoint, AfterValidator(_says_why)], ...],
        Field(min_length=4, max_length=MAX_POINTS),
    ]
    mistakes: tuple[Note, ...] = Field(min_length=1, max_length=MAX_MISTAKES)
    follow_up: Note = Field(description="What an interviewer asks next.")


class Bank(PackModel):
    """The questions of a role."""

    questions: tuple[Question, ...]

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        ids = [question.id for question in self.questions]
        twice = sorted({each for each in ids if ids.count(each) > 1})
        if twice:
            raise ValueError(f"ids given twice: {', '.join(twice)}")
        return self
