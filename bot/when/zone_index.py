"""The names people have for zones, gathered once from IANA's tables, CLDR and our own."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import cast

from babel import Locale
from babel.core import get_global

from bot.when.folding import name_key
from bot.when.zone_names import (
    ABBREVIATIONS,
    AMBIGUOUS,
    CITIES,
    COUNTRIES,
    METAZONES,
    OTHER_MEANINGS,
    POPULAR,
)

UTC_ZONE = "Etc/UTC"
ENGLISH = Locale("en")

Texts = Mapping[str, object]
"""What CLDR has on a zone or metazone: its "city", and its "long" names by season."""


@dataclass(frozen=True)
class ZoneIndex:
    """All names, in the form of `name_key`."""

    zones: frozenset[str]
    """The canonical names of today."""
    one: Mapping[str, str]
    """Names that mean one zone."""
    several: Mapping[str, tuple[str, ...]]
    """Names that mean several, likeliest first."""
    cities: Mapping[str, str]
    """A zone's city, to be shown."""
    keys_of_cities: frozenset[str]
    """The names under which those are found."""


@cache
def index() -> ZoneIndex:
    """Return the index; made on first use, which takes some 50 ms."""
    countries = _countries()
    zones = frozenset({UTC_ZONE, *(zone for group in countries.values() for zone in group)})
    canonical = _canonical_names(zones)
    cities = dict(_cities(canonical))
    one = {
        **_zones_of_countries(countries),
        **_zones_of_cities(cities, canonical),
        **dict(_zones_of_metazones(canonical)),
        **{name_key(name): zone for name, zone in canonical.items()},
        **{name: zone for zone, names in CITIES.items() for name in names.split(", ")},
        **ABBREVIATIONS,
    }
    several = {**_countries_of_several_zones(countries), **AMBIGUOUS}
    unwanted = OTHER_MEANINGS | several.keys()
    single = {name: zone for name, zone in one.items() if name not in unwanted}
    keys = frozenset(map(name_key, cities.values())) & single.keys()
    return ZoneIndex(zones, single, several, cities, keys)


def _tzdata(name: str) -> str:
    return resources.files("tzdata").joinpath("zoneinfo", name).read_text("utf-8")


def _countries() -> dict[str, list[str]]:
    """Return each country's zones, popular ones first, else in the order of IANA's zone.tab."""
    countries: defaultdict[str, list[str]] = defaultdict(list)
    for line in _tzdata("zone.tab").splitlines():
        if not line.startswith("#"):
            code, _, zone = line.split("\t")[:3]
            countries[code].append(zone)
    return {code: sorted(zones, key=popularity) for code, zones in countries.items()}


def popularity(zone: str) -> int:
    """Return a zone's rank among the popular ones; all others come after them."""
    return POPULAR.index(zone) if zone in POPULAR else len(POPULAR)


def _canonical_names(zones: frozenset[str]) -> dict[str, str]:
    """Return today's canonical name for every IANA name, old ones too."""
    aliases = cast("Mapping[str, str]", get_global("zone_aliases"))
    links = (line.split()[1:] for line in _tzdata("tzdata.zi").splitlines() if line[:2] == "L ")
    names = {name: target for target, name in links} | dict(aliases)
    utc = {name: UTC_ZONE for name, target in names.items() if target == "Etc/GMT"}
    todays = {name: target for name, target in names.items() if target in zones}
    return todays | utc | {zone: zone for zone in zones}


def _clocks_of(zone: str) -> bytes:
    """Return the rule by which a zone's clocks will run: the last line of its TZif file."""
    file = resources.files("tzdata").joinpath("zoneinfo", *zone.split("/"))
    return file.read_bytes().splitlines()[-1]


def _different(zones: Iterable[str]) -> list[str]:
    """Return the zones without those whose clocks will run as an earlier one's."""
    by_clocks: dict[bytes, str] = {}
    for zone in zones:
        by_clocks.setdefault(_clocks_of(zone), zone)
    return list(by_clocks.values())


def _names_of_countries() -> Iterator[tuple[str, str]]:
    territories = cast("Mapping[str, str]", ENGLISH.territories)
    for code, name in territories.items():
        yield name_key(name), code
    yield from COUNTRIES.items()


def _zones_of_countries(countries: Mapping[str, list[str]]) -> dict[str, str]:
    return {name: countries[code][0] for name, code in _names_of_countries() if code in countries}


def _countries_of_several_zones(
    countries: Mapping[str, list[str]],
) -> dict[str, tuple[str, ...]]:
    several = {code: _different(zones) for code, zones in countries.items() if len(zones) > 1}
    return {
        name: tuple(several[code])
        for name, code in _names_of_countries()
        if len(several.get(code, ())) > 1
    }


def _cities(canonical: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each zone with its city: the last part of its name, or how CLDR writes it."""
    for zone in canonical.values():
        yield zone, zone.rpartition("/")[2].replace("_", " ")
    for name, texts in _texts_of_zones().items():
        if name in canonical and "city" in texts:
            yield canonical[name], cast("str", texts["city"])


def _zones_of_cities(cities: Mapping[str, str], canonical: Mapping[str, str]) -> dict[str, str]:
    old = {name_key(name.rpartition("/")[2]): zone for name, zone in canonical.items()}
    return old | {name_key(city): zone for zone, city in cities.items()}


def _zones_of_metazones(canonical: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield "eastern standard time", "eastern time" and "eastern", each with its zone."""
    members = cast("Mapping[str, str]", get_global("meta_zones"))
    common = set(cast("Mapping[str, str]", get_global("windows_zone_mapping")).values())
    in_order = sorted(members, key=common.__contains__)
    zones = {members[zone]: canonical[zone] for zone in in_order if zone in canonical}
    metazones = cast("Mapping[str, Texts]", ENGLISH.meta_zones)
    for metazone, texts in metazones.items():
        if zone := METAZONES.get(metazone) or zones.get(metazone):
            yield from _names_of(texts, zone)
    for zone, texts in _texts_of_zones().items():
        yield from _names_of(texts, canonical.get(zone, zone))


def _texts_of_zones() -> Mapping[str, Texts]:
    return cast("Mapping[str, Texts]", ENGLISH.time_zones)


def _names_of(texts: Texts, zone: str) -> Iterator[tuple[str, str]]:
    for name in cast("Mapping[str, str]", texts.get("long", {})).values():
        yield name_key(name), zone
        yield name_key(name).removesuffix(" time"), zone
