"""A member's applications on their way, for nobody else's eyes: how many came how far."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Self

import discord
from discord import ui
from discord.utils import format_dt

from bot.chat.answering import in_place
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton
from bot.chat.limits import clip
from bot.chat.paging import page_moves
from bot.chat.parts import Item
from bot.chat.quoting import inert
from bot.client import Waymark
from bot.i18n import _, ngettext
from bot.milestones.model import Kind, Milestone, Pipeline
from bot.milestones.stages import Funnel, Outcome, Stage
from cogs.milestones import words
from cogs.milestones.access import OWNER, PAGE, owner_here
from cogs.milestones.list_card import MilestoneSelect, options_for

PER_PAGE = 5
OTHERS_SHOWN = 2
MAX_LINE = 220
"""Characters, so that all of a page fit."""


class PipelineButton(LastingButton, template=rf"milestone:v1:pipeline:{OWNER}:{PAGE}"):
    """Opens a page of one's applications."""

    def __init__(self, owner: int, page: int, label: str = "…") -> None:
        super().__init__(ui.Button(label=label, custom_id=f"milestone:v1:pipeline:{owner}:{page}"))
        self.owner = owner
        self.page = page

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["owner"]), int(match["page"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show the page."""
        owner_here(interaction, self.owner)
        await in_place(interaction, piped(interaction, self.page))


async def piped(interaction: discord.Interaction[Waymark], page: int = 0) -> ui.LayoutView:
    """Return a page of the asker's own pipeline."""
    milestones, owner = interaction.client.services.milestones, interaction.user.id
    pipeline = await milestones.pipeline(interaction.guild_id or 0, owner)
    return pipeline_card(pipeline, owner, page)


def pipeline_card(pipeline: Pipeline, owner: int, page: int = 0) -> ui.LayoutView:
    """Show how applications stand, and the open ones of a page (from 0) by stage."""
    pages = max(1, -(-len(pipeline.under_way) // PER_PAGE))
    page = min(page, pages - 1)
    these = pipeline.under_way[page * PER_PAGE : (page + 1) * PER_PAGE]
    moves = page_moves(
        page, pages, lambda to, label: PipelineButton(owner, to, label), _("Back"), _("Next")
    )
    others = pipeline.others[:OTHERS_SHOWN] if page == 0 else ()
    return card(
        heading=heading(_("Your pipeline"), _("Only you see this."), page, pages),
        body="\n".join([*_counted(pipeline), *_stages(these, pipeline), *_others(pipeline, page)]),
        rows=[_menu([*these, *others], owner), moves],
    )


def _counted(pipeline: Pipeline) -> Iterator[str]:
    funnel = pipeline.funnel
    if not funnel.total:
        yield _("No applications yet. Try `/milestone add title: Acme kind: application`.")
        return
    counts = [(Stage.SAVED, _("{count} in all")), (Stage.APPLIED, _("{count} sent"))]
    counts += [(Stage.INTERVIEW, _("{count} came to an interview"))]
    counts += [(Stage.OFFER, _("{count} to an offer"))]
    yield " → ".join(text.format(count=funnel.reached[stage]) for stage, text in counts)
    yield from _closed(funnel)
    if funnel.sent:
        effort = ngettext(
            "You have sent {count} application. It is effort, and it counts.",
            "You have sent {count} applications. Each is effort, and it counts.",
            funnel.sent,
        )
        yield effort.format(count=funnel.sent)


def _closed(funnel: Funnel) -> Iterator[str]:
    closed = funnel.standing[Stage.CLOSED]
    if not closed:
        return
    names = {outcome: _(words.OUTCOMES[outcome]) for outcome in Outcome}
    ended = [
        f"{funnel.outcomes[outcome]} {name}"
        for outcome, name in names.items()
        if funnel.outcomes[outcome]
    ]
    text = _("{count} closed").format(count=closed)
    yield f"{text}: {', '.join(ended)}" if ended else text


def _stages(milestones: Sequence[Milestone], pipeline: Pipeline) -> Iterator[str]:
    for stage, group in groupby(milestones, lambda each: each.stage or Stage.SAVED):
        name = _(words.STAGES[stage]).capitalize()
        yield f"\n**{name} ({pipeline.funnel.standing[stage]})**"
        yield from map(_line, group)


def _line(milestone: Milestone) -> str:
    details, parts = milestone.details, [words.title_of(milestone.details)]
    if milestone.stage_since:
        parts.append(_("since {when}").format(when=format_dt(milestone.stage_since, "d")))
    if details.next_step:
        parts.append(_("next: {step}").format(step=inert(details.next_step)))
    if details.next_on:
        parts.append(words.day(details.next_on))
    return clip(f"- {' · '.join(parts)}", MAX_LINE)


def _others(pipeline: Pipeline, page: int) -> Iterator[str]:
    done = pipeline.done
    if page or not (pipeline.others or any(done.values())):
        return
    text = _("**Noted for themselves**: {interviews} interviews and {offers} offers done")
    counts = {"interviews": done[Kind.INTERVIEW], "offers": done[Kind.OFFER]}
    yield "\n" + text.format(**counts)
    for each in pipeline.others[:OTHERS_SHOWN]:
        parts = [words.title_of(each.details), words.in_short(each, pipeline.today)]
        yield clip(f"- {' · '.join(parts)}", MAX_LINE)
    if len(pipeline.others) > OTHERS_SHOWN:
        yield words.more(len(pipeline.others) - OTHERS_SHOWN)


def _menu(milestones: Sequence[Milestone], owner: int) -> list[Item]:
    return [MilestoneSelect(owner, options_for(milestones))] if milestones else []
