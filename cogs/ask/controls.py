"""The buttons of these cards: how they look, and what their custom ids carry.

What a press does is said in `cogs.ask.buttons` and `cogs.ask.menu`.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

import discord
from discord import ui

from bot.careers.places import NOBODY, CardPlace
from bot.careers.sections import Section, title
from bot.careers.slugs import KEY_PATTERN, key_of
from bot.chat.limits import ELLIPSIS, MAX_BUTTON_LABEL, MAX_CUSTOM_ID, clip
from bot.faq.model import MAX_ANSWER_KEY
from bot.i18n import _

Button = ui.Button[Any]

OPENING = "ask:v1:open:"
NO_ROLE = "-"

ID = r"\d{1,20}"
KEY = rf"(?P<key>.{{1,{MAX_ANSWER_KEY}}})"
VOTE = rf"ask:v1:(?P<way>[yn])(?P<chosen>-?):{KEY}"
OPEN = rf"{OPENING}{KEY}"
SHARE = r"ask:v1:share"
PEOPLE = rf"ask:v1:people:(?P<owner>{ID}):(?P<role>{NO_ROLE}|{KEY_PATTERN})"
UNDO = rf"ask:v1:undo:(?P<id>{ID})"
POST = rf"ask:v1:(?P<how>post|quiet):(?P<message>{ID}):(?P<owner>{ID})"


class Way(StrEnum):
    """What a member thinks of an answer. The values are kept in custom ids."""

    HELPFUL = "y"
    UNHELPFUL = "n"


class How(StrEnum):
    """How an answer to somebody else's message is posted. The values are kept in custom ids."""

    PINGING = "post"
    QUIETLY = "quiet"


def fit(buttons: Iterable[Button]) -> list[Button]:
    """Return the buttons whose custom ids aren't too long, each once."""
    distinct = {each.custom_id: each for each in buttons}
    return [each for each in distinct.values() if len(each.custom_id or "") <= MAX_CUSTOM_ID]


def section_button(slug: str, role: str, section: Section) -> Button:
    """Return a button that opens a role's card at a section; `cogs.careers` handles it."""
    place = CardPlace(key_of(slug), NOBODY, section, via="a")
    return ui.Button(
        label=clip(f"{role} · {title(section)}", MAX_BUTTON_LABEL), custom_id=str(place)
    )


def open_button(key: str, label: str, *, current: bool = False) -> Button:
    """Return a button that shows the answer with this key; the current one's can't be pressed."""
    style = discord.ButtonStyle.primary if current else discord.ButtonStyle.secondary
    return ui.Button(
        label=clip(label.strip(), MAX_BUTTON_LABEL) or ELLIPSIS,
        style=style,
        disabled=current,
        custom_id=f"{OPENING}{key}",
    )


def vote_buttons(key: str, chosen: Way | None = None) -> list[Button]:
    """Return the buttons to vote on an answer; the chosen one's takes the vote back.

    There are none for a key that is too long for them.
    """
    taken_back = [vote_button(way, key, chosen=True) for way in Way]
    if fit(taken_back) != taken_back:
        return []
    return [vote_button(way, key, chosen=way is chosen) for way in Way]


def vote_button(way: Way, key: str, *, chosen: bool = False) -> Button:
    """Return the button of one vote, or the one that takes it back."""
    if chosen:
        label, style = _("Thanks! Take it back"), discord.ButtonStyle.success
    else:
        label = _("Helpful") if way is Way.HELPFUL else _("Not helpful")
        style = discord.ButtonStyle.secondary
    mark = "-" if chosen else ""
    return ui.Button(label=label, style=style, custom_id=f"ask:v1:{way}{mark}:{key}")


def share_button() -> Button:
    """Return the button that shows a private card to everyone."""
    return ui.Button(label=_("Share"), custom_id="ask:v1:share")


def people_button(owner: int, role: str | None) -> Button:
    """Return the button by which who asked passes a question on, about the role of this slug."""
    return keyed_people_button(owner, key_of(role) if role else NO_ROLE)


def keyed_people_button(owner: int, role_key: str) -> Button:
    """Return the same, made from the role's key."""
    return ui.Button(
        label=_("Ask people here"),
        style=discord.ButtonStyle.primary,
        custom_id=f"ask:v1:people:{owner}:{role_key}",
    )


def undo_button(waiting_id: int) -> Button:
    """Return the button that takes back a question that was passed on."""
    return ui.Button(label=_("Undo"), custom_id=f"ask:v1:undo:{waiting_id}")


def post_button(how: How, message_id: int, owner: int) -> Button:
    """Return a button that posts an answer to a message."""
    label = _("Post it") if how is How.PINGING else _("Post quietly")
    return ui.Button(label=label, custom_id=f"ask:v1:{how}:{message_id}:{owner}")
