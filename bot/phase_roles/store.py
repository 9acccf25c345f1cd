"""The tables of which roles are given for which phases, and of who has earned and got them.

`bot.phase_roles.statements` has what is done with them.
"""

from datetime import datetime

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.i18n import later
from bot.store.held import Held, Id, Named
from bot.store.tables import Table
from bot.store.types import DiscordId, OwnId, UtcDateTime

WHOLE = ""
"""Stands for the whole journey where a phase's title is."""


class PhaseRoleRow(Table):
    """A role that a server gives for a finished phase."""

    __tablename__ = "phase_roles"
    __held__ = Held(
        title=later("Roles for phases"),
        about=later("Roles for finished phases that you chose for a server."),
        named=(Named("set_by"),),
        guild=Id("guild_id"),
    )

    id: Mapped[int] = mapped_column(OwnId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(DiscordId)
    role: Mapped[str] = mapped_column(String(60))
    phase: Mapped[str] = mapped_column(String(100))
    role_id: Mapped[int] = mapped_column(DiscordId)
    set_by: Mapped[int | None] = mapped_column(DiscordId)
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("guild_id", "role", "phase"),
        Index("ix_phase_roles_set_by", "set_by"),
        {"sqlite_autoincrement": True},  # an old button must never mean a new one
    )


class PhaseRoleGrantRow(Table):
    """What a member has earned by finishing a phase, and has got."""

    __tablename__ = "phase_role_grants"
    __held__ = Held(
        title=later("Roles for your phases"),
        about=later("Which phases earned you a role, and whether you have got it."),
        theirs=(Id("member_id"),),
        guild=Id("guild_id"),
        queued=("phase_role",),
    )

    id: Mapped[int] = mapped_column(OwnId, primary_key=True)
    guild_id: Mapped[int] = mapped_column(DiscordId)
    member_id: Mapped[int] = mapped_column(DiscordId)
    phase_role_id: Mapped[int] = mapped_column(OwnId)
    earned: Mapped[bool]
    role_id: Mapped[int | None] = mapped_column(DiscordId)
    state: Mapped[str] = mapped_column(String(8))
    version: Mapped[int]
    planned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("phase_role_id", "member_id"),
        Index("ix_phase_role_grants_member", "member_id", "guild_id"),
        Index("ix_phase_role_grants_state", "state", "guild_id"),
        {"sqlite_autoincrement": True},  # an old delivery must never mean a new grant
    )
