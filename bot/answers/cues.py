"""Words that tell how something is meant: `data/asking/cues.yaml`."""

from functools import cache

import yaml

from bot.careers.model import PackModel
from bot.paths import DATA


class Cues(PackModel):
    """Words and phrases, folded as questions are; the file says what each is for."""

    before_roles: frozenset[str]
    heads: frozenset[str]
    after_fields: frozenset[str]
    left_out: frozenset[str]
    meaning: frozenset[str]
    what: tuple[str, ...]
    in_short: tuple[str, ...]
    purpose: frozenset[str]
    comparing: frozenset[str]
    pointing: frozenset[str]
    commands: frozenset[str]
    politely: frozenset[str]
    oneself: frozenset[str]
    days: frozenset[str]
    seasons: frozenset[str]
    nots: frozenset[str]
    light: frozenset[str]


@cache
def cues() -> Cues:
    """Return the cues; the file is read once."""
    file = DATA / "asking" / "cues.yaml"
    return Cues.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
