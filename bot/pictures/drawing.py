"""Drawing pictures off the event loop, one at a time, so that many at once don't hold it."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import ParamSpec

Given = ParamSpec("Given")

# One thread: Python lets one run at a time anyway, and the loop waits for each that wants to.
_desk = ThreadPoolExecutor(max_workers=1, thread_name_prefix="drawing")


async def drawn(draw: Callable[Given, bytes], *args: Given.args, **kwargs: Given.kwargs) -> bytes:
    """Return what `draw` draws, in the language in force here."""
    here = copy_context()
    return await asyncio.get_running_loop().run_in_executor(
        _desk, lambda: here.run(draw, *args, **kwargs)
    )
