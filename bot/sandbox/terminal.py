"""What the sandbox says on the terminal, and what is typed there."""

import asyncio
import sys
import threading

import typer


def say(text: str) -> None:
    """Print a line for the person at the terminal, at once."""
    typer.echo(text)
    sys.stdout.flush()


def typed_lines() -> asyncio.Queue[str]:
    """Return a queue of the lines typed from now on; it stays empty without a terminal."""
    lines: asyncio.Queue[str] = asyncio.Queue()
    if sys.stdin.isatty():
        reader = threading.Thread(
            target=_read, args=(asyncio.get_running_loop(), lines), name="typed-lines", daemon=True
        )
        reader.start()
    return lines


def _read(loop: asyncio.AbstractEventLoop, lines: asyncio.Queue[str]) -> None:
    for line in sys.stdin:
        if loop.is_closed():
            return
        loop.call_soon_threadsafe(lines.put_nowait, line)
