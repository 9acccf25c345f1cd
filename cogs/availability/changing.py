"""A member's weekly hours on a card for them alone: typed, picked, cleared, and Undo."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Self

import discord
from discord import ui

from bot.availability.model import EXAMPLE, MAX_TYPED, Change, Known, UnclearHours, WeeklyHours
from bot.availability.parts import fitting, keys, part_names, picked
from bot.availability.reading import read
from bot.availability.wording import day_names, shown, written
from bot.chat.answering import in_place, privately
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton, LastingSelect
from bot.chat.forms import Field, Form, modal
from bot.chat.limits import MAX_BUTTON_LABEL, MAX_CUSTOM_ID, clip
from bot.chat.quoting import inert
from bot.client import Waymark
from bot.i18n import _
from bot.when import zones

HOURS = "hours"
FORM = "availability:v1:form"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CODE = r"[\w=-]{56}"


class PartsMenu(LastingSelect, template=r"availability:v1:parts"):
    """Picks parts of days, in the place of the hours before."""

    def __init__(self, hours: WeeklyHours | None = None) -> None:
        present, days, parts = fitting(hours) if hours else [], day_names(), part_names()
        options = [
            discord.SelectOption(
                label=f"{days[int(key[0])]} {parts[key[2:]]}", value=key, default=key in present
            )
            for key in keys()
        ]
        menu: ui.Select[ui.LayoutView] = ui.Select(
            custom_id="availability:v1:parts",
            placeholder=_("Pick parts of days…"),
            options=options,
            max_values=len(options),
        )
        super().__init__(menu)

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the menu that was used."""
        return cls()

    async def all_chosen(
        self, interaction: discord.Interaction[Waymark], values: Sequence[str]
    ) -> None:
        """Keep them."""
        await in_place(interaction, _kept(interaction, picked(values)))


class SayButton(LastingButton, template=r"availability:v1:say:(?P<typed>.+)"):
    """Says one of the phrases that may have been meant."""

    def __init__(self, typed: str) -> None:
        label = clip(typed, MAX_BUTTON_LABEL)
        super().__init__(ui.Button(label=label, custom_id=f"availability:v1:say:{typed}"))
        self.typed = typed

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(match["typed"])

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Keep it, or ask on."""
        await in_place(interaction, typed_hours(interaction, self.typed))


class TypeButton(LastingButton, template=r"availability:v1:type"):
    """Opens the form in which hours are typed."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label=_("Type them…"), custom_id="availability:v1:type"))

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls()

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Open it, with what is kept now."""
        known = await interaction.client.services.availability.of(interaction.user.id)
        present = written(known.hours) if known.hours else ""
        value = present if len(present) <= MAX_TYPED else ""
        field = Field(HOURS, _("When do you have time?"), value, MAX_TYPED, EXAMPLE, long=True)
        await interaction.response.send_modal(modal(_("Your weekly hours"), FORM, field))


class HoursForm(Form):
    """What was typed."""

    template = FORM
    gives_back = True

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the form that was submitted."""
        return cls()

    async def submitted(
        self, interaction: discord.Interaction[Waymark], typed: Mapping[str, str]
    ) -> None:
        """Keep it, or ask back what was meant."""
        await in_place(interaction, typed_hours(interaction, typed[HOURS]))


class ClearButton(LastingButton, template=r"availability:v1:clear"):
    """Clears the hours."""

    def __init__(self) -> None:
        super().__init__(ui.Button(label=_("Clear"), custom_id="availability:v1:clear"))

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls()

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Clear them."""
        await in_place(interaction, _kept(interaction, WeeklyHours(frozenset())))


class UndoButton(
    LastingButton, template=rf"availability:v1:undo:(?P<at>\d{{1,20}}):(?P<before>(?:{CODE})?)"
):
    """Puts back the hours of before, unless they were changed again since."""

    def __init__(self, at: int, before: str) -> None:
        custom_id = f"availability:v1:undo:{at}:{before}"
        super().__init__(ui.Button(label=_("Undo"), custom_id=custom_id))
        self.at = at
        self.before = before

    @classmethod
    def of(cls, change: Change) -> Self:
        """Return the button that takes a change back."""
        at, hours = change.after.changed_at, change.before.hours
        micros = (at - EPOCH) // timedelta(microseconds=1) if at else 0
        return cls(micros, hours.encoded() if hours else "")

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["at"]), match["before"])

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Put them back."""
        await in_place(interaction, self._put_back(interaction))

    async def _put_back(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        changed_at = EPOCH + timedelta(microseconds=self.at) if self.at else None
        before = WeeklyHours.decoded(self.before) if self.before else None
        availability = interaction.client.services.availability
        known = await availability.undo(interaction.user.id, changed_at, before)
        return await _card(interaction, known, _("Put back"))


async def answer(interaction: discord.Interaction[Waymark], hours: str | None) -> None:
    """Answer `/my availability`: show the hours, or change them."""
    if hours is None:
        await privately(interaction, _present(interaction))
    else:
        await privately(interaction, typed_hours(interaction, hours))


async def typed_hours(interaction: discord.Interaction[Waymark], typed: str) -> ui.LayoutView:
    """Keep what was typed and show it, or ask what was meant."""
    try:
        return await _kept(interaction, read(typed))
    except UnclearHours as problem:
        return _question(problem)


def _question(problem: UnclearHours) -> ui.LayoutView:
    choices = [SayButton(choice) for choice in problem.choices]
    fitting_ones = [each for each in choices if len(each.custom_id) <= MAX_CUSTOM_ID]
    return card(
        heading=heading(_("Which hours?"), _("Nothing was changed yet.")),
        body=inert(str(problem)),
        rows=[fitting_ones, [TypeButton()]],
    )


async def _present(interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
    known = await interaction.client.services.availability.of(interaction.user.id)
    return await _card(interaction, known, _("Your weekly hours"))


async def _kept(interaction: discord.Interaction[Waymark], hours: WeeklyHours) -> ui.LayoutView:
    change = await interaction.client.services.availability.keep(interaction.user.id, hours)
    title = _("Saved") if change.after.hours else _("Cleared")
    return await _card(interaction, change.after, title, [UndoButton.of(change)])


async def _card(
    interaction: discord.Interaction[Waymark],
    known: Known,
    title: str,
    undo: Sequence[UndoButton] = (),
) -> ui.LayoutView:
    services = interaction.client.services
    zone = await services.members.zone(interaction.user.id, interaction.guild_id)
    none = _("You haven't said when you have time. Groups then take you to have time by day.")
    hint = _(
        "-# In {zone}; `/my settings` changes that. Nobody else sees your hours: groups "
        "are only told which times most can make."
    )
    buttons = [TypeButton(), *([ClearButton()] if known.hours else ()), *undo]
    return card(
        heading=heading(title, _("When you usually have time, for finding times to meet.")),
        body="\n".join(shown(known.hours)) if known.hours else none,
        small_print=hint.format(zone=zones.label(zones.find(zone), services.clock.now())),
        rows=[[PartsMenu(known.hours)], buttons],
    )
