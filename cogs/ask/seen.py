"""A card as it stands in a message, which Discord sends along with every press of a button."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Self

import discord
from discord import ui

from bot.chat.cards import card
from bot.chat.quoting import quote_in
from cogs.ask.card import finished
from cogs.ask.controls import OPENING, SHARE, VOTE, Button, Way, fit, open_button, vote_buttons

NONCE_BYTES = 8
"""A number of so many has at most 20 digits; Discord takes 25."""


@dataclass(frozen=True)
class Seen:
    """A card's texts, and its rows of buttons."""

    message_id: int
    heading: str
    body: str
    small_print: str
    rows: tuple[tuple[discord.Button, ...], ...]

    @classmethod
    def on(cls, message: discord.Message | None) -> Self:
        """Read the card on a message."""
        parts = list(_parts(message))
        texts = [part.content for part in parts if isinstance(part, discord.TextDisplay)]
        heading, body, small_print = (*texts, "", "", "")[:3]
        rows = [part.children for part in parts if isinstance(part, discord.ActionRow)]
        buttons = (tuple(each for each in row if isinstance(each, discord.Button)) for row in rows)
        return cls(message.id if message else 0, heading, body, small_print, tuple(buttons))

    @property
    def question(self) -> str | None:
        """The question that the card quotes, if it does."""
        return quote_in(self.body)

    @property
    def keeps_question(self) -> bool:
        """Whether a question that somebody typed would be lost with it."""
        opened = any(_opened_by(each) and each.disabled for row in self.rows for each in row)
        return self.question is not None and not opened

    @property
    def nonce(self) -> int:
        """What tells it from any other card, also from another that stood in its message."""
        shown = f"{self.message_id}\n{self.heading}\n{self.body}".encode()
        return int.from_bytes(blake2b(shown, digest_size=NONCE_BYTES).digest())

    @property
    def voted(self) -> Way | None:
        """What the one who sees the card has voted."""
        votes = (re.fullmatch(VOTE, each.custom_id or "") for row in self.rows for each in row)
        return next((Way(vote["way"]) for vote in votes if vote and vote["chosen"]), None)

    def noting(self, line: str) -> Self:
        """Return it with a line of small print, before the others so that it isn't cut."""
        return replace(self, small_print=f"-# {line}\n{self.small_print}".strip())

    def unshared(self) -> Self:
        """Return it without the button that shares it."""
        rows = (tuple(each for each in row if each.custom_id != SHARE) for row in self.rows)
        return replace(self, rows=tuple(rows))

    def card(self, voted: Way | None = None) -> ui.LayoutView:
        """Return the card anew, with the votes as somebody has cast theirs."""
        rows = [_voted(row, voted) for row in self.rows]
        return finished(
            card(heading=self.heading, body=self.body, small_print=self.small_print, rows=rows)
        )

    def openers(self, key: str) -> list[Button]:
        """Return its buttons to answers, of which the one with this key is current."""
        return [
            open_button(own, each.label or "", current=own == key)
            for row in self.rows
            for each in row
            if (own := _opened_by(each)) is not None
        ]


def _parts(message: discord.Message | None) -> Iterator[object]:
    for part in message.components if message else ():
        yield from part.children if isinstance(part, discord.Container) else (part,)


def _opened_by(button: discord.Button) -> str | None:
    custom_id = button.custom_id or ""
    return custom_id.removeprefix(OPENING) if custom_id.startswith(OPENING) else None


def _voted(row: tuple[discord.Button, ...], voted: Way | None) -> list[Button]:
    """Return a row's buttons; those to vote stand together."""
    buttons: list[Button] = []
    for each in row:
        vote = re.fullmatch(VOTE, each.custom_id or "")
        buttons += vote_buttons(vote["key"], voted) if vote else [ui.Button.from_component(each)]
    return fit(buttons)
