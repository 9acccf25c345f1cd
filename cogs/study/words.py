"""Groups in words. What members have typed can't act in them."""

from collections.abc import Sequence

from bot.chat.quoting import on_one_line
from bot.client import Waymark
from bot.i18n import _, ngettext
from bot.study.model import Admission, Entry, Rank, State
from bot.study.roll import Roll

MAX_NAME_SHOWN, MAX_TOPIC_SHOWN = 120, 420
"""Characters; escaped, a text may be twice as long."""

NAMED = 25
"""Members who are named on a card."""


def name(roll: Roll) -> str:
    """Return a group's name."""
    return on_one_line(roll.group.wish.name, MAX_NAME_SHOWN)


def topic(bot: Waymark, roll: Roll) -> str:
    """Return what a group prepares for: its topic, and its career and phase."""
    wish = roll.group.wish
    loaded = bot.services.careers.registry.get(wish.role) if wish.role else None
    career = loaded.role.title if loaded else wish.role or ""
    parts = [career, wish.phase or ""]
    titled = " · ".join(on_one_line(each, MAX_NAME_SHOWN) for each in parts if each)
    typed = on_one_line(wish.topic, MAX_TOPIC_SHOWN)
    return "\n".join(filter(None, [typed, titled]))


def places(roll: Roll) -> str:
    """Return how many places are taken and who waits, in one line."""
    size, count, waiting = roll.group.wish.size, len(roll.members), len(roll.waiting)
    if roll.group.state is State.ARCHIVED:
        return _("archived, as nothing happened in it any more")
    if not roll.group.is_open:
        return _("closed")
    taken = _("{count} of {size} places taken").format(count=count, size=size)
    if waiting:
        wait = ngettext("{n} waiting", "{n} waiting", waiting).format(n=waiting)
        return f"{taken} · {wait}"
    return taken


def admission(roll: Roll) -> str:
    """Return how one joins."""
    if roll.group.wish.admission is Admission.REQUEST:
        return _("by request")
    return _("open to everybody here")


def zone(roll: Roll) -> str:
    """Return the zone in which a group meets."""
    return _("meets in the time of {zone}").format(zone=roll.group.wish.zone.replace("_", " "))


def named(members: Sequence[Entry]) -> str:
    """Return mentions of members, with what they are."""
    ranks = {Rank.OWNER: _("owner"), Rank.ORGANISER: _("organiser"), Rank.MEMBER: ""}
    shown = [
        f"<@{each.member_id}> ({ranks[each.rank]})" if ranks[each.rank] else f"<@{each.member_id}>"
        for each in members[:NAMED]
    ]
    more = len(members) - NAMED
    tail = [ngettext("{n} more", "{n} more", more).format(n=more)] if more > 0 else []
    return ", ".join([*shown, *tail])
