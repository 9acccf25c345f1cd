"""An interview: a question, the answer in a form, what is said of it, and the next question."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Self

import discord
from discord import ui

from bot.chat.answering import in_place
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton
from bot.chat.forms import Field, Form, modal
from bot.chat.giving_back import give_back
from bot.chat.quoting import inert
from bot.client import Waymark
from bot.feedback.model import MAX_ANSWER, Feedback
from bot.feedback.wording import doubt_in_words, hints, others
from bot.i18n import _
from bot.practice.interviews.model import Put, Told
from bot.questions.known import QuestionGone
from cogs.practice.interview_summary import EndButton, ended
from cogs.practice.places import SET_AND_PLACE, learner_of
from cogs.practice.words import asked_text, listed, strong_answer
from cogs.questions.access import titles_of
from cogs.questions.places import ID
from cogs.questions.words import in_short

Row = Sequence[ui.Item[Any]]

ANSWER = "answer"
MAX_ANSWERED_QUESTION = 300
"""Characters of a question above the feedback on its answer."""


class OfSet(LastingButton, template=r"(?!)"):
    """A button of a question of a set; a subclass names its verb and its label.

    The service knows no set but the presser's own.
    """

    verb = ""
    style = discord.ButtonStyle.secondary

    def __init__(self, set_id: int, place: int, label: str = "…") -> None:
        custom_id = f"interview:v1:{self.verb}:{set_id}:{place}"
        super().__init__(ui.Button(label=label, style=self.style, custom_id=custom_id))
        self.set_id = set_id
        self.place = place

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]), int(match["place"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Do it; where the question is gone, go on with the next one."""
        await in_place(interaction, self._shown_or_next(interaction))

    async def _shown_or_next(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        try:
            return await self.shown(interaction)
        except QuestionGone:
            return await next_question(interaction, self.set_id)

    async def shown(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        """Do it, and return the card that follows. May raise QuestionGone."""
        raise NotImplementedError

    async def put(self, interaction: discord.Interaction[Waymark]) -> Put:
        """Return the question as it is now. Raises SetGone or QuestionGone."""
        interviews = interaction.client.services.interviews
        return await interviews.put(learner_of(interaction), self.set_id, self.place)


class AnswerButton(OfSet, template=rf"interview:v1:write:{SET_AND_PLACE}"):
    """Opens the form of an answer, with what it says already."""

    verb = "write"
    style = discord.ButtonStyle.primary

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Open the form."""
        await interaction.response.send_modal(answer_modal(await self.put(interaction)))


class HintButton(OfSet, template=rf"interview:v1:hint:{SET_AND_PLACE}"):
    """Shows the hint."""

    verb = "hint"

    async def shown(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        """Show the question again, with its hint."""
        return put_card(interaction, await self.put(interaction), hinted=True)


class SkipButton(OfSet, template=rf"interview:v1:skip:{SET_AND_PLACE}"):
    """Passes over a question."""

    verb = "skip"

    async def shown(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        """Skip it and go on."""
        interviews = interaction.client.services.interviews
        await interviews.skip(learner_of(interaction), self.set_id, self.place)
        undo = BackButton(self.set_id, self.place, _("Undo"))
        return await next_question(interaction, self.set_id, _("Skipped."), [undo])


class BackButton(OfSet, template=rf"interview:v1:back:{SET_AND_PLACE}"):
    """Takes a Skip back."""

    verb = "back"

    async def shown(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        """Open the question again."""
        interviews = interaction.client.services.interviews
        await interviews.reopen(learner_of(interaction), self.set_id, self.place)
        return put_card(interaction, await self.put(interaction), _("Here it is again."))


class NextButton(LastingButton, template=rf"interview:v1:next:{ID}"):
    """Goes on with the next question, or to the summary."""

    def __init__(self, set_id: int, label: str = "…") -> None:
        custom_id = f"interview:v1:next:{set_id}"
        style = discord.ButtonStyle.primary
        super().__init__(ui.Button(label=label, style=style, custom_id=custom_id))
        self.set_id = set_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Go on."""
        await in_place(interaction, next_question(interaction, self.set_id))


class GoOnButton(LastingButton, template=rf"interview:v1:on:{ID}"):
    """Goes on with a set that was ended early."""

    def __init__(self, set_id: int, label: str = "…") -> None:
        super().__init__(ui.Button(label=label, custom_id=f"interview:v1:on:{set_id}"))
        self.set_id = set_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Take the end back."""
        await in_place(interaction, self._on(interaction))

    async def _on(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        interviews = interaction.client.services.interviews
        await interviews.go_on(learner_of(interaction), self.set_id)
        return await next_question(interaction, self.set_id)


class AnswerForm(Form):
    """Keeps an answer, and says what it likely covers."""

    template = rf"interview:v1:answer:{SET_AND_PLACE}"

    def __init__(self, set_id: int, place: int) -> None:
        self.set_id = set_id
        self.place = place

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the form that was submitted."""
        return cls(int(match["id"]), int(match["place"]))

    async def submitted(
        self, interaction: discord.Interaction[Waymark], typed: Mapping[str, str]
    ) -> None:
        """Keep the answer, though Discord may not hear that it was; then say what it covers."""
        try:
            await interaction.response.defer()
        finally:
            await self._kept(interaction, typed.get(ANSWER, ""))
        view = await self._told(interaction)
        await interaction.edit_original_response(view=view, attachments=[])

    async def _kept(self, interaction: discord.Interaction[Waymark], text: str) -> None:
        interviews, learner = interaction.client.services.interviews, learner_of(interaction)
        try:
            await interviews.answer(learner, self.set_id, self.place, text)
        except Exception:  # whatever it is, what was typed must not be lost
            await give_back(interaction, text)
            raise

    async def _told(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        interviews, learner = interaction.client.services.interviews, learner_of(interaction)
        try:
            return told_card(await interviews.told(learner, self.set_id, self.place))
        except QuestionGone:
            return await next_question(interaction, self.set_id, _("Your answer is kept."))


def answer_modal(put: Put) -> ui.Modal:
    """Return the form of an answer, filled in with what is kept."""
    field = Field(ANSWER, _("Your answer"), put.question.answer, MAX_ANSWER, long=True)
    custom_id = f"interview:v1:answer:{put.interview.id}:{put.question.place}"
    return modal(_where(put), custom_id, field, above=asked_text(put.known))


async def next_question(
    interaction: discord.Interaction[Waymark], set_id: int, news: str = "", more: Row = ()
) -> ui.LayoutView:
    """Show the next open question of a set, or its summary. Raises SetGone."""
    interviews = interaction.client.services.interviews
    put = await interviews.next(learner_of(interaction), set_id)
    if put is None:
        return await ended(interaction, set_id, news=news, more=more)
    return put_card(interaction, put, news, more)


def put_card(
    interaction: discord.Interaction[Waymark],
    put: Put,
    news: str = "",
    more: Row = (),
    *,
    hinted: bool = False,
) -> ui.LayoutView:
    """Put a question of a set to the member."""
    set_id, place, known = put.interview.id, put.question.place, put.known
    hint = inert(known.question.hint)
    buttons: list[ui.Item[Any]] = [AnswerButton(set_id, place, _("Answer"))]
    if hint and not hinted:
        buttons.append(HintButton(set_id, place, _("Hint")))
    buttons += [SkipButton(set_id, place, _("Skip")), EndButton(set_id, 0, _("Finish now"))]
    return card(
        heading=heading(_where(put), news or _("Answer as you would in the room.")),
        body=f"{asked_text(known)}\n\n{hint}" if hinted else asked_text(known),
        small_print="\n".join([f"-# {in_short(known, titles_of(interaction))}", _how_it_goes_on()]),
        rows=[buttons, more],
    )


def told_card(told: Told) -> ui.LayoutView:
    """Say what an answer likely covers, and what to look at again."""
    put, known = told.put, told.put.known
    set_id, place = put.interview.id, put.question.place
    onward = _("Next question") if put.interview.open else _("Summary")
    question = asked_text(known, MAX_ANSWERED_QUESTION)
    said = "\n\n".join(filter(None, [question, *_covered(told)]))
    return card(
        heading=heading(_where(put), _("Your answer is kept.")),
        body=said,
        small_print="\n".join(_hints(told.feedback)),
        rows=[[NextButton(set_id, onward), _change_button(set_id, place)]],
    )


def _change_button(set_id: int, place: int) -> AnswerButton:
    button = AnswerButton(set_id, place, _("Change my answer"))
    button.item.style = discord.ButtonStyle.secondary
    return button


def _covered(told: Told) -> Iterator[str]:
    coverage = told.feedback.coverage
    if coverage.doubt:
        yield doubt_in_words(coverage.doubt)
        yield strong_answer(told.put.known)
        return
    likely = [each.point for each in coverage.points if each.likely]
    rest = [each.point for each in coverage.points if not each.likely]
    yield listed(_("Likely covered"), likely)
    yield listed(others(told.put.known.question.kind), rest)


def _hints(feedback: Feedback) -> Iterator[str]:
    yield from (f"-# {hint}" for hint in hints(feedback))
    yield _("-# I go by words, not by meaning. You know best what you meant.")


def _how_it_goes_on() -> str:
    return _("-# Each answer is kept. `/interview` goes on where you stopped.")


def _where(put: Put) -> str:
    number, count = put.question.place + 1, len(put.interview.questions)
    return _("Interview: question {number} of {count}").format(number=number, count=count)
