"""The tables of practice and of interview sets; `bot.practice.statements` says what is done."""

from datetime import datetime
from typing import cast

import sqlalchemy as sa
from sqlalchemy import Float, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.i18n import later
from bot.store.held import Held, Id, Parent
from bot.store.tables import Table
from bot.store.types import DiscordId, OwnId, UtcDateTime

MAX_KEY = 140
"""Characters of a question's key: two slugs, and what they are told apart by."""


class CardRow(Table):
    """A question as one member practises it; `phase` to `last_review` are the scheduler's."""

    __tablename__ = "practice_cards"
    __held__ = Held(
        title=later("Practice cards"),
        about=later("Which interview questions you practise, and when each comes again."),
        theirs=(Id("user_id"),),
    )

    user_id: Mapped[int] = mapped_column(DiscordId, primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(MAX_KEY), primary_key=True)
    due: Mapped[datetime] = mapped_column(UtcDateTime)
    phase: Mapped[int]
    step: Mapped[int | None]
    stability: Mapped[float | None] = mapped_column(Float(53))
    difficulty: Mapped[float | None] = mapped_column(Float(53))
    last_review: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reviews: Mapped[int]
    first_review: Mapped[datetime | None] = mapped_column(UtcDateTime)
    suspended: Mapped[bool]
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)


class ReviewRow(Table):
    """A rating; `number` counts those of the card, from 1."""

    __tablename__ = "practice_reviews"
    __held__ = Held(
        title=later("Practice ratings"),
        about=later("How well you knew each question, and when."),
        theirs=(Id("user_id"),),
    )

    user_id: Mapped[int] = mapped_column(DiscordId, primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(MAX_KEY), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    rating: Mapped[int]
    phase_before: Mapped[int]
    reviewed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("ix_practice_reviews_user", "user_id", "reviewed_at"),
        Index("ix_practice_reviews_reviewed_at", "reviewed_at"),
    )


class SetRow(Table):
    """A set of questions that a member answers one after the other."""

    __tablename__ = "interview_sets"
    __held__ = Held(
        title=later("Mock interviews"),
        about=later("The mock interviews you began."),
        theirs=(Id("user_id"),),
        guild=Id("guild_id"),
    )

    id: Mapped[int] = mapped_column(OwnId, primary_key=True)
    user_id: Mapped[int] = mapped_column(DiscordId)
    guild_id: Mapped[int] = mapped_column(DiscordId)
    role: Mapped[str | None] = mapped_column(String(60))
    level: Mapped[str | None] = mapped_column(String(6))
    minutes: Mapped[int]
    is_over: Mapped[bool]
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("ix_interview_sets_user", "user_id", "guild_id"),
        Index("ix_interview_sets_changed_at", "changed_at"),
        {"sqlite_autoincrement": True},  # an old button must never mean a new set
    )


class SetQuestionRow(Table):
    """A question of a set, and what the member answered."""

    __tablename__ = "interview_questions"
    __held__ = Held(
        title=later("Answers in mock interviews"),
        about=later("What you were asked in mock interviews, and what you answered."),
        parent=Parent("set_id", "interview_sets"),
    )

    set_id: Mapped[int] = mapped_column(OwnId, primary_key=True, autoincrement=False)
    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(MAX_KEY))
    state: Mapped[str] = mapped_column(String(8))
    answer: Mapped[str] = mapped_column(Text)


cards = cast("sa.Table", CardRow.__table__)
reviews = cast("sa.Table", ReviewRow.__table__)
sets = cast("sa.Table", SetRow.__table__)
set_questions = cast("sa.Table", SetQuestionRow.__table__)
