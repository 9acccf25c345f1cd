import re

from bot.careers.places import CardPlace
from bot.careers.sections import Section
from bot.careers.slugs import key_of


def test_a_place_is_read_back_from_its_custom_id() -> None:
    place = CardPlace(key_of("cartographer"), 77, Section.OVERVIEW, 3)
    found = re.fullmatch(CardPlace.PATTERN, str(place))
    assert found is not None
    assert CardPlace.read(found) == place
    assert CardPlace.read(found).owned_by(78) == CardPlace(
        key_of("cartographer"), 78, Section.OVERVIEW, 3
    )
