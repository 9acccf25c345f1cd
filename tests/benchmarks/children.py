"""Measuring in a fresh process, so that no measurement warms up the next."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

Figures = dict[str, float]


def measured(module: str, *arguments: str) -> Figures:
    """Run a module, and return the figures that it prints."""
    command = (sys.executable, "-W", "ignore", "-m", module, *arguments)
    ended = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(ended.stdout)


def give(figures: Figures) -> None:
    """Print the figures for `measured`."""
    print(json.dumps(figures))  # noqa: T201 - read by `measured`
