"""What a table holds of members and servers, declared at the table as `__held__`.

From these declarations `bot.privacy` exports what is held on a member, forgets them, and erases
what is a server's. A test fails for a table without one.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncSession


@dataclass(frozen=True)
class Id:
    """A column with the id of a member, server or channel.

    `where` names the rows in which it is one: those in which other columns have these values.
    """

    column: str
    where: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])


@dataclass(frozen=True)
class Named(Id):
    """A column that names a member in a row that isn't theirs; forgetting empties it."""

    emptied_too: Sequence[str] = ()
    """Other columns that are emptied with it."""

    exported: Sequence[str] = ()
    """Columns of such rows that they get with `/my export`: what they wrote themselves."""


@dataclass(frozen=True)
class Channel(Id):
    """A column with the id of the channel whose row it is."""

    guild: str = "guild_id"
    """The column with its server; empty in rows of before that was kept."""


@dataclass(frozen=True)
class Parent:
    """The row that a row belongs to: they go together, and are of one server."""

    column: str
    table: str


Gone = Callable[[AsyncSession, Sequence[Row[Any]]], Awaitable[None]]
"""Makes right, in the same transaction, what a member's deleted rows counted towards."""


@dataclass(frozen=True)
class Held:
    """What a table holds of members and servers."""

    title: str = ""
    """What members know its rows as, marked with `later`; tables may share one."""

    about: str = ""
    """What the rows say, in a sentence for the export, marked with `later`."""

    theirs: Sequence[Id] = ()
    """Whose row it is: exported, and deleted when they are forgotten."""

    named: Sequence[Named] = ()
    """Who else is named in a row that stays."""

    parent: Parent | None = None

    guild: Id | None = None
    """Whose row it is, where it is a server's: deleted with the server."""

    channel: Channel | None = None
    """The channel whose row it is, where it isn't a server's own."""

    placed: Sequence[str] = ()
    """Columns, a server's id first, that say where a member's own row was made: emptied with it."""

    withheld: Sequence[str] = ()
    """Columns of a member's rows that aren't exported, as they say nothing of them."""

    exported: bool = True
    """Whether rows that are theirs, by themselves or by their parent, are exported."""

    queued: Sequence[str] = ()
    """Kinds of deliveries whose subject is a row: they go with it."""

    texts: Sequence[str] = ()
    """Columns of a server's own texts: a mention of a forgotten member is taken out of them."""

    gone: Gone | None = None


@dataclass(frozen=True)
class NotPersonal:
    """A table that holds nothing of any member or server."""

    reason: str
