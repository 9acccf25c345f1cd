"""Writing and reading how members are asked."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.checkins.course import Course
from bot.checkins.model import CHECKIN, Config, Place, Status, Wish
from bot.checkins.store import configs
from bot.delivery import listing
from bot.delivery.model import Schedule
from bot.store.database import on_postgres

FOLLOWING = configs.c.follows_zone & (configs.c.state != Status.OFF.value)


async def add(session: AsyncSession, values: Mapping[str, Any]) -> Config | None:
    """Add a member's check-ins; None if they have some already."""
    insert = postgresql.insert if on_postgres(session) else sqlite.insert
    statement = insert(configs).values(**values)
    statement = statement.on_conflict_do_nothing(index_elements=["member_id", "guild_id"])
    row = (await session.execute(statement.returning(*configs.c))).one_or_none()
    return None if row is None else config_of(row)


async def change(session: AsyncSession, config_id: int, **values: Any) -> Config:
    """Change columns of one, and return it."""
    statement = update(configs).where(configs.c.id == config_id).values(**values)
    return config_of((await session.execute(statement.returning(*configs.c))).one())


async def by_id(session: AsyncSession, config_id: int, *, locked: bool = False) -> Config | None:
    """Return one; `locked`, nobody else changes it until the unit of work ends."""
    statement = select(configs).where(configs.c.id == config_id)
    found = await session.execute(statement.with_for_update() if locked else statement)
    row = found.one_or_none()
    return None if row is None else config_of(row)


async def of_member(
    session: AsyncSession, guild_id: int, member_id: int, *, locked: bool = False
) -> Config | None:
    """Return a member's check-ins in a server; `locked`, nobody else changes them meanwhile."""
    mine = (configs.c.member_id == member_id) & (configs.c.guild_id == guild_id)
    statement = select(configs).where(mine)
    found = await session.execute(statement.with_for_update() if locked else statement)
    row = found.one_or_none()
    return None if row is None else config_of(row)


async def schedule_of(
    session: AsyncSession, config: Config, *, locked: bool = False
) -> Schedule | None:
    """Return the schedule of a member's check-ins; None once the queue has erased it."""
    its = config.schedule_id
    return await listing.schedule_of(session, CHECKIN.name, config.id, its, locked=locked)


async def following(
    session: AsyncSession, limit: int, *, member_id: int | None = None, guild_id: int | None = None
) -> list[Config]:
    """Return some of a member's, or of a server's, that follow their member's zone."""
    mine = configs.c.guild_id == guild_id
    if member_id is not None:
        mine = configs.c.member_id == member_id
    statement = select(configs).where(mine, FOLLOWING).order_by(configs.c.id).limit(limit)
    return [config_of(row) for row in await session.execute(statement)]


async def note_new_zone(session: AsyncSession, guild_id: int, after_id: int) -> None:
    """Note that a server's may have another zone now, but for those up to an id."""
    others = (configs.c.guild_id == guild_id) & (configs.c.id > after_id)
    await session.execute(update(configs).where(others, FOLLOWING).values(zone_is_old=True))


async def with_old_zone(session: AsyncSession, limit: int) -> list[Config]:
    """Return some that may have another zone now."""
    statement = select(configs).where(configs.c.zone_is_old).order_by(configs.c.id).limit(limit)
    return [config_of(row) for row in await session.execute(statement)]


def wish_columns(wish: Wish) -> dict[str, Any]:
    """Return what the columns have of a wish."""
    return {
        "follows_zone": wish.follows_zone,
        "place": wish.place.value,
        "channel_id": wish.channel_id,
        "questions": json.dumps(wish.questions),
    }


def course_columns(course: Course) -> dict[str, Any]:
    """Return what the columns have of a course."""
    return {
        "covered": course.covered,
        "asked_at": course.asked_at,
        "left_out": " ".join(day.isoformat() for day in course.left_out),
    }


def config_of(row: Any) -> Config:
    """Return a row as its dataclass."""
    return Config(
        id=row.id,
        guild_id=row.guild_id,
        member_id=row.member_id,
        schedule_id=row.schedule_id,
        follows_zone=row.follows_zone,
        place=Place(row.place),
        channel_id=row.channel_id,
        questions=tuple(json.loads(row.questions)),
        state=Status(row.state),
        covered=row.covered,
        asked_at=row.asked_at,
        left_out=tuple(map(date.fromisoformat, row.left_out.split())),
        created_at=row.created_at,
    )
