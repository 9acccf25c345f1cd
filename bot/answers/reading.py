"""A question read: its words mended, what it names, its features, and which levels it means."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.answers.classifier import Classifier
from bot.answers.features import MARKS, features, marked, pieces_of
from bot.answers.levels import LevelReader, Levels
from bot.answers.mentions import Found, Mentions, Named
from bot.answers.spelling import Spelling
from bot.answers.words import capitals, words

PIECE = 4
"""Characters of the pieces of words by which wordings are compared."""

ONLY_ROLES = frozenset({Named.ROLE})


@dataclass(frozen=True)
class Reading:
    """What a text says, as far as answering needs it."""

    text: str
    said: tuple[str, ...]
    """Its words, slips mended."""

    found: tuple[Found, ...]
    features: tuple[str, ...]
    wording: tuple[str, ...]
    """Its features with occupations and places as they are named, to compare with wordings."""

    levels: Levels

    def named(self, sort: Named) -> list[str]:
        """Return the names of what is mentioned of a sort, in the order of the text."""
        names = [m.name for span in self.found for m in span.value if m.sort is sort]
        return list(dict.fromkeys(names))


class Reader:
    """Reads questions."""

    def __init__(
        self,
        classifier: Classifier,
        mentions: Mentions,
        levels: LevelReader,
        vocabulary: Iterable[str],
    ) -> None:
        self._classifier = classifier
        self._mentions = mentions
        self._levels = levels
        self._spelling = Spelling(
            [*vocabulary, *mentions.vocabulary(), *classifier.words(), *levels.vocabulary()]
        )

    def read(self, text: str) -> Reading:
        """Return what a text says."""
        typed = words(text)
        said = tuple(self._spelling.mended(word) for word in typed)
        found = tuple(self._mentions.find(said))
        return Reading(
            text=text,
            said=said,
            found=found,
            features=tuple(features(said, found, self._classifier.heard, capitals(text))),
            wording=tuple(_wording(said, found)),
            levels=self._levels.read(said),
        )


def _wording(said: Sequence[str], found: Sequence[Found]) -> Iterator[str]:
    for word in marked(said, found, ONLY_ROLES):
        yield word
        if word not in MARKS:
            yield from pieces_of(word, PIECE)
