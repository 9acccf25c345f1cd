"""What was typed into the form of an entry, kept on the card that asks about it."""

from bot.chat.kept import Keeping
from bot.faq.text import Part
from bot.i18n import later

LABELS = {
    Part.QUESTION: later("Question"),
    Part.ALIASES: later("Aliases"),
    Part.ANSWER: later("Answer"),
    Part.SOURCE: later("Source"),
}

KEPT = Keeping(LABELS, room=2300, preview=1200)
keep, kept_on = KEPT.keep, KEPT.kept_on
