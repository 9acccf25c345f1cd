from bot.chat.versions import part_lines, version_line
from tests.conftest import NOW


def test_a_version_says_who_made_it_and_when() -> None:
    when = f"<t:{int(NOW.timestamp())}:R>"
    assert version_line(3, "edited", 7, NOW) == f"**Version 3** · edited by <@7> {when}"
    assert version_line(1, "imported", None, NOW) == f"**Version 1** · imported {when}"


def test_parts_are_shown_short_and_cannot_act() -> None:
    assert [*part_lines("Hint", "", 9, is_new=True)] == []
    assert [*part_lines("Hint", "", 9, is_new=False)] == ["-# Hint: (taken out)"]
    assert [*part_lines("Hint", "a\n*b*", 20, is_new=False)] == ["-# Hint: a \\*b\\*"]
