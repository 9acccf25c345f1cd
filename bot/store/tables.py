"""The one metadata that every feature's tables are registered in.

Named constraints let Alembic drop them again on every database. A feature declares its tables in
its own ``bot/<feature>/store.py``.
"""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import ClassVar

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase

from bot.store.held import Held, NotPersonal


class Table(DeclarativeBase):
    """Base of all tables. Rows never leave a store module: stores return frozen dataclasses."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )

    __held__: ClassVar[Held | NotPersonal]
    """What it holds of members and servers; every table says."""


def load_metadata() -> MetaData:
    """Import every feature's ``store.py``, so that none is forgotten, and return all tables."""
    for store in sorted(Path(__file__).parent.parent.glob("*/store.py")):
        import_module(f"bot.{store.parent.name}.store")
    return Table.metadata


def all_held() -> Mapping[str, Held]:
    """Return what tables hold of members and servers, by their names, but for those without.

    Raises AttributeError for a table that declares nothing.
    """
    load_metadata()
    declared: dict[str, Held | NotPersonal] = {
        each.class_.__tablename__: each.class_.__held__ for each in Table.registry.mappers
    }
    return {name: held for name, held in sorted(declared.items()) if isinstance(held, Held)}
