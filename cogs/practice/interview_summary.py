"""What came of an interview, and putting its questions into practice."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import discord
from discord import ui

from bot.chat.answering import in_place
from bot.chat.cards import PAGE, card, heading
from bot.chat.components import LastingButton
from bot.chat.limits import paged
from bot.client import Waymark
from bot.i18n import _, ngettext
from bot.practice.interviews.model import State, Summary, Summed
from bot.practice.model import Choice, PutIn
from cogs.practice.places import learner_of
from cogs.practice.question_card import GoButton
from cogs.practice.words import asked_text, shown_point
from cogs.questions.places import ID, jump
from cogs.questions.places import PAGE as PAGE_PATTERN

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
MAX_SUMMED_QUESTION = 200
Row = Sequence[ui.Item[Any]]


class EndButton(LastingButton, template=rf"interview:v1:end:{ID}:{PAGE_PATTERN}"):
    """Ends a set, and shows a page of its summary."""

    def __init__(self, set_id: int, page: int, label: str = "…") -> None:
        custom_id = f"interview:v1:end:{set_id}:{page}"
        super().__init__(ui.Button(label=label, custom_id=custom_id))
        self.set_id = set_id
        self.page = page

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]), int(match["page"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show the summary."""
        await in_place(interaction, ended(interaction, self.set_id, self.page))


class PractiseButton(LastingButton, template=rf"interview:v1:practise:{ID}"):
    """Puts the questions that are worth it into practice."""

    def __init__(self, set_id: int) -> None:
        style = discord.ButtonStyle.primary
        custom_id = f"interview:v1:practise:{set_id}"
        super().__init__(ui.Button(label=_("Practise these"), style=style, custom_id=custom_id))
        self.set_id = set_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Put them in."""
        await in_place(interaction, self._put_in(interaction))

    async def _put_in(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        services, learner = interaction.client.services, learner_of(interaction)
        summary = await services.interviews.summary(learner, self.set_id)
        put_in = await services.practice.put_in(learner, summary.to_practise)
        more: list[ui.Item[Any]] = [GoButton(Choice(), _("Practise now"))]
        if put_in.added:
            more.append(TakeOutButton(self.set_id, (put_in.at - EPOCH) // MICROSECOND))
        return summary_card(summary, 0, _news(put_in), more, practised=True)


class TakeOutButton(LastingButton, template=rf"interview:v1:out:{ID}:(?P<at>\d{{1,17}})"):
    """Undoes putting questions into practice."""

    def __init__(self, set_id: int, at: int) -> None:
        custom_id = f"interview:v1:out:{set_id}:{at}"
        super().__init__(ui.Button(label=_("Undo"), custom_id=custom_id))
        self.set_id = set_id
        self.at = at

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]), int(match["at"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Take them out again."""
        await in_place(interaction, self._taken_out(interaction))

    async def _taken_out(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        practice = interaction.client.services.practice
        await practice.take_out(learner_of(interaction), EPOCH + self.at * MICROSECOND)
        news = _("Undone. What you have rated since stays.")
        return await ended(interaction, self.set_id, news=news)


async def ended(
    interaction: discord.Interaction[Waymark],
    set_id: int,
    page: int = 0,
    news: str = "",
    more: Row = (),
) -> ui.LayoutView:
    """End a set, and show what came of it. Raises SetGone."""
    interviews = interaction.client.services.interviews
    summary = await interviews.finish(learner_of(interaction), set_id)
    return summary_card(summary, page, news, more)


def summary_card(
    summary: Summary, page: int, news: str, more: Row = (), *, practised: bool = False
) -> ui.LayoutView:
    """Show what to look at again, question by question."""
    set_id, pages = summary.interview.id, paged(map(_entry, summary.questions), PAGE)
    page = min(page, len(pages) - 1)
    buttons: list[ui.Item[Any]] = []
    if page > 0:
        buttons.append(EndButton(set_id, page - 1, _("← Back")))
    if page < len(pages) - 1:
        buttons.append(EndButton(set_id, page + 1, _("More →")))
    if summary.to_practise and not practised:
        buttons.append(PractiseButton(set_id))
    if summary.interview.open:
        buttons.append(jump(_("Go on with it"), f"interview:v1:on:{set_id}"))
    return card(
        heading=heading(_("Your interview"), news or _counts(summary), page, len(pages)),
        body=pages[page] or _("Its questions are gone."),
        small_print=_("-# I go by words, not by meaning. You know best what you meant."),
        rows=[buttons, more],
    )


def _entry(summed: Summed) -> str:
    return "\n".join(_lines(summed))


def _lines(summed: Summed) -> Iterator[str]:
    number = summed.question.place + 1
    yield f"{number}. {asked_text(summed.known, MAX_SUMMED_QUESTION)}"
    if summed.feedback is None:
        is_skipped = summed.question.state is State.SKIPPED
        yield _("Skipped.") if is_skipped else _("Not answered yet.")
    elif summed.feedback.coverage.doubt:
        yield _("I couldn't tell what this answer covers.")
    elif summed.again:
        yield _("Look again, perhaps in other words:")
        yield from (f"- {shown_point(point)}" for point in summed.again)
    else:
        yield _("All key points likely covered.")


def _counts(summary: Summary) -> str:
    answered = sum(each.feedback is not None for each in summary.questions)
    text = ngettext("{count} question answered", "{count} questions answered", answered)
    return text.format(count=answered)


def _news(put_in: PutIn) -> str:
    if not put_in.added:
        return _("They are in your practice already.")
    text = ngettext(
        "{count} question is in your practice now, first among the new ones.",
        "{count} questions are in your practice now, first among the new ones.",
        put_in.added,
    )
    return text.format(count=put_in.added)
