"""Rows of every table, built from what the tables declare."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.privacy.statements.reach import QUEUE, Reach
from bot.store.database import Database
from bot.store.held import Held, Id
from bot.store.types import UtcDateTime
from tests.conftest import NOW

ME, OTHER, NEUTRAL = 111_222_333_444_555_666, 222_333_444_555_666_777, 333_444_555_666_777_888
HERE, THERE = 444_555_666_777_888_999, 555_666_777_888_999_000
CHANNEL = {HERE: 666_777_888_999_000_111, THERE: 777_888_999_000_111_222}
WORDS = {ME: "MYWORDS", OTHER: "YOURWORDS", NEUTRAL: "NOBODYS"}


@dataclass(frozen=True)
class Built:
    """A row, whose it is or whom it names, and in which server it is, if in any."""

    table: str
    person: int
    guild: int | None
    is_own: bool
    values: dict[str, Any]

    @property
    def beginning(self) -> str:
        """How the row begins as text: with its own id or its parent's, if it has one."""
        first = next(iter(self.values.values()))
        is_own_id = isinstance(first, int) and first < ME
        return f"({first}, " if self.is_own and is_own_id else "nothing"


class Rows:
    """Builds rows of every table: of a member and of others, in two servers and in none."""

    def __init__(self, reach: Reach) -> None:
        self.reach = reach
        self.built: list[Built] = []
        self._numbers = count(1)

    async def fill(self, session: AsyncSession) -> None:
        """Insert them, parents first."""
        for name in reversed(self.reach.in_order()):
            held = self.reach.held[name]
            for guild in self._guilds(name, held):
                for person in (NEUTRAL, ME, OTHER):
                    self.built += self._of(name, held, person, guild)
        for each in [*self.built]:
            self.built += self._queued(each)
        unique = {self._key(each): each for each in sorted(self.built, key=_mine_last)}
        self.built = [each for each in self.built if unique[self._key(each)] is each]
        for each in self.built:
            await session.execute(self.reach.table(each.table).insert().values(each.values))

    def _key(self, built: Built) -> tuple[Any, ...]:
        keys = self.reach.table(built.table).primary_key
        return (built.table, *(built.values[column.name] for column in keys))

    def _guilds(self, name: str, held: Held) -> tuple[int | None, ...]:
        if held.guild is None:
            return (HERE, THERE) if held.parent else (None,)
        can_be_none = held.guild.where or self.reach.table(name).c[held.guild.column].nullable
        return (HERE, THERE, None) if can_be_none else (HERE, THERE)

    def _of(self, name: str, held: Held, person: int, guild: int | None) -> Iterator[Built]:
        for each in held.theirs:
            clashes = held.guild is not None and held.guild.column == each.column
            if guild is None or not clashes:
                yield self._build(name, person, guild, each, is_own=True)
        for each in held.named:
            yield self._build(name, person, guild, each, is_own=False)
        if held.parent and not held.theirs:
            mine = [b for b in self.built if b.table == held.parent.table and b.guild == guild]
            for parent in (each for each in mine if each.person == person and each.is_own):
                key = {held.parent.column: parent.values["id"]}
                yield self._build(name, person, guild, None, is_own=True, **key)

    def _build(
        self,
        name: str,
        person: int,
        guild: int | None,
        whose: Id | None,
        *,
        is_own: bool,
        **given: Any,
    ) -> Built:
        held, table = self.reach.held[name], self.reach.table(name)
        values = {each.name: self._value(each, WORDS[person]) for each in table.c}
        values |= self._place(held, guild)
        if held.parent is not None:
            values[held.parent.column] = self._neutral_parent(held.parent.table, guild)
        if whose is not None:
            values[whose.column] = person
            values |= {column: str(allowed[0]) for column, allowed in whose.where.items()}
        if not is_own:  # a server's own text, which may mention a member
            for column in {each.name for each in table.c} - {*held.texts}:
                if isinstance(values[column], str) and WORDS[person] in values[column]:
                    values[column] = values[column].replace(WORDS[person], "ITS")
            for column in held.texts:
                words = f"{next(self._numbers)} <@{person}> {person}"
                is_json = isinstance(table.c[column].type, sa.JSON)
                values[column] = {"t": words} if is_json else words
        return Built(name, person, guild, is_own, values | given)

    def _place(self, held: Held, guild: int | None) -> dict[str, Any]:
        if held.guild is None:
            return dict.fromkeys(held.placed)
        if guild is None:
            emptied = dict.fromkeys(held.placed)
            return emptied | ({} if held.guild.where else {held.guild.column: None})
        fixed = {column: str(allowed[0]) for column, allowed in held.guild.where.items()}
        return {held.guild.column: guild, **fixed}

    def _neutral_parent(self, table: str, guild: int | None) -> Any:
        return next(
            (
                each.values["id"]
                for each in self.built
                if each.table == table and each.person == NEUTRAL and each.guild == guild
            ),
            0,
        )

    def _queued(self, about: Built) -> Iterator[Built]:
        held = self.reach.held[about.table]
        if about.is_own and held.queued:
            for name in QUEUE:
                given = {"kind": held.queued[0], "subject_id": about.values["id"]}
                target = {"target_kind": "channel", "target_id": 5, "configured_by": NEUTRAL}
                built = self._build(name, about.person, None, None, is_own=True, **given, **target)
                yield Built(name, about.person, about.guild, True, built.values)

    def _value(self, column: sa.Column[Any], words: str) -> Any:
        number = next(self._numbers)
        match column.type:
            case UtcDateTime():
                return NOW + timedelta(minutes=number)
            case sa.JSON():
                return {"t": words}
            case sa.String():
                return f"{number} {words}"[: column.type.length or 100]
            case sa.Date():
                return date(2026, 1, 1) + timedelta(days=number)
            case sa.BigInteger() if column.type.compile(sqlite.dialect()) == "BIGINT":
                return NEUTRAL
            case _:
                return isinstance(column.type, sa.Boolean) or number


def _mine_last(built: Built) -> bool:
    return built.person == ME


async def dump(database: Database) -> dict[str, list[str]]:
    """Return every row of every table that the database really has, as text."""
    async with database.engine.connect() as connection:
        found = sa.MetaData()
        await connection.run_sync(found.reflect)
        return {
            name: [repr(tuple(row)) for row in await connection.execute(sa.select(table))]
            for name, table in found.tables.items()
        }
