"""What members can't do with groups, and what to do instead."""

from bot.errors import MemberError
from bot.i18n import _, ngettext
from bot.study.model import (
    MAX_NAME,
    MOST_IN_A_SERVER,
    MOST_OF_A_MEMBER,
    MOST_ORGANISERS,
)


class GroupGone(MemberError):
    """The group isn't there, or isn't this server's."""

    def __init__(self) -> None:
        super().__init__(_("There is no such group here. `/study find` shows those there are."))


class GroupClosed(MemberError):
    """The group has been closed."""

    def __init__(self) -> None:
        super().__init__(_("That group is closed. `/study find` shows those that are open."))


class NameUnfit(MemberError):
    """The name is empty or too long."""

    def __init__(self) -> None:
        text = _("A group's name has 1 to {most} characters. Try a shorter one.")
        super().__init__(text.format(most=MAX_NAME))


class NameTaken(MemberError):
    """Another open group of the server has that name."""

    def __init__(self) -> None:
        super().__init__(_("There is a group of that name here. Pick another name, or join it."))


class TooManyGroups(MemberError):
    """The server has as many open groups as it may."""

    def __init__(self) -> None:
        text = _("A server has {count} open groups at most. Join one of them, or close one first.")
        super().__init__(text.format(count=MOST_IN_A_SERVER))


class TooManyOfYours(MemberError):
    """The member is in as many groups as they may be."""

    def __init__(self) -> None:
        text = _("You can be in {count} groups at most. Leave one first: `/study mine`.")
        super().__init__(text.format(count=MOST_OF_A_MEMBER))


class NotAnOrganiser(MemberError):
    """Somebody tried what takes an organiser of the group."""

    def __init__(self) -> None:
        super().__init__(_("Only organisers of the group can do that. `/study show` names them."))


class NotTheOwner(MemberError):
    """Somebody tried what takes the owner of the group."""

    def __init__(self) -> None:
        super().__init__(_("Only the group's owner can do that. `/study show` names them."))


class OwnerStays(MemberError):
    """The owner of a group tried to leave it, or somebody tried to remove them."""

    def __init__(self) -> None:
        super().__init__(
            _("A group needs its owner. Hand it over with `/study transfer`, or `/study close` it.")
        )


class NotInGroup(MemberError):
    """Somebody isn't in the group."""

    def __init__(self) -> None:
        super().__init__(_("They aren't in that group. `/study show` says who is."))


class YouAreNotIn(MemberError):
    """Whoever acts isn't in the group."""

    def __init__(self) -> None:
        super().__init__(_("You aren't in that group. `/study mine` shows yours."))


class NothingAsked(MemberError):
    """Nobody asks to join, or what was asked has been answered."""

    def __init__(self) -> None:
        super().__init__(_("That has been answered, or they don't ask any more."))


class JustDeclined(MemberError):
    """Somebody asks again too soon."""

    def __init__(self, days: int) -> None:
        text = ngettext(
            "You weren't let in. You can ask again in {n} day; other groups: `/study find`.",
            "You weren't let in. You can ask again in {n} days; other groups: `/study find`.",
            days,
        )
        super().__init__(text.format(n=days))


class TooManyOrganisers(MemberError):
    """The group has as many organisers as it may."""

    def __init__(self) -> None:
        text = _("A group has {count} organisers beside its owner at most. Remove one first.")
        super().__init__(text.format(count=MOST_ORGANISERS))


class TooLateToUndo(MemberError):
    """What somebody wants to undo is past, or was undone."""

    def __init__(self) -> None:
        super().__init__(_("That can't be undone any more. `/study mine` shows how you stand."))


class NoOfferToYou(MemberError):
    """Whoever acts isn't asked to take the group over, or not any more."""

    def __init__(self) -> None:
        super().__init__(_("That group isn't offered to you any more. `/study mine` shows yours."))


class NoSuchPhase(MemberError):
    """The career's roadmap has no phase of that name, or no career was named with it."""

    def __init__(self) -> None:
        super().__init__(
            _("Pick a career first, then one of its phases from the list while you type.")
        )
