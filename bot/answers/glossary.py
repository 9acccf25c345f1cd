"""The words of the field: what `data/glossary.yaml` says, found by name or alias."""

from collections.abc import Iterator
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Self

import yaml
from pydantic import Field, model_validator

from bot.careers.model import Line, Name, PackModel, Source
from bot.careers.registry import normalised

FastLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""PyYAML's safe loader, in C where it is built with libyaml: ten times as fast."""


class Term(PackModel):
    """A word of the field."""

    term: Name
    aliases: Annotated[tuple[Name, ...], Field(max_length=12)] = ()
    meaning: Line = Field(alias="is", description="What it is; the first sentence stands alone.")
    matters: Line = Field(description="Why people in these roles meet it.")
    see: Annotated[tuple[Name, ...], Field(max_length=6)] = ()
    source: Source | None = None
    is_law: bool = Field(
        default=False, alias="law", description="Whether it is a law, a framework or a standard."
    )

    everyday: bool = Field(
        default=False, description="Whether questions that don't ask what it means speak of it too."
    )

    def names(self) -> Iterator[str]:
        """Yield the term and its aliases."""
        yield self.term
        yield from self.aliases


class Glossary(PackModel):
    """All words, none of which goes by another's name."""

    revised: date = Field(description="When it was last looked through.")
    terms: tuple[Term, ...]

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        names = [normalised(name) for term in self.terms for name in term.names()]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"names given twice: {', '.join(twice)}")
        return self

    @model_validator(mode="after")
    def _what_is_referred_to_is_there(self) -> Self:
        known = {term.term for term in self.terms}
        missing = sorted({name for term in self.terms for name in term.see} - known)
        if missing:
            raise ValueError(f"no such terms: {', '.join(missing)}")
        return self

    @cached_property
    def _by_name(self) -> dict[str, Term]:
        return {normalised(name): term for term in self.terms for name in term.names()}

    def named(self, text: str) -> Term | None:
        """Return the term of that name or alias, whatever its case and punctuation."""
        return self._by_name.get(normalised(text))


def load_glossary(file: Path) -> Glossary:
    """Read a glossary. Raises ValidationError, with everything that is wrong with it."""
    return Glossary.model_validate(yaml.load(file.read_text(encoding="utf-8"), FastLoader))  # noqa: S506 - a safe loader
