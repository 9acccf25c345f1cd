"""The kinds of delivery that features have registered."""

from collections.abc import Awaitable, Callable

from sqlalchemy.ext.asyncio import AsyncSession

from bot.delivery.model import Delivery, Elsewhere, Kind, Reason

MOST_FALLBACKS = 4

Fallback = Callable[[AsyncSession, Delivery, Reason], Awaitable[Elsewhere | None]]
"""Where a delivery goes when its target is gone, or None: read within the settling transaction."""


class Kinds:
    """A registry of kinds by name."""

    def __init__(self) -> None:
        self._kinds: dict[str, Kind] = {}
        self._fallbacks: dict[str, Fallback] = {}

    def register(self, kind: Kind, fallback: Fallback | None = None) -> None:
        """Add a kind. Raises ValueError if there is one of that name."""
        if kind.name in self._kinds:
            raise ValueError(f"the kind {kind.name} is registered twice")
        self._kinds[kind.name] = kind
        if fallback is not None:
            self._fallbacks[kind.name] = fallback

    def get(self, name: str) -> Kind | None:
        """Return the kind, or None for one that no feature of this version knows."""
        return self._kinds.get(name)

    def __getitem__(self, name: str) -> Kind:
        return self._kinds[name]

    async def fallback(
        self, session: AsyncSession, delivery: Delivery, reason: Reason
    ) -> Elsewhere | None:
        """Return where the delivery goes instead, or None when there is nowhere left."""
        find = self._fallbacks.get(delivery.kind)
        if find is None or delivery.fallbacks >= MOST_FALLBACKS:
            return None
        return await find(session, delivery, reason)
