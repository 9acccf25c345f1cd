"""What people write into an answer: its parts, their limits, and how names are compared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.careers.registry import normalised
from bot.careers.slugs import is_slug
from bot.errors import MemberError
from bot.i18n import _, later
from bot.plain_text import code_point, first_control, folded, number, shown
from bot.sheets.rows import Value

MAX_QUESTION = 200
"""Characters."""

MAX_ANSWER = 2000
"""Characters."""

MAX_ALIAS = 200
"""Characters."""

MAX_ALIASES = 12

MAX_SOURCE = 300
"""Characters."""

MAX_ASKED = 1000
"""Characters of a question that is passed on to people."""

MAX_KEY = 200
"""Characters of a name as names are compared."""


class Part(StrEnum):
    """A part of an answer, as the columns and fields of files are called."""

    QUESTION = "question"
    ALIASES = "aliases"
    ANSWER = "answer"
    ROLE = "role"
    SOURCE = "source"


TITLES = {
    Part.QUESTION: later("The question"),
    Part.ALIASES: later("An alias"),
    Part.ANSWER: later("The answer"),
    Part.ROLE: later("The career"),
    Part.SOURCE: later("The source"),
}
"""What the parts are called at the beginning of a sentence."""


class Unfit(MemberError):
    """Something that was written is empty, too long, or can't be shown."""

    def __init__(self, part: Part, text: str) -> None:
        super().__init__(text)
        self.part = part


@dataclass(frozen=True)
class EntryText:
    """What a person writes. The role is a role pack's slug, the source a link or a credit."""

    question: str
    aliases: tuple[str, ...]
    answer: str
    role: str | None = None
    source: str | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """The names by which it is found, as names are compared; the question's first."""
        return tuple(name_key(name) for name in (self.question, *self.aliases))

    def values(self) -> dict[str, Value]:
        """Return its parts as they are written into files, from which `entry_of` reads them."""
        return {
            Part.QUESTION: self.question,
            Part.ALIASES: self.aliases,
            Part.ANSWER: self.answer,
            Part.ROLE: self.role or "",
            Part.SOURCE: self.source or "",
        }

    def checked(self) -> "EntryText":
        """Return it without needless white space and repeated aliases. Raises Unfit."""
        question = one_line(Part.QUESTION, self.question, MAX_QUESTION)
        if not question:
            raise Unfit(Part.QUESTION, _("The question is empty. Write what members would ask."))
        return EntryText(
            question,
            _checked_aliases(question, self.aliases),
            checked_answer(self.answer),
            _checked_role(self.role),
            one_line(Part.SOURCE, self.source or "", MAX_SOURCE) or None,
        )


def entry_of(values: Mapping[str, Value]) -> EntryText:
    """Return the answer that a file's row has, not checked yet."""
    return EntryText(
        question=_one(Part.QUESTION, values),
        aliases=tuple(values.get(Part.ALIASES, ())),
        answer=_one(Part.ANSWER, values),
        role=_one(Part.ROLE, values),
        source=_one(Part.SOURCE, values),
    )


def name_key(name: str) -> str:
    """Return a name as names are compared, at most 200 characters of it."""
    return (normalised(name) or folded(name.casefold()))[:MAX_KEY]


def one_line(part: Part, text: str, limit: int) -> str:
    """Return the text on one line. Raises Unfit if it is over `limit` characters."""
    return _fit(part, folded(text), limit)


def checked_answer(text: str) -> str:
    """Return an answer with plain line breaks and nothing blank around it. Raises Unfit."""
    answer = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not answer:
        raise Unfit(Part.ANSWER, _("The answer is empty. Write what members should read."))
    return _fit(Part.ANSWER, answer, MAX_ANSWER)


def checked_asked(text: str) -> str:
    """Return a question that is passed on, on one line. Raises Unfit."""
    question = one_line(Part.QUESTION, text, MAX_ASKED)
    if not question:
        raise Unfit(Part.QUESTION, _("What would you like to ask? A sentence is enough."))
    return question


def _checked_aliases(question: str, aliases: Iterable[str]) -> tuple[str, ...]:
    """Return the aliases that add a name."""
    names = {name_key(question): question}
    for alias in aliases:
        name = one_line(Part.ALIASES, alias, MAX_ALIAS)
        if name:
            names.setdefault(name_key(name), name)
    _first, *others = names.values()
    if len(others) > MAX_ALIASES:
        text = _("There are {count} aliases; {limit} fit.")
        raise Unfit(Part.ALIASES, text.format(count=number(len(others)), limit=MAX_ALIASES))
    return tuple(others)


def _checked_role(role: str | None) -> str | None:
    slug = folded(role or "").casefold()
    if not slug:
        return None
    if not is_slug(slug):
        text = _("“{typed}” isn't a career's short name, which looks like trust-safety-analyst.")
        raise Unfit(Part.ROLE, text.format(typed=shown(slug, MAX_ALIAS)))
    return slug


def _fit(part: Part, text: str, limit: int) -> str:
    if len(text) > limit:
        problem = _("{part} has {count} characters; {limit} fit.")
        counts = {"count": number(len(text)), "limit": number(limit)}
        raise Unfit(part, problem.format(part=_(TITLES[part]), **counts))
    place = first_control(text)
    if place is not None:
        problem = _("{part} has a character that can't be shown ({code}). Take it out.")
        raise Unfit(part, problem.format(part=_(TITLES[part]), code=code_point(text[place])))
    return text


def _one(part: Part, values: Mapping[str, Value]) -> str:
    return str(values.get(part, ""))
