"""Telling managers that the questions run low, or that there is none."""

from discord import ui

from bot.chat.cards import card, heading
from bot.daily.model import BANK_EMPTY, BANK_LOW, LOW
from bot.guilds.model import Notice
from bot.i18n import _, ngettext


def is_about_bank(notice: Notice) -> bool:
    """Return whether a notice is about the questions that are left."""
    return notice.trouble.kind in {BANK_LOW, BANK_EMPTY}


def bank_card(notice: Notice) -> ui.LayoutView:
    """Say what is the matter, and what to do."""
    place = _("The daily question in <#{channel}>").format(channel=notice.trouble.target.id)
    ways = _("Write some with `/questions add`, or widen what is asked with `/daily change`.")
    if notice.trouble.kind == BANK_EMPTY:
        text = _("No question fits any more, so none is posted until one does.")
        return card(heading=heading(_("No question left"), place), body=f"{text}\n{ways}")
    text = ngettext(
        "{count} question or fewer is left. After that they come again, in another order.",
        "{count} questions or fewer are left. After that they come again, in another order.",
        LOW,
    )
    body = f"{text.format(count=LOW)}\n{ways}"
    return card(heading=heading(_("Questions run low"), place), body=body)
