"""The command line: `waymark`, which is `python -m bot`."""

from bot.cli.program import main

__all__ = ["main"]
