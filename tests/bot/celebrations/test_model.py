"""What may be announced, by what a member has chosen."""

from datetime import UTC, datetime

import pytest

from bot.celebrations import settings
from bot.celebrations.model import Consent, Occasion, Told, consented, known
from bot.settings.model import UnclearValue

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    ("consent", "agreed", "announced"),
    [
        (Consent.ALWAYS, False, True),
        (Consent.ASK, False, False),
        (Consent.ASK, True, True),
        (Consent.NEVER, True, False),
    ],
)
def test_only_what_its_member_lets_be_announced_is(
    consent: Consent, agreed: bool, announced: bool
) -> None:
    assert consented(consent, agreed=agreed) is announced


def test_interviews_offers_and_what_was_accepted_are_private_until_their_member_says_so() -> None:
    private = {Occasion.INTERVIEW, Occasion.OFFER, Occasion.ACCEPTED}
    for occasion in Occasion:
        expected = Consent.NEVER if occasion in private else Consent.ASK
        assert settings.CONSENTS[occasion].default is expected


def test_a_consent_is_read_back_as_it_was_written() -> None:
    for consent in Consent:
        assert settings.PHASES.parse(settings.PHASES.write(consent)) is consent
    assert settings.show(Consent.ASK, NOW) == "Ask me"
    with pytest.raises(UnclearValue):
        settings.parse("perhaps")


def test_what_is_gone_is_not_told() -> None:
    told = Told(Occasion.GOAL, "Learn SQL")
    assert known([None, told]) == (told,)
