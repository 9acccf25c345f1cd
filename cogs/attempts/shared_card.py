"""The answers that members have shared, one at a time, with a vote for each."""

import re
from typing import Self

import discord
from discord import ui

from bot.attempts.model import Attempt, Sharing
from bot.chat.answering import in_place, privately
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton
from bot.chat.limits import clip
from bot.chat.quoting import inert
from bot.client import Waymark
from bot.daily.model import Post
from bot.errors import MemberError
from bot.i18n import _, ngettext

MOST_READ = 50
"""Shared answers that can be paged through."""

MAX_SHOWN = 2200
"""Characters of an answer on its card."""

FROM_POST, FROM_CARD = "p", "c"
"""Where a button stands: on the post it opens a card, on a card it changes it."""


class NobodyShared(MemberError):
    """There is no answer that may be read."""

    def __init__(self) -> None:
        super().__init__(_("Nobody has shared an answer yet. Share yours, and be the first."))


class AnswerFirst(MemberError):
    """Somebody wants to read answers before the reveal without having answered."""

    def __init__(self) -> None:
        super().__init__(_("Answer first, or wait for the reveal: then you can read the others."))


async def _require_own_first(interaction: discord.Interaction[Waymark], post: Post) -> None:
    """Raise AnswerFirst where answers would give away what a member may still want to try."""
    attempts = interaction.client.services.attempts
    if post.revealed_at is None and await attempts.mine(post.id, interaction.user.id) is None:
        raise AnswerFirst


async def shared_card(
    interaction: discord.Interaction[Waymark], post_id: int, place: int
) -> ui.LayoutView:
    """Return one of the shared answers. Raises NobodyShared or AnswerFirst."""
    services, guild_id = interaction.client.services, interaction.guild_id or 0
    posting = await services.daily.poster.get(guild_id, post_id)
    await _require_own_first(interaction, posting.post)
    best = await services.attempts.best(post_id, MOST_READ)
    if not best:
        raise NobodyShared
    place = min(place, len(best) - 1)
    attempt = best[place]
    voted = await services.attempts.voted(attempt.id, interaction.user.id)
    votes = ngettext("{count} found it helpful", "{count} found it helpful", attempt.votes)
    return card(
        heading=heading(
            _("Answer by {author}").format(author=author_of(attempt)), "", place, len(best)
        ),
        body=clip(inert(attempt.text), MAX_SHOWN),
        small_print=f"-# {votes.format(count=attempt.votes)}",
        rows=[
            [
                *([ReadButton(post_id, place - 1, _("← Back"))] if place else []),
                *([ReadButton(post_id, place + 1, _("More →"))] if place + 1 < len(best) else []),
                VoteButton(post_id, place, attempt.id, withdrawn=voted),
            ]
        ],
    )


def author_of(attempt: Attempt) -> str:
    """Return how the author of a shared answer is named."""
    return _("somebody here") if attempt.sharing is Sharing.ANONYMOUS else f"<@{attempt.member_id}>"


class ReadButton(
    LastingButton,
    template=r"try:v1:read:(?P<post>\d{1,18}):(?P<place>\d{1,3}):(?P<stands>[pc])",
):
    """Shows a shared answer."""

    def __init__(self, post_id: int, place: int, label: str, stands: str = FROM_CARD) -> None:
        super().__init__(
            ui.Button(label=label, custom_id=f"try:v1:read:{post_id}:{place}:{stands}")
        )
        self.post_id, self.place, self.stands = post_id, place, stands

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["post"]), int(match["place"]), "-", match["stands"])

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show the answer, to who pressed alone."""
        show = privately if self.stands == FROM_POST else in_place
        await show(interaction, shared_card(interaction, self.post_id, self.place))


def others_button(post_id: int) -> ReadButton:
    """Return the button beneath a question, or one's own answer, that shows what others wrote."""
    return ReadButton(post_id, 0, _("Read others' answers"), FROM_POST)


class VoteButton(
    LastingButton,
    template=r"try:v1:vote:(?P<post>\d{1,18}):(?P<place>\d{1,3}):(?P<id>\d{1,18}):(?P<way>[yn])",
):
    """Keeps a vote for somebody else's answer, or takes it back."""

    def __init__(
        self, post_id: int, place: int, attempt_id: int, *, withdrawn: bool = False
    ) -> None:
        way = "n" if withdrawn else "y"
        super().__init__(
            ui.Button(
                label=_("Take my vote back") if withdrawn else _("Helpful"),
                custom_id=f"try:v1:vote:{post_id}:{place}:{attempt_id}:{way}",
            )
        )
        self.post_id, self.place = post_id, place
        self.attempt_id, self.withdrawn = attempt_id, withdrawn

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        place, attempt_id = int(match["place"]), int(match["id"])
        return cls(int(match["post"]), place, attempt_id, withdrawn=match["way"] == "n")

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Count the vote, and show the answer with it."""
        await in_place(interaction, self._voted(interaction))

    async def _voted(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        attempts = interaction.client.services.attempts
        keep = attempts.withdraw if self.withdrawn else attempts.vote
        await keep(interaction.guild_id or 0, self.attempt_id, interaction.user.id)
        return await shared_card(interaction, self.post_id, self.place)
