"""What people write into a server's own question: its parts, their limits, how texts compare."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from bot.careers.registry import normalised
from bot.careers.slugs import is_slug
from bot.errors import MemberError
from bot.i18n import _, later
from bot.plain_text import code_point, first_control, folded, number, shown
from bot.questions.model import (
    MAX_MINUTES,
    MAX_MISTAKES,
    MAX_NOTE,
    MAX_POINT,
    MAX_POINTS,
    MAX_TEXT,
    MAX_TOPIC,
    MAX_TOPICS,
    Content,
    KeyPoint,
    Kind,
    Level,
)
from bot.sheets.rows import Value

MAX_NAME = 500
"""Characters of a text as texts are compared."""

MAX_REASON = 500
"""Characters of why a suggestion was declined."""

USUAL_MINUTES = 5
ORDINARY = 2
"""The weight of a key point of which nobody says how much it matters."""

SHOWN = 60
"""Characters of something unfit that are said back."""

Choice = TypeVar("Choice", Level, Kind)


class Part(StrEnum):
    """A part of a question, as the columns and fields of files are called."""

    TEXT = "question"
    LEVEL = "level"
    KIND = "kind"
    MINUTES = "minutes"
    KEY_POINTS = "key_points"
    HINT = "hint"
    MISTAKES = "mistakes"
    FOLLOW_UP = "follow_up"
    ROLE = "role"
    TOPICS = "topics"


LISTS = frozenset({Part.KEY_POINTS, Part.MISTAKES, Part.TOPICS})

TITLES = {
    Part.TEXT: later("The question"),
    Part.KEY_POINTS: later("A key point"),
    Part.HINT: later("The hint"),
    Part.MISTAKES: later("A mistake"),
    Part.FOLLOW_UP: later("The follow-up"),
}
"""What the parts of free text are called at the beginning of a sentence."""

LIMITS = {
    Part.TEXT: MAX_TEXT,
    Part.KEY_POINTS: MAX_POINT,
    Part.HINT: MAX_NOTE,
    Part.MISTAKES: MAX_NOTE,
    Part.FOLLOW_UP: MAX_NOTE,
}
"""Characters, of each text where there are several."""


class Unfit(MemberError):
    """Something that was written is missing, too long, or can't be shown."""

    def __init__(self, part: Part, text: str) -> None:
        super().__init__(text)
        self.part = part


@dataclass(frozen=True)
class QuestionText:
    """What a person writes. The role is a role pack's slug, the topics are slugs."""

    text: str
    key_points: tuple[str, ...]
    level: Level
    kind: Kind
    minutes: int = USUAL_MINUTES
    role: str | None = None
    hint: str = ""
    mistakes: tuple[str, ...] = ()
    follow_up: str = ""
    topics: tuple[str, ...] = ()

    @cached_property
    def name(self) -> str:
        """The question as questions are compared."""
        return name_of(self.text)

    def values(self) -> dict[str, Value]:
        """Return its parts as they are written into files, from which `checked` reads them."""
        return {
            Part.TEXT: self.text,
            Part.LEVEL: self.level.value,
            Part.KIND: self.kind.value,
            Part.MINUTES: str(self.minutes),
            Part.KEY_POINTS: self.key_points,
            Part.HINT: self.hint,
            Part.MISTAKES: self.mistakes,
            Part.FOLLOW_UP: self.follow_up,
            Part.ROLE: self.role or "",
            Part.TOPICS: self.topics,
        }

    def content(self) -> Content:
        """Return it in the form that packs' questions have too; it was checked before."""
        points = [
            KeyPoint.model_construct(point=point, why="", weight=ORDINARY, cues=())
            for point in self.key_points
        ]
        return Content.model_construct(
            text=self.text,
            level=self.level,
            kind=self.kind,
            topics=self.topics,
            minutes=self.minutes,
            hint=self.hint,
            key_points=tuple(points),
            mistakes=self.mistakes,
            follow_up=self.follow_up,
        )


def checked(values: Mapping[str, Value]) -> QuestionText:
    """Return the question that was written, without needless white space. Raises Unfit."""
    return QuestionText(
        text=_needed(Part.TEXT, values, _("The question is empty. Write what is asked.")),
        key_points=_points(values),
        level=_choice(Part.LEVEL, Level, values),
        kind=_choice(Part.KIND, Kind, values),
        minutes=_minutes(_one(Part.MINUTES, values)),
        role=_role(_one(Part.ROLE, values)),
        hint=_fit(Part.HINT, _one(Part.HINT, values)),
        mistakes=_several(Part.MISTAKES, values, MAX_MISTAKES),
        follow_up=_fit(Part.FOLLOW_UP, _one(Part.FOLLOW_UP, values)),
        topics=_topics(values),
    )


def checked_reason(text: str) -> str:
    """Return why a suggestion is declined, on one line. Raises Unfit."""
    reason = folded(text)[:MAX_REASON]
    if not reason or first_control(reason) is not None:
        raise Unfit(Part.TEXT, _("Say in a sentence why. Who suggested it will read that."))
    return reason


def name_of(text: str) -> str:
    """Return a question's text as texts are compared."""
    return (normalised(text) or folded(text.casefold()))[:MAX_NAME]


def _needed(part: Part, values: Mapping[str, Value], problem: str) -> str:
    text = _fit(part, _one(part, values))
    if not text:
        raise Unfit(part, problem)
    return text


def _points(values: Mapping[str, Value]) -> tuple[str, ...]:
    points = _several(Part.KEY_POINTS, values, MAX_POINTS)
    if not points:
        text = _("Name at least one key point: what a strong answer covers.")
        raise Unfit(Part.KEY_POINTS, text)
    return points


def _several(part: Part, values: Mapping[str, Value], most: int) -> tuple[str, ...]:
    """Return texts, each once. Raises Unfit."""
    written = [_fit(part, each) for each in _list(part, values)]
    texts = tuple(dict.fromkeys(text for text in written if text))
    if len(texts) > most:
        text = _("There are {count} in “{name}”; {limit} fit. Leave some out.")
        counts = {"count": number(len(texts)), "limit": most}
        raise Unfit(part, text.format(name=part.value, **counts))
    return texts


def _fit(part: Part, text: str) -> str:
    """Return a text on one line. Raises Unfit."""
    text, limit, title = folded(text), LIMITS[part], _(TITLES[part])
    if len(text) > limit:
        problem = _("{part} has {count} characters; {limit} fit. Shorten it.")
        counts = {"count": number(len(text)), "limit": number(limit)}
        raise Unfit(part, problem.format(part=title, **counts))
    place = None if text.isprintable() else first_control(text)
    if place is not None:
        problem = _("{part} has a character that can't be shown ({code}). Take it out.")
        raise Unfit(part, problem.format(part=title, code=code_point(text[place])))
    return text


def _choice(part: Part, kinds: type[Choice], values: Mapping[str, Value]) -> Choice:
    """Return the level or kind that is named. Raises Unfit."""
    written = re.sub(r"[\s-]+", "_", _one(part, values).strip().casefold())
    if written in {*kinds}:
        return kinds(written)
    text = _("“{written}” is no {part}. Write one of: {choices}.")
    choices = ", ".join(each.value for each in kinds)
    typed = shown(_one(part, values), SHOWN)
    raise Unfit(part, text.format(written=typed, part=part.value, choices=choices))


def _minutes(written: str) -> int:
    text = written.strip()
    if not text:
        return USUAL_MINUTES
    if re.fullmatch(r"[0-9]{1,3}", text) and 1 <= int(text) <= MAX_MINUTES:
        return int(text)
    problem = _("“{written}” isn't a number of minutes. Write one from 1 to {limit}.")
    raise Unfit(Part.MINUTES, problem.format(written=shown(text, SHOWN), limit=MAX_MINUTES))


def _role(written: str) -> str | None:
    slug = folded(written).casefold()
    if slug and not is_slug(slug):
        text = _("“{typed}” isn't a career's short name, which looks like trust-safety-analyst.")
        raise Unfit(Part.ROLE, text.format(typed=shown(slug, SHOWN)))
    return slug or None


def _topics(values: Mapping[str, Value]) -> tuple[str, ...]:
    written = [_topic(each) for each in _list(Part.TOPICS, values)]
    topics = tuple(dict.fromkeys(topic for topic in written if topic))
    if len(topics) > MAX_TOPICS:
        text = _("There are {count} in “{name}”; {limit} fit. Leave some out.")
        counts = {"count": number(len(topics)), "limit": MAX_TOPICS}
        raise Unfit(Part.TOPICS, text.format(name=Part.TOPICS.value, **counts))
    return topics


def _topic(written: str) -> str:
    """Return a topic as a slug. Raises Unfit."""
    topic = "-".join(written.casefold().split())
    if topic and not (is_slug(topic) and len(topic) <= MAX_TOPIC):
        text = _("“{typed}” isn't a topic, which looks like content-policy.")
        raise Unfit(Part.TOPICS, text.format(typed=shown(written, SHOWN)))
    return topic


def _one(part: Part, values: Mapping[str, Value]) -> str:
    value = values.get(part, "")
    return value if isinstance(value, str) else " ".join(value)


def _list(part: Part, values: Mapping[str, Value]) -> Iterable[str]:
    """Return a list's texts; where it was typed into one field, one a line."""
    value = values.get(part, ())
    return value.splitlines() if isinstance(value, str) else value
