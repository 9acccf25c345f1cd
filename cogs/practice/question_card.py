"""Practising: a question, what a strong answer covers, four ratings, and the next question."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, Self

import discord
from discord import ui
from discord.utils import format_dt

from bot.chat.answering import in_place
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton
from bot.chat.quoting import inert
from bot.client import Waymark
from bot.i18n import _, ngettext
from bot.practice.model import NEW_A_DAY, Asked, Choice, Rating, Session
from bot.questions.known import QuestionGone
from cogs.practice.places import CHOICE, CHOICE_AND_HANDLE, learner_of, read, written
from cogs.practice.words import RATINGS, asked_text, strong_answer
from cogs.questions.access import titles_of
from cogs.questions.places import jump
from cogs.questions.words import in_short

STATS = "practice:v1:stats"
Row = Sequence[ui.Item[Any]]


class GoButton(LastingButton, template=rf"practice:v1:go:{CHOICE}"):
    """Goes on with the questions of a choice."""

    def __init__(self, choice: Choice, label: str = "…") -> None:
        custom_id = f"practice:v1:go:{written(choice)}"
        style = discord.ButtonStyle.primary
        super().__init__(ui.Button(label=label, style=style, custom_id=custom_id))
        self.choice = choice

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(read(match))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show what comes next."""
        await in_place(interaction, next_card(interaction, self.choice))


class OfQuestion(LastingButton, template=r"(?!)"):
    """A button of a question, by its handle, in a session of a choice; a subclass names its verb.

    Whoever presses it acts on their own cards.
    """

    verb = ""
    style = discord.ButtonStyle.secondary

    def __init__(self, choice: Choice, handle: str, label: str = "…") -> None:
        custom_id = f"practice:v1:{self.verb}:{written(choice)}:{handle}"
        super().__init__(ui.Button(label=label, style=self.style, custom_id=custom_id))
        self.choice = choice
        self.handle = handle

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(read(match), match["handle"])

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Do it; where the question is gone, say so and go on."""
        await in_place(interaction, self._shown_or_next(interaction))

    async def _shown_or_next(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        try:
            return await self.shown(interaction)
        except QuestionGone:
            return await next_card(interaction, self.choice, _gone())

    async def shown(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        """Do it, and return the card that follows. May raise QuestionGone."""
        raise NotImplementedError

    async def asked(self, interaction: discord.Interaction[Waymark]) -> Asked:
        """Return the question as it is now. Raises QuestionGone."""
        practice = interaction.client.services.practice
        return await practice.asked(learner_of(interaction), self.handle)


class HintButton(OfQuestion, template=rf"practice:v1:hint:{CHOICE_AND_HANDLE}"):
    """Shows the hint."""

    verb = "hint"

    async def shown(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        """Show the question again, with its hint."""
        asked = await self.asked(interaction)
        return question_card(interaction, asked, self.choice, _("A nudge"), hinted=True)


class ShowButton(OfQuestion, template=rf"practice:v1:show:{CHOICE_AND_HANDLE}"):
    """Shows the key points, and asks how well they were known."""

    verb = "show"
    style = discord.ButtonStyle.primary

    async def shown(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        """Show them."""
        return answer_card(await self.asked(interaction), self.choice)


class PutAsideButton(OfQuestion, template=rf"practice:v1:aside:{CHOICE_AND_HANDLE}"):
    """Asks a question no more."""

    verb = "aside"

    async def shown(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        """Put it aside and go on."""
        practice = interaction.client.services.practice
        await practice.suspend(learner_of(interaction), self.handle)
        undo = UndoButton(self.choice, self.handle, _("Undo"))
        return await next_card(interaction, self.choice, _("Put aside."), [undo])


class UndoButton(OfQuestion, template=rf"practice:v1:undo:{CHOICE_AND_HANDLE}"):
    """Asks a question again that was put aside."""

    verb = "undo"

    async def shown(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        """Take it back and show the question."""
        practice = interaction.client.services.practice
        await practice.resume(learner_of(interaction), self.handle)
        asked = await self.asked(interaction)
        return question_card(interaction, asked, self.choice, _("Here it is again."))


class RateButton(
    LastingButton,
    template=rf"practice:v1:rate:(?P<rating>[1-4]):(?P<reviews>\d{{1,6}}):{CHOICE_AND_HANDLE}",
):
    """Says how well a question was known, of the state of its card that was shown."""

    def __init__(self, rating: Rating, reviews: int, choice: Choice, handle: str) -> None:
        custom_id = f"practice:v1:rate:{rating}:{reviews}:{written(choice)}:{handle}"
        super().__init__(ui.Button(label=_(RATINGS[rating]), custom_id=custom_id))
        self.rating = rating
        self.reviews = reviews
        self.choice = choice
        self.handle = handle

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(
            Rating(int(match["rating"])), int(match["reviews"]), read(match), match["handle"]
        )

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Note it, and show what comes next."""
        await in_place(interaction, self._rated(interaction))

    async def _rated(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        practice, learner = interaction.client.services.practice, learner_of(interaction)
        try:
            rated = await practice.rate(learner, self.handle, self.rating, self.reviews)
        except QuestionGone:
            return await next_card(interaction, self.choice, _gone())
        news = _("Noted. That one comes again {when}.")
        return await next_card(
            interaction, self.choice, news.format(when=format_dt(rated.memory.due, "R"))
        )


async def next_card(
    interaction: discord.Interaction[Waymark], choice: Choice, news: str = "", more: Row = ()
) -> ui.LayoutView:
    """Show what comes next, or that that's all. Raises NothingToPractise."""
    practice = interaction.client.services.practice
    session = await practice.session(learner_of(interaction), choice)
    if session.asked is None:
        return done_card(session, choice, news, more)
    counts = _counts(session)
    return question_card(interaction, session.asked, choice, news or counts, more, counts=counts)


def question_card(
    interaction: discord.Interaction[Waymark],
    asked: Asked,
    choice: Choice,
    news: str,
    more: Row = (),
    *,
    counts: str = "",
    hinted: bool = False,
) -> ui.LayoutView:
    """Ask a question."""
    known, handle = asked.known, asked.known.handle
    hint = inert(known.question.hint)
    buttons: list[ui.Item[Any]] = [ShowButton(choice, handle, _("Show key points"))]
    if hint and not hinted:
        buttons.append(HintButton(choice, handle, _("Hint")))
    buttons.append(PutAsideButton(choice, handle, _("Not this one again")))
    notes = [in_short(known, titles_of(interaction)), *([counts] if counts != news else [])]
    return card(
        heading=heading(_("Practice"), news),
        body=f"{asked_text(known)}\n\n{hint}" if hinted else asked_text(known),
        small_print="\n".join(f"-# {note}" for note in filter(None, notes)),
        rows=[buttons, more],
    )


def answer_card(asked: Asked, choice: Choice) -> ui.LayoutView:
    """Show what a strong answer covers, and ask how well it was known."""
    known, handle = asked.known, asked.known.handle
    return card(
        heading=heading(_("Practice"), _("How well did you know it?")),
        body=f"{asked_text(known)}\n\n{strong_answer(known)}",
        small_print=_("Comes again\n{dates}").format(dates="\n".join(_dates(asked))),
        rows=[
            [RateButton(rating, asked.reviews, choice, handle) for rating in Rating],
            [PutAsideButton(choice, handle, _("Not this one again"))],
        ],
    )


def done_card(session: Session, choice: Choice, news: str, more: Row = ()) -> ui.LayoutView:
    """Say that that's all, and when it goes on."""
    title = _("That's all for now") if session.goes_on_today else _("That's all for today")
    buttons: list[ui.Item[Any]] = []
    if session.goes_on_today:
        buttons.append(GoButton(choice, _("Go on")))
    if choice.is_narrow:
        buttons.append(GoButton(Choice(), _("All careers and topics")))
    buttons.append(jump(_("How it goes"), STATS))
    body = "\n".join(_ahead(session))
    return card(heading=heading(title, news or _("Well done.")), body=body, rows=[buttons, more])


def _ahead(session: Session) -> Iterator[str]:
    if session.next_due is not None:
        when, ago = format_dt(session.next_due, "F"), format_dt(session.next_due, "R")
        yield _("The next one is due {when} ({ago}).").format(when=when, ago=ago)
    else:
        yield _("Nothing is due yet.")
    if session.limited:
        yield _("New questions come tomorrow, {count} a day at most.").format(count=NEW_A_DAY)
    if session.elsewhere:
        text = ngettext(
            "{count} question of other choices is due.",
            "{count} questions of other choices are due.",
            session.elsewhere,
        )
        yield text.format(count=session.elsewhere)


def _dates(asked: Asked) -> Iterator[str]:
    for rating, date in asked.dates.items():
        name = _(RATINGS[rating])
        yield f"**{name}:** {format_dt(date, 'R')}"


def _counts(session: Session) -> str:
    return _("{due} due · {new} new today").format(due=session.due, new=session.new)


def _gone() -> str:
    return _("That question is gone. Here is the next one.")
