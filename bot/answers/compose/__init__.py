"""Answers composed from what a pack states; nothing is made up, and what is unknown is said."""

from collections.abc import Callable, Mapping

from bot.answers.compose import about, plan, steps, work
from bot.answers.compose.asked import Asked, Said
from bot.careers.model import Topic

__all__ = ["Asked", "Said", "compose"]

WRITERS: Mapping[Topic, Callable[[Asked], Said]] = {
    Topic.OVERVIEW: about.overview,
    Topic.FIT: about.fit,
    Topic.ENTRY: about.entry,
    Topic.CODING: about.coding,
    Topic.TIME: plan.time,
    Topic.DEMAND: about.demand,
    Topic.AUTOMATION: about.automation,
    Topic.REMOTE: about.remote,
    Topic.DAY: work.day,
    Topic.SKILLS: work.skills,
    Topic.TOOLS: work.tools,
    Topic.ROADMAP: plan.roadmap,
    Topic.RESOURCES: plan.resources,
    Topic.REGULATION: work.regulation,
    Topic.LADDER: steps.ladder,
    Topic.PAY: steps.pay,
    Topic.SWITCHING: about.switching,
    Topic.INDUSTRIES: about.industries,
    Topic.RELATED: about.related,
}


def compose(asked: Asked) -> Said:
    """Return what the role's pack states on the topic."""
    return WRITERS[asked.topic](asked)
