"""Questions and members to practise with."""

from typing import Any

from bot.practice.model import Learner
from bot.questions.known import Known
from bot.questions.model import Content, KeyPoint, Kind, Level

GUILD, OTHER_GUILD = 3, 4
ANNA, BEN = Learner(7, GUILD), Learner(8, GUILD)
ROLE, OTHER_ROLE = "trust-safety-analyst", "ai-red-team-engineer"


def known(key: str = "pack:x:a", role: str | None = ROLE, **changes: Any) -> Known:
    """A question that a pack or a server asks."""
    values: dict[str, Any] = {
        "text": f"What about {key}?",
        "level": Level.ENTRY,
        "kind": Kind.KNOWLEDGE,
        "topics": ("appeals",),
        "minutes": 5,
        "hint": "Think.",
        "key_points": (KeyPoint(point="A second look.", why="", weight=2),),
        "mistakes": (),
        "follow_up": "",
    }
    return Known(key, Content(**(values | changes)), role)
