"""The question of a day as it is posted, with its hint; and with its key points once revealed."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import discord
from discord import ui
from discord.utils import format_dt

from bot.attempts.model import NO_TICKS, Attempt, Ticks
from bot.chat.answering import privately
from bot.chat.cards import MAX_BODY, MAX_SMALL_PRINT, card, heading
from bot.chat.components import LastingButton
from bot.chat.limits import clip, cost
from bot.chat.quoting import inert
from bot.client import Waymark
from bot.daily.model import Post, Posting
from bot.i18n import _, later, ngettext
from bot.questions.known import Known
from bot.questions.model import Content, KeyPoint
from cogs.attempts.answer_button import AnswerButton
from cogs.attempts.shared_card import author_of, others_button, votes_in_words
from cogs.practice.saving import SaveButton
from cogs.questions.words import in_short

ID = r"(?P<id>\d{1,18})"
WEIGHTS: Mapping[int, str] = {3: later("essential"), 2: later("important"), 1: later("a plus")}

MAX_QUESTION = 800
MAX_POINT = 220
MAX_WHY = 330
MAX_MISTAKE = 180
MAX_FOLLOW_UP = 320
MAX_BEST = 300
"""Characters of each on a card, with what makes them inert."""


@dataclass(frozen=True)
class Given:
    """What members answered to a question."""

    number: int = 0
    best: tuple[Attempt, ...] = ()
    """The shared answers with the most votes."""

    ticks: Ticks = NO_TICKS


class HintButton(LastingButton, template=rf"daily:v1:hint:{ID}"):
    """Shows the hint to whoever asks for it."""

    def __init__(self, post_id: int) -> None:
        super().__init__(ui.Button(label=_("Hint"), custom_id=f"daily:v1:hint:{post_id}"))
        self.post_id = post_id

    @classmethod
    def read(cls, match: re.Match[str]) -> Self:
        """Build the button that was pressed."""
        return cls(int(match["id"]))

    async def pressed(self, interaction: discord.Interaction[Waymark]) -> None:
        """Show it."""
        await privately(interaction, self._shown(interaction))

    async def _shown(self, interaction: discord.Interaction[Waymark]) -> ui.LayoutView:
        poster = interaction.client.services.daily.poster
        posting = await poster.get(interaction.guild_id or 0, self.post_id)
        hint = posting.known.question.hint or _("There is no hint for this one.")
        question = clip(inert(posting.known.question.text), MAX_QUESTION)
        return card(heading=heading(_("Hint"), ""), body=f"{inert(hint)}\n\n-# {question}")


def controls_of(post: Post, known: Known) -> list[ui.Item[Any]]:
    """Return the buttons beneath an open question; what else members do with it goes here."""
    hint = [HintButton(post.id)] if known.question.hint else []
    return [AnswerButton(post.id), *hint, SaveButton(post.id)]


def question_card(
    posting: Posting, titles: Mapping[str, str], controls: Sequence[ui.Item[Any]] = ()
) -> ui.LayoutView:
    """Show a question that is open."""
    question = f"**{clip(inert(posting.known.question.text), MAX_QUESTION)}**"
    ping = [f"<@&{posting.ping_role}>"] if posting.ping_role else []
    reveal_at = posting.post.reveal_at
    reveal = _("-# What a strong answer covers is shown {when}.")
    return card(
        heading=heading(_("Question of the day"), in_short(posting.known, titles)),
        body="\n\n".join([*ping, question]),
        small_print=reveal.format(when=format_dt(reveal_at, "R")) if reveal_at else "",
        rows=[controls],
    )


def revealed_card(
    posting: Posting, titles: Mapping[str, str], given: Given | None = None
) -> ui.LayoutView:
    """Show a question with what a strong answer covers, and what members answered."""
    content, given, post_id = posting.known.question, given or Given(), posting.post.id
    question = f"**{clip(inert(content.text), MAX_QUESTION)}**"
    title, best = _("### A strong answer covers"), "\n".join(_best(given))
    room = MAX_BODY - cost(question) - cost(title) - cost(best) - 4
    points = points_within(content.key_points, room, given.ticks)
    return card(
        heading=heading(_("Question of the day"), in_short(posting.known, titles)),
        body="\n".join(filter(None, (question, title, points, best))),
        small_print=clip("\n".join([*_figures(given), *_besides(content)]), MAX_SMALL_PRINT),
        rows=[[AnswerButton(post_id), others_button(post_id), SaveButton(post_id)]],
    )


def _best(given: Given) -> Iterator[str]:
    """Yield the beginnings of the best-voted answers that their authors have shared."""
    if given.best:
        yield _("### Answers from here")
    for attempt in given.best:
        yield clip(inert(" ".join(attempt.text.split())), MAX_BEST)
        yield f"-# {author_of(attempt)} · {votes_in_words(attempt.votes)}"


def _figures(given: Given) -> Iterator[str]:
    if given.number:
        answered = ngettext("{count} answered.", "{count} answered.", given.number)
        yield "-# " + answered.format(count=given.number)


def points_within(points: Sequence[KeyPoint], room: int, ticks: Ticks | None = None) -> str:
    """Return all key points, the weightiest first, with as many reasons as there is room for."""
    ordered = sorted(points, key=lambda point: -point.weight)
    lines = [_point_line(point, ticks or NO_TICKS) for point in ordered]
    for number, point in enumerate(ordered):
        if not point.why:
            continue
        longer = f"{lines[number]}\n  {clip(inert(point.why), MAX_WHY)}"
        if cost("\n".join([*lines[:number], longer, *lines[number + 1 :]])) <= room:
            lines[number] = longer
    return clip("\n".join(lines), room)


def _point_line(point: KeyPoint, ticks: Ticks) -> str:
    weight = _(WEIGHTS[point.weight])
    line = f"- **{clip(inert(point.point), MAX_POINT)}** ({weight})"
    if not ticks.members:
        return line
    said = _("{number} of {count} say they covered it")
    return f"{line} · {said.format(number=ticks.of(point.point), count=ticks.members)}"


def _besides(content: Content) -> Iterator[str]:
    if content.mistakes:
        yield _listed(_("### Common mistakes"), content.mistakes, MAX_MISTAKE)
    if content.follow_up:
        yield _listed(_("### What may be asked next"), [content.follow_up], MAX_FOLLOW_UP)


def _listed(title: str, texts: Iterable[str], most: int) -> str:
    return "\n".join([title, *(f"- {clip(inert(text), most)}" for text in texts)])
