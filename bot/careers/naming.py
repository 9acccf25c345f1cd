"""Careers as people name them in a setting: read forgivingly, shown by title."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.careers.loader import LoadedRole
from bot.careers.registry import RoleRegistry
from bot.careers.slugs import key_of
from bot.errors import MemberError
from bot.i18n import _, ngettext
from bot.settings.model import Kept, Option, UnclearValue
from bot.when.asking import quoted

BETWEEN_NAMES = r"[,;\n]"


class CareerNames:
    """What the loaded careers are called. A name is a title, an alias, a slug or a key."""

    def __init__(self, registry: RoleRegistry) -> None:
        self._registry = registry

    def one(self, text: str) -> str:
        """Return the slug of the career that is called this. Raises UnclearValue."""
        found = self._called(text)
        if len(found) == 1:
            return found[0].slug
        meant = found or self._registry.nearest(text)
        options = [Option(key_of(each.slug), each.role.title) for each in meant]
        raise UnclearValue(_question(text, options, several=bool(found)), options)

    def several(self, text: str, most: int) -> tuple[str, ...]:
        """Return the slugs of careers named with commas between. Raises MemberError."""
        names = [name for name in re.split(BETWEEN_NAMES, text) if name.strip()]
        if len(self._called(text)) == 1 or not names:
            return (self.one(text),)
        slugs = tuple(dict.fromkeys(self._each(names)))
        if len(slugs) > most:
            refusal = ngettext(
                "{count} career at most, please. Leave some out.",
                "{count} careers at most, please. Leave some out.",
                most,
            )
            raise MemberError(refusal.format(count=most))
        return slugs

    def keys(self, slugs: Sequence[str]) -> str:
        """Return careers as a short text, which `several` and for one career `one` read."""
        return ",".join(map(key_of, slugs))

    def titles(self, slugs: Sequence[str]) -> str:
        """Return careers for people."""
        titles = self._registry.titles()
        return ", ".join(titles.get(slug, slug) for slug in slugs)

    def kept(self, written: str) -> Kept[tuple[str, ...]]:
        """Return the careers whose slugs were written, and the slugs that aren't loaded."""
        slugs = written.split(",") if written else []
        loaded = tuple(slug for slug in slugs if self._registry.get(slug))
        return Kept(loaded, tuple(slug for slug in slugs if slug not in loaded))

    def kept_one(self, written: str) -> Kept[str | None]:
        """Return the career whose slug was written; none where it isn't loaded."""
        kept = self.kept(written)
        return Kept(kept.value[0] if kept.value else None, kept.gone)

    def show_one(self, slug: str | None, _now: datetime) -> str:
        """Return a career's title, or that there is none."""
        return self.titles([slug]) if slug else _("not set")

    def show_several(self, slugs: Sequence[str], _now: datetime) -> str:
        """Return careers' titles; none means all."""
        return self.titles(slugs) or _("all that I know")

    def _called(self, text: str) -> tuple[LoadedRole, ...]:
        keyed = self._registry.by_key(text.strip())
        return (keyed,) if keyed else self._registry.named(text.strip())

    def _each(self, names: Sequence[str]) -> Iterator[str]:
        """Yield the slug of each name; where one is unclear, the options keep the others."""
        for place, name in enumerate(names):
            try:
                yield self.one(name)
            except UnclearValue as problem:
                before, after = map(self._short, (names[:place], names[place + 1 :]))
                options = [
                    Option(",".join([*before, option.text, *after]), option.label)
                    for option in problem.options
                ]
                raise UnclearValue(str(problem), options) from None

    def _short(self, names: Sequence[str]) -> list[str]:
        """Return the keys of those names that are clear, and the others as they are."""
        found = [(name.strip(), self._called(name)) for name in names]
        return [key_of(roles[0].slug) if len(roles) == 1 else name for name, roles in found]


def _question(text: str, options: Sequence[Option], *, several: bool) -> str:
    if not options:
        return _("I know no careers yet.")
    if several:
        question = _("Several careers are called “{name}”: {titles}.")
    else:
        question = _("I don't know the career “{name}”. The nearest that I know: {titles}.")
    titles = ", ".join(option.label for option in options)
    return question.format(name=quoted(text), titles=titles)
