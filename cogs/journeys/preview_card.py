"""What would begin or change, with a pace to adjust, before anything does."""

import re
from collections.abc import Iterator
from typing import Any, Self

import discord
from discord import ui

from bot.careers.loader import LoadedRole
from bot.careers.service import RoleGone
from bot.chat.answering import in_place
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton, LastingSelect
from bot.client import Waymark
from bot.i18n import _, ngettext
from bot.journeys.journey import Journey
from bot.journeys.outline import Outline
from bot.journeys.service import Way
from cogs.journeys import words
from cogs.journeys.changed_cards import begun_card, pace_card, switched_card
from cogs.journeys.places import Act, Draft, require_owner

OFFERED_HOURS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 18, 20, 25, 30, 35, 40, 50, 60)


class HoursSelect(LastingSelect, template=rf"journey:v1:hours:{Draft.PATTERN}"):
    """Shows the preview at another pace."""

    def __init__(self, draft: Draft) -> None:
        hours = sorted({*OFFERED_HOURS, draft.hours or OFFERED_HOURS[0]})
        options = [
            discord.SelectOption(
                label=words.hours_a_week(each), value=str(each), default=each == draft.hours
            )
            for each in hours
        ]
        custom_id = f"journey:v1:hours:{draft}"
        super().__init__(
            ui.Select(custom_id=custom_id, placeholder=_("Hours a week…"), options=options)
        )
        self.draft = draft

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the menu that was used."""
        return cls(Draft.read(match))

    async def chosen(self, interaction: discord.Interaction[Waymark], value: str) -> None:
        """Show it."""
        require_owner(interaction, self.draft.owner)
        await in_place(interaction, preview(interaction, self.draft.at(int(value))))


class GoButton(LastingButton, template=rf"journey:v1:go:{Draft.PATTERN}"):
    """Does what the preview shows."""

    def __init__(self, draft: Draft) -> None:
        labels = {Act.START: _("Start"), Act.SWITCH: _("Switch"), Act.PACE: _("Change the pace")}
        super().__init__(
            ui.Button(
                label=labels[draft.act],
                style=discord.ButtonStyle.success,
                custom_id=f"journey:v1:go:{draft}",
            )
        )
        self.draft = draft

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(Draft.read(match))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Do it."""
        await in_place(interaction, self._done(interaction))

    async def _done(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        draft, journeys = self.draft, interaction.client.services.journeys
        whose = require_owner(interaction, draft.owner)
        if draft.act is Act.PACE:
            before = await journeys.of(*whose)
            pace = before.with_pace(draft.hours or None, draft.target).pace
            after = await journeys.set_pace(*whose, draft.journey, pace)
            return pace_card(after, before.pace)
        way, replaced = _way(interaction, draft), draft.journey or None
        journey = await journeys.begin(*whose, way, replacing=replaced)
        return switched_card(journey, replaced) if replaced else begun_card(journey)


async def preview(interaction: discord.Interaction[Waymark], draft: Draft) -> ui.LayoutView:
    """Return what would begin or change. Raises what the service says stands in the way."""
    services = interaction.client.services
    whose = require_owner(interaction, draft.owner)
    there = await services.journeys.of(*whose) if draft.act is not Act.START else None
    if there is not None and draft.act is Act.PACE:
        loaded = services.careers.registry.get(there.role)
        return pace_preview(draft, there, services.journeys.outline(there.role), loaded)
    way = _way(interaction, draft)
    journey = await services.journeys.draft(*whose, way, switching=there is not None)
    loaded = services.careers.registry.get(way.role)
    return beginning_card(draft, journey, there, services.journeys.outline(way.role), loaded)


def _way(interaction: discord.Interaction[Waymark], draft: Draft) -> Way:
    loaded = interaction.client.services.careers.registry.by_key(draft.role)
    if loaded is None:
        raise RoleGone
    return Way(loaded.slug, draft.hours or None, draft.target)


def beginning_card(
    draft: Draft,
    journey: Journey,
    there: Journey | None,
    asked: Outline | None,
    loaded: LoadedRole | None,
) -> ui.LayoutView:
    """Show the journey that would begin, in the place of the one that is there."""
    title = _("Switch to {role}?") if there is not None else _("Your way to {role}")
    body = [words.ending(journey), *_warnings(journey), "", *words.phase_lines(journey)]
    return card(
        heading=heading(
            title.format(role=journey.role_title), "\n".join(_what_happens(journey, there))
        ),
        body="\n".join(body),
        small_print="\n".join(words.assumptions(journey, asked, loaded)),
        rows=_rows(draft.at(journey.pace.hours)),
    )


def _what_happens(journey: Journey, there: Journey | None) -> Iterator[str]:
    if there is None:
        yield _("Nothing has begun yet. Adjust the pace, then start.")
    else:
        text = _("{role} is put away with {done} done. You can return to it.")
        yield text.format(role=there.role_title, done=words.tasks(len(there.done_tasks)))
    known = len(journey.done_tasks)
    if known:
        text = ngettext(
            "{count} task counts as done already, from your earlier journeys.",
            "{count} tasks count as done already, from your earlier journeys.",
            known,
        )
        yield text.format(count=known)


def pace_preview(
    draft: Draft, before: Journey, asked: Outline | None, loaded: LoadedRole | None
) -> ui.LayoutView:
    """Show what another pace would move."""
    after = before.with_pace(draft.hours or None, draft.target)
    now = _("**Now:** {ending}").format(ending=words.ending(before))
    then = _("**Then:** {ending}").format(ending=words.ending(after))
    kept = _("What is done stays as it is; what is open is planned from today.")
    return card(
        heading=heading(_("Another pace?"), kept),
        body="\n".join([now, then, *_warnings(after), "", *words.phase_lines(after)]),
        small_print="\n".join(words.assumptions(after, asked, loaded)),
        rows=_rows(draft.at(after.pace.hours)),
    )


def _warnings(journey: Journey) -> list[str]:
    return [*words.target_lines(journey), *filter(None, [words.hard_pace(journey)])]


def _rows(shown: Draft) -> list[list[ui.Item[Any]]]:
    return [[HoursSelect(shown)], [GoButton(shown)]]
