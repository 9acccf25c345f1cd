"""The answers that members have shared, one at a time, with a vote for each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Self

import discord
from discord import ui

from bot.attempts.model import Attempt, Sharing
from bot.chat.answering import in_place, privately
from bot.chat.cards import PAGE, card, heading
from bot.chat.components import LastingButton
from bot.chat.limits import paged
from bot.chat.quoting import inert
from bot.client import Waymark
from bot.daily.model import Post
from bot.errors import MemberError
from bot.i18n import _, ngettext
from bot.services import Services
from cogs.faq.access import facilitates, facilitating

MOST_READ = 50
"""Shared answers that can be paged through."""

FIRST = 0
"""Stands for the first answer that is shared."""

FROM_POST, FROM_CARD = "p", "c"
"""Where a button stands: on the post it opens a card, on a card it changes it."""


@dataclass(frozen=True)
class Place:
    """A page, counted from 0, of an answer to a post."""

    post_id: int
    attempt_id: int
    page: int = 0

    PATTERN: ClassVar = r"(?P<post>\d{1,18}):(?P<id>\d{1,18}):(?P<page>\d)"

    def __str__(self) -> str:
        return f"{self.post_id}:{self.attempt_id}:{self.page}"

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Read a custom id that the pattern matched."""
        return cls(int(match["post"]), int(match["id"]), int(match["page"]))


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
    if not post.revealed and await attempts.mine(post.id, interaction.user.id) is None:
        raise AnswerFirst


async def shared_card(interaction: discord.Interaction[Waymark], place: Place) -> ui.LayoutView:
    """Return a page of one of the shared answers, or of one's own.

    Raises NobodyShared, AnswerFirst or AttemptGone.
    """
    services, guild_id, reader = _who(interaction)
    posting = await services.daily.poster.get(guild_id, place.post_id)
    ids = await services.attempts.shared_ids(place.post_id, MOST_READ)
    if not place.attempt_id and not ids:
        raise NobodyShared
    facilitates_here = await facilitates(interaction)
    attempt = await services.attempts.shown(
        guild_id, place.attempt_id or ids[0], reader, facilitates=facilitates_here
    )
    if attempt.member_id != reader:
        await _require_own_first(interaction, posting.post)
    voted = await services.attempts.voted(attempt.id, reader)
    pages = paged([inert(attempt.text)], PAGE)
    page = min(place.page, len(pages) - 1)
    on = [ReadButton(Place(place.post_id, attempt.id, page + 1), _("Read on"))]
    rows = [
        [*_neighbours(place.post_id, attempt, ids), *(on if page + 1 < len(pages) else [])],
        _acts(place.post_id, attempt, reader, voted=voted, facilitates=facilitates_here),
    ]
    return card(
        heading=heading(_title(attempt, reader), _standing(attempt, ids), page, len(pages)),
        body=pages[page],
        small_print=_small_print(attempt),
        rows=rows,
    )


def _who(interaction: discord.Interaction[Waymark]) -> tuple[Services, int, int]:
    return interaction.client.services, interaction.guild_id or 0, interaction.user.id


def _title(attempt: Attempt, reader: int) -> str:
    if attempt.member_id == reader:
        return _("Your answer")
    return _("Answer by {author}").format(author=author_of(attempt))


def _standing(attempt: Attempt, ids: Sequence[int]) -> str:
    if attempt.id not in ids:
        return ""
    return _("{number} of {count}").format(number=ids.index(attempt.id) + 1, count=len(ids))


def _small_print(attempt: Attempt) -> str:
    if attempt.hidden:
        return _("-# Hidden by a facilitator: nobody but its author sees it.")
    if attempt.sharing is Sharing.PRIVATE:
        return _("-# Only you see it.")
    return f"-# {votes_in_words(attempt.votes)}"


def votes_in_words(votes: int) -> str:
    """Return how many found an answer helpful."""
    text = ngettext("{count} found it helpful", "{count} found it helpful", votes)
    return text.format(count=votes)


def _neighbours(post_id: int, attempt: Attempt, ids: Sequence[int]) -> "Iterator[ReadButton]":
    """Yield the ways to the answers before and after this one."""
    before = [each for each in ids if each < attempt.id]
    after = [each for each in ids if each > attempt.id]
    if before:
        yield ReadButton(Place(post_id, before[-1]), _("← Back"))
    if after:
        yield ReadButton(Place(post_id, after[0]), _("More →"))


def _acts(
    post_id: int, attempt: Attempt, reader: int, *, voted: bool, facilitates: bool
) -> list[LastingButton]:
    """Return what the reader may do with an answer."""
    buttons: list[LastingButton] = []
    if attempt.is_shown and attempt.member_id != reader:
        buttons.append(VoteButton(post_id, attempt.id, withdrawn=voted))
    if facilitates and attempt.sharing is not Sharing.PRIVATE:
        buttons.append(HideButton(post_id, attempt.id, hides=not attempt.hidden))
    return buttons


def author_of(attempt: Attempt) -> str:
    """Return how the author of a shared answer is named."""
    return _("somebody here") if attempt.sharing is Sharing.ANONYMOUS else f"<@{attempt.member_id}>"


class ReadButton(LastingButton, template=rf"try:v1:read:{Place.PATTERN}:(?P<stands>[pc])"):
    """Shows an answer."""

    def __init__(self, place: Place, label: str = "…", stands: str = FROM_CARD) -> None:
        super().__init__(ui.Button(label=label, custom_id=f"try:v1:read:{place}:{stands}"))
        self.place, self.stands = place, stands

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(Place.read(match), stands=match["stands"])

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show the answer, to who pressed alone."""
        show = privately if self.stands == FROM_POST else in_place
        await show(interaction, shared_card(interaction, self.place))


def others_button(post_id: int) -> ReadButton:
    """Return the button beneath a question, or one's own answer, that shows what others wrote."""
    return ReadButton(Place(post_id, FIRST), _("Read others' answers"), FROM_POST)


def text_button(attempt: Attempt) -> ReadButton:
    """Return the button that shows the text of one's own answer."""
    return ReadButton(Place(attempt.post_id, attempt.id), _("My text"), FROM_POST)


class VoteButton(
    LastingButton,
    template=r"try:v1:vote:(?P<post>\d{1,18}):(?P<id>\d{1,18}):(?P<way>[yn])",
):
    """Keeps a vote for somebody else's answer, or takes it back."""

    def __init__(self, post_id: int, attempt_id: int, *, withdrawn: bool = False) -> None:
        way = "n" if withdrawn else "y"
        super().__init__(
            ui.Button(
                label=_("Take my vote back") if withdrawn else _("Helpful"),
                custom_id=f"try:v1:vote:{post_id}:{attempt_id}:{way}",
            )
        )
        self.post_id, self.attempt_id, self.withdrawn = post_id, attempt_id, withdrawn

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["post"]), int(match["id"]), withdrawn=match["way"] == "n")

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Count the vote, and show the answer with it."""
        await in_place(interaction, self._voted(interaction))

    async def _voted(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        attempts = interaction.client.services.attempts
        keep = attempts.withdraw if self.withdrawn else attempts.vote
        await keep(interaction.guild_id or 0, self.attempt_id, interaction.user.id)
        return await shared_card(interaction, Place(self.post_id, self.attempt_id))


class HideButton(
    LastingButton,
    template=r"try:v1:hide:(?P<post>\d{1,18}):(?P<id>\d{1,18}):(?P<way>[yn])",
):
    """Hides an answer from everybody but its author, or shows it again; for facilitators."""

    def __init__(self, post_id: int, attempt_id: int, *, hides: bool = True) -> None:
        way = "y" if hides else "n"
        super().__init__(
            ui.Button(
                label=_("Hide it") if hides else _("Show it again"),
                custom_id=f"try:v1:hide:{post_id}:{attempt_id}:{way}",
            )
        )
        self.post_id, self.attempt_id, self.hides = post_id, attempt_id, hides

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["post"]), int(match["id"]), hides=match["way"] == "y")

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Hide it, or show it again."""
        await in_place(interaction, self._done(interaction))

    async def _done(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        guild_id = await facilitating(interaction)
        attempts = interaction.client.services.attempts
        await attempts.hide(guild_id, self.attempt_id, hidden=self.hides)
        return await shared_card(interaction, Place(self.post_id, self.attempt_id))
