"""The same bot on a simulated Discord (SimCord), with a page in the browser. Needs no token."""

import logging

logging.disable(logging.WARNING)  # on import SimCord tries out parts of discord.py, which warn
from bot.sandbox.session import run_sandbox  # noqa: E402

logging.disable(logging.NOTSET)

__all__ = ["run_sandbox"]
