"""Lists and excerpts as they are said."""

import re
from collections.abc import Iterable

from bot.i18n import _

_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def in_words(items: Iterable[str]) -> str:
    """Return "a", "a and b" or "a, b and c"."""
    *before, last = items
    return _("{items} and {last}").format(items=", ".join(before), last=last) if before else last


def clipped_at_sentences(text: str, limit: int) -> str:
    """Return the first sentences of a text, of at most `limit` characters in all.

    Of a first sentence that is longer, its beginning.
    """
    sentences = _SENTENCE.split(text)
    kept = sentences[0]
    if len(kept) > limit:
        return f"{kept[: limit - 1].rsplit(maxsplit=1)[0]}…"
    for sentence in sentences[1:]:
        if len(kept) + 1 + len(sentence) > limit:
            break
        kept = f"{kept} {sentence}"
    return kept
