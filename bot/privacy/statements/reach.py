"""Which rows are a member's, name a member, or are a server's, by what the tables declare."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, false, or_, select, true, union

from bot.privacy.model import EVERYWHERE, Scope
from bot.store.held import Gone, Held, Id, Named
from bot.store.tables import all_held, load_metadata

QUEUE = ("deliveries", "schedules")
"""The queue's tables: rows about a thing go with it."""

Which = Callable[[str], ColumnElement[bool]]
"""Returns a condition on the rows of a table, by its name."""


class Reach:
    """The tables that hold something of members or servers."""

    def __init__(self) -> None:
        self.held: Mapping[str, Held] = all_held()
        self.gone: Mapping[str, list[Gone]] = {
            name: [held.gone] if held.gone else [] for name, held in self.held.items()
        }
        self._tables = load_metadata().tables

    def table(self, name: str) -> Table:
        """Return a table by its name."""
        return self._tables[name]

    def in_order(self) -> list[str]:
        """Return the tables' names: first the queue's, then each before its parent."""
        rest = [name for name in self.held if name not in QUEUE]
        return [*QUEUE, *sorted(rest, key=self._depth, reverse=True)]

    def own(self, name: str, member_id: int, scope: Scope) -> ColumnElement[bool]:
        """Return which rows are a member's: by their id, their parent's or subject's."""
        here = self.within(name, scope)
        by_id = (and_(self._is(name, e, member_id), here) for e in self.held[name].theirs)
        parents = self._of_parents(name, lambda parent: self.own(parent, member_id, scope))
        things = filter(self.has_own, self.held)
        subjects = self._of_subjects(name, things, lambda thing: self.own(thing, member_id, scope))
        return self._any_of(name, [*by_id, *parents, *subjects])

    def naming(self, name: str, named: Named, member_id: int, scope: Scope) -> ColumnElement[bool]:
        """Return which rows name a member in a column but aren't theirs."""
        here = and_(self._is(name, named, member_id), self.within(name, scope))
        return and_(here, ~self.own(name, member_id, scope)) if self.has_own(name) else here

    def named(self, name: str, member_id: int, scope: Scope) -> ColumnElement[bool]:
        """Return which rows name a member in any column but aren't theirs."""
        named = self.held[name].named
        return self._any_of(name, [self.naming(name, e, member_id, scope) for e in named])

    def of_member(self, name: str, member_id: int) -> ColumnElement[bool]:
        """Return which rows are a member's or name them, wherever."""
        own = [self.own(name, member_id, EVERYWHERE)] if self.has_own(name) else []
        by_name = [self._is(name, each, member_id) for each in self.held[name].named]
        return self._any_of(name, [*own, *by_name])

    def has_own(self, name: str) -> bool:
        """Return whether rows of a table can be a member's."""
        held = self.held[name]
        return bool(held.theirs) or (held.parent is not None and self.has_own(held.parent.table))

    def of_guild(self, name: str, scope: Scope) -> ColumnElement[bool]:
        """Return which rows are a server's: by its id, a channel's, their parent's or subject's."""
        subjects = self._of_subjects(name, self.held, lambda each: self.of_guild(each, scope))
        return self._any_of(name, [self.within(name, scope), *subjects])

    def _depth(self, name: str) -> int:
        parent = self.held[name].parent
        return 0 if parent is None else 1 + self._depth(parent.table)

    def within(self, name: str, scope: Scope) -> ColumnElement[bool]:
        """Return which rows are within a scope; rows of no server are so only everywhere."""
        held, table = self.held[name], self.table(name)
        if scope.guild_id is None:
            return true()
        found = [self._is(name, held.guild, scope.guild_id)] if held.guild else []
        if held.channel:
            where = table.c[held.channel.guild]
            known = table.c[held.channel.column].in_(scope.channels)
            of_channels = [*self._conditions(table, held.channel)]
            found.append(and_(where == scope.guild_id, *of_channels))
            found.append(and_(where.is_(None), known, *of_channels))
        parents = self._of_parents(name, lambda parent: self.within(parent, scope))
        return or_(false(), *found, *parents)

    def is_in_some_guild(self, name: str) -> ColumnElement[bool]:
        """Return which rows of a table are a server's, whichever."""
        guild = self.held[name].guild
        return and_(true(), *self._conditions(self.table(name), guild)) if guild else false()

    def guilds_of(self, name: str, member_id: int) -> Select[Any] | None:
        """Return the servers of rows that are a member's or name them; None: of none, ever.

        A row without a server of its own has its parent's.
        """
        held, table = self.held[name], self.table(name)
        if held.guild is not None:
            return self._guilds(name, held.guild, self.of_member(name, member_id))
        guild = self.held[held.parent.table].guild if held.parent else None
        if held.parent is None or guild is None:
            return None
        by_id = [self._is(name, each, member_id) for each in (*held.theirs, *held.named)]
        parents = select(table.c[held.parent.column]).where(or_(false(), *by_id))
        is_parent = self.table(held.parent.table).c.id.in_(parents)
        return self._guilds(held.parent.table, guild, is_parent)

    def _guilds(self, name: str, guild: Id, which: ColumnElement[bool]) -> Select[Any]:
        column = self.table(name).c[guild.column]
        known = which & self.is_in_some_guild(name) & column.is_not(None)
        return select(column).where(known).distinct()

    def _any_of(self, name: str, which: Sequence[ColumnElement[bool]]) -> ColumnElement[bool]:
        """Return which rows any condition holds for, each looked for by itself.

        With `or`, PostgreSQL reads the whole table where one of them has a subquery.
        """
        if len(which) < 2:  # noqa: PLR2004 - there is nothing to unite
            return or_(false(), *which)
        first, *more = self.table(name).primary_key
        found = first.in_(union(*(select(first).where(each) for each in which)))
        return and_(found, or_(*which)) if more else found

    def _of_parents(self, name: str, which: Which) -> Iterator[ColumnElement[bool]]:
        parent = self.held[name].parent
        if parent is not None:
            ids = select(self.table(parent.table).c.id).where(which(parent.table))
            yield self.table(name).c[parent.column].in_(ids)

    def _of_subjects(
        self, name: str, things: Iterable[str], which: Which
    ) -> Iterator[ColumnElement[bool]]:
        if name not in QUEUE:
            return
        queue = self.table(name)
        for thing in things:
            if kinds := self.held[thing].queued:
                ids = select(self.table(thing).c.id).where(which(thing))
                yield queue.c.kind.in_(kinds) & queue.c.subject_id.in_(ids)

    def _is(self, name: str, each: Id, value: int) -> ColumnElement[bool]:
        table = self.table(name)
        return and_(table.c[each.column] == value, *self._conditions(table, each))

    @staticmethod
    def _conditions(table: Table, each: Id) -> Iterator[ColumnElement[bool]]:
        for column, values in each.where.items():
            yield table.c[column].in_([str(value) for value in values])
