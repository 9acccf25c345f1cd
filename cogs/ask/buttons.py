"""What the buttons of these cards do; they work after a restart, in any message."""

import re
from collections.abc import Awaitable
from typing import Self

import discord
from discord import ui

from bot.answers.model import Reply, Verdict
from bot.chat.answering import in_place, privately
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton
from bot.chat.permissions import NotYourQuestion
from bot.chat.quoting import inert, quoted
from bot.client import Waymark
from bot.errors import MemberError
from bot.faq.model import Waiting
from bot.i18n import _
from cogs.ask.card import Showing, answer_card, finished
from cogs.ask.controls import (
    OPEN,
    PEOPLE,
    SHARE,
    UNDO,
    VOTE,
    Way,
    keyed_people_button,
    open_button,
    people_button,
    share_button,
    undo_button,
    vote_button,
    vote_buttons,
)
from cogs.ask.posting import answered_there, post_in, posting_of
from cogs.ask.seen import Seen
from cogs.ask.where import (
    asker_of,
    channel_to_answer_in,
    channel_to_post_in,
    is_private,
    require_server,
    server_of,
)


class AnswerGone(MemberError):
    """The answer that a button leads to isn't there any more."""

    def __init__(self) -> None:
        super().__init__(_("That answer is gone. Ask again with `/ask`."))


class QuestionLost(MemberError):
    """The card doesn't have the question any more."""

    def __init__(self) -> None:
        super().__init__(_("I can't read that question any more. Ask it again with `/ask`."))


class VoteButton(LastingButton, template=VOTE):
    """Says whether an answer helped, or takes that back."""

    def __init__(self, way: Way, key: str, *, chosen: bool) -> None:
        super().__init__(vote_button(way, key, chosen=chosen))
        self.key = key
        self.voted = None if chosen else way

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(Way(match["way"]), match["key"], chosen=bool(match["chosen"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Count the vote, and show to the voter alone how they have voted."""
        await answer(interaction, self._counted(interaction))

    async def _counted(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        faq, guild_id = interaction.client.services.faq, require_server(interaction)
        helpful = None if self.voted is None else self.voted is Way.HELPFUL
        await faq.vote(guild_id, self.key, interaction.user.id, helpful)
        if is_private(interaction):
            return Seen.on(interaction.message).card(self.voted)
        return voted_card(self.key, self.voted)


class OpenButton(LastingButton, template=OPEN):
    """Shows an answer by its key."""

    def __init__(self, key: str) -> None:
        super().__init__(open_button(key, "…"))
        self.key = key

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(match["key"])

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show it in place of a private card, unless that has a question to pass on."""
        seen = Seen.on(interaction.message)
        if is_private(interaction) and not seen.keeps_question:
            await in_place(interaction, self._opened(interaction, seen))
        else:
            await privately(interaction, self._opened(interaction))

    async def _opened(
        self, interaction: discord.Interaction[Waymark], seen: Seen | None = None
    ) -> ui.LayoutView:
        answers = interaction.client.services.answers
        found = await answers.answer(self.key, asker_of(interaction))
        if found is None:
            raise AnswerGone
        reply = Reply(found.title, Verdict.ANSWER, 1.0, (found,))
        others = seen.openers(self.key) if seen else []
        return answer_card(reply, showing_of(interaction, private=True), others)


class ShareButton(LastingButton, template=SHARE):
    """Shows a private card to everyone in the channel."""

    def __init__(self) -> None:
        super().__init__(share_button())

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls()

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Post it, and take the button away."""
        await in_place(interaction, self._shared(interaction))

    async def _shared(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        channel, seen = channel_to_post_in(interaction), Seen.on(interaction.message).unshared()
        posting = posting_of(interaction.client)
        posting.require_admission(interaction.user.id)
        asked = _("Asked by {name}").format(name=inert(interaction.user.display_name))
        posted = await posting.once(
            channel.id,
            seen.body,
            lambda: post_in(channel, seen.nonce, view=seen.noting(asked).card()),
        )
        shown = _("Everyone here can see it: {link}").format(link=posted.link)
        note = answered_there(posted.link) if posted.before else shown
        return seen.noting(note).card(seen.voted)


class PeopleButton(LastingButton, template=PEOPLE):
    """Passes a question on to people; its text is on the card."""

    def __init__(self, owner: int, role_key: str) -> None:
        super().__init__(keyed_people_button(owner, role_key))
        self.owner = owner
        self.role_key = role_key

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["owner"]), match["role"])

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Pass it on for who asked, and nobody else."""
        if interaction.user.id != self.owner:
            raise NotYourQuestion
        await answer(interaction, self._passed_on(interaction))

    async def _passed_on(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        services, question = interaction.client.services, Seen.on(interaction.message).question
        guild_id = require_server(interaction)
        if question is None:
            raise QuestionLost
        role = services.careers.registry.by_key(self.role_key)
        channel_id = channel_to_answer_in(interaction)
        slug = role.slug if role else None
        waiting = await services.faq.wait(guild_id, self.owner, channel_id, question, slug)
        return passed_on_card(waiting)


class UndoButton(LastingButton, template=UNDO):
    """Takes back a question that was passed on."""

    def __init__(self, waiting_id: int) -> None:
        super().__init__(undo_button(waiting_id))
        self.waiting_id = waiting_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Take it back for who asked, and nobody else."""
        await in_place(interaction, self._taken_back(interaction))

    async def _taken_back(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        faq, guild_id = interaction.client.services.faq, require_server(interaction)
        waiting = await faq.waiting_by_id(guild_id, self.waiting_id)
        if waiting.asker_id != interaction.user.id:
            raise NotYourQuestion
        await faq.dismiss(guild_id, self.waiting_id, interaction.user.id)
        return taken_back_card(waiting)


async def answer(interaction: discord.Interaction[Waymark], view: Awaitable[ui.LayoutView]) -> None:
    """Answer a press in place of a private card, or privately beside one that others see."""
    await (in_place if is_private(interaction) else privately)(interaction, view)


def showing_of(interaction: discord.Interaction[Waymark], *, private: bool) -> Showing:
    """Return to whom a reply is shown, and where."""
    return Showing(
        titles=interaction.client.services.careers.registry.titles(),
        asker=interaction.user.id,
        in_server=server_of(interaction) is not None,
        private=private,
    )


def voted_card(key: str, voted: Way | None) -> ui.LayoutView:
    """Show how a member has voted, with the way to vote differently."""
    text = _("It tells those who look after the answers which ones to mend.")
    title = heading(_("Your vote"), _("You can change it, or take it back."))
    return finished(card(heading=title, body=text, rows=[vote_buttons(key, voted)]))


def passed_on_card(waiting: Waiting) -> ui.LayoutView:
    """Say that people were asked, with the way back."""
    title = heading(_("I passed it on"), _("I'll tell you when somebody has answered."))
    body = quoted(waiting.question)
    return finished(card(heading=title, body=body, rows=[[undo_button(waiting.id)]]))


def taken_back_card(waiting: Waiting) -> ui.LayoutView:
    """Say that people aren't asked any more, with the way to ask them after all."""
    title = heading(_("Taken back"), _("Nobody is asked any more."))
    again = people_button(waiting.asker_id, waiting.role)
    return finished(card(heading=title, body=quoted(waiting.question), rows=[[again]]))
