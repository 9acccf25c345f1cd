"""A member's own answer: what it likely covers, what they tick, and who may see it."""

import asyncio
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Self

import discord
from discord import ui

from bot.attempts.counting import FEWEST_WORDS
from bot.attempts.model import Attempt, Sharing, mark_of, marks_of
from bot.chat.answering import in_place
from bot.chat.cards import PAGE, card, heading
from bot.chat.components import LastingButton, LastingSelect
from bot.chat.limits import clip
from bot.chat.quoting import inert
from bot.client import Waymark
from bot.daily.model import Posting
from bot.feedback.model import Feedback
from bot.feedback.wording import doubt_in_words, hints, mark
from bot.i18n import _, later
from bot.questions.model import Content
from cogs.attempts.asking import ChangeButton
from cogs.attempts.shared_card import others_button, text_button

MAX_OPTION = 100
"""Characters of a menu's option."""

SHARINGS: Mapping[Sharing, str] = {
    Sharing.PRIVATE: later("Only I see it"),
    Sharing.SHARED: later("Everyone here, with my name"),
    Sharing.ANONYMOUS: later("Everyone here, without my name"),
}


async def own_card(
    interaction: discord.Interaction[Waymark], attempt: Attempt, title: str | None = None
) -> ui.LayoutView:
    """Return the card of a member's own answer. Raises PostGone or QuestionGone."""
    services = interaction.client.services
    posting = await services.daily.poster.get(attempt.guild_id, attempt.post_id)
    question = posting.known.question
    feedback = await asyncio.to_thread(lambda: services.feedback().on(question, attempt.text))
    return card(
        heading=heading(title or _("Your answer"), inert(question.text)),
        body="\n".join(
            [*_notes(feedback), *_counting(posting, attempt), *_points(question, feedback, attempt)]
        ),
        small_print=_small_print(attempt, question),
        rows=_rows(posting, attempt),
    )


def _notes(feedback: Feedback) -> Iterator[str]:
    if feedback.coverage.doubt is not None:
        yield doubt_in_words(feedback.coverage.doubt)
    else:
        yield from hints(feedback)


def _counting(posting: Posting, attempt: Attempt) -> Iterator[str]:
    """Say of an answer that is too short to count what helps."""
    if attempt.counts:
        return
    said = _("It is kept. For your streak, answers count from {count} words on.")
    yield said.format(count=FEWEST_WORDS)
    if posting.post.revealed:
        yield _("Take it back and say more, and it counts for today.")
    else:
        yield _("Change it to say more, and it counts.")


def _points(question: Content, feedback: Feedback, attempt: Attempt) -> Iterator[str]:
    unclear = feedback.coverage.doubt is not None
    for place, point in enumerate(question.key_points):
        likely = feedback.coverage.points[place].likely
        said = "" if unclear else mark(question.kind, likely=likely)
        ticked = _("you ticked it") if mark_of(point.point) in (attempt.ticked or ()) else ""
        marks = " · ".join(filter(None, (said, ticked)))
        yield f"**{place + 1}.** {inert(point.point)}" + (f"\n-# {marks}" if marks else "")


def _small_print(attempt: Attempt, question: Content) -> str:
    lines = [
        _(
            "The marks are a guess from your words; perhaps you used others. What you tick counts: "
            "how many covered each point is shown with the reveal, without names."
        )
    ]
    if attempt.hidden:
        lines.append(_("A facilitator has hidden it: nobody else here sees it."))
    if question.follow_up:
        lines.append(_("To think on: {question}").format(question=inert(question.follow_up)))
    if attempt.late:
        lines.append(_("It counts for the day on which you sent it."))
    return "\n".join(f"-# {line}" for line in lines)


def _rows(posting: Posting, attempt: Attempt) -> list[Sequence[ui.Item[Any]]]:
    post_id = attempt.post_id
    change = [] if posting.post.revealed else [ChangeButton(post_id)]
    return [
        [TickSelect(post_id, posting.known.question, attempt.ticked or ())],
        [ShareSelect(post_id, attempt.sharing)],
        [*change, text_button(attempt), TakeBackButton(post_id), others_button(post_id)],
    ]


class TickSelect(LastingSelect, template=r"try:v1:tick:(?P<post>\d{1,18})"):
    """The key points that a member says their answer covers."""

    def __init__(
        self,
        post_id: int,
        question: Content | None = None,
        ticked: Collection[str] = (),
    ) -> None:
        points = question.key_points if question else ()
        options = [
            discord.SelectOption(
                label=clip(f"{place + 1}. {point.point}", MAX_OPTION),
                value=mark_of(point.point),
                default=mark_of(point.point) in ticked,
            )
            for place, point in enumerate(points)
        ] or [discord.SelectOption(label="-", value="-")]
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
        await in_place(interaction, self._ticked(interaction, self.item.values))

    async def _ticked(
        self, interaction: discord.Interaction[Waymark], marks: Sequence[str]
    ) -> ui.LayoutView:
        services, guild_id = interaction.client.services, interaction.guild_id or 0
        question = (await services.daily.poster.get(guild_id, self.post_id)).known.question
        known = marks_of(point.point for point in question.key_points)
        ticked = [mark for mark in known if mark in marks]
        attempt = await services.attempts.tick(self.post_id, interaction.user.id, ticked)
        return await own_card(interaction, attempt)


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
        return await own_card(interaction, attempt)


class TakeBackButton(LastingButton, template=r"try:v1:back:(?P<post>\d{1,18})"):
    """Takes a member's own answer from everywhere."""

    def __init__(self, post_id: int) -> None:
        super().__init__(ui.Button(label=_("Take it back"), custom_id=f"try:v1:back:{post_id}"))
        self.post_id = post_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["post"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Take the answer back, and say for how long it can be put back."""
        await in_place(interaction, self._taken_back(interaction))

    async def _taken_back(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        attempts = interaction.client.services.attempts
        attempt = await attempts.take_back(self.post_id, interaction.user.id)
        return card(
            heading=heading(_("Taken back"), _("Nobody sees it any more, and its votes are out.")),
            body=clip(inert(attempt.text), PAGE),
            small_print=_(
                "-# Undo puts all of it back, until tomorrow; then its text is erased. Your day "
                "stays in your streak."
            ),
            rows=[[PutBackButton(self.post_id)]],
        )


class PutBackButton(LastingButton, template=r"try:v1:undo:(?P<post>\d{1,18})"):
    """Undoes the taking back of a member's own answer."""

    def __init__(self, post_id: int) -> None:
        super().__init__(ui.Button(label=_("Undo"), custom_id=f"try:v1:undo:{post_id}"))
        self.post_id = post_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["post"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Put the answer back, as it was."""
        await in_place(interaction, self._put_back(interaction))

    async def _put_back(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        attempts = interaction.client.services.attempts
        attempt = await attempts.put_back(self.post_id, interaction.user.id)
        return await own_card(interaction, attempt, _("Put back"))
