"""The words of the field: what `data/glossary.yaml` says, found by name or alias."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Self

import yaml
from pydantic import Field, model_validator

from bot.careers.model import Line, Name, PackModel, Source
from bot.careers.registry import normalised


class Term(PackModel):
    """A word of the field."""

    term: Name
    aliases: Annotated[tuple[Name, ...], Field(max_length=12)] = ()
    meaning: Line = Field(alias="is", description="What it is; the first sentence stands alone.")
    matters: Line = Field(description="Why people in these roles meet it.")
    see: Annotated[tuple[Name, ...], Field(max_length=6)] = ()
    source: Source | None = None

    def names(self) -> Iterator[str]:
        """Yield the term and its aliases."""
        yield self.term
        yield from self.aliases


class Glossary(PackModel):
    """All words, none of which goes by another's name."""

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

    def named(self, text: str) -> Term | None:
        """Return the term of that name or alias, whatever its case and punctuation."""
        wanted = normalised(text)
        for term in self.terms:
            if wanted in map(normalised, term.names()):
                return term
        return None


def load_glossary(file: Path) -> Glossary:
    """Read a glossary. Raises ValidationError, with everything that is wrong with it."""
    return Glossary.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
