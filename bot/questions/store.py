"""The tables of servers' own questions; `bot.questions.statements` has what is done with them."""

from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.questions.text import MAX_NAME, MAX_REASON
from bot.store.tables import Table
from bot.store.types import DiscordId, OwnId, UtcDateTime


class QuestionRow(Table):
    """A question of a server, as it is now; `name` is how its text is compared."""

    __tablename__ = "own_questions"

    id: Mapped[int] = mapped_column(OwnId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(DiscordId)
    name: Mapped[str] = mapped_column(String(MAX_NAME))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(9))
    version: Mapped[int]
    changed_by: Mapped[int | None] = mapped_column(DiscordId)
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

    question_id: Mapped[int] = mapped_column(OwnId, primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(9))
    changed_by: Mapped[int | None] = mapped_column(DiscordId)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    what: Mapped[str] = mapped_column(String(9))


class QuestionRevisionRow(Table):
    """How often the questions of a server were changed."""

    __tablename__ = "question_revisions"

    guild_id: Mapped[int] = mapped_column(DiscordId, primary_key=True, autoincrement=False)
    revision: Mapped[int]


questions = cast("sa.Table", QuestionRow.__table__)
versions = cast("sa.Table", QuestionVersionRow.__table__)
revisions = cast("sa.Table", QuestionRevisionRow.__table__)
