"""What members are told of groups by direct message, and managers by notice."""

from discord import ui

from bot.chat.cards import card, heading
from bot.client import Waymark
from bot.errors import MemberError
from bot.guilds.model import Notice
from bot.i18n import _
from bot.study.model import News
from bot.study.posting.service import Told
from cogs.study import words


def news_card(told: Told, server: str) -> ui.LayoutView:
    """Tell a member how they stand now."""
    title, text = _said(told)
    return card(heading=heading(title, f"{words.name(told.roll)} · {server}"), body=text)


def _said(told: Told) -> tuple[str, str]:
    channel = told.roll.group.place.channel_id
    match told.news:
        case News.IN:
            text = _("There is a place for you. The group meets in <#{channel}>.")
            return _("You're in"), text.format(channel=channel)
        case News.WAITING:
            text = _("You were let in, but all places are taken. You're number {n} on the list.")
            return _("You're on the waiting list"), text.format(n=told.roll.place_of(told.entry))
        case News.DECLINED:
            return _("Not this time"), _("You weren't let in. `/study find` shows other groups.")
        case News.REMOVED:
            return _("You aren't in it any more"), _("An organiser has taken you out.")
        case _:
            text = _("It was handed over to you. `/study` in the server has what you can do.")
            return _("It is your group now"), text


async def ownerless_card(bot: Waymark, notice: Notice) -> ui.LayoutView | None:
    """Tell managers that nobody takes a group over; None if it is gone."""
    trouble = notice.trouble
    try:
        roll = await bot.services.study.get(trouble.guild_id or 0, trouble.subject_id or 0)
    except MemberError:
        return None
    text = _(
        "Its owner is gone, and nobody in it takes it over. `/study transfer` gives it to a "
        "member, `/study close` closes it."
    )
    where = f"<#{roll.group.place.channel_id}>"
    return card(heading=heading(words.name(roll), where), body=text)


def unreached_text() -> str:
    """Tell a member where they see what couldn't reach them."""
    return _("`/study mine` shows how you stand in your groups.")
