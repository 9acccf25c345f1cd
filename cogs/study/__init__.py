"""`/study`: groups that prepare together."""

import discord
from discord import app_commands, ui
from discord.app_commands import locale_str
from discord.ext import commands

from bot.chat.answering import privately
from bot.chat.cards import card, heading
from bot.client import Waymark
from bot.i18n import _
from bot.study.errors import NotAnOrganiser
from bot.study.model import FEWEST, MAX_NAME, MAX_TOPIC, MOST, Admission, Wish
from bot.study.roll import Roll
from bot.study.service import Wanted
from cogs.study import options, words
from cogs.study.asking_card import OfferButton, StillButton
from cogs.study.find_card import FindButton, Search, found_card, mine_card
from cogs.study.group_card import group_card
from cogs.study.letter import register
from cogs.study.making import made
from cogs.study.organising_card import (
    GroupAct,
    GroupButton,
    PersonAct,
    PersonButton,
    group_done,
    person_card,
    person_done,
    requests_card,
)
from cogs.study.places import actor
from cogs.study.seat_card import SeatAct, SeatButton, seated

GROUP = locale_str("Which group; this channel's if left out")
ROLE = locale_str("A career's name; type a few letters")
PHASE = locale_str("A phase of its roadmap; pick from the list")
JOINING = locale_str("Who may join: everybody, or who is let in")
SIZE = locale_str("How many places, from 2 to 50")
TOPIC = locale_str("What you prepare for, in a few words")
ZONE = locale_str("A city in the time zone in which you meet; the server's if left out")
WHERE = locale_str("In its own thread, or right in the channel")
CHANNEL = locale_str("Which channel; this one if left out")
WHO = locale_str("Who is meant")
JOININGS = [
    app_commands.Choice(name=locale_str("everybody"), value=Admission.OPEN.value),
    app_commands.Choice(name=locale_str("by request"), value=Admission.REQUEST.value),
]
THREAD, RIGHT_THERE = "thread", "channel"
PLACES = [
    app_commands.Choice(name=locale_str("an own thread"), value=THREAD),
    app_commands.Choice(name=locale_str("the channel"), value=RIGHT_THERE),
]
USUAL_SIZE = 8

Text = app_commands.Range[str, 1, 100]
Name = app_commands.Range[str, 1, MAX_NAME]
Topic = app_commands.Range[str, 1, MAX_TOPIC]
Size = app_commands.Range[int, FEWEST, MOST]
Interaction = discord.Interaction[Waymark]


@app_commands.guild_only()
class StudyCog(
    commands.GroupCog,
    group_name="study",
    group_description=locale_str("Groups that prepare together"),
):
    """The commands of `/study`, and what happens to the cards of groups."""

    organisers = app_commands.Group(
        name="organisers", description=locale_str("Who organises a group with its owner")
    )

    def __init__(self, bot: Waymark) -> None:
        self.bot = bot
        self.study = bot.services.study

    @app_commands.command(description=locale_str("Make a group"))
    @app_commands.describe(name=locale_str("Its name"), topic=TOPIC, role=ROLE, phase=PHASE)
    @app_commands.describe(size=SIZE, joining=JOINING, place=WHERE, channel=CHANNEL, zone=ZONE)
    @app_commands.choices(joining=JOININGS, place=PLACES)
    async def create(
        self,
        interaction: discord.Interaction[Waymark],
        name: Name,
        *,
        topic: Topic | None = None,
        role: Text | None = None,
        phase: Text | None = None,
        size: Size = USUAL_SIZE,
        joining: str = Admission.OPEN.value,
        place: str = RIGHT_THERE,
        channel: discord.TextChannel | None = None,
        zone: Text | None = None,
    ) -> None:
        """Make it, and post its card."""

        async def showable() -> ui.LayoutView:
            meets_in = await options.zone_meant(interaction, zone)
            about = options.topic_meant(topic), *options.role_meant(interaction, role, phase)
            wish = Wish(name, *about, size, Admission(joining), meets_in)
            return await made(interaction, wish, channel, own_thread=place == THREAD)

        await privately(interaction, showable())

    @app_commands.command(description=locale_str("Find a group to join"))
    @app_commands.describe(role=ROLE, phase=PHASE)
    @app_commands.describe(
        free=locale_str("Only those with a free place"),
        near=locale_str("Only those whose day overlaps yours by six hours or more"),
    )
    async def find(
        self,
        interaction: discord.Interaction[Waymark],
        *,
        role: Text | None = None,
        phase: Text | None = None,
        free: bool = False,
        near: bool = False,
    ) -> None:
        """Show those that fit, with a button each."""
        slug, title = options.role_meant(interaction, role, phase)
        search = Search.of(self.bot, Wanted(slug, title, free, near))
        await privately(interaction, found_card(interaction, search))

    @app_commands.command(description=locale_str("Join a group, or ask to"))
    @app_commands.describe(group=GROUP)
    async def join(
        self, interaction: discord.Interaction[Waymark], group: Text | None = None
    ) -> None:
        """Join it."""
        await privately(interaction, self._seated(interaction, SeatAct.JOIN, group))

    @app_commands.command(description=locale_str("Leave a group, or its waiting list"))
    @app_commands.describe(group=GROUP)
    async def leave(
        self, interaction: discord.Interaction[Waymark], group: Text | None = None
    ) -> None:
        """Leave it; Undo brings back."""
        await privately(interaction, self._seated(interaction, SeatAct.LEAVE, group))

    @app_commands.command(description=locale_str("Show a group, and who is in it"))
    @app_commands.describe(group=GROUP)
    async def show(
        self, interaction: discord.Interaction[Waymark], group: Text | None = None
    ) -> None:
        """Show it."""
        await privately(interaction, self._shown(interaction, group))

    @app_commands.command(description=locale_str("The groups that you are in or wait for"))
    async def mine(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show them."""

        async def showable() -> ui.LayoutView:
            whose = interaction.guild_id or 0, interaction.user.id
            return mine_card(await self.study.mine(*whose), whose[1])

        await privately(interaction, showable())

    @app_commands.command(description=locale_str("Who asks to join; let somebody in"))
    @app_commands.describe(group=GROUP, member=WHO)
    async def approve(
        self,
        interaction: discord.Interaction[Waymark],
        *,
        group: Text | None = None,
        member: discord.User | None = None,
    ) -> None:
        """Let somebody in, or show who asks."""
        await privately(interaction, self._approved(interaction, group, member))

    @app_commands.command(description=locale_str("Take somebody out of a group"))
    @app_commands.describe(group=GROUP, member=WHO)
    async def remove(
        self,
        interaction: discord.Interaction[Waymark],
        member: discord.User,
        group: Text | None = None,
    ) -> None:
        """Take them out; Undo puts them back."""

        async def showable() -> ui.LayoutView:
            group_id = await options.group_meant(interaction, group)
            guild_id = interaction.guild_id or 0
            by = await actor(interaction, guild_id)
            return person_card(await self.study.seats.remove(guild_id, group_id, member.id, by))

        await privately(interaction, showable())

    @app_commands.command(description=locale_str("Hand a group over to another member of it"))
    @app_commands.describe(group=GROUP, member=WHO)
    async def transfer(
        self,
        interaction: discord.Interaction[Waymark],
        member: discord.User,
        group: Text | None = None,
    ) -> None:
        """Hand it over."""

        async def showable() -> ui.LayoutView:
            where = await self._where(interaction, group)
            by = await actor(interaction, where[0])
            roll = await self.study.organising.transfer(*where, member.id, by)
            return _changed_card(roll, _("Handed over"))

        await privately(interaction, showable())

    @app_commands.command(description=locale_str("Change a group"))
    @app_commands.describe(group=GROUP, topic=TOPIC, size=SIZE, joining=JOINING)
    @app_commands.choices(joining=JOININGS)
    async def change(
        self,
        interaction: discord.Interaction[Waymark],
        *,
        group: Text | None = None,
        topic: Topic | None = None,
        size: Size | None = None,
        joining: str | None = None,
    ) -> None:
        """Change what is given."""

        async def showable() -> ui.LayoutView:
            where = await self._where(interaction, group)
            by = await actor(interaction, where[0])
            about = options.topic_meant(topic) if topic else None
            admission = Admission(joining) if joining else None
            roll = await self.study.change(*where, by, topic=about, size=size, admission=admission)
            return _changed_card(roll, _("Changed"))

        await privately(interaction, showable())

    @app_commands.command(description=locale_str("Close a group; it can be opened again"))
    @app_commands.describe(group=GROUP)
    async def close(
        self, interaction: discord.Interaction[Waymark], group: Text | None = None
    ) -> None:
        """Close it; Undo opens it again."""

        async def showable() -> ui.LayoutView:
            group_id = await options.group_meant(interaction, group)
            return await group_done(interaction, GroupAct.CLOSE, group_id)

        await privately(interaction, showable())

    @organisers.command(description=locale_str("Let a member organise a group too"))
    @app_commands.describe(group=GROUP, member=WHO)
    async def add(
        self,
        interaction: discord.Interaction[Waymark],
        member: discord.User,
        group: Text | None = None,
    ) -> None:
        """Let them."""
        await privately(interaction, self._organising(interaction, group, member.id, adds=True))

    @organisers.command(name="remove", description=locale_str("Let a member organise no more"))
    @app_commands.describe(group=GROUP, member=WHO)
    async def demote(
        self,
        interaction: discord.Interaction[Waymark],
        member: discord.User,
        group: Text | None = None,
    ) -> None:
        """They stay in the group."""
        await privately(interaction, self._organising(interaction, group, member.id, adds=False))

    async def _organising(
        self, interaction: Interaction, group: str | None, member_id: int, *, adds: bool
    ) -> ui.LayoutView:
        where = await self._where(interaction, group)
        by, organising = await actor(interaction, where[0]), self.study.organising
        act = organising.add if adds else organising.remove
        return _changed_card(await act(*where, member_id, by), _("Changed"))

    async def _seated(
        self, interaction: Interaction, act: SeatAct, group: str | None
    ) -> ui.LayoutView:
        return await seated(interaction, act, await options.group_meant(interaction, group))

    async def _shown(self, interaction: Interaction, group: str | None) -> ui.LayoutView:
        roll = await self.study.get(*await self._where(interaction, group))
        return group_card(self.bot, roll)

    async def _approved(
        self, interaction: Interaction, group: str | None, member: discord.User | None
    ) -> ui.LayoutView:
        where = await self._where(interaction, group)
        if member is not None:
            return await person_done(interaction, PersonAct.APPROVE, where, member.id)
        roll, by = await self.study.get(*where), await actor(interaction, where[0])
        if not (by.manages or roll.organises(by.id)):
            raise NotAnOrganiser
        return requests_card(roll)

    async def _where(self, interaction: Interaction, group: str | None) -> tuple[int, int]:
        return interaction.guild_id or 0, await options.group_meant(interaction, group)

    @join.autocomplete("group")
    @show.autocomplete("group")
    async def _groups(
        self, interaction: discord.Interaction[Waymark], typed: str
    ) -> list[app_commands.Choice[str]]:
        return await options.suggested_groups(interaction, typed)

    @leave.autocomplete("group")
    @approve.autocomplete("group")
    @remove.autocomplete("group")
    @transfer.autocomplete("group")
    @change.autocomplete("group")
    @close.autocomplete("group")
    @add.autocomplete("group")
    @demote.autocomplete("group")
    async def _own_groups(
        self, interaction: discord.Interaction[Waymark], typed: str
    ) -> list[app_commands.Choice[str]]:
        return await options.own_groups(interaction, typed)

    @create.autocomplete("role")
    @find.autocomplete("role")
    async def _roles(
        self, interaction: discord.Interaction[Waymark], typed: str
    ) -> list[app_commands.Choice[str]]:
        return await options.suggested_roles(interaction, typed)

    @create.autocomplete("phase")
    @find.autocomplete("phase")
    async def _phases(
        self, interaction: discord.Interaction[Waymark], typed: str
    ) -> list[app_commands.Choice[str]]:
        return await options.suggested_phases(interaction, typed)

    @create.autocomplete("zone")
    async def _zones(
        self, interaction: discord.Interaction[Waymark], typed: str
    ) -> list[app_commands.Choice[str]]:
        return await options.suggested_zones(interaction, typed)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Make a group's card again."""
        if payload.guild_id is not None:
            await self.study.cards.deleted({payload.message_id})

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Make groups' cards again."""
        if payload.guild_id is not None:
            await self.study.cards.deleted(payload.message_ids)


def _changed_card(roll: Roll, title: str) -> ui.LayoutView:
    return card(
        heading=heading(title, words.name(roll)),
        body=f"{words.places(roll)}\n{words.named(roll.members)}",
    )


async def setup(bot: Waymark) -> None:
    """Add the commands, what the queue does, and the components that outlive a restart."""
    bot.add_dynamic_items(SeatButton, PersonButton, GroupButton, OfferButton, StillButton)
    bot.add_dynamic_items(FindButton)
    register(bot)
    await bot.add_cog(StudyCog(bot))
