"""A member's own answer: what it likely covers, what they tick, and who may see it."""

import asyncio
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Self

import discord
from discord import ui

from bot.attempts.model import Attempt, Sharing
from bot.chat.answering import in_place
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton, LastingSelect
from bot.chat.limits import clip
from bot.chat.quoting import inert
from bot.client import Waymark
from bot.feedback.model import Doubt, Feedback, Fit, Part
from bot.i18n import _, later, ngettext
from bot.questions.model import Content
from cogs.attempts.answer_button import AnswerButton
from cogs.attempts.shared_card import others_button

MAX_OPTION = 100
"""Characters of a menu's option."""

DOUBTS: Mapping[Doubt, str] = {
    Doubt.FEW_WORDS: later("That is too short for me to tell what it covers."),
    Doubt.OTHER_LANGUAGE: later("I can only read answers in English, so judge it by the points."),
    Doubt.KEYWORDS: later("I found words of the field, but hardly a sentence that uses them."),
}
PARTS: Mapping[Part, str] = {
    Part.SITUATION: later("the situation"),
    Part.TASK: later("your task"),
    Part.ACTION: later("what you did"),
    Part.RESULT: later("the result"),
    Part.RULE: later("the rule itself"),
    Part.EXAMPLE: later("an example"),
    Part.EXCEPTION: later("an exception"),
}
SHARINGS: Mapping[Sharing, str] = {
    Sharing.PRIVATE: later("Only I see it"),
    Sharing.SHARED: later("Everyone here, with my name"),
    Sharing.ANONYMOUS: later("Everyone here, without my name"),
}


async def own_card(
    interaction: discord.Interaction[Waymark], post_id: int, attempt: Attempt
) -> ui.LayoutView:
    """Return the card of an answer that was kept."""
    services = interaction.client.services
    posting = await services.daily.poster.get(attempt.guild_id, post_id)
    question = posting.known.question
    feedback = await asyncio.to_thread(lambda: services.feedback().on(question, attempt.text))
    return card(
        heading=heading(_title(attempt), inert(question.text)),
        body="\n".join([*_notes(feedback), *_points(question, feedback, attempt)]),
        small_print=_small_print(attempt, question),
        rows=_rows(question, feedback, attempt),
    )


def _title(attempt: Attempt) -> str:
    if attempt.late:
        return _("Kept, after the reveal")
    return _("Your answer is changed") if attempt.edited_at else _("Your answer is kept")


def _notes(feedback: Feedback) -> Iterator[str]:
    length = feedback.shape.length
    if feedback.coverage.doubt is not None:
        yield _(DOUBTS[feedback.coverage.doubt])
    elif length.fit is not Fit.FITTING:
        said = _("It has {words} words; most good answers have {least} to {most}.")
        yield said.format(words=length.words, least=length.least, most=length.most)
    if feedback.shape.missing and feedback.coverage.doubt is None:
        parts = ", ".join(_(PARTS[part]) for part in feedback.shape.missing)
        yield _("Look whether it says: {parts}.").format(parts=parts)


def _points(question: Content, feedback: Feedback, attempt: Attempt) -> Iterator[str]:
    unclear = feedback.coverage.doubt is not None
    for place, point in enumerate(question.key_points):
        covered = feedback.coverage.points[place]
        mark = _("likely covered") if covered.likely else _("look again, perhaps in other words")
        ticked = _("you ticked it") if place in (attempt.ticked or ()) else ""
        marks = " · ".join(filter(None, ("" if unclear else mark, ticked)))
        yield f"**{place + 1}.** {inert(point.point)}" + (f"\n-# {marks}" if marks else "")


def _small_print(attempt: Attempt, question: Content) -> str:
    lines = [_("What you tick counts: the marks are a guess from the words you used.")]
    if question.follow_up:
        lines.append(_("To think on: {question}").format(question=inert(question.follow_up)))
    if attempt.late:
        lines.append(_("It counts for the day on which you sent it."))
    return "\n".join(f"-# {line}" for line in lines)


def _rows(question: Content, feedback: Feedback, attempt: Attempt) -> list[Sequence[ui.Item[Any]]]:
    edit = [] if attempt.late else [AnswerButton(attempt.post_id, _("Change it"))]
    likely = {n for n, each in enumerate(feedback.coverage.points) if each.likely}
    return [
        [
            TickSelect(
                attempt.post_id, question, likely if attempt.ticked is None else attempt.ticked
            )
        ],
        [ShareSelect(attempt.post_id, attempt.sharing)],
        [*edit, TakeBackButton(attempt.post_id), others_button(attempt.post_id)],
    ]


class TickSelect(LastingSelect, template=r"try:v1:tick:(?P<post>\d{1,18})"):
    """The key points that a member says their answer covers."""

    def __init__(
        self,
        post_id: int,
        question: Content | None = None,
        ticked: Collection[int] = (),
    ) -> None:
        points = question.key_points if question else ()
        options = [
            discord.SelectOption(
                label=clip(f"{place + 1}. {point.point}", MAX_OPTION),
                value=str(place),
                default=place in ticked,
            )
            for place, point in enumerate(points)
        ] or [discord.SelectOption(label="-", value="0")]
        super().__init__(
            ui.Select(
                custom_id=f"try:v1:tick:{post_id}",
                placeholder=_("Tick what you covered"),
                min_values=0,
                max_values=len(options),
                options=options,
            )
        )
        self.post_id = post_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the menu that was used."""
        return cls(int(match["post"]))

    async def used(self, interaction: discord.Interaction[Waymark]) -> None:
        """Keep what is ticked, nothing included."""
        places = [int(each) for each in self.item.values if each.isdecimal()]
        await in_place(interaction, self._ticked(interaction, places))

    async def _ticked(
        self, interaction: discord.Interaction[Waymark], places: Sequence[int]
    ) -> ui.LayoutView:
        attempts = interaction.client.services.attempts
        attempt = await attempts.tick(self.post_id, interaction.user.id, places)
        return await own_card(interaction, self.post_id, attempt)


class ShareSelect(LastingSelect, template=r"try:v1:share:(?P<post>\d{1,18})"):
    """Who may see a member's answer."""

    def __init__(self, post_id: int, sharing: Sharing = Sharing.PRIVATE) -> None:
        options = [
            discord.SelectOption(label=_(label), value=value.value, default=value is sharing)
            for value, label in SHARINGS.items()
        ]
        super().__init__(
            ui.Select(
                custom_id=f"try:v1:share:{post_id}",
                placeholder=_("Who may see it"),
                options=options,
            )
        )
        self.post_id = post_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the menu that was used."""
        return cls(int(match["post"]))

    async def chosen(self, interaction: discord.Interaction[Waymark], value: str) -> None:
        """Keep the choice."""
        await in_place(interaction, self._shared(interaction, Sharing(value)))

    async def _shared(
        self, interaction: discord.Interaction[Waymark], sharing: Sharing
    ) -> ui.LayoutView:
        attempts = interaction.client.services.attempts
        attempt = await attempts.share(self.post_id, interaction.user.id, sharing)
        return await own_card(interaction, self.post_id, attempt)


class TakeBackButton(LastingButton, template=r"try:v1:back:(?P<post>\d{1,18})"):
    """Removes a member's own answer; it can be sent again."""

    def __init__(self, post_id: int) -> None:
        super().__init__(ui.Button(label=_("Take it back"), custom_id=f"try:v1:back:{post_id}"))
        self.post_id = post_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["post"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Remove the answer, and hand over its text."""
        await in_place(interaction, self._taken_back(interaction))

    async def _taken_back(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        attempts = interaction.client.services.attempts
        attempt = await attempts.take_back(self.post_id, interaction.user.id)
        words = len(attempt.text.split())
        said = ngettext("{count} word is gone.", "{count} words are gone.", words)
        return card(
            heading=heading(_("Taken back"), said.format(count=words)),
            body=clip(inert(attempt.text), 2000),
            small_print=_("-# Answer again any time; a later answer counts for its own day."),
        )
