"""A server's own answers, the questions that wait for one, and what is missing."""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.delivery.model import CatchUp, Elsewhere, Kind, Plan, Target, Urgency
from bot.errors import MemberError
from bot.faq.text import MAX_QUESTION, EntryText, name_key
from bot.i18n import _, later
from bot.plain_text import number, shown

MAX_ENTRIES = 20_000
"""Answers of a server."""

MAX_FILE = 5_000_000
"""Bytes of a file of answers."""

MAX_WAITING_OF_ONE = 5
"""Open questions of one member in a server."""

MAX_MISSES = 2000
"""Questions without an answer that are kept of a server."""

MAX_TITLE = 300
"""Characters that are kept of a question that wasn't answered, or of an answer's title."""

MAX_ANSWER_KEY = 120
"""Characters."""

OWN_ANSWER = "entry:"
"""What the answer keys of a server's own answers begin with; their id follows."""

ANSWERED = Kind(
    "faq_answer",
    timedelta(days=7),
    CatchUp.NEWEST,
    Urgency.URGENT,
    title=later("Answers to your questions"),
    personal=True,
)


QUESTIONS_WAIT = "faq_questions_wait"
"""What managers are told of, once, until somebody looks at the questions."""


class What(StrEnum):
    """What made a version of an answer."""

    ADDED = "added"
    EDITED = "edited"
    REMOVED = "removed"
    RESTORED = "restored"
    IMPORTED = "imported"


@dataclass(frozen=True)
class Entry:
    """An answer of a server, with how often it was given and what members thought of it."""

    id: int
    guild_id: int
    question: str
    aliases: tuple[str, ...]
    answer: str
    role: str | None
    """A role pack's slug."""

    source: str | None
    """A link or a credit."""

    version: int
    """Counts changes, from 1."""

    changed_by: int | None
    changed_at: datetime
    removed: bool = False
    asked: int = 0
    helpful: int = 0
    unhelpful: int = 0
    last_asked: datetime | None = None

    @property
    def text(self) -> EntryText:
        """What a person wrote."""
        return EntryText(self.question, self.aliases, self.answer, self.role, self.source)

    def changed(self, text: EntryText, what: What, by: int | None, at: datetime) -> "Entry":
        """Return its next version."""
        return replace(
            self,
            question=text.question,
            aliases=text.aliases,
            answer=text.answer,
            role=text.role,
            source=text.source,
            version=self.version + 1,
            changed_by=by,
            changed_at=at,
            removed=what is What.REMOVED,
        )


@dataclass(frozen=True)
class Version:
    """An answer as it was, or is, since a change."""

    entry_id: int
    version: int
    text: EntryText
    removed: bool
    changed_by: int | None
    changed_at: datetime
    what: What


class WaitingState(StrEnum):
    """What people have done with a question that waits for an answer."""

    OPEN = "open"
    ANSWERED = "answered"
    DISMISSED = "dismissed"


@dataclass(frozen=True)
class Waiting:
    """A question that was passed on to people."""

    id: int
    guild_id: int
    asker_id: int
    channel_id: int | None
    """Where it was asked; None if the bot can't post there."""

    question: str
    role: str | None
    asked_at: datetime
    state: WaitingState
    answer: str | None = None
    answered_by: int | None = None
    """Who answered or dismissed it."""

    answered_at: datetime | None = None
    """When it was answered or dismissed."""

    entry_id: int | None = None
    """The server's answer that it became."""

    def instead_of(self, target: Target) -> Elsewhere | None:
        """Return where its answer goes when it can't be sent to the target: where it was asked."""
        if target != Target.user(self.asker_id) or self.channel_id is None:
            return None
        return Elsewhere(Target.channel(self.channel_id), self.guild_id)

    def answer_plan(self, now: datetime) -> Plan:
        """Return what is to be delivered now that it is answered: its answer, to who asked."""
        return Plan(
            kind=ANSWERED.name,
            dedupe_key=f"{ANSWERED.name}:{self.id}",
            target=Target.user(self.asker_id),
            due=now,
            subject_id=self.id,
            configured_by=self.asker_id,
        )

    def as_entry(self) -> EntryText:
        """Return the text of an answer that could be made of it; a long question is cut."""
        return EntryText(shown(self.question, MAX_QUESTION), (), self.answer or "", self.role)


class GapKind(StrEnum):
    """What managers may want to mend."""

    UNANSWERED = "unanswered"
    """Questions to which no answer was found, most often asked first."""

    UNHELPFUL = "unhelpful"
    """Answers that fewer than half of at least three voters found helpful."""

    STALE = "stale"
    """Own answers that are asked for but were not changed for long, oldest first."""

    MOST_ASKED = "most_asked"
    """Answers by how often they were given."""


@dataclass(frozen=True)
class Gap:
    """A row of what managers may want to mend."""

    kind: GapKind
    text: str
    count: int
    """How often it was asked; of an unhelpful answer, how many members found it so."""

    last: datetime | None
    """When it was last asked; of a stale answer, when it was last changed."""

    entry_id: int | None = None
    """The server's own answer, or None for a question or a built-in answer."""


def entry_key(entry_id: int) -> str:
    """Return the answer key of a server's own answer."""
    return f"{OWN_ANSWER}{entry_id}"


def entry_id_in(answer_key: str) -> int | None:
    """Return the id of the server's own answer that a key names, or None for another key."""
    own = re.fullmatch(rf"{OWN_ANSWER}([1-9][0-9]{{0,17}})", answer_key)
    return int(own[1]) if own else None


class EntryGone(MemberError):
    """The answer was removed, or is another server's."""

    def __init__(self) -> None:
        super().__init__(_("That answer is gone: it was removed. Pick one that is still there."))


class NameTaken(MemberError):
    """Another answer of the server goes by that name already."""

    def __init__(self, name: str, question: str) -> None:
        text = _("“{name}” is a name of “{question}” already. Edit that answer, or rename yours.")
        if name_key(name) == name_key(question):
            text = _("There is an answer to “{name}” already. Edit that one, or rename yours.")
        super().__init__(text.format(name=name, question=question))
        self.name = name


class TooManyEntries(MemberError):
    """A server has as many answers as it may."""

    def __init__(self) -> None:
        text = _("This server has {count} answers, which is the most I keep. Remove one first.")
        super().__init__(text.format(count=number(MAX_ENTRIES)))


class ChangedSince(MemberError):
    """A change or an Undo came after somebody else's change."""

    def __init__(self) -> None:
        super().__init__(_("That answer was changed again since. Open it to see how it is now."))


class WaitingGone(MemberError):
    """The question was erased, or is another server's."""

    def __init__(self) -> None:
        super().__init__(_("That question is gone. Pick one that is still waiting."))


class AlreadyWaiting(MemberError):
    """A member has asked that already, and it is open."""

    def __init__(self) -> None:
        text = _("You have passed that question on already. I'll tell you when it is answered.")
        super().__init__(text)


class TooManyWaiting(MemberError):
    """A member has as many open questions as they may."""

    def __init__(self) -> None:
        text = _(
            "{count} of your questions are waiting for an answer, which is the most I pass on. "
            "Ask again when one has been answered."
        )
        super().__init__(text.format(count=MAX_WAITING_OF_ONE))


class AskedAgain(MemberError):
    """A dismissed question can't wait again, as its asker has passed it on once more."""

    def __init__(self) -> None:
        super().__init__(_("They have asked that again. Answer the one in `/faq pending`."))


class AskerHasMany(MemberError):
    """A dismissed question can't wait again, as its asker has as many open ones as they may."""

    def __init__(self) -> None:
        text = _("They have {count} open questions by now, the most I pass on. Answer one first.")
        super().__init__(text.format(count=MAX_WAITING_OF_ONE))


class AlreadyAnswered(MemberError):
    """Somebody else was first to answer."""

    def __init__(self) -> None:
        super().__init__(_("That question was answered already. Nothing is left to do."))
