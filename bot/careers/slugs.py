"""Slugs, and the short keys that stand for them where space is scarce."""

import base64
import hashlib
import re

from bot.careers.model import MAX_SLUG, SLUG_PATTERN

KEY_LENGTH = 8
KEY_PATTERN = f"[a-z2-7]{{{KEY_LENGTH}}}"


def is_slug(text: str) -> bool:
    """Whether the text can name a pack's folder."""
    return re.fullmatch(SLUG_PATTERN, text) is not None and len(text) <= MAX_SLUG


def key_of(slug: str) -> str:
    """Return a slug's key: 8 characters that stay the same over restarts and versions.

    Three of them fit in a component's custom id (100 characters), which three slugs may not.
    """
    digest = hashlib.blake2s(slug.encode(), digest_size=5).digest()
    return base64.b32encode(digest).decode().lower()
