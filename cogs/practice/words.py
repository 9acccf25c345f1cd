"""What ratings are called, and how questions and key points are written on cards."""

from collections.abc import Iterable, Mapping

from bot.chat.limits import clip
from bot.chat.quoting import inert
from bot.i18n import _, later
from bot.practice.model import Rating
from bot.questions.known import Known

RATINGS: Mapping[Rating, str] = {
    Rating.AGAIN: later("Again"),
    Rating.HARD: later("Hard"),
    Rating.GOOD: later("Good"),
    Rating.EASY: later("Easy"),
}
MAX_QUESTION_SHOWN = 550
MAX_POINT_SHOWN = 200
"""Characters on a card; seven points fit beside a question."""

ESSENTIAL = 3


def asked_text(known: Known, limit: int = MAX_QUESTION_SHOWN) -> str:
    """Return a question as it is asked."""
    return f"**{clip(inert(known.question.text), limit)}**"


def listed(title: str, points: Iterable[str]) -> str:
    """Return points below a title; nothing where there are none."""
    lines = [f"- {shown_point(point)}" for point in points]
    return "\n".join([f"**{title}**", *lines]) if lines else ""


def shown_point(point: str) -> str:
    """Return a key point that can't act, within its limit."""
    return clip(inert(point), MAX_POINT_SHOWN)


def strong_answer(known: Known) -> str:
    """Return what a strong answer covers, the essential first."""
    points = sorted(known.question.key_points, key=lambda each: -each.weight)
    essential = [each.point for each in points if each.weight == ESSENTIAL]
    others = [each.point for each in points if each.weight != ESSENTIAL]
    rest = _("And") if essential else _("A strong answer covers")
    parts = [listed(_("A strong answer covers"), essential), listed(rest, others)]
    return "\n".join(filter(None, parts))
