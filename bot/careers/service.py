"""The use cases of careers: everything that `/role` and the command line ask."""

import asyncio
from collections import OrderedDict
from pathlib import Path

from bot.careers import chart
from bot.careers.documents import PackProblem
from bot.careers.loader import LoadedRole, load_packs, unknown_relations
from bot.careers.registry import RoleRegistry
from bot.errors import MemberError
from bot.i18n import _, number_locale
from bot.pictures.drawing import drawn
from bot.pictures.looks import DARK, Look

MAX_CACHED_CHARTS = 64


class RoleGone(MemberError):
    """A card refers to a role whose pack isn't loaded any more."""

    def __init__(self) -> None:
        super().__init__(_("That role isn't here any more. `/role list` shows those that are."))


class Careers:
    """The loaded role packs, and what can be asked of them."""

    def __init__(self, directories: tuple[Path, ...]) -> None:
        """Load the packs below the directories; a later one replaces an earlier by slug."""
        packs = load_packs(directories)
        self.registry = RoleRegistry(packs.roles)
        self.problems: tuple[PackProblem, ...] = (
            *packs.problems,
            *unknown_relations(packs.roles),
        )
        self._charts: OrderedDict[tuple[str, str, Look], asyncio.Task[bytes]] = OrderedDict()

    def role_by_key(self, key: str) -> LoadedRole:
        """Return the role that a component's key stands for. Raises RoleGone."""
        found = self.registry.by_key(key)
        if found is None:
            raise RoleGone
        return found

    async def pay_chart(self, slug: str, look: Look = DARK) -> bytes | None:
        """Return the salary ladder as a PNG, or None where there is nothing to draw.

        Drawn once in a thread; members who ask meanwhile wait for the same picture.
        """
        loaded = self.registry.get(slug)
        if loaded is None or not chart.chartable(loaded.role):
            return None
        key = (slug, number_locale(), look)
        if key not in self._charts:
            self._charts[key] = self._drawing(key, loaded)
            while len(self._charts) > MAX_CACHED_CHARTS:
                self._charts.popitem(last=False)
        self._charts.move_to_end(key)
        return await asyncio.shield(self._charts[key])

    def _drawing(self, key: tuple[str, str, Look], loaded: LoadedRole) -> asyncio.Task[bytes]:
        """Draw in a thread; a drawing that fails is forgotten, so that the next ask tries again."""
        drawing = asyncio.create_task(drawn(chart.draw, loaded.role, key[-1]))

        def forget_failure(ended: asyncio.Task[bytes]) -> None:
            if ended.cancelled() or ended.exception() is not None:
                self._charts.pop(key, None)

        drawing.add_done_callback(forget_failure)
        return drawing
