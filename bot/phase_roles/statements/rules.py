"""Which roles a server gives for which phases."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.phase_roles.model import Prize, Rule, Standing, State
from bot.phase_roles.store import WHOLE, PhaseRoleGrantRow, PhaseRoleRow
from bot.store.database import on_postgres


async def put_rule(
    session: AsyncSession, guild_id: int, prize: Prize, by: int, now: datetime
) -> Rule:
    """Keep which role is given, in the place of another one for the same phase."""
    key = {"guild_id": guild_id, "role": prize.role, "phase": prize.phase or WHOLE}
    changed = {"role_id": prize.role_id, "set_by": by, "set_at": now, "removed_at": None}
    insert = postgresql.insert if on_postgres(session) else sqlite.insert
    statement = insert(PhaseRoleRow).values(**key, **changed)
    rows = await session.scalars(
        statement.on_conflict_do_update(index_elements=[*key], set_=changed).returning(
            PhaseRoleRow
        ),
        execution_options={"populate_existing": True},
    )
    return _rule(rows.one())


async def rule(session: AsyncSession, rule_id: int) -> Rule | None:
    """Return a rule, removed or not."""
    row = await session.get(PhaseRoleRow, rule_id, populate_existing=True)
    return None if row is None else _rule(row)


async def rules(session: AsyncSession, guild_id: int, role: str | None = None) -> list[Rule]:
    """Return a server's rules, or those of a career, in order; removed ones too."""
    found = select(PhaseRoleRow).where(PhaseRoleRow.guild_id == guild_id)
    if role is not None:
        found = found.where(PhaseRoleRow.role == role)
    ordered = found.order_by(PhaseRoleRow.role, PhaseRoleRow.id)
    return [_rule(row) for row in await session.scalars(ordered)]


async def mark_removed(session: AsyncSession, rule_id: int, at: datetime | None) -> None:
    """Note that a rule is removed, or brought back."""
    this = PhaseRoleRow.id == rule_id
    await session.execute(update(PhaseRoleRow).where(this).values(removed_at=at))


async def forget_removed(session: AsyncSession, before: datetime) -> None:
    """Erase rules that were removed before then, with what was earned by them.

    A role that another phase gives too is that one's from then on.
    """
    old = [*await session.scalars(select(PhaseRoleRow.id).where(PhaseRoleRow.removed_at < before))]
    if old:
        await _hand_over(session, old)
        of_them = PhaseRoleGrantRow.phase_role_id.in_(old)
        await session.execute(delete(PhaseRoleGrantRow).where(of_them))
        await session.execute(delete(PhaseRoleRow).where(PhaseRoleRow.id.in_(old)))


async def _hand_over(session: AsyncSession, old: Sequence[int]) -> None:
    """Let what members have by these rules be had by others of theirs that give the same."""
    given = aliased(PhaseRoleGrantRow)
    same_role = (
        select(PhaseRoleRow.role_id)
        .where(PhaseRoleRow.id == PhaseRoleGrantRow.phase_role_id)
        .correlate(PhaseRoleGrantRow)
        .scalar_subquery()
    )
    by_old = (
        select(given.id)
        .where(
            given.member_id == PhaseRoleGrantRow.member_id,
            given.guild_id == PhaseRoleGrantRow.guild_id,
            given.phase_role_id.in_(old),
            given.role_id == same_role,
        )
        .exists()
    )
    servers = select(PhaseRoleRow.guild_id).where(PhaseRoleRow.id.in_(old))
    others = select(PhaseRoleRow.id).where(
        PhaseRoleRow.guild_id.in_(servers), PhaseRoleRow.id.not_in(old)
    )
    of_others = PhaseRoleGrantRow.phase_role_id.in_(others), PhaseRoleGrantRow.earned
    nothing_yet = PhaseRoleGrantRow.role_id.is_(None)
    statement = update(PhaseRoleGrantRow).where(*of_others, nothing_yet, by_old)
    await session.execute(
        statement.values(role_id=same_role).execution_options(synchronize_session=False)
    )


async def standings(session: AsyncSession, guild_id: int) -> list[Standing]:
    """Return a server's rules that aren't removed, with how many members are where."""

    def number(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.count(PhaseRoleGrantRow.id).filter(condition)

    state, earned = PhaseRoleGrantRow.state, PhaseRoleGrantRow.earned
    rows = await session.execute(
        select(
            PhaseRoleRow,
            number((state == State.DONE.value) & earned),
            number(state.in_((State.WAITING.value, State.PLANNED.value))),
            number(state == State.STUCK.value),
        )
        .outerjoin(PhaseRoleGrantRow, PhaseRoleGrantRow.phase_role_id == PhaseRoleRow.id)
        .where(PhaseRoleRow.guild_id == guild_id, PhaseRoleRow.removed_at.is_(None))
        .group_by(PhaseRoleRow.id)
        .order_by(PhaseRoleRow.role, PhaseRoleRow.id)
    )
    return [Standing(_rule(row[0]), row[1], row[2], row[3]) for row in rows]


async def stuck_rules(session: AsyncSession, guild_id: int | None = None) -> list[Rule]:
    """Return the rules, of a server or of all, by which something is stuck."""
    stuck = select(PhaseRoleGrantRow.phase_role_id).where(
        PhaseRoleGrantRow.state == State.STUCK.value
    )
    if guild_id is not None:
        stuck = stuck.where(PhaseRoleGrantRow.guild_id == guild_id)
    rows = await session.scalars(select(PhaseRoleRow).where(PhaseRoleRow.id.in_(stuck)))
    return [_rule(row) for row in rows]


def _rule(row: PhaseRoleRow) -> Rule:
    prize = Prize(row.role, row.phase or None, row.role_id)
    return Rule(row.id, row.guild_id, prize, row.set_by, row.removed_at)
