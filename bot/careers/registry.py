"""Finding a role by whatever name people use for it."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.careers.loader import LoadedRole
from bot.careers.slugs import key_of

ACCENTS = frozenset(map(chr, range(0x0300, 0x0370)))
"""Combining diacritical marks, which Latin, Greek and Cyrillic letters may lose."""

MAX_SUGGESTIONS = 25
"""Discord's limit on autocomplete choices."""

SUGGESTION_FLOOR = 55
"""Lowest likeness (0-100) that autocomplete offers once something was typed."""


PLURAL_FROM = 4
"""Shorter words keep their final s: "us", "sms"."""


def normalised(text: str) -> str:
    """Return the text as names are compared: no case, accents, punctuation or plural s.

    Signs that tell names apart stay (C++ and C#), and so do the marks of other scripts.
    """
    plain = unicodedata.normalize("NFKD", text).casefold().replace("&", " and ")
    kept = "".join(char if _counts(char) else " " for char in plain if char not in ACCENTS)
    words = unicodedata.normalize("NFC", kept).split()
    return " ".join(word.removesuffix("s") if len(word) >= PLURAL_FROM else word for word in words)


def _comparable(name: str) -> str:
    """Return the normalised name, or the name itself where nothing but signs is in it."""
    return normalised(name) or name.strip()


def _counts(char: str) -> bool:
    """Whether a character belongs to a name: letters, marks, digits and a few signs do."""
    return unicodedata.category(char)[0] in "LMN" or char in "+#"


@dataclass(frozen=True)
class _Name:
    text: str
    slug: str


class RoleRegistry:
    """All loaded roles, by slug, key and name."""

    def __init__(self, roles: Iterable[LoadedRole]) -> None:
        ordered = sorted(roles, key=lambda loaded: normalised(loaded.role.title))
        self._roles = {loaded.slug: loaded for loaded in ordered}
        self._slugs_by_key = {key_of(slug): slug for slug in self._roles}
        self._names = [
            _Name(_comparable(name), loaded.slug)
            for loaded in ordered
            for name in (loaded.role.title, loaded.slug, *loaded.role.aliases)
        ]

    def __len__(self) -> int:
        return len(self._roles)

    def all(self, category: str | None = None) -> tuple[LoadedRole, ...]:
        """Return all roles by title, or those of one category, however it is written."""
        roles = tuple(self._roles.values())
        if category is None:
            return roles
        wanted = normalised(category)
        return tuple(found for found in roles if normalised(found.role.category) == wanted)

    def categories(self) -> tuple[str, ...]:
        """Return the categories that have roles, each as it is first written, in order."""
        written = {normalised(each.role.category): each.role.category for each in self._backwards()}
        return tuple(sorted(written.values()))

    def category_by_key(self, key: str) -> str | None:
        """Return the category with this key."""
        return next((name for name in self.categories() if key_of(name) == key), None)

    def _backwards(self) -> Iterable[LoadedRole]:
        return reversed(self._roles.values())

    def titles(self) -> dict[str, str]:
        """Return the title of every role by slug."""
        return {slug: loaded.role.title for slug, loaded in self._roles.items()}

    def related(self, loaded: LoadedRole) -> tuple[LoadedRole, ...]:
        """Return the roles related to this one that are loaded."""
        slugs = (related.slug for related in loaded.role.related)
        return tuple(self._roles[slug] for slug in slugs if slug in self._roles)

    def get(self, slug: str) -> LoadedRole | None:
        """Return the role with this slug."""
        return self._roles.get(slug)

    def by_key(self, key: str) -> LoadedRole | None:
        """Return the role whose slug has this key."""
        return self._roles.get(self._slugs_by_key.get(key, ""))

    def named(self, text: str) -> tuple[LoadedRole, ...]:
        """Return the roles that are called exactly this: several where roles share an alias."""
        if text in self._roles:
            return (self._roles[text],)
        wanted = _comparable(text)
        slugs = dict.fromkeys(name.slug for name in self._names if name.text == wanted)
        return tuple(self._roles[slug] for slug in slugs)

    def suggestions(self, typed: str) -> tuple[LoadedRole, ...]:
        """Return what may be meant by a text still being typed, best first, at most 25."""
        if not normalised(typed):
            return self.all()[:MAX_SUGGESTIONS]
        ranked = self._ranked(typed)
        likely = [slug for slug, score in ranked if score >= SUGGESTION_FLOOR]
        return tuple(self._roles[slug] for slug in likely[:MAX_SUGGESTIONS])

    def nearest(self, text: str, count: int = 3) -> tuple[LoadedRole, ...]:
        """Return the `count` roles whose names are most like the text, best first."""
        return tuple(self._roles[slug] for slug, _ in self._ranked(text)[:count])

    def _ranked(self, text: str) -> list[tuple[str, float]]:
        """Return every slug with its best name's likeness (0-100), best first."""
        best: dict[str, float] = {}
        names = [name.text for name in self._names]
        scored = process.extract(normalised(text), names, scorer=_likeness, limit=None)
        for _, score, position in scored:
            slug = self._names[position].slug
            best[slug] = max(score, best.get(slug, 0))
        return sorted(best.items(), key=lambda item: -item[1])


def _likeness(typed: str, name: str, **_: object) -> float:
    """Rate how likely `name` is meant: by its beginning, typos in it, then words anywhere."""
    if name.startswith(typed):
        return 100
    beginning = fuzz.ratio(typed, name[: len(typed)])
    return max(beginning, fuzz.WRatio(typed, name) * 0.95, fuzz.token_set_ratio(typed, name) * 0.9)
