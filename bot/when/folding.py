"""Bringing what people type into one form: lower case, no accents, plain punctuation."""

import re
import unicodedata

DASHES = "\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}\N{HYPHEN}"
APOSTROPHES = "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}`"
PLAIN = str.maketrans(dict.fromkeys(DASHES, "-") | dict.fromkeys(APOSTROPHES, "'"))


def fold(text: str) -> str:
    """Return the text in lower case without accents, with plain dashes and apostrophes."""
    decomposed = unicodedata.normalize("NFKD", text.translate(PLAIN))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return bare.casefold().translate(PLAIN)


def name_key(text: str) -> str:
    """Return the form under which a name is looked up: "St. John's" and "st johns" are one."""
    spaced = re.sub(r"[_\s]|(?<=[a-z])-(?=[a-z])", " ", fold(text))
    return " ".join(re.sub(r"[^\w\s/+:-]", " ", re.sub(r"['.]", "", spaced)).split())
