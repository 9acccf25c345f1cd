import pytest

from bot.feedback.giving import Feedbacks
from bot.questions.model import KeyPoint, Kind, Level, Question
from tests.bot.feedback.yardstick import questions

POINTS = {
    "Calls the fire brigade before anything else": ("emergency number", "alarm the brigade"),
    "Closes the doors to hold back smoke": ("shut doors", "keep smoke out"),
    "Counts everybody at the meeting place": ("headcount", "assembly point", "nobody missing"),
    "Takes no lift": (),
}


def point(text: str, cues: tuple[str, ...] = ()) -> KeyPoint:
    return KeyPoint(point=text, why="It saves lives.", weight=2, cues=cues)


def question(kind: Kind = Kind.SCENARIO, minutes: int = 5, **changes: object) -> Question:
    made = Question(
        id="fire-in-the-server-room",
        text="There is a fire in the server room of your office. What do you do?",
        level=Level.ENTRY,
        kind=kind,
        topics=("safety",),
        minutes=minutes,
        hint="Think of people first.",
        key_points=tuple(point(text, cues) for text, cues in POINTS.items()),
        mistakes=("Looking for the cause.",),
        follow_up="And if it is night?",
    )
    return made.model_copy(update=changes)


@pytest.fixture(scope="session")
def feedbacks() -> Feedbacks:
    return Feedbacks([question(), *questions().values()])
