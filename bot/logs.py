"""Logging: structlog for ours, the standard library's through the same pipe, secrets struck out."""

import logging
import sys
from collections.abc import MutableMapping, Sequence
from typing import Any, Literal

import structlog
from structlog.typing import Processor

REDACTED = "[redacted]"

LogFormat = Literal["auto", "console", "json"]


class Redactor:
    """Renders a log line, then strikes every secret out of the text."""

    def __init__(self, render: Processor, secrets: Sequence[str]) -> None:
        self._render = render
        self._secrets = tuple(sorted(secrets, key=len, reverse=True))

    def __call__(self, logger: Any, name: str, event: MutableMapping[str, Any]) -> str:
        """Return the rendered line without secrets."""
        line = str(self._render(logger, name, event))
        for secret in self._secrets:
            line = line.replace(secret, REDACTED)
        return line


def configure_logging(
    level: str = "info", log_format: LogFormat = "auto", secrets: Sequence[str] = ()
) -> None:
    """Send all logging to standard error: readable on a terminal, JSON lines on request.

    `auto` is readable with colours on a terminal and without elsewhere. Every line carries its
    UTC time and, inside an interaction, the interaction's id. `secrets` never appear.
    """
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    if log_format == "json":
        shared.append(structlog.processors.format_exc_info)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            Redactor(_renderer(log_format), secrets),
        ],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    _quieten_libraries(level)


def _renderer(log_format: LogFormat) -> Processor:
    if log_format == "json":
        return structlog.processors.JSONRenderer()
    return structlog.dev.ConsoleRenderer(
        colors=log_format == "auto" and sys.stderr.isatty(),
        exception_formatter=structlog.dev.plain_traceback,
    )


def _quieten_libraries(level: str) -> None:
    """Keep libraries to what an operator can act on; discord.http would log message bodies."""
    floor = max(logging.WARNING, logging.getLevelNamesMapping()[level.upper()])
    for name in (
        "discord",
        "alembic",
        "apscheduler",
        "asyncio",
        "filelock",
        "matplotlib",
        "PIL",
        "aiosqlite",
        "sqlalchemy",
    ):
        logging.getLogger(name).setLevel(floor)
    logging.captureWarnings(capture=True)
