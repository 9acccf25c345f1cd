"""A question as it is compared: folded, in words, with the shorthand of chats written out."""

import re
import unicodedata
from functools import lru_cache

MAX_QUESTION = 1000
"""Characters that are read; nobody's question needs more, and a flood costs no more than this."""

MAX_WORD = 40
"""Characters of a word that are read."""

SHORTHAND = {
    "u": "you",
    "ur": "your",
    "r": "are",
    "y": "why",
    "wat": "what",
    "wut": "what",
    "wht": "what",
    "whats": "what is",
    "wats": "what is",
    "hows": "how is",
    "wheres": "where is",
    "whos": "who is",
    "thats": "that is",
    "im": "i am",
    "ive": "i have",
    "id": "i would",
    "ill": "i will",
    "isnt": "is not",
    "cant": "can not",
    "cannot": "can not",
    "dont": "do not",
    "doesnt": "does not",
    "gonna": "going to",
    "gotta": "got to",
    "wanna": "want to",
    "gimme": "give me",
    "lemme": "let me",
    "yr": "year",
    "yrs": "years",
    "yoe": "years of experience",
    "exp": "experience",
    "sal": "salary",
    "wfh": "work from home",
    "comp": "compensation",
    "lvl": "level",
    "lvls": "levels",
    "sr": "senior",
    "jr": "junior",
    "govt": "government",
    "gov": "government",
    "ppl": "people",
    "w": "with",
    "wo": "without",
    "pls": "please",
    "plz": "please",
    "abt": "about",
    "stats": "statistics",
    "bc": "because",
    "rn": "right now",
    "avg": "average",
    "reqs": "requirements",
    "req": "required",
    "quals": "qualifications",
    "prog": "programming",
    "regs": "regulations",
    "def": "definition",
    "defn": "definition",
    "tns": "trust and safety",
    "rai": "responsible ai",
    "genai": "generative ai",
    "orgs": "organizations",
    "hrs": "hours",
    "wks": "weeks",
    "wk": "week",
    "mth": "month",
    "mths": "months",
    "mo": "month",
    "mos": "months",
    "edu": "education",
    "uni": "university",
    "cert": "certificate",
    "certs": "certificates",
}
"""What chats shorten, in English; what stands for something else in this field is left alone."""

_SIGNS = str.maketrans(
    {"$": " money ", "€": " money ", "£": " money ", "₹": " money ", "%": " percent ", "&": " and "}
)
_WORD = re.compile(r"[^\W_]+(?:[+#]+)?")
PERSON = "xperson"
"""Stands for a member who is mentioned."""

_FIELD = re.compile(r"\bt\s?(?:&|and|n|\+)\s?s\b", re.IGNORECASE)
"""The field's own abbreviation, whose parts say nothing."""

_NAMED = r"(?:<@!?\d+>|(?<![\w.])@(?!(?:home|work|office|the|least|all)\b)\w+)"
"""A member as Discord writes one, or as people type one: not an e-mail address, nor "@home"."""

_MEMBER = re.compile(_NAMED, re.IGNORECASE)
_PLACE = re.compile(r"<(?:#|@&)\d+>")
_ADDRESSED = re.compile(
    r"^\W*(?:hi|hey|hello|yo|ok|thanks|thank you|thx|ty|ping|cc|hola|gracias|merci|danke)\b"
    rf"[\s,!]*{_NAMED}|^\s*{_NAMED}\s*[,:!]",
    re.IGNORECASE,
)
"""A member to whom something is said, rather than about whom."""

_CAPITAL = re.compile(r"(?<=[\w,;:)] )[A-Z\u00c0-\u00de][\w]*")
_APOSTROPHES = re.compile(
    "['`\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}\N{ACUTE ACCENT}]"
)
_THRICE = re.compile(r"([^\W\d])\1{2,}")
_DIGIT = re.compile(r"\d")
_DIGIT_LETTER = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")


def folded(text: str) -> str:
    """Return at most `MAX_QUESTION` characters without case, accents and what can't be seen."""
    shorter = text[:MAX_QUESTION]
    if shorter.isascii():
        return shorter.casefold()
    wide = unicodedata.normalize("NFKD", shorter).casefold()[: 2 * MAX_QUESTION]
    return "".join(char for char in wide if unicodedata.category(char) not in _UNSEEN)


_UNSEEN = frozenset({"Mn", "Me", "Cf", "Cs", "Co", "Cn"})
"""Unicode's categories of accents and of what can't be seen; what can't be in a word stays."""


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are compared."""
    shorter = text[:MAX_QUESTION]
    shorter = _FIELD.sub("trust and safety", shorter)
    named = _without_mentions(shorter) if "@" in shorter or "<#" in shorter else shorter
    plain = folded(_APOSTROPHES.sub("", named)).translate(_SIGNS)
    if _DIGIT.search(plain):
        plain = _DIGIT_LETTER.sub(" ", plain)
    return tuple(" ".join(map(_written_out, _WORD.findall(plain))).split())


def _without_mentions(text: str) -> str:
    """Return a text with a mark for each member it speaks of, without channels and roles."""
    return _MEMBER.sub(f" {PERSON} ", _PLACE.sub(" ", _ADDRESSED.sub(" ", text)))


def plain_words(text: str) -> list[str]:
    """Return the words of a text, folded but not written out: quicker, for long texts."""
    return _WORD.findall(folded(text))


def capitals(text: str) -> frozenset[str]:
    """Return the words that are written with a capital in the middle of a sentence."""
    if text.isupper():
        return frozenset()
    return frozenset(word for name in _CAPITAL.findall(text[:MAX_QUESTION]) for word in words(name))


@lru_cache(maxsize=50_000)
def _written_out(word: str) -> str:
    """Return a word without the letters that feeling repeats ("sooo"), or what it stands for."""
    return SHORTHAND.get(word) or _THRICE.sub(r"\1\1", word)[:MAX_WORD]
