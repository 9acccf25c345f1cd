"""What managers see of roles for phases."""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Self

import discord
from discord import ui

from bot.chat.answering import in_place, privately
from bot.chat.cards import MAX_BODY, card, heading
from bot.chat.components import LastingButton, LastingSelect
from bot.chat.limits import MAX_OPTION_TEXT, clip, cost
from bot.chat.permissions import require_manager
from bot.chat.quoting import inert, on_one_line
from bot.client import Waymark
from bot.guilds.model import Notice
from bot.i18n import _, ngettext
from bot.phase_roles.model import MOST_RULES, Hindrance, Prize, Rule, RuleGone, Standing
from cogs.phase_roles.fitness import hindrance_of, in_words, managing_roles, require_giveable

ID = r"(?P<id>\d{1,19})"
SHOWN_OF_A_LINE = MAX_BODY // MOST_RULES - 1


class RuleAct(StrEnum):
    """What a button does with a role for a phase."""

    REMOVE = "remove"
    TAKE_BACK = "takeback"
    """Removes it, and takes it from those who have got it."""

    BACK = "back"


class RuleButton(LastingButton, template=rf"phaserole:v1:(?P<act>{'|'.join(RuleAct)}):{ID}"):
    """Removes a role for a phase, or brings it back."""

    def __init__(self, act: RuleAct, rule_id: int, label: str = "…") -> None:
        super().__init__(ui.Button(label=label, custom_id=f"phaserole:v1:{act}:{rule_id}"))
        self.act = act
        self.rule_id = rule_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(RuleAct(match["act"]), int(match["id"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Do it, and show how to undo it."""
        await in_place(interaction, self._done(interaction))

    async def _done(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        guild_id = managing_roles(interaction)
        phase_roles = interaction.client.services.phase_roles
        if self.act is RuleAct.BACK:
            rule = await phase_roles.get(guild_id, self.rule_id)
            await require_giveable(interaction, rule.prize.role_id)
            by = interaction.user.id
            rule, before = await phase_roles.bring_back(guild_id, self.rule_id, by)
            return await set_card(interaction, rule, before)
        return await removed(interaction, self.rule_id, taking=self.act is RuleAct.TAKE_BACK)


class PreviousButton(LastingButton, template=rf"phaserole:v1:undo:{ID}:(?P<role>\d{{1,20}})"):
    """Gives the role again that was given before it was changed."""

    def __init__(self, rule_id: int, role_id: int) -> None:
        custom_id = f"phaserole:v1:undo:{rule_id}:{role_id}"
        super().__init__(ui.Button(label=_("Undo"), custom_id=custom_id))
        self.rule_id = rule_id
        self.role_id = role_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]), int(match["role"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Give it, if whoever presses may choose it."""
        await in_place(interaction, self._undone(interaction))

    async def _undone(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        guild_id = managing_roles(interaction)
        rule = await interaction.client.services.phase_roles.get(guild_id, self.rule_id)
        prize = Prize(rule.prize.role, rule.prize.phase, self.role_id)
        return await put(interaction, prize)


class RemoveSelect(LastingSelect, template=r"phaserole:v1:pick"):
    """Removes the role that is picked, even where its career's pack is gone."""

    def __init__(self, options: Sequence[discord.SelectOption] = ()) -> None:
        super().__init__(
            ui.Select(
                custom_id="phaserole:v1:pick", placeholder=_("Remove one…"), options=[*options]
            )
        )

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the menu that was used."""
        return cls()

    async def chosen(self, interaction: discord.Interaction[Waymark], value: str) -> None:
        """Remove it."""
        rule_id = int(value) if re.fullmatch(r"\d{1,19}", value) else 0
        await in_place(interaction, removed(interaction, rule_id))


class MendButton(LastingButton, template=rf"phaserole:v1:mend:(?P<guild>\d{{1,20}}):{ID}"):
    """Tries again to give a role; works in direct messages too."""

    def __init__(self, guild_id: int, rule_id: int) -> None:
        custom_id = f"phaserole:v1:mend:{guild_id}:{rule_id}"
        super().__init__(ui.Button(label=_("Try again"), custom_id=custom_id))
        self.guild_id = guild_id
        self.rule_id = rule_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["guild"]), int(match["id"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Try, or say what is still in the way."""
        await privately(interaction, self._tried(interaction))

    async def _tried(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        await require_manager(interaction, self.guild_id)
        phase_roles = interaction.client.services.phase_roles
        hindrance = await phase_roles.try_again(self.guild_id, self.rule_id)
        if hindrance is not None:
            return card(heading=heading(_("Not yet"), ""), body=in_words(hindrance))
        text = _("Whoever has earned it gets it now, one after the other.")
        return card(heading=heading(_("Trying again"), ""), body=text)


async def put(interaction: discord.Interaction[Waymark], prize: Prize) -> ui.LayoutView:
    """Give a role for a phase from now on. Raises RoleUnfit or TooManyRules."""
    guild_id = managing_roles(interaction)
    await require_giveable(interaction, prize.role_id)
    phase_roles = interaction.client.services.phase_roles
    rule, before = await phase_roles.put(guild_id, prize, interaction.user.id)
    return await set_card(interaction, rule, before)


async def removed(
    interaction: discord.Interaction[Waymark], rule_id: int, *, taking: bool = False
) -> ui.LayoutView:
    """Remove a role for a phase; return a card with the way back. Raises RuleGone."""
    guild_id = managing_roles(interaction)
    rule = await interaction.client.services.phase_roles.remove(
        guild_id, rule_id, taking_back=taking
    )
    kept = _("Whoever has got it keeps it. You can bring it back for a week.")
    taken = _("It is taken from those who got it from me. You can bring it back for a week.")
    buttons = [RuleButton(RuleAct.BACK, rule_id, _("Undo"))]
    if not taking:
        buttons.append(RuleButton(RuleAct.TAKE_BACK, rule_id, _("Take it back from them too")))
    return card(
        heading=heading(_("Removed"), named(interaction, rule)),
        body=taken if taking else kept,
        rows=[buttons],
    )


async def set_card(
    interaction: discord.Interaction[Waymark], rule: Rule, before: Rule | None = None
) -> ui.LayoutView:
    """Say what is given from now on, and at once what is in the way."""
    lines = [
        _("<@&{role}> is given to who finishes it, and to those who have already.").format(
            role=rule.prize.role_id
        ),
        _("If they take so much back that it isn't finished any more, the role goes too."),
    ]
    guild = interaction.guild
    hindrance = guild and await hindrance_of(interaction.client, guild, rule.prize.role_id)
    if hindrance is not None:
        lines.append(
            _("⚠️ It is kept, but I can't give it yet. {why}").format(why=in_words(hindrance))
        )
    undo = _undo_of(rule, before)
    return card(
        heading=heading(_("It is set"), named(interaction, rule)),
        body="\n".join(lines),
        rows=[[undo]] if undo else [],
    )


def _undo_of(rule: Rule, before: Rule | None) -> LastingButton | None:
    """Return what makes it as it was; None if it was so before.

    Who had the role from what was removed was to keep it.
    """
    if before is None:
        return RuleButton(RuleAct.TAKE_BACK, rule.id, _("Undo"))
    if before.removed_at is not None:
        return RuleButton(RuleAct.REMOVE, rule.id, _("Undo"))
    if before.prize.role_id != rule.prize.role_id:
        return PreviousButton(rule.id, before.prize.role_id)
    return None


async def list_card(interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
    """Show which roles are given, and whether all who earned them have them."""
    standings = await interaction.client.services.phase_roles.all(managing_roles(interaction))
    guild = interaction.guild
    bot, roles = interaction.client, [each.rule.prize.role_id for each in standings]
    found = [await hindrance_of(bot, guild, each) for each in roles if guild]
    hindrances = [each for each in dict.fromkeys(found) if each is not None]
    named_ones = [(_plain_name(interaction, each.rule), each) for each in standings]
    return rules_card(named_ones, hindrances)


def rules_card(
    standings: Sequence[tuple[str, Standing]], hindrances: Sequence[Hindrance]
) -> ui.LayoutView:
    """Show rules by their names, and once each what is in the way of any."""
    if not standings:
        text = _("None yet. `/phase-roles set` chooses one.")
        return card(heading=heading(_("Roles for phases"), ""), body=text)
    options = [
        discord.SelectOption(label=clip(name, MAX_OPTION_TEXT), value=str(each.rule.id))
        for name, each in standings
    ]
    return card(
        heading=heading(_("Roles for phases"), _("Given to who finishes them")),
        body="\n".join(_line(name, each) for name, each in standings),
        small_print="\n".join(f"-# ⚠️ {in_words(each)}" for each in hindrances),
        rows=[[RemoveSelect(options)]],
    )


def _line(name: str, standing: Standing) -> str:
    count = ngettext("{n} has it", "{n} have it", standing.given).format(n=standing.given)
    facts = [f"<@&{standing.rule.prize.role_id}>", count]
    if standing.on_the_way:
        facts.append(_("{n} on the way").format(n=standing.on_the_way))
    if standing.stuck:
        facts.append(_("⚠️ {n} wait").format(n=standing.stuck))
    rest = " · ".join(facts)
    return f"- {on_one_line(name, SHOWN_OF_A_LINE - cost(rest) - 5)} · {rest}"


def named(interaction: discord.Interaction[Waymark], rule: Rule) -> str:
    """Return a rule's career and phase, for a card."""
    return inert(_plain_name(interaction, rule))


def _plain_name(interaction: discord.Interaction[Waymark], rule: Rule) -> str:
    titles = interaction.client.services.careers.registry.titles()
    career = titles.get(rule.prize.role, rule.prize.role)
    return f"{career}: {rule.prize.phase or _('the whole journey')}"


async def notice_of_role(bot: Waymark, notice: Notice) -> ui.LayoutView | None:
    """Say which role can't be given, why, and what to do; None if it was removed."""
    guild_id, rule_id = notice.trouble.guild_id or 0, notice.trouble.subject_id or 0
    phase_roles = bot.services.phase_roles
    try:
        role_id = await phase_roles.role_in_the_way(await phase_roles.get(guild_id, rule_id))
    except RuleGone:
        return None
    text = _("I can't give or take <@&{role}>, which members get for a finished phase.")
    hint = _("Nothing is lost: whoever has earned it gets it as soon as I can give it.")
    return card(
        heading=heading(_("I need a manager"), text.format(role=role_id)),
        body=f"{in_words(notice.trouble.reason)}\n{hint}",
        rows=[[MendButton(guild_id, rule_id)]],
    )
