"""Where a server celebrates, and what its members let be announced."""

from collections.abc import Mapping
from datetime import datetime

from bot.celebrations.model import Consent, Occasion
from bot.i18n import _, later
from bot.settings import types
from bot.settings.model import Input, Option, Owner, Setting

CHANNEL = Setting[int | None](
    owner=Owner.GUILD,
    name="celebration_channel",
    title=later("Celebrations"),
    help=later("Where I announce what members finish, as each of them allows. Not set: nowhere."),
    input=Input.CHANNEL,
    default=None,
    parse=types.parse_channel,
    write=types.write_channel,
    show=types.show_channel,
)


def options() -> list[Option]:
    """Return whether something is announced."""
    return [
        Option(Consent.ALWAYS, _("Always")),
        Option(Consent.ASK, _("Ask me")),
        Option(Consent.NEVER, _("Never")),
    ]


def parse(text: str) -> Consent:
    """Read whether something is announced. Raises UnclearValue."""
    return Consent(types.parse_option(options(), text))


def show(value: Consent, _now: datetime) -> str:
    """Return in words whether something is announced."""
    return types.show_option(options(), value)


def _announcing(name: str, title: str, explanation: str, default: Consent) -> Setting[Consent]:
    return Setting[Consent](
        owner=Owner.MEMBER,
        name=name,
        title=title,
        help=explanation,
        input=Input.OPTION,
        default=default,
        parse=parse,
        write=str,
        show=show,
        options=options,
    )


PHASES = _announcing(
    "announce_phases",
    later("Announce phases"),
    later("A phase of my journey that I finish. Only where the server has a channel for it."),
    Consent.ASK,
)
JOURNEYS = _announcing(
    "announce_journeys",
    later("Announce journeys"),
    later("That I have come all the way."),
    Consent.ASK,
)
GOALS = _announcing(
    "announce_goals",
    later("Announce goals"),
    later("A goal of my own that I finish, with its title."),
    Consent.ASK,
)
INTERVIEWS = _announcing(
    "announce_interviews",
    later("Announce interviews"),
    later("An interview that I have had, with its title."),
    Consent.NEVER,
)
OFFERS = _announcing(
    "announce_offers",
    later("Announce offers"),
    later("An offer, or an application that was accepted, with its title. Rejections never are."),
    Consent.NEVER,
)
CONSENTS: Mapping[Occasion, Setting[Consent]] = {
    Occasion.PHASE: PHASES,
    Occasion.JOURNEY: JOURNEYS,
    Occasion.GOAL: GOALS,
    Occasion.INTERVIEW: INTERVIEWS,
    Occasion.OFFER: OFFERS,
    Occasion.ACCEPTED: OFFERS,
}
