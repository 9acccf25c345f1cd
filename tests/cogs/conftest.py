"""How much of what members do is tried on PostgreSQL too."""

from pathlib import Path

import pytest

from tests.conftest import TORTURE

HERE = Path(__file__).parent


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the first test of each module on PostgreSQL; all of them in `make torture`.

    SQLite has them all; what differs between the stores is tried where they are, in tests/bot.
    """
    if TORTURE:
        return
    seen: set[Path] = set()
    left_out: list[pytest.Item] = []
    for item in items:
        if HERE in item.path.parents and "[postgres" in item.name:
            if item.path in seen:
                left_out.append(item)
            seen.add(item.path)
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in set(left_out)]
