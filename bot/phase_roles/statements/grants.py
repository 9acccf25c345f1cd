"""What members have earned, and what they have got of it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, delete, func, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.phase_roles.model import Grant, Rule, State, StuckRole
from bot.phase_roles.store import PhaseRoleGrantRow, PhaseRoleRow
from bot.store.database import on_postgres


async def earn(session: AsyncSession, guild_id: int, member_id: int, rule_id: int) -> None:
    """Note that a member has earned what a rule gives, unless that is known."""
    values = _new(guild_id, rule_id) | {"member_id": member_id}
    statement = _insert(session).values(values)
    await session.execute(_earned_again(statement))


async def earn_all(
    session: AsyncSession, guild_id: int, rule_id: int, members: Select[int]
) -> None:
    """Note that all of these members have earned what a rule gives."""
    new = _new(guild_id, rule_id)
    who = members.subquery()
    columns = [literal(value).label(name) for name, value in new.items()]
    every = select(who.c.member_id, *columns).where(who.c.member_id.is_not(None))
    statement = _insert(session).from_select(["member_id", *new], every)
    await session.execute(_earned_again(statement))


async def unearn(
    session: AsyncSession, rule_ids: Collection[int], member_id: int | None = None
) -> None:
    """Note that a member, or everybody, hasn't earned what these rules give any more."""
    which = PhaseRoleGrantRow.phase_role_id.in_(rule_ids) & PhaseRoleGrantRow.earned
    if member_id is not None:
        which &= PhaseRoleGrantRow.member_id == member_id
    state = case((PhaseRoleGrantRow.state == State.LEFT.value, State.LEFT.value), else_="waiting")
    await _update(session, which, earned=False, state=state)


async def wake(session: AsyncSession, rule_id: int, *, states: Collection[State]) -> None:
    """Let what members have earned by a rule be looked at again, where they are in these states."""
    known = [each.value for each in states if each is not State.LEFT]
    which = (PhaseRoleGrantRow.phase_role_id == rule_id) & PhaseRoleGrantRow.state.in_(known)
    await _update(session, which, state=State.WAITING.value)


async def wake_planned(session: AsyncSession, ids: Collection[int]) -> None:
    """Let these be planned again, where nothing has come of them."""
    planned = PhaseRoleGrantRow.state == State.PLANNED.value
    if ids:
        which = PhaseRoleGrantRow.id.in_(ids) & planned
        await _update(session, which, state=State.WAITING.value)


async def wake_lost(session: AsyncSession, before: datetime) -> None:
    """Let what was planned before then, and never ended, be planned again."""
    lost = PhaseRoleGrantRow.state == State.PLANNED.value
    await _update(session, lost & (PhaseRoleGrantRow.planned_at < before), state="waiting")


async def wake_member(session: AsyncSession, guild_id: int, member_id: int) -> None:
    """Let all that a member has earned be given again, as they lost their roles by leaving."""
    theirs = PhaseRoleGrantRow.guild_id == guild_id, PhaseRoleGrantRow.member_id == member_id
    which = theirs[0] & theirs[1]
    await _update(session, which, state=State.WAITING.value, role_id=None)


async def stick(session: AsyncSession, rule_id: int) -> None:
    """Let all wait that is to be done by a rule."""
    under_way = PhaseRoleGrantRow.state.in_((State.WAITING.value, State.PLANNED.value))
    which = (PhaseRoleGrantRow.phase_role_id == rule_id) & under_way
    await _update(session, which, state=State.STUCK.value)


async def stick_planned(session: AsyncSession, ids: Collection[int]) -> None:
    """Let these wait, where nothing has come of them."""
    if ids:
        planned = PhaseRoleGrantRow.state == State.PLANNED.value
        which = PhaseRoleGrantRow.id.in_(ids) & planned
        await _update(session, which, state=State.STUCK.value)


async def wake_stuck(session: AsyncSession, found: StuckRole) -> None:
    """Let what is stuck by a role be looked at again."""
    rule, role_id = found.rule, found.role_id
    theirs = ~PhaseRoleGrantRow.earned & (_older_role(rule.prize.role_id) == role_id)
    if rule.prize.role_id == role_id:
        theirs |= PhaseRoleGrantRow.earned
    stuck = PhaseRoleGrantRow.state == State.STUCK.value
    which = (PhaseRoleGrantRow.phase_role_id == rule.id) & stuck & theirs
    await _update(session, which, state=State.WAITING.value)


async def stuck_roles(session: AsyncSession, rule: Rule) -> list[StuckRole]:
    """Return the roles by which something of a rule is stuck, the rule's own first."""
    own = rule.prize.role_id
    wanted = case((PhaseRoleGrantRow.earned, own), else_=_older_role(own))
    stuck = PhaseRoleGrantRow.state == State.STUCK.value
    found = select(wanted).where(PhaseRoleGrantRow.phase_role_id == rule.id, stuck).distinct()
    roles = sorted(await session.scalars(found), key=lambda each: (each != own, each))
    return [StuckRole(rule, each) for each in roles]


async def take_turns(
    session: AsyncSession, guild_id: int, now: datetime, most: int
) -> list[tuple[int, int]]:
    """Mark as planned what waits, so that `most` are in all; return their ids and versions."""
    state = PhaseRoleGrantRow.state
    here = PhaseRoleGrantRow.guild_id == guild_id
    planned = select(func.count()).where(here, state == State.PLANNED.value)
    room = most - (await session.scalar(planned) or 0)
    if room <= 0:
        return []
    waiting = select(PhaseRoleGrantRow.id).where(here, state == State.WAITING.value)
    first = waiting.order_by(PhaseRoleGrantRow.id).limit(room)
    rows = await session.execute(
        update(PhaseRoleGrantRow)
        .where(PhaseRoleGrantRow.id.in_(first), state == State.WAITING.value)
        .values(state=State.PLANNED.value, version=PhaseRoleGrantRow.version + 1, planned_at=now)
        .returning(PhaseRoleGrantRow.id, PhaseRoleGrantRow.version)
    )
    return [(row.id, row.version) for row in rows]


async def guilds_waiting(session: AsyncSession) -> list[int]:
    """Return the servers in which something waits to be planned."""
    waiting = PhaseRoleGrantRow.state == State.WAITING.value
    rows = await session.scalars(select(PhaseRoleGrantRow.guild_id).where(waiting).distinct())
    return [*rows]


async def grant(session: AsyncSession, grant_id: int) -> Grant | None:
    """Return a grant."""
    row = await session.get(PhaseRoleGrantRow, grant_id, populate_existing=True)
    return None if row is None else _grant(row)


async def keeper(session: AsyncSession, found: Grant) -> int | None:
    """Return another grant by which a member has earned the role they were given."""
    other = (
        select(PhaseRoleGrantRow.id)
        .join(PhaseRoleRow, PhaseRoleRow.id == PhaseRoleGrantRow.phase_role_id)
        .where(
            PhaseRoleGrantRow.guild_id == found.guild_id,
            PhaseRoleGrantRow.member_id == found.member_id,
            PhaseRoleGrantRow.id != found.id,
            PhaseRoleGrantRow.earned,
            PhaseRoleRow.role_id == found.role_id,
        )
        .limit(1)
    )
    return await session.scalar(other)


async def note(session: AsyncSession, found: Grant, **values: Any) -> None:
    """Write down how a try ended, unless something else has been planned since."""
    same = PhaseRoleGrantRow.version == found.version
    planned = PhaseRoleGrantRow.state == State.PLANNED.value
    await _update(session, (PhaseRoleGrantRow.id == found.id) & same & planned, **values)


async def note_role(session: AsyncSession, grant_id: int, role_id: int | None) -> None:
    """Write down which role a member has from Waymark, whatever else is planned."""
    await _update(session, PhaseRoleGrantRow.id == grant_id, role_id=role_id)


async def drop_empty(session: AsyncSession, grant_id: int) -> None:
    """Erase a grant by which nothing is earned, given or to be done."""
    this = PhaseRoleGrantRow.id == grant_id
    empty = PhaseRoleGrantRow.earned.is_(False) & PhaseRoleGrantRow.role_id.is_(None)
    done = PhaseRoleGrantRow.state == State.DONE.value
    await session.execute(delete(PhaseRoleGrantRow).where(this, empty, done))


def _older_role(otherwise: int) -> ColumnElement[int]:
    """Return what a grant that isn't earned any more still has to give back."""
    return func.coalesce(PhaseRoleGrantRow.role_id, otherwise)


def _new(guild_id: int, rule_id: int) -> dict[str, Any]:
    key = {"guild_id": guild_id, "phase_role_id": rule_id}
    return key | {"earned": True, "state": State.WAITING.value, "version": 0}


def _earned_again(statement: Any) -> Any:
    """Let what isn't earned any more be earned again; what is earned stays as it is."""
    changed = {"earned": True, "state": State.WAITING.value}
    return statement.on_conflict_do_update(
        index_elements=["phase_role_id", "member_id"],
        set_=changed,
        where=PhaseRoleGrantRow.earned.is_(False),
    )


async def _update(session: AsyncSession, which: ColumnElement[bool], **values: Any) -> None:
    statement = update(PhaseRoleGrantRow).where(which).values(values)
    await session.execute(statement.execution_options(synchronize_session=False))


def _grant(row: PhaseRoleGrantRow) -> Grant:
    return Grant(
        id=row.id,
        guild_id=row.guild_id,
        member_id=row.member_id,
        rule_id=row.phase_role_id,
        earned=row.earned,
        role_id=row.role_id,
        state=State(row.state),
        version=row.version,
    )


def _insert(session: AsyncSession) -> Any:
    return (postgresql.insert if on_postgres(session) else sqlite.insert)(PhaseRoleGrantRow)
