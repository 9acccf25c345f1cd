"""`/practice` and `/interview`: practising interview questions, in private."""

import discord
from discord import app_commands, ui
from discord.app_commands import locale_str
from discord.ext import commands

from bot.chat.answering import privately
from bot.chat.limits import MAX_CHOICE_NAME, clip
from bot.client import Waymark
from bot.i18n import _
from bot.practice.interviews.model import (
    LEAST_MINUTES,
    MOST_MINUTES,
    USUAL_MINUTES,
    InterviewSet,
    Wish,
)
from bot.questions.model import MAX_TOPIC, Level
from cogs.practice.interview_card import (
    AnswerButton,
    AnswerForm,
    BackButton,
    GoOnButton,
    NextButton,
    SkipButton,
    next_question,
)
from cogs.practice.interview_card import HintButton as InterviewHintButton
from cogs.practice.interview_summary import EndButton, PractiseButton, TakeOutButton
from cogs.practice.places import choice_meant, learner_of, role_meant, topic_slug, topics_of
from cogs.practice.question_card import (
    GoButton,
    HintButton,
    PutAsideButton,
    RateButton,
    ShowButton,
    UndoButton,
    next_card,
)
from cogs.practice.saving import SaveButton, UnsaveButton
from cogs.practice.stats_card import AskAgainButton, StatsButton, stats

ROLE = locale_str("A career; yours, if you have set one with /my settings and leave this out")
LEVEL = locale_str("Only questions of this level")
TOPIC = locale_str("Only questions about this; type a few letters")
MINUTES = locale_str("How long it may take; 30 minutes if left out")
MOST_CHOICES = 25

Career = app_commands.Range[str, 1, 100]
Topic = app_commands.Range[str, 1, MAX_TOPIC]
Minutes = app_commands.Range[int, LEAST_MINUTES, MOST_MINUTES]

LEVELS = [
    app_commands.Choice(name=locale_str("entry"), value=Level.ENTRY.value),
    app_commands.Choice(name=locale_str("mid"), value=Level.MID.value),
    app_commands.Choice(name=locale_str("senior"), value=Level.SENIOR.value),
    app_commands.Choice(name=locale_str("lead"), value=Level.LEAD.value),
]


@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
class PracticeCog(
    commands.GroupCog,
    group_name="practice",
    group_description=locale_str("Interview questions that come back until you know them"),
):
    """The commands of `/practice`."""

    def __init__(self, bot: Waymark) -> None:
        self.questions = bot.services.questions

    @app_commands.command(description=locale_str("Practise what is due, then new questions"))
    @app_commands.describe(role=ROLE, topic=TOPIC, level=LEVEL)
    @app_commands.choices(level=LEVELS)
    async def start(
        self,
        interaction: discord.Interaction[Waymark],
        role: Career | None = None,
        topic: Topic | None = None,
        level: str | None = None,
    ) -> None:
        """Ask the first question."""
        await privately(interaction, self._started(interaction, role, topic, level))

    async def _started(
        self,
        interaction: discord.Interaction[Waymark],
        role: str | None,
        topic: str | None,
        level: str | None,
    ) -> ui.LayoutView:
        return await next_card(interaction, await choice_meant(interaction, role, topic, level))

    @app_commands.command(description=locale_str("How your practice goes, week by week"))
    async def stats(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show how it goes."""
        await privately(interaction, stats(interaction))

    @start.autocomplete("role")
    async def _suggest_careers(
        self, interaction: discord.Interaction[Waymark], typed: str
    ) -> list[app_commands.Choice[str]]:
        return careers_like(interaction, typed)

    @start.autocomplete("topic")
    async def _suggest_topics(
        self, interaction: discord.Interaction[Waymark], typed: str
    ) -> list[app_commands.Choice[str]]:
        pool = await self.questions.pool(learner_of(interaction).guild_id)
        found = [topic for topic in topics_of(pool) if topic_slug(typed) in topic]
        return [
            app_commands.Choice(name=topic.replace("-", " "), value=topic)
            for topic in found[:MOST_CHOICES]
        ]


class InterviewCog(commands.Cog):
    """The command `/interview`."""

    def __init__(self, bot: Waymark) -> None:
        self.interviews = bot.services.interviews

    @app_commands.command(
        description=locale_str("Three to six questions, one after the other; or go on with them")
    )
    @app_commands.describe(role=ROLE, level=LEVEL, minutes=MINUTES)
    @app_commands.choices(level=LEVELS)
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def interview(
        self,
        interaction: discord.Interaction[Waymark],
        role: Career | None = None,
        level: str | None = None,
        minutes: Minutes = USUAL_MINUTES,
    ) -> None:
        """Ask the first question, or the next one of the set that is under way."""
        await privately(interaction, self._begun(interaction, role, level, minutes))

    async def _begun(
        self,
        interaction: discord.Interaction[Waymark],
        role: str | None,
        level: str | None,
        minutes: int,
    ) -> ui.LayoutView:
        slug = await role_meant(interaction, role)
        wish = Wish(slug, Level(level) if level else None, minutes)
        interview = await self.interviews.begin(learner_of(interaction), wish)
        return await next_question(interaction, interview.id, _news(interview))

    @interview.autocomplete("role")
    async def _suggest_careers(
        self, interaction: discord.Interaction[Waymark], typed: str
    ) -> list[app_commands.Choice[str]]:
        return careers_like(interaction, typed)


def careers_like(
    interaction: discord.Interaction[Waymark], typed: str
) -> list[app_commands.Choice[str]]:
    """Return the careers that may be meant by a text still being typed."""
    suggested = interaction.client.services.careers.registry.suggestions(typed)
    return [
        app_commands.Choice(name=clip(loaded.role.title, MAX_CHOICE_NAME), value=loaded.slug)
        for loaded in suggested[:MOST_CHOICES]
    ]


def _news(interview: InterviewSet) -> str:
    if interview.is_new:
        return ""
    return _("You are in the middle of this one. Finish it to start another.")


async def setup(bot: Waymark) -> None:
    """Load the cogs; called by discord.py."""
    bot.add_dynamic_items(GoButton, HintButton, ShowButton, RateButton, PutAsideButton, UndoButton)
    bot.add_dynamic_items(StatsButton, AskAgainButton, SaveButton, UnsaveButton)
    bot.add_dynamic_items(AnswerButton, InterviewHintButton, SkipButton, BackButton)
    bot.add_dynamic_items(NextButton, GoOnButton, EndButton, PractiseButton, TakeOutButton)
    bot.add_forms(AnswerForm)
    await bot.add_cog(PracticeCog(bot))
    await bot.add_cog(InterviewCog(bot))
