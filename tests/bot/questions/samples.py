"""Questions to try things with."""

from typing import Any

from bot.questions.known import State
from bot.questions.model import Kind, Level
from bot.questions.own import Own
from bot.questions.text import QuestionText
from tests.conftest import NOW

GUILD, OTHER_GUILD = 3, 4
ANNA, BEN, CARA = 7, 8, 9
ANALYST = "trust-safety-analyst"


def text(question: str = "What is an appeal?", *points: str, **changes: Any) -> QuestionText:
    given = {"key_points": points or ("A second look.",), "level": Level.ENTRY}
    values: dict[str, Any] = given | {"kind": Kind.KNOWLEDGE} | changes
    return QuestionText(question, **values)


FULL = QuestionText(
    "How do you write a rule?",
    ("Names the harm.", "Says what is allowed."),
    Level.SENIOR,
    Kind.POLICY_WRITING,
    12,
    ANALYST,
    "Think of examples.",
    ("Too long.", "No examples."),
    "And in two languages?",
    ("policy-design", "moderation"),
)


def own(question_id: int, written: QuestionText, state: State = State.ACTIVE) -> Own:
    return Own(question_id, GUILD, written, state, 1, ANNA, NOW)
