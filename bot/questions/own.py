"""A server's own questions, what was done with them, and what stands in the way."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.delivery.model import CatchUp, Kind, Plan, Target, Urgency
from bot.errors import MemberError
from bot.i18n import _, later
from bot.plain_text import number, shown
from bot.questions.known import OWN, Known, State
from bot.questions.text import QuestionText

MAX_QUESTIONS = 5000
"""Active questions of a server."""

MAX_KEPT = 20_000
"""Questions of a server with the retired ones and the suggestions."""

MAX_FILE = 5_000_000
"""Bytes of a file of questions."""

MAX_OPEN_OF_ONE = 5
"""Suggestions of one member in a server that nobody has decided on."""

TITLE_SHOWN = 150
"""Characters of another question in an error."""

SUGGESTION = Kind(
    "question_suggestion",
    timedelta(days=7),
    CatchUp.NEWEST,
    Urgency.NORMAL,
    title=later("News of your suggestions"),
    personal=True,
)

SUGGESTIONS_WAIT = "suggestions_wait"
"""What managers are told of, once, until somebody looks at the suggestions."""


class What(StrEnum):
    """What made a version of a question."""

    ADDED = "added"
    EDITED = "edited"
    RETIRED = "retired"
    RESTORED = "restored"
    IMPORTED = "imported"
    SUGGESTED = "suggested"
    APPROVED = "approved"
    DECLINED = "declined"


@dataclass(frozen=True)
class Own:
    """A question of a server, as it is now."""

    id: int
    guild_id: int
    text: QuestionText
    state: State
    version: int
    """Counts changes, from 1."""

    changed_by: int | None
    changed_at: datetime
    suggested_by: int | None = None
    reason: str | None = None
    """Why its suggestion was declined."""

    @property
    def key(self) -> str:
        """By what it is known everywhere."""
        return f"{OWN}{self.id}"

    def known(self) -> Known:
        """Return it as everything that asks questions knows it."""
        return Known(self.key, self.text.content(), self.text.role, self.state)

    def changed(
        self, text: QuestionText, state: State, by: int | None, at: datetime, reason: str = ""
    ) -> "Own":
        """Return its next version."""
        return replace(
            self,
            text=text,
            state=state,
            version=self.version + 1,
            changed_by=by,
            changed_at=at,
            reason=reason or None,
        )

    def news_plan(self, now: datetime) -> Plan:
        """Return what is to be delivered now that a suggestion is decided on: that it is."""
        member_id = self.suggested_by or 0
        return Plan(
            kind=SUGGESTION.name,
            dedupe_key=f"{SUGGESTION.name}:{self.id}",
            target=Target.user(member_id),
            due=now,
            subject_id=self.id,
            configured_by=member_id,
        )


@dataclass(frozen=True)
class Version:
    """A question as it was, or is, since a change."""

    question_id: int
    version: int
    text: QuestionText
    state: State
    changed_by: int | None
    changed_at: datetime
    what: What


class TextTaken(MemberError):
    """The server asks that already."""

    def __init__(self, question: str) -> None:
        text = _("The server has that question already: “{question}”. Edit that one, or change it.")
        super().__init__(text.format(question=shown(question, TITLE_SHOWN)))


class TooManyQuestions(MemberError):
    """A server has as many questions as it may."""

    def __init__(self) -> None:
        text = _("This server has {count} questions, which is the most I keep. Retire some first.")
        super().__init__(text.format(count=number(MAX_QUESTIONS)))


class TooManyKept(MemberError):
    """A server has as many questions as are kept, most of them retired."""

    def __init__(self) -> None:
        text = _(
            "With the retired ones, this server has {count} questions, which is the most I keep. "
            "Bring a retired one back and edit it instead."
        )
        super().__init__(text.format(count=number(MAX_KEPT)))


class ChangedSince(MemberError):
    """A change or an Undo came after somebody else's change."""

    def __init__(self) -> None:
        text = _("That question was changed again since. Open it to see how it is now.")
        super().__init__(text)


class TooManyOpen(MemberError):
    """A member has as many open suggestions as they may."""

    def __init__(self) -> None:
        text = _(
            "{count} of your suggestions are waiting, which is the most I pass on. "
            "Suggest more when one has been decided on."
        )
        super().__init__(text.format(count=MAX_OPEN_OF_ONE))


class AlreadyDecided(MemberError):
    """Somebody else was first to decide on a suggestion."""

    def __init__(self) -> None:
        super().__init__(_("Somebody has decided on that already. `/questions pending` has more."))
