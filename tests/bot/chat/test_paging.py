from bot.chat.paging import page_moves


def moves(page: int, pages: int) -> list[tuple[int, str]]:
    return page_moves(page, pages, lambda to, label: (to, label), "back", "on")


def test_there_are_buttons_to_pages_that_there_are() -> None:
    assert moves(0, 0) == moves(0, 1) == []
    assert moves(0, 3) == [(1, "on")]
    assert moves(1, 3) == [(0, "back"), (2, "on")]
    assert moves(2, 3) == [(1, "back")]
    assert moves(5, 3) == [(4, "back")]  # what was there is gone
