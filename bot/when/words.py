"""The words of a phrase in one spelling: "Tues, 7 p.m." becomes "tuesday 7 pm"."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.when.folding import fold, name_key
from bot.when.vocabulary import (
    DROPPED,
    MENDABLE,
    MONTHS,
    NO_TYPOS,
    NUMBERS,
    ORDINALS,
    SPELLINGS,
    TENS,
    WEEKDAYS,
)
from bot.when.zone_index import index

DAYS: Final = "|".join(f"{day}|{SPELLINGS[day].replace(' ', '|')}" for day in WEEKDAYS)

PREPARED: Final = (
    (r"(?<=\d)t(?=\d)", " "),
    (r"(?<=\d)\s?([ap])(?:\.?\s?m)?\b\.?(?=\W|$)", r" \1m"),
    (rf"\b({DAYS})/(?=(?:{DAYS})\b)", r"\1 "),
    (r"'|\.(?!\d)|(?<!\d)\.", ""),
    (r"@", " at "),
    (r"[^\w\s:./<>+-]", " "),
    (r"(?<=\d)(?!(?:st|nd|rd|th)\b)(?=[a-z])", " "),
    (r"(?<=[a-z])(?=\d)", " "),
    (r"(?<!utc)(?<!gmt)(?<!utc )(?<!gmt )(?<=[a-z ])-|-(?=[a-z ])", " - "),
)
"""Punctuation to be rid of, and figures set apart from letters: "7p.m." is "7 pm"."""

REPHRASED: Final = (
    (r"(?<=\d) m\b", " minute"),
    (r"(?<=\d) s\b", " seconds"),
    (r"(?<=\d) d\b", " day"),
    (r"(?<=\d) w\b", " week"),
    (r"(?<=\d) y\b", " year"),
    (r"\b(?:1 )?couple(?: of)?\b", "2"),
    (r"\b([2-9])0 ([1-9])(?= (?:minute|hour|day|week))", r"\g<1>\g<2>"),
    (r"\bhalf (?:1 )?hour\b", "30 minute"),
    (r"\b(\d+) 1 30 minute\b", r"\1 hour 30 minute"),
    (r"\b(\d+) hour 1 half\b", r"\1 hour 30 minute"),
    (r"\bquarter (?:of )?(?:1 )?hour\b", "15 minute"),
    (r"\b(?:end of day|eod|cob|close of business)\b", "close of day"),
    (r"\bevery(?: every)+\b", "every"),
    (r"\bevery other\b", "every 2"),
    (r"\bbut not\b", "except"),
    (r"\bstarting of next month\b", "1st of next month"),
    (r"\bas of\b|\bbeginning on\b", "starting"),
)
"""Turns of phrase that mean what a simpler one says; applied to words in their one spelling."""

UNITS: Final = "seconds|minute|hour|h|day|week|fortnight|month|year"
FEWEST_LETTERS = 5
"""Of a word in which a typo may be mended."""


def canonical(text: str) -> str:
    """Return the phrase in the words that the grammar knows, a space between them."""
    text = fold(text)
    for pattern, replacement in PREPARED:
        text = re.sub(pattern, replacement, text)
    text = re.sub(rf"\ban?(?= (?:half|quarter|couple|{'|'.join(_units())})\b)", "1", text)
    text = _joined([_spelled(word) for word in text.split()])
    for pattern, replacement in REPHRASED:
        text = re.sub(pattern, replacement, text)
    return text


def _units() -> list[str]:
    units = UNITS.split("|")
    return [*units, *(word for unit in units for word in SPELLINGS.get(unit, "").split())]


def _joined(words: list[str]) -> str:
    """Join the words, without those that say nothing; a dash stays between weekdays only."""
    kept = [word for word in words if word not in DROPPED.split()]
    text = " ".join(kept)
    days = "|".join(WEEKDAYS)
    text = re.sub(rf"\b({days}) - (?={days})", r"\1 to ", text)
    return " ".join(word for word in text.split() if word != "-")


@cache
def _vocabulary() -> Mapping[str, str]:
    """Return every spelling with the word it stands for."""
    words = {spelling: word for word, all_ in SPELLINGS.items() for spelling in all_.split()}
    words |= {f"{day}s": f"every {day}" for day in WEEKDAYS}
    words |= {number: str(value) for value, number in enumerate(NUMBERS.split())} | TENS
    words |= {ordinal: _ordinal(place) for place, ordinal in enumerate(ORDINALS.split(), start=1)}
    return words


def _ordinal(number: int) -> str:
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number, 'th') }"


@cache
def _mendable() -> tuple[str, ...]:
    """Return the words long enough that a typo in them can be told."""
    known = [*WEEKDAYS, *MONTHS, *MENDABLE.split()]
    return tuple(word for word in known if len(word) >= FEWEST_LETTERS)


@cache
def _known_words() -> frozenset[str]:
    """Return the words that are no typos: the grammar's, and those in names of zones."""
    names = [*index().one, *index().several, *_mendable(), *SPELLINGS, NO_TYPOS]
    return frozenset(word for name in names for word in name_key(name).split())


def _spelled(word: str) -> str:
    words = _vocabulary()
    if word in words:
        return words[word]
    mended = _mended(word)
    return words.get(mended, mended)


def _mended(word: str) -> str:
    """Return the one word of the grammar that this is with a letter or two wrong, or the word."""
    if len(word) < FEWEST_LETTERS or not word.isalpha() or word in _known_words():
        return word
    typos = 1 if len(word) < FEWEST_LETTERS + 2 else 2
    close = process.extract(word, _mendable(), scorer=OSA.distance, score_cutoff=typos)
    fewest = min((distance for _word, distance, _place in close), default=0)
    best = [match for match, distance, _place in close if distance == fewest]
    return best[0] if len(best) == 1 else word
