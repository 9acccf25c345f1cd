"""Why a question isn't answered. What can be asked is `bot.careers.model.Topic`."""

from enum import StrEnum


class Refusal(StrEnum):
    """What a question is about that isn't answered, as far as its words tell."""

    OTHER_JOB = "no_other_job"
    NEAR_MISS = "no_near_miss"
    NO_FIGURE = "no_figure"
    OFF_TOPIC = "no_off_topic"
    INJECTION = "no_injection"


_REFUSALS = frozenset(Refusal)


def is_refusal(label: str) -> bool:
    """Whether a label is one of what isn't answered."""
    return label in _REFUSALS


GLOSSARY = "glossary"
"""Asks for a term of the field."""

OWN = "own"
"""Asks what isn't a topic, but may be one of a pack's own questions."""
