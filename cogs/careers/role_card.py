"""The card of one role: its sections, pages and pay ladder, with the buttons that move in it."""

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Self

import discord
from discord import ui

from bot.careers import chart, figures, sections
from bot.careers.loader import LoadedRole
from bot.careers.model import Step
from bot.careers.registry import RoleRegistry
from bot.careers.sections import Section
from bot.careers.slugs import KEY_PATTERN, key_of
from bot.careers.sources import Footnotes
from bot.chat.cards import PAGE, card, heading, in_rows
from bot.chat.components import LastingButton, LastingSelect
from bot.chat.limits import MAX_ALT_TEXT, MAX_BUTTON_LABEL, MAX_OPTION_TEXT, clip, paged
from bot.chat.showing import show
from bot.client import Waymark
from bot.i18n import _
from cogs.careers.places import CardPlace

CHART_FILE = "pay.png"
SECTIONS_PER_ROW = 4
MAX_STEP_TITLE = 120
"""Characters; ten steps, the most a ladder may have, then fit on one card."""


class RoleButton(LastingButton, template=CardPlace.PATTERN):
    """Opens a role's card at a section and page."""

    def __init__(self, place: CardPlace, label: str = "…", *, current: bool = False) -> None:
        style = discord.ButtonStyle.primary if current else discord.ButtonStyle.secondary
        text = clip(label, MAX_BUTTON_LABEL)
        super().__init__(ui.Button(label=text, style=style, disabled=current, custom_id=str(place)))
        self.place = place

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button from its custom id."""
        return cls(CardPlace.read(match))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show the place the button stands for."""
        careers = interaction.client.services.careers
        loaded = careers.role_by_key(self.place.key)
        await show(
            interaction,
            self.place.owner,
            lambda owner: role_card(careers.registry, loaded, self.place.owned_by(owner)),
        )


class PayButton(LastingButton, template=rf"pay:v1:(?P<key>{KEY_PATTERN})"):
    """Shows a role's salary ladder as a chart, privately."""

    def __init__(self, key: str) -> None:
        super().__init__(ui.Button(label=_("Show the chart"), custom_id=f"pay:v1:{key}"))
        self.key = key

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button from its custom id."""
        return cls(match["key"])

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Send the ladder to who pressed."""
        loaded = interaction.client.services.careers.role_by_key(self.key)
        await send_pay_card(interaction, loaded, share=False)


class RoleSelect(LastingSelect, template="roles:v1:open"):
    """Opens one of several roles as a private card, and leaves its own message as it is."""

    def __init__(self, options: list[discord.SelectOption], invitation: str = "…") -> None:
        super().__init__(
            ui.Select(custom_id="roles:v1:open", placeholder=invitation, options=options)
        )

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the menu from its custom id."""
        return cls([])

    async def chosen(self, interaction: discord.Interaction[Waymark], value: str) -> None:
        """Open the chosen role."""
        careers = interaction.client.services.careers
        loaded = careers.role_by_key(value)
        view = role_card(careers.registry, loaded, CardPlace(value, interaction.user.id))
        await interaction.response.send_message(view=view, ephemeral=True)


def role_menu(roles: Sequence[LoadedRole], invitation: str) -> Sequence[LastingSelect]:
    """Return a menu to open one of the roles, at most 25; nothing where there are none."""
    options = [
        discord.SelectOption(
            label=clip(loaded.role.title, MAX_OPTION_TEXT),
            description=clip(loaded.role.summary, MAX_OPTION_TEXT),
            value=key_of(loaded.slug),
        )
        for loaded in roles
    ]
    return [RoleSelect(options, invitation)] if options else []


def role_card(registry: RoleRegistry, loaded: LoadedRole, place: CardPlace) -> ui.LayoutView:
    """Return one section of a role with the buttons to its other sections and pages.

    A page beyond the last, as after the pack was edited, shows the last one.
    """
    text = sections.written(loaded.role, place.section, registry.titles())
    pages = paged(text.entries, PAGE)
    page = min(place.page, len(pages) - 1)
    return card(
        heading=heading(loaded.role.title, text.title, page, len(pages)),
        body=pages[page],
        small_print=text.sources,
        rows=[
            _moves(place, page, len(pages)),
            *in_rows(_sections(place), SECTIONS_PER_ROW),
            _related(registry, loaded) if place.section is Section.OVERVIEW else [],
        ],
    )


def _related(registry: RoleRegistry, loaded: LoadedRole) -> Sequence[LastingSelect]:
    return role_menu(registry.related(loaded), _("Open a related role…"))


def _sections(place: CardPlace) -> Sequence[LastingButton]:
    return [
        RoleButton(
            CardPlace(place.key, place.owner, section),
            sections.title(section),
            current=section is place.section,
        )
        for section in Section
    ]


def _moves(place: CardPlace, page: int, count: int) -> Sequence[LastingButton]:
    buttons: list[LastingButton] = []
    if page > 0:
        buttons.append(RoleButton(place.at(page - 1, via="b"), _("← Back")))
    if page < count - 1:
        buttons.append(RoleButton(place.at(page + 1, via="n"), _("More →")))
    if place.section is Section.PAY:
        buttons.append(PayButton(place.key))
    return buttons


async def send_pay_card(
    interaction: discord.Interaction[Waymark], loaded: LoadedRole, *, share: bool
) -> None:
    """Answer with the salary ladder; the chart is drawn first, so this acknowledges at once."""
    await interaction.response.defer(ephemeral=not share, thinking=True)
    services = interaction.client.services
    look = await services.members.look(interaction.user.id)
    picture = await services.careers.pay_chart(loaded.slug, look)
    files = [discord.File(BytesIO(picture), CHART_FILE)] if picture else []
    view = pay_card(loaded, interaction.user.id, pictured=bool(files))
    await interaction.edit_original_response(view=view, attachments=files)


def pay_card(loaded: LoadedRole, owner: int, *, pictured: bool) -> ui.LayoutView:
    """Return the salary ladder: the picture `pay.png`, if there is one, and its numbers."""
    notes = Footnotes(loaded.role)
    steps = [_pay_line(step, notes) for step in loaded.role.ladder]
    alt_text = clip(chart.alt_text(loaded.role), MAX_ALT_TEXT)
    picture = discord.MediaGalleryItem(f"attachment://{CHART_FILE}", description=alt_text)
    place = CardPlace(key_of(loaded.slug), owner, Section.PAY)
    return card(
        heading=heading(loaded.role.title, _("Pay by career step")),
        body="\n\n".join(steps),
        small_print=notes.text(),
        pictures=[picture] if pictured else [],
        rows=[[RoleButton(place, _("Steps and duties"))]],
    )


def _pay_line(step: Step, notes: Footnotes) -> str:
    years = f"{figures.experience(step)}{notes.mark(step.years)}"
    pay = f"{figures.pay(step)}{notes.mark(step.pay)}"
    return f"**{clip(step.title, MAX_STEP_TITLE)}**\n{years} · {pay}"
