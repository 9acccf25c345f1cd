"""Running Waymark as a process of its own, as whoever operates it does."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path

ROOT = Path(__file__).parents[2]
KEPT = ("PATH", "HOME", "LANG")


async def start(*arguments: str, directory: Path, **environment: str) -> Process:
    """Start Python with these arguments in a directory, with nothing else of ours set."""
    plain = {name: value for name, value in os.environ.items() if name.startswith(KEPT)}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        cwd=directory,
        env=plain | {"PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"} | environment,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=PIPE,
        stderr=PIPE,
    )


async def waymark(*arguments: str, directory: Path, **environment: str) -> Process:
    """Start `python -m bot`."""
    return await start("-m", "bot", *arguments, directory=directory, **environment)


async def waymark_on(url: str, *arguments: str, directory: Path, **environment: str) -> Process:
    """Start Waymark against a Discord stand-in."""
    launch = ("-m", "tests.standin.launch", url, *arguments)
    return await start(*launch, directory=directory, **environment)


async def ended(process: Process, within_s: float = 30) -> tuple[int, str, str]:
    """Wait for the end; return the exit code, standard output and standard error."""
    async with asyncio.timeout(within_s):
        out, err = await process.communicate()
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()
