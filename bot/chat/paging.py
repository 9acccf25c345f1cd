"""Going from page to page."""

from collections.abc import Callable
from typing import TypeVar

Button = TypeVar("Button")


def page_moves(
    page: int, pages: int, button: Callable[[int, str], Button], back: str, on: str
) -> list[Button]:
    """Return the buttons to the pages before and after this one, of those that there are.

    Pages count from 0; `button` makes one to a page with a label.
    """
    moves: list[Button] = []
    if page > 0:
        moves.append(button(page - 1, back))
    if page < pages - 1:
        moves.append(button(page + 1, on))
    return moves
