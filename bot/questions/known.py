"""Questions as everything that asks them knows them, wherever they come from."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from bot.careers.slugs import key_of
from bot.errors import MemberError
from bot.i18n import _
from bot.questions.model import Content, Kind, Level, Question
from bot.questions.text import name_of

PACK, OWN = "pack:", "own:"
"""What the keys of packs' questions and of a server's own begin with."""


class State(StrEnum):
    """What became of a question. Packs' questions are always active."""

    ACTIVE = "active"
    RETIRED = "retired"
    SUGGESTED = "suggested"
    DECLINED = "declined"


@dataclass(frozen=True)
class Known:
    """A question by its key, which is `pack:<role slug>:<question id>` or `own:<row id>`."""

    key: str
    question: Content
    role: str | None
    """The role pack's slug; a server's own question may be for no career in particular."""

    state: State = State.ACTIVE

    @property
    def handle(self) -> str:
        """The key, or what stands for a long one where space is scarce; at most 22 characters."""
        return self.key if self.key.startswith(OWN) else f"{PACK}{key_of(self.key)}"

    def fits(
        self, roles: Collection[str], levels: Collection[Level], kinds: Collection[Kind]
    ) -> bool:
        """Return whether it is one of those; of what is empty, all are."""
        of_role = self.role is None or not roles or self.role in roles
        of_level = not levels or self.question.level in levels
        return of_role and of_level and (not kinds or self.question.kind in kinds)


class QuestionGone(MemberError):
    """The question isn't there any more, or is another server's."""

    def __init__(self) -> None:
        super().__init__(_("That question is gone. Pick one that is still there."))


class BuiltIn:
    """The questions that come with role packs."""

    def __init__(self, banks: Mapping[str, Iterable[Question]]) -> None:
        known = [
            Known(f"{PACK}{slug}:{question.id}", question, slug)
            for slug in sorted(banks)
            for question in banks[slug]
        ]
        self._by_key = {each.key: each for each in known}
        self._by_handle = {each.handle: each for each in known}

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return {each.key: name_of(each.question.text) for each in self.all()}

    def all(self) -> tuple[Known, ...]:
        """Return all questions: by role, in the order of their files."""
        return tuple(self._by_key.values())

    def get(self, key: str) -> Known | None:
        """Return the question with this key or handle."""
        return self._by_key.get(key) or self._by_handle.get(key)

    def name(self, known: Known) -> str:
        """Return a question's text as texts are compared."""
        return self._names[known.key]

    def like(self, typed: str) -> list[Known]:
        """Return the questions that have all the words typed; what begins so comes first."""
        name = name_of(typed)
        found = [each for each in self.all() if _has(self.name(each), name.split())]
        return sorted(found, key=lambda each: not self.name(each).startswith(name))


def own_id_in(key: str) -> int | None:
    """Return the row id that a server's own question's key names, or None for another key."""
    digits = key.removeprefix(OWN)
    is_own = key.startswith(OWN) and digits.isascii() and digits.isdigit()
    return int(digits) if is_own and len(digits) <= LONGEST_ID else None


LONGEST_ID = 18
"""Digits of a row's id."""


def _has(name: str, words: Iterable[str]) -> bool:
    return all(word in name for word in words)
