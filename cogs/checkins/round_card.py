"""A channel's check-in, what a member replies to it, and the wrap-up."""

import re
from collections.abc import Iterable, Mapping
from typing import Self

import discord
from discord import ui
from discord.utils import format_dt

from bot.chat.answering import privately
from bot.chat.cards import card, heading
from bot.chat.components import LastingButton
from bot.chat.forms import Field, Form, modal
from bot.chat.limits import clip
from bot.chat.quoting import inert
from bot.checkins.group import MAX_REPLY, Mode, Reply, Round, Said, WrapUp
from bot.client import Waymark
from bot.i18n import _, ngettext
from cogs.checkins import words
from cogs.checkins.places import ID, OWNER
from cogs.checkins.prompt_card import require_own, where_it_was

WINS, PLANS, BLOCKERS = "wins", "plans", "blockers"
NAMED = 20
"""Members who are named in a wrap-up."""

SHOWN_OF_EACH = 180
ROOM = 750
"""Characters of each thing said, and of all wins or blockers, so that both fit on a card."""


class ReplyButton(LastingButton, template=rf"checkins:v1:(?P<act>reply|fine):{ID}"):
    """Opens the form for a reply, or replies that all is well; everybody may."""

    def __init__(self, act: str, round_id: int, label: str = "…") -> None:
        styles = {"reply": discord.ButtonStyle.primary, "fine": discord.ButtonStyle.secondary}
        custom_id = f"checkins:v1:{act}:{round_id}"
        super().__init__(ui.Button(label=label, style=styles[act], custom_id=custom_id))
        self.act = act
        self.round_id = round_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(match["act"], int(match["id"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Open the form with what was said before, or keep that all is well."""
        if self.act == "fine":
            await privately(interaction, self._fine(interaction))
            return
        rounds = interaction.client.services.checkins.groups.rounds
        found = await rounds.get(interaction.guild_id or 0, self.round_id)
        mine = await rounds.mine(found.id, interaction.user.id)
        await interaction.response.send_modal(reply_modal(found, mine.said if mine else Said()))

    async def _fine(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        rounds = interaction.client.services.checkins.groups.rounds
        guild_id, member_id = interaction.guild_id or 0, interaction.user.id
        found = await rounds.get(guild_id, self.round_id)
        mine = await rounds.mine(found.id, member_id)
        if mine is not None and mine.answer is not None:
            return own_card(found, mine)
        return own_card(*await rounds.reply(guild_id, found.id, member_id, Said()))


class WithdrawButton(LastingButton, template=rf"checkins:v1:undo:{ID}:{OWNER}"):
    """Takes a reply back."""

    def __init__(self, round_id: int, owner: int) -> None:
        custom_id = f"checkins:v1:undo:{round_id}:{owner}"
        super().__init__(ui.Button(label=_("Undo"), custom_id=custom_id))
        self.round_id = round_id
        self.owner = owner

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]), int(match["owner"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Take it back."""
        require_own(interaction, self.owner)
        await where_it_was(interaction, self._withdrawn(interaction))

    async def _withdrawn(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        rounds = interaction.client.services.checkins.groups.rounds
        guild_id = interaction.guild_id or 0
        found, _reply = await rounds.withdraw(guild_id, self.round_id, self.owner)
        return card(
            heading=heading(_("Taken back"), words.written(found.day)),
            body=_("Nothing of your reply stays."),
            rows=[[ReplyButton("reply", found.id, _("Reply"))]],
        )


class CallButton(LastingButton, template=rf"checkins:v1:call:{ID}"):
    """Lets a member be called to each round, or no more; everybody may, for themselves."""

    def __init__(self, round_id: int, label: str = "…") -> None:
        super().__init__(ui.Button(label=label, custom_id=f"checkins:v1:call:{round_id}"))
        self.round_id = round_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Keep it, and say so privately."""
        await privately(interaction, self._toggled(interaction))

    async def _toggled(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        calls = interaction.client.services.checkins.groups.calls
        whose = interaction.guild_id or 0, self.round_id, interaction.user.id
        group, wanted = await calls.toggle(*whose)
        text = _("I don't call you to this channel's check-ins any more.")
        if wanted and group.mode is Mode.MORNINGS:
            text = _("I write to you once a round, at its hour in your own zone.")
        elif wanted:
            text = _("I write to you once a round, shortly before it closes.")
        hint = _("If you have replied by then, or are away, I don't. Press again to change it.")
        return card(
            heading=heading(_("I'll call you") if wanted else _("No more calls"), text),
            body=hint if wanted else _("Press again to be called."),
            rows=[[CallButton(self.round_id, _("Undo"))]],
        )


class ReplyForm(Form):
    """Keeps a reply."""

    template = rf"checkins:v1:said:{ID}"
    gives_back = True

    def __init__(self, round_id: int) -> None:
        self.round_id = round_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the form that was submitted."""
        return cls(int(match["id"]))

    async def submitted(
        self, interaction: discord.Interaction[Waymark], typed: Mapping[str, str]
    ) -> None:
        """Keep it; it is shown in the thread."""
        said = Said(typed[WINS], typed[PLANS], typed[BLOCKERS])
        await privately(interaction, self._kept(interaction, said))

    async def _kept(self, interaction: discord.Interaction[Waymark], said: Said) -> ui.LayoutView:
        rounds = interaction.client.services.checkins.groups.rounds
        guild_id, member_id = interaction.guild_id or 0, interaction.user.id
        return own_card(*await rounds.reply(guild_id, self.round_id, member_id, said))


def reply_modal(found: Round, said: Said) -> ui.Modal:
    """Return the form for a reply."""
    asked = ((WINS, _("What did you get done?")), (PLANS, _("What is next?")))
    texts = {WINS: said.wins, PLANS: said.plans, BLOCKERS: said.blockers}
    fields = [
        Field(name, label, texts[name], MAX_REPLY, long=True, required=False)
        for name, label in (*asked, (BLOCKERS, _("Is anything in your way?")))
    ]
    return modal(_("Everybody here can read it"), f"checkins:v1:said:{found.id}", *fields)


def round_card(found: Round) -> ui.LayoutView:
    """Ask a channel how it goes."""
    hint = _("-# Replies gather in a thread. The wrap-up comes {when}.")
    closes = format_dt(found.closes_at, "R") if found.closes_at else "…"
    return card(
        heading=heading(_("Check-in"), words.written(found.day)),
        body=_("What did you get done, what is next, and is anything in your way?"),
        small_print=hint.format(when=closes),
        rows=[
            [
                ReplyButton("reply", found.id, _("Reply")),
                ReplyButton("fine", found.id, _("On track")),
                CallButton(found.id, _("Call me")),
            ]
        ],
    )


def call_card(found: Round) -> ui.LayoutView:
    """Call a member to a round, by direct message."""
    there: ui.Button[ui.LayoutView] = ui.Button(label=_("Reply there"), url=found.link)
    return card(
        heading=heading(_("Check-in"), f"<#{found.channel_id}>"),
        body=_("How is it going? You asked me to call you; I do it once a round."),
        small_print=_("-# *Call me* on the check-in ends that."),
        rows=[[there]],
    )


def own_card(found: Round, reply: Reply) -> ui.LayoutView:
    """Show a member their reply, with the way back."""
    where = _("It is shown in the thread.")
    if found.thread_reason is not None:
        where = _("I can't use a thread here, so it is shown in the wrap-up.")
    late = [_("The round is closed; the wrap-up says that yours came late.")] if reply.late else []
    return card(
        heading=heading(_("Thank you!"), words.written(found.day)),
        body="\n".join([*_said(reply.said), where, *late]),
        rows=[
            [
                ReplyButton("reply", found.id, _("Change")),
                WithdrawButton(found.id, reply.member_id),
            ]
        ],
    )


def reply_card(reply: Reply) -> ui.LayoutView:
    """Show a reply in the thread."""
    lines = _said(reply.said) or [_("On track.")]
    view = ui.LayoutView(timeout=None)
    text = "\n".join([f"<@{reply.member_id}>", *lines])
    view.add_item(ui.TextDisplay(clip(text, 3 * MAX_REPLY + 200)))
    return view


def _said(said: Said) -> list[str]:
    parts = (
        (_("Done"), said.wins),
        (_("Next"), said.plans),
        (_("In the way"), said.blockers),
    )
    return [f"**{name}** {inert(text)}" for name, text in parts if text]


def wrap_card(wrap: WrapUp) -> ui.LayoutView:
    """Show what came of a round: who replied, what is done, what is in the way."""
    day = words.written(wrap.round.day)
    if not wrap.replies:
        return card(heading=heading(_("Wrap-up"), day), body=_nobody(wrap))
    count = len(wrap.replies)
    replied = ngettext("{n} replied: {names}", "{n} replied: {names}", count)
    sections = [replied.format(n=count, names=_names(wrap.replies))]
    wins = [(each, each.said.wins) for each in wrap.wins]
    blockers = [(each, each.said.blockers) for each in wrap.blockers]
    if wins:
        sections += [_("### Done"), _lines(wins)]
    if blockers:
        sections += [_("### In the way"), _lines(blockers)]
    return card(
        heading=heading(_("Wrap-up"), day),
        body="\n".join(sections),
        small_print=f"-# {wrap.round.link}" if wrap.round.link else "",
    )


def _nobody(wrap: WrapUp) -> str:
    if wrap.upcoming is None:
        return _("No replies this time.")
    text = _("No replies this time. The next one comes {when}.")
    return text.format(when=format_dt(wrap.upcoming, "R"))


def _names(replies: Iterable[Reply]) -> str:
    late = _("<@{member}> (late)")
    names = [
        late.format(member=each.member_id) if each.late else f"<@{each.member_id}>"
        for each in replies
    ]
    more = len(names) - NAMED
    tail = [ngettext("{n} more", "{n} more", more).format(n=more)] if more > 0 else []
    return ", ".join([*names[:NAMED], *tail])


def _lines(said: Iterable[tuple[Reply, str]]) -> str:
    lines = [
        f"- <@{reply.member_id}>: {clip(inert(' '.join(text.split())), SHOWN_OF_EACH)}"
        for reply, text in said
    ]
    return clip("\n".join(lines), ROOM)
