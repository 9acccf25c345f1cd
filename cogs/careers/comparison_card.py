"""Two or three roles compared, stacked so that it reads on a phone."""

import re
from collections.abc import Sequence
from typing import Self

import discord
from discord import ui

from bot.careers import compare
from bot.careers.loader import LoadedRole
from bot.careers.slugs import key_of
from bot.chat.cards import PAGE, card, heading
from bot.chat.components import LastingButton
from bot.chat.limits import paged
from bot.chat.showing import show
from bot.client import Waymark
from bot.i18n import _
from cogs.careers.places import CardPlace, ComparisonPlace
from cogs.careers.role_card import RoleButton


class ComparisonButton(LastingButton, template=ComparisonPlace.PATTERN):
    """Opens a page of a comparison."""

    def __init__(self, place: ComparisonPlace, label: str = "…") -> None:
        super().__init__(ui.Button(label=label, custom_id=str(place)))
        self.place = place

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button from its custom id."""
        return cls(ComparisonPlace.read(match))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show the page."""
        careers = interaction.client.services.careers
        roles = [careers.role_by_key(key) for key in self.place.keys]
        await show(
            interaction,
            self.place.owner,
            lambda owner: comparison_card(roles, self.place.owned_by(owner)),
        )


def comparison_card(roles: Sequence[LoadedRole], place: ComparisonPlace) -> ui.LayoutView:
    """Return a page of the comparison of two or three roles."""
    plain = [loaded.role for loaded in roles]
    entries = [_field(field, roles) for field in compare.compared_fields(plain)]
    entries += [_overlap(overlap, roles) for overlap in compare.overlaps(plain)]
    pages = paged(entries, PAGE)
    page = min(place.page, len(pages) - 1)
    return card(
        heading=heading(
            _(" and ").join(role.title for role in plain),
            _("Compared: ≠ marks what differs"),
            page,
            len(pages),
        ),
        body=pages[page],
        small_print=_("-# Open a role to see the sources of its figures."),
        rows=[_moves(place, page, len(pages)), _openers(roles, place.owner)],
    )


def _field(field: compare.ComparedField, roles: Sequence[LoadedRole]) -> str:
    if not field.differs:
        return _("**{field}** = the same: {value}").format(field=field.name, value=field.values[0])
    lines = [
        f"- {loaded.role.title}: **{value}**"
        for loaded, value in zip(roles, field.values, strict=True)
    ]
    return "\n".join([_("**{field}** ≠").format(field=field.name), *lines])


def _overlap(overlap: compare.Overlap, roles: Sequence[LoadedRole]) -> str:
    if not any(overlap.only):
        items = ", ".join(overlap.shared) or _("none")
        return _("**{field}** = the same: {value}").format(field=overlap.name, value=items)
    lines = [_("- Shared: {items}").format(items=", ".join(overlap.shared) or _("none"))]
    lines += [
        _("- Only {role}: **{items}**").format(
            role=loaded.role.title, items=", ".join(items) or _("none")
        )
        for loaded, items in zip(roles, overlap.only, strict=True)
    ]
    return "\n".join([_("**{field}** ≠").format(field=overlap.name), *lines])


def _moves(place: ComparisonPlace, page: int, count: int) -> Sequence[LastingButton]:
    buttons: list[LastingButton] = []
    if page > 0:
        buttons.append(ComparisonButton(place.at(page - 1), _("← Back")))
    if page < count - 1:
        buttons.append(ComparisonButton(place.at(page + 1), _("More →")))
    return buttons


def _openers(roles: Sequence[LoadedRole], owner: int) -> Sequence[LastingButton]:
    return [
        RoleButton(CardPlace(key_of(loaded.slug), owner), loaded.role.title) for loaded in roles
    ]
