"""What the custom ids of `/practice` and `/interview` carry, and who uses them."""

import re
from collections.abc import Iterable

import discord

from bot.careers.slugs import KEY_PATTERN, key_of
from bot.client import Waymark
from bot.practice.model import Choice, Learner, NoSuchTopic
from bot.questions.known import Known
from bot.questions.model import Level
from cogs.ask.where import asker_of
from cogs.faq.access import career_meant
from cogs.questions.places import HANDLE, ID, LEVELS

ANY = "0"
CHOICE = rf"(?P<role>{KEY_PATTERN}|{ANY}):(?P<level>[emsl]|{ANY}):(?P<topic>{KEY_PATTERN}|{ANY})"
CHOICE_AND_HANDLE = rf"{CHOICE}:{HANDLE}"
SET_AND_PLACE = rf"{ID}:(?P<place>\d)"


def written(choice: Choice) -> str:
    """Return a choice as custom ids carry it."""
    signs = {level: sign for sign, level in LEVELS.items()}
    level = signs[choice.level] if choice.level else ANY
    return f"{choice.role or ANY}:{level}:{choice.topic or ANY}"


def read(match: re.Match[str]) -> Choice:
    """Return the choice of a custom id that the pattern matched."""
    role, topic = (match[part].replace(ANY, "") for part in ("role", "topic"))
    return Choice(role, LEVELS.get(match["level"]), topic)


def learner_of(interaction: discord.Interaction[Waymark]) -> Learner:
    """Return who practises, and whose questions they may be asked."""
    asker = asker_of(interaction)
    return Learner(asker.member_id, asker.guild_id or 0)


async def role_meant(interaction: discord.Interaction[Waymark], role: str | None) -> str | None:
    """Return the career of that name, else the channel's or the member's own, by its slug.

    Raises UnclearValue.
    """
    if role is not None:
        return career_meant(interaction, role)
    asker = asker_of(interaction)
    meant = await interaction.client.services.careers_meant.career_meant(
        asker.member_id, asker.guild_id, asker.channels
    )
    return meant.career


async def choice_meant(
    interaction: discord.Interaction[Waymark],
    role: str | None,
    topic: str | None,
    level: str | None,
) -> Choice:
    """Return which questions are wanted. Raises UnclearValue or NoSuchTopic."""
    slug = await role_meant(interaction, role)
    wanted = Choice(key_of(slug) if slug else "", Level(level) if level else None)
    if topic is None:
        return wanted
    pool = await interaction.client.services.questions.pool(learner_of(interaction).guild_id)
    named = topic_slug(topic)
    if named not in topics_of(pool):
        raise NoSuchTopic
    return Choice(wanted.role, wanted.level, key_of(named))


def topics_of(pool: Iterable[Known]) -> list[str]:
    """Return the topics of questions, by their slugs."""
    return sorted({topic for known in pool for topic in known.question.topics})


def topic_slug(typed: str) -> str:
    """Return a topic as somebody types it in the form of a slug."""
    return "-".join(re.findall(r"\w+", typed.casefold()))
