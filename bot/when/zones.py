"""Time zones as people name them: found, suggested and shown. All are IANA zones."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import NoReturn
from zoneinfo import ZoneInfo

import tzdata
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.i18n import _
from bot.when.asking import quoted
from bot.when.errors import MAX_LISTED, UnclearZone
from bot.when.folding import name_key
from bot.when.zone_index import index, popularity
from bot.when.zone_names import ALL_YEAR, AMBIGUOUS, POPULAR

EXAMPLE = "Berlin"

FEWEST_LETTERS = 5
"""Of a name in which a typo may be mended; shorter ones resemble too many others."""

LETTERS_PER_TYPO = 7
"""A name may have one typo, and one more for each so many letters."""

FIXED_OFFSET = re.compile(
    r"(?P<etc>etc/)?(?:utc|gmt|z)? ?(?P<sign>[+-]) ?(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?"
)


@dataclass(frozen=True)
class Suggestion:
    """A zone to choose, with the text that is shown for it (at most 100 characters)."""

    zone: str
    label: str


def find(text: str, now: datetime | None = None) -> str:
    """Return the canonical IANA name of the zone that the text names.

    `now` serves to offer zones when an offset such as "UTC+2" was typed. Raises UnclearZone.
    """
    key = _searched(text)
    if zone := index().one.get(key):
        return zone
    if choices := index().several.get(key):
        _ask(text, choices)
    if (offset := _offset(key)) is not None:
        _refuse_offset(text, _zones_at(offset, now) if now else iter(()))
    near = _mended(key)
    if len(near) != 1:
        _refuse_unknown(text, near or _nearest(key))
    return near[0]


def meant_together(texts: Iterable[str], now: datetime) -> str | None:
    """Return the zone that all the texts may name, as in "Berlin, Germany"; None if there is none.

    Raises UnclearZone for a text that names nothing.
    """
    ways = [index().several.get(name_key(text)) or (find(text, now),) for text in texts]
    common = [zone for zone in ways[0] if all(zone in way for way in ways)]
    return common[0] if len(common) == 1 else None


def another_season(text: str, at: datetime) -> tuple[str, str] | None:
    """Return the zones that a name of winter time may be meant for at an instant in summer.

    Those are the one where clocks went forward, and one where they never do; None where both
    show the same.
    """
    key = name_key(text)
    if key not in ALL_YEAR:
        return None
    here, there = index().one[key], ALL_YEAR[key]
    same = at.astimezone(ZoneInfo(here)).utcoffset() == at.astimezone(ZoneInfo(there)).utcoffset()
    return None if same else (here, there)


def is_name(text: str) -> bool:
    """Whether the text names a zone, or several, without any typo."""
    key = name_key(text)
    return key in index().one or key in index().several or _offset(key) is not None


def known(name: str) -> bool:
    """Whether the name is a canonical IANA name, as `find` returns it."""
    return name in index().zones


def label(zone: str, now: datetime) -> str:
    """Return "Berlin · Europe/Berlin (UTC+1, now 13:04)"."""
    local = now.astimezone(ZoneInfo(zone))
    return _("{city} · {zone} ({offset}, now {time})").format(
        city=index().cities[zone], zone=zone, offset=_shown(local), time=f"{local:%H:%M}"
    )


def suggestions(typed: str, now: datetime, limit: int = 25) -> list[Suggestion]:
    """Return zones that the member may be typing, likeliest first; popular ones for nothing."""
    zones = list(dict.fromkeys(_matches(name_key(typed), now)))[:limit]
    return [Suggestion(zone, label(zone, now)) for zone in zones]


def data_version() -> str:
    """Return the release of IANA's data in use, such as "2026a"."""
    return tzdata.IANA_VERSION


def _searched(text: str) -> str:
    """Return the key without words around the name: "in London time" is looked up as "london"."""
    key = name_key(text).removeprefix("in ")
    bare = key.removesuffix(" time")
    return bare if bare in index().one or bare in index().several else key


def _offset(key: str) -> timedelta | None:
    """Return the offset that "utc+2", "gmt-5" or "+05:30" states."""
    match = FIXED_OFFSET.fullmatch(key)
    if match is None:
        return None
    size = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
    # POSIX, and so "Etc/GMT+5", counts westwards.
    return -size if (match["sign"] == "-") != bool(match["etc"]) else size


def _zones_at(offset: timedelta, now: datetime) -> Iterator[str]:
    """Yield the zones that have the offset now, popular ones first."""
    for zone in sorted(index().zones, key=lambda zone: (popularity(zone), zone)):
        if now.astimezone(ZoneInfo(zone)).utcoffset() == offset:
            yield zone


def _mended(key: str) -> list[str]:
    """Return the zones whose names the text would be with fewest letters changed."""
    if len(key) < FEWEST_LETTERS:
        return []
    typos = 1 + len(key) // LETTERS_PER_TYPO
    names = index().one.keys()
    close = process.extract(key, names, scorer=OSA.distance, score_cutoff=typos, limit=None)
    fewest = min((distance for _name, distance, _place in close), default=0)
    return list(
        dict.fromkeys(index().one[name] for name, distance, _ in close if distance == fewest)
    )


def _nearest(key: str) -> list[str]:
    """Return the zones whose names resemble the text."""
    close = process.extract(key, index().one.keys(), limit=MAX_LISTED, score_cutoff=60)
    return list(dict.fromkeys(index().one[name] for name, _score, _place in close))


def _matches(key: str, now: datetime) -> Iterator[str]:
    """Yield zones for what was typed so far, likeliest first, some more than once."""
    if not key:
        yield from POPULAR
    if (offset := _offset(key)) is not None:
        yield from _zones_at(offset, now)
    yield from (zone for zone in [index().one.get(key)] if zone)
    yield from index().several.get(key, ())
    own = index().keys_of_cities
    yield from _by_popularity(name for name in own if name.startswith(key))
    yield from _by_popularity(name for name in index().one if name.startswith(key))
    yield from _by_popularity(name for name in index().one if f" {key}" in name.replace("/", " "))
    if len(key) >= FEWEST_LETTERS:
        yield from _mended(key)


def _by_popularity(names: Iterable[str]) -> list[str]:
    zones = index().one
    return [zones[name] for name in sorted(names, key=lambda name: (popularity(zones[name]), name))]


def _shown(local: datetime) -> str:
    """Return "UTC+1", "UTC-3:30" or "UTC+0"."""
    minutes = round((local.utcoffset() or timedelta()).total_seconds() / 60)
    sign = "-" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{sign}{hours}:{rest:02}" if rest else f"UTC{sign}{hours}"


def _ask(text: str, choices: tuple[str, ...]) -> NoReturn:
    name = text.upper() if name_key(text) in AMBIGUOUS else quoted(text)
    what = _("“{name}” can be several time zones.")
    raise UnclearZone(what.format(name=name), choices, EXAMPLE)


def _refuse_offset(text: str, zones: Iterator[str]) -> NoReturn:
    what = _("“{name}” would be wrong as soon as clocks change. Say a city with your time.")
    raise UnclearZone(what.format(name=quoted(text)), tuple(islice(zones, MAX_LISTED)), EXAMPLE)


def _refuse_unknown(text: str, near: list[str]) -> NoReturn:
    if not text.strip():
        raise UnclearZone(_("Which time zone? Say a large city with your time."), (), EXAMPLE)
    what = _("I don't know the time zone “{name}”. Say a large city with your time.")
    raise UnclearZone(what.format(name=quoted(text)), tuple(near[:MAX_LISTED]), EXAMPLE)
