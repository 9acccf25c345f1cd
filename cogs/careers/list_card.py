"""Lists of roles: all of them or a category, and the few that a name may have meant."""

import re
from collections.abc import Sequence
from typing import Self

import discord
from discord import ui

from bot.careers.loader import LoadedRole
from bot.careers.registry import RoleRegistry
from bot.careers.slugs import key_of
from bot.chat.cards import card, heading, in_rows
from bot.chat.components import LastingButton
from bot.chat.limits import clip
from bot.chat.showing import show
from bot.client import Waymark
from bot.i18n import _, ngettext
from cogs.careers.places import CardPlace, ListPlace
from cogs.careers.role_card import RoleButton, role_menu

ROLES_PER_PAGE = 8
MAX_NAME, MAX_SUMMARY = 110, 160
"""Characters; eight of each fit on one card."""

MAX_CHOICES = 5


class ListButton(LastingButton, template=ListPlace.PATTERN):
    """Opens a page of a list of roles."""

    def __init__(self, place: ListPlace, label: str = "…") -> None:
        super().__init__(ui.Button(label=label, custom_id=str(place)))
        self.place = place

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button from its custom id."""
        return cls(ListPlace.read(match))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show the page."""
        registry = interaction.client.services.careers.registry
        await show(
            interaction,
            self.place.owner,
            lambda owner: list_card(registry, self.place.owned_by(owner)),
        )


def list_card(registry: RoleRegistry, place: ListPlace) -> ui.LayoutView:
    """Return one page of the roles of a category, or of all, with a menu to open one."""
    category = registry.category_by_key(place.category)
    roles = registry.all(category)
    count = max(1, -(-len(roles) // ROLES_PER_PAGE))
    page = min(place.page, count - 1)
    shown = roles[page * ROLES_PER_PAGE : (page + 1) * ROLES_PER_PAGE]
    how_many = ngettext("{count} role", "{count} roles", len(roles)).format(count=len(roles))
    return card(
        heading=heading(category or _("All careers"), how_many, page, count),
        body=_listed(shown),
        rows=[role_menu(shown, _("Open a role…")), _moves(place, page, count)],
    )


def choice_card(question: str, roles: Sequence[LoadedRole], owner: int) -> ui.LayoutView:
    """Return a question with a button for each role that may be meant, the first five."""
    roles = roles[:MAX_CHOICES]
    buttons = [
        RoleButton(CardPlace(key_of(loaded.slug), owner), loaded.role.title) for loaded in roles
    ]
    return card(heading=question, body=_listed(roles), rows=in_rows(buttons))


def _listed(roles: Sequence[LoadedRole]) -> str:
    lines = [
        f"**{clip(loaded.role.title, MAX_NAME)}**\n{clip(loaded.role.summary, MAX_SUMMARY)}"
        for loaded in roles
    ]
    return "\n\n".join(lines) or _("There are no roles yet: a content pack adds them.")


def _moves(place: ListPlace, page: int, count: int) -> Sequence[LastingButton]:
    buttons: list[LastingButton] = []
    if page > 0:
        buttons.append(ListButton(place.at(page - 1), _("← Back")))
    if page < count - 1:
        buttons.append(ListButton(place.at(page + 1), _("More →")))
    return buttons
