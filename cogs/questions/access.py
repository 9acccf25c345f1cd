"""Which question is meant, and the way to a facilitator's server."""

from contextlib import suppress

import discord

from bot.client import Waymark
from bot.errors import MemberError
from bot.i18n import _
from bot.questions.known import QuestionGone, own_id_in
from bot.questions.own import Own
from bot.questions.text import name_of


class NoSuchQuestion(MemberError):
    """The server has no question of its own with that text."""

    def __init__(self) -> None:
        text = _(
            "This server has no such question of its own. Pick one from the list while you type, "
            "or see `/questions list`."
        )
        super().__init__(text)


async def question_meant(
    interaction: discord.Interaction[Waymark], guild_id: int, text: str
) -> Own:
    """Return the server's question with that key or text. Raises NoSuchQuestion."""
    questions = interaction.client.services.questions
    own_id = own_id_in(text)
    if own_id is not None:
        with suppress(QuestionGone):
            return await questions.own(guild_id, own_id)
    found = await questions.titles(guild_id, text, 2)
    same = [each for each in found if each.text.name == name_of(text)]
    if len(found) == 1 or same:
        return (same or found)[0]
    raise NoSuchQuestion


def titles_of(interaction: discord.Interaction[Waymark]) -> dict[str, str]:
    """Return what careers are called, by their slugs."""
    return interaction.client.services.careers.registry.titles()
