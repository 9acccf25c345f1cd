"""The settings that say which career a question is about; they read names of the loaded packs."""

from functools import partial

from bot.careers.naming import CareerNames
from bot.careers.registry import RoleRegistry
from bot.i18n import later
from bot.settings.model import Input, Owner, Setting

MOST_FOLLOWED = 10


def member_career(registry: RoleRegistry) -> Setting[str | None]:
    """Return the setting of a member's own career, by its slug."""
    return _one_career(
        registry,
        Owner.MEMBER,
        "career",
        later("My career"),
        later("The career your questions are about, unless you name another."),
    )


def channel_career(registry: RoleRegistry) -> Setting[str | None]:
    """Return the setting of the career that a channel is about, by its slug."""
    return _one_career(
        registry,
        Owner.CHANNEL,
        "channel_career",
        later("This channel's career"),
        later("What is asked in the channel and its threads is about it, unless another is named."),
    )


def followed(registry: RoleRegistry) -> Setting[tuple[str, ...]]:
    """Return the setting of the careers that a server follows, by their slugs; none means all."""
    names = CareerNames(registry)
    return Setting[tuple[str, ...]](
        owner=Owner.GUILD,
        name="followed",
        title=later("Careers followed"),
        help=later("The careers that questions here are about, 10 at most."),
        input=Input.CAREERS,
        default=(),
        parse=partial(names.several, most=MOST_FOLLOWED),
        write=",".join,
        show=names.show_several,
        read=names.kept,
        abbreviate=names.keys,
    )


def _one_career(
    registry: RoleRegistry, owner: Owner, name: str, title: str, explanation: str
) -> Setting[str | None]:
    names = CareerNames(registry)
    return Setting[str | None](
        owner=owner,
        name=name,
        title=title,
        help=explanation,
        input=Input.CAREER,
        default=None,
        parse=names.one,
        write=lambda slug: slug or "",
        show=names.show_one,
        read=names.kept_one,
        abbreviate=lambda slug: names.keys([slug] if slug else []),
    )
