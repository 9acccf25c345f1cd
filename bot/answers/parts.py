"""The single questions in what somebody typed, and what is only told around them."""

import re
from collections.abc import Iterator

_ENDS = re.compile(r"(?<=[?!])\s+|(?<=\w\w\.)\s+|[;\n]+|\.\.+\s*")
_JOINED = re.compile(
    r"(?:,|(?<![\s,]))\s+(?:and also|and|also|plus|y|e|et|und|aur)\s+"
    r"(?=(?:what|how|is|are|do|does|can|could|will|would|should|who|why|where|when|which|whats|"
    r"qu[eé]|cu[aá]ntos?|c[oó]mo|cu[aá]l(?:es)?|quanto|qual|combien|quel|quelle|was|wie|welche|"
    r"kya|kitna|kitni|kaise)\b)",
    re.IGNORECASE,
)
MOST_PARTS = 6
FEWEST_CHARACTERS = 3


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, `MOST_PARTS` at most; the last ones are the ones asked."""
    found = [part.strip() for part in _ENDS.split(text) if part and part.strip()]
    return [part for part in found if len(part) >= FEWEST_CHARACTERS][-MOST_PARTS:]


def joined_questions(text: str) -> list[str]:
    """Return the questions that "and" joins in one sentence, or the sentence itself."""
    return [part.strip() for part in _JOINED.split(text) if part.strip()][:MOST_PARTS]


def questions(text: str) -> Iterator[str]:
    """Yield what may each be a question of its own: where some end with "?", those alone."""
    found = sentences(text)
    asked = [sentence for sentence in found if sentence.endswith("?")]
    parts = [part for sentence in asked or found for part in joined_questions(sentence)]
    yield from parts[-MOST_PARTS:]
