"""Handing back what a member typed where it couldn't be kept."""

from collections.abc import Mapping
from io import BytesIO

import discord
from discord import ui

from bot.chat.answering import Shown
from bot.chat.cards import card, heading
from bot.chat.forms import Form
from bot.i18n import _

ANSWER_FILE, FORM_FILE = "your-answer.txt", "what-you-typed.txt"


async def give_back(interaction: discord.Interaction[discord.Client], text: str) -> None:
    """Hand a member an answer that wasn't kept."""
    title = heading(_("Your answer wasn't kept"), _("Here is what you typed."))
    body = _("Copy it from the file, and answer again when what I say below is mended.")
    await _send(interaction, card(heading=title, body=body), ANSWER_FILE, text)


async def submitted(
    interaction: discord.Interaction[discord.Client], form: Form, typed: Mapping[str, str]
) -> None:
    """Submit a form; where that fails, what was typed is handed back if the form wants that."""
    try:
        await form.submitted(interaction, typed)
    except Exception:  # whatever it is, what was typed must not be lost
        text = "\n\n".join(filter(None, typed.values()))
        if form.gives_back and text:
            await _give_back_form(interaction, text)
        raise


async def _give_back_form(interaction: discord.Interaction[discord.Client], text: str) -> None:
    title = heading(_("Here is what you typed"), _("I may not have kept it."))
    body = _("Copy it from the file, and send it again when what I say below is mended.")
    if not interaction.response.is_done():
        await interaction.response.defer(ephemeral=True)
    await _send(interaction, card(heading=title, body=body), FORM_FILE, text)


async def _send(
    interaction: discord.Interaction[discord.Client], view: ui.LayoutView, name: str, text: str
) -> None:
    """Send a card with a text as a file: no text is too long or too odd for one."""
    view.add_item(ui.File(f"attachment://{name}"))
    shown = Shown(view, (discord.File(BytesIO(text.encode()), name),))
    await interaction.followup.send(view=shown.card, files=shown.files, ephemeral=True)
