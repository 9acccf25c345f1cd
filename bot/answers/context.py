"""Who asks where, as far as an answer depends on it."""

from dataclasses import dataclass

from bot.answers.entries import EntryIndex


@dataclass(frozen=True)
class Context:
    """Who asks where."""

    role: str | None = None
    """The slug of the role that is the asker's, or the channel's."""

    followed: tuple[str, ...] = ()
    """Slugs of the roles that the server follows; all, where it names none."""

    entries: EntryIndex | None = None
    """The server's own entries."""
