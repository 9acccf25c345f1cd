from pathlib import Path

from bot.answers.bank import Phrasing, fingerprint, load_bank


def test_phrasings_are_read_by_language_and_label_in_order(tmp_path: Path) -> None:
    for name, text in {
        "fr/pay.txt": "combien\n",
        "en/pay.txt": "# how people ask\n\nhow much\nwhat salary\n",
        "en/no_figure.txt": "rent in oslo\n",
        "en/notes.md": "no phrasing\n",
        "aside.txt": "no phrasing\n",
    }.items():
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert list(load_bank(tmp_path)) == [
        Phrasing("rent in oslo", "no_figure", "en"),
        Phrasing("how much", "pay", "en"),
        Phrasing("what salary", "pay", "en"),
        Phrasing("combien", "pay", "fr"),
    ]


def test_marks_stand_where_any_name_could(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    line = "{role}, {skill} or {tool}; {law}'s {term} {else}"
    (tmp_path / "en" / "fit.txt").write_text(line, encoding="utf-8")
    (phrasing,) = load_bank(tmp_path)
    assert phrasing.text.split() == [
        *("xrole", ",", "xskill", "or", "xtool", ";", "xlaw", "'s", "xterm"),
        "{else}",
    ]


def test_a_fingerprint_changes_with_a_phrasing_or_its_label_but_not_with_their_order() -> None:
    pay, fit = Phrasing("how much", "pay", "en"), Phrasing("for me?", "fit", "en")
    same = fingerprint([pay, fit])
    assert fingerprint(iter([fit, pay])) == same
    others = [[pay], [pay, pay, fit], [pay, Phrasing("for me?", "pay", "en")], []]
    assert same not in {fingerprint(other) for other in others}
    assert len({fingerprint(other) for other in others}) == len(others)
