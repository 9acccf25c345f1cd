"""What can be wrong with the store, told to whoever runs the bot."""

import sqlite3

from sqlalchemy import exc

from bot.errors import OperatorError


class StoreError(OperatorError):
    """The database can't be used as it is."""


class StoreFromTheFuture(StoreError):
    """The database was last used by a newer Waymark."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"This database is from a newer Waymark (its schema is {revision!r}, which this "
            "version doesn't know).\nUpdate Waymark, or restore the copy that was kept beside the "
            "database before it was upgraded."
        )


class StoreUnreachable(StoreError):
    """The database doesn't answer or can't be opened."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(
            f"Waymark can't open its database {url}: {reason}.\n"
            "Check WAYMARK_DATABASE_URL, that the server runs, and that the file may be written."
        )


def is_outage(error: BaseException) -> bool:
    """Return whether the database fails, rather than what was asked of it.

    Locked, out of disk, gone or restarting: the same may work a little later.
    """
    if isinstance(error, exc.DBAPIError):
        if getattr(error.orig, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR:
            return False  # a statement that SQLite doesn't accept
        return not isinstance(error, exc.IntegrityError | exc.ProgrammingError | exc.DataError)
    # asyncpg's own errors come unwrapped while it connects, as does the operating system's.
    from_driver = type(error).__module__.startswith("asyncpg")
    return from_driver or isinstance(error, OSError | exc.TimeoutError)
