"""The command line: `waymark`, which is `python -m bot`."""

from bot.cli.main import main

__all__ = ["main"]
