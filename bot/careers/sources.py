"""Saying where figures come from."""

from bot.careers.model import Role, Source, Sourced
from bot.i18n import _

SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Footnotes:
    """Collects the sources that a text uses, and numbers them when the role has several."""

    def __init__(self, role: Role) -> None:
        self._sources = role.sources
        self._numbered = len(role.sources) > 1
        self.used: list[str] = []

    def mark(self, fact: Sourced | None) -> str:
        """Note the fact's source and return its mark: empty when there is only one source."""
        if fact is None:
            return ""
        if fact.source not in self.used:
            self.used.append(fact.source)
        number = str(self.used.index(fact.source) + 1)
        return f" {number.translate(SUPERSCRIPTS)}" if self._numbered else ""

    def text(self) -> str:
        """Return one line of small print for each source that was used."""
        lines: list[str] = []
        for number, key in enumerate(self.used, start=1):
            mark = f"{str(number).translate(SUPERSCRIPTS)} " if self._numbered else ""
            lines.append(f"-# {mark}{described(self._sources[key])}")
        return "\n".join(lines)


def described(source: Source, *, noted: bool = True) -> str:
    """Return a source in one line: what it is, when it was read, and how it made its figures."""
    title = f"[{source.title}]({source.url})" if source.url else source.title
    text = _("Source: {title}, read {day}.").format(title=title, day=source.read.isoformat())
    return f"{text} {source.note}" if source.note and noted else text
