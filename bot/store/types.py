"""Column types that keep times honest."""

from datetime import UTC, datetime

from sqlalchemy import BigInteger, DateTime, Integer
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

DiscordId = BigInteger
"""A Discord snowflake: 64 bits, so BIGINT everywhere."""

OwnId = BigInteger().with_variant(Integer, "sqlite")
"""An id that the database gives: SQLite counts up only what it calls INTEGER."""


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware going in, aware UTC coming out, whatever the database keeps.

    Binding a naive datetime raises ValueError: which instant it means can't be known.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware instant into UTC; SQLite keeps it without its zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime {value.isoformat()}: attach its zone first")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the instant back as aware UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)
