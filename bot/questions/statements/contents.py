"""What a person wrote, as the column for it holds it."""

from collections.abc import Mapping
from typing import Any

from bot.questions.model import Kind, Level
from bot.questions.text import QuestionText


def content_of(text: QuestionText) -> dict[str, Any]:
    """Return the column's content; JSON has no tuples."""
    return {
        "text": text.text,
        "key_points": [*text.key_points],
        "level": text.level.value,
        "kind": text.kind.value,
        "minutes": text.minutes,
        "role": text.role,
        "hint": text.hint,
        "mistakes": [*text.mistakes],
        "follow_up": text.follow_up,
        "topics": [*text.topics],
    }


def text_in(content: Mapping[str, Any]) -> QuestionText:
    """Return what was written, from the column's content."""
    return QuestionText(
        text=content["text"],
        key_points=tuple(content["key_points"]),
        level=Level(content["level"]),
        kind=Kind(content["kind"]),
        minutes=content["minutes"],
        role=content["role"],
        hint=content["hint"],
        mistakes=tuple(content["mistakes"]),
        follow_up=content["follow_up"],
        topics=tuple(content["topics"]),
    )
