"""The tables of servers' own questions; `bot.questions.statements` has what is done with them."""

from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.i18n import later
from bot.questions.known import State
from bot.questions.text import MAX_NAME, MAX_REASON
from bot.store.held import Held, Id, Named, Parent
from bot.store.tables import Table
from bot.store.types import DiscordId, OwnId, UtcDateTime


class QuestionRow(Table):
    """A question of a server, as it is now; `name` is how its text is compared."""

    __tablename__ = "own_questions"
    __held__ = Held(
        title=later("Questions for a server's bank"),
        about=later("What you suggested, and questions of a server that you changed last."),
        theirs=(Id("suggested_by", {"state": (State.SUGGESTED, State.DECLINED)}),),
        named=(
            Named("suggested_by", exported=("content", "state", "changed_at")),
            Named("changed_by", exported=("content", "state", "changed_at")),
        ),
        guild=Id("guild_id"),
        withheld=("name",),
        queued=("question_suggestion",),
        texts=("name", "content"),
    )

    id: Mapped[int] = mapped_column(OwnId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(DiscordId)
    name: Mapped[str] = mapped_column(String(MAX_NAME))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(9))
    version: Mapped[int]
    changed_by: Mapped[int | None] = mapped_column(DiscordId, index=True)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    suggested_by: Mapped[int | None] = mapped_column(DiscordId)
    reason: Mapped[str | None] = mapped_column(String(MAX_REASON))

    __table_args__ = (
        Index("ix_own_questions_guild", "guild_id", "state", "id"),
        Index("ix_own_questions_suggested_by", "suggested_by"),
        Index("ix_own_questions_state", "state", "changed_at"),
        {"sqlite_autoincrement": True},  # an old key must never mean a new question
    )


class QuestionVersionRow(Table):
    """A question as it was since a change."""

    __tablename__ = "own_question_versions"
    __held__ = Held(
        title=later("Changes of a server's questions"),
        about=later("Questions of a server as you changed them."),
        named=(Named("changed_by", exported=("content", "what", "changed_at")),),
        parent=Parent("question_id", "own_questions"),
        exported=False,
        texts=("content",),
    )

    question_id: Mapped[int] = mapped_column(OwnId, primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(9))
    changed_by: Mapped[int | None] = mapped_column(DiscordId, index=True)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    what: Mapped[str] = mapped_column(String(9))


class QuestionRevisionRow(Table):
    """How often the questions of a server were changed."""

    __tablename__ = "question_revisions"
    __held__ = Held(guild=Id("guild_id"))

    guild_id: Mapped[int] = mapped_column(DiscordId, primary_key=True, autoincrement=False)
    revision: Mapped[int]


questions = cast("sa.Table", QuestionRow.__table__)
versions = cast("sa.Table", QuestionVersionRow.__table__)
revisions = cast("sa.Table", QuestionRevisionRow.__table__)
