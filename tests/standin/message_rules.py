"""What Discord takes for a message, and what it makes of it."""

import json
from collections.abc import Generator, Iterable
from datetime import UTC, datetime
from itertools import count
from typing import Any

from aiohttp import web

from tests.standin.api_errors import ApiError, invalid

Json = dict[str, Any]

ME = {"id": "4242", "username": "Waymark", "discriminator": "0", "avatar": None, "bot": True}
COMPONENTS_V2 = 1 << 15
TEXT_DISPLAY = 10
MAX_CONTENT = 2000
MAX_TEXT_DISPLAYS = 4000
MAX_COMPONENTS = 40
MAX_CUSTOM_ID = 100


def timestamp(wall: float) -> str:
    return datetime.fromtimestamp(wall, UTC).isoformat()


def blank_message(channel: int, wall: float) -> Json:
    return {
        "id": "0", "channel_id": str(channel), "author": ME, "content": "", "type": 0,
        "timestamp": timestamp(wall), "edited_timestamp": None, "tts": False,
        "mention_everyone": False, "mentions": [], "mention_roles": [], "attachments": [],
        "embeds": [], "pinned": False, "components": [], "flags": 0,
    }  # fmt: skip


def with_changes(message: Json, payload: Json) -> Json:
    """Return the message with what the payload gives. Raises `ApiError` if Discord would."""
    kept = ("content", "components", "embeds", "attachments", "flags")
    changes = {name: payload[name] for name in kept if payload.get(name) is not None}
    if payload.get("content", "") is None:
        changes["content"] = ""
    changed = message | changes
    check(changed)
    number(changed["components"])
    return changed


async def read_payload(request: web.Request) -> Json:
    """Return a message as it is given: JSON, or a form with files."""
    if request.content_type != "multipart/form-data":
        return json.loads(await request.read())
    form = await request.post()
    files = [each for each in form.values() if isinstance(each, web.FileField)]
    payload: Json = json.loads(str(form["payload_json"]))
    payload["attachments"] = [described_file(key, each) for key, each in enumerate(files, 1)]
    return payload


def described_file(key: int, file: web.FileField) -> Json:
    size = len(file.file.read())
    url = f"https://cdn.invalid/{key}/{file.filename}"
    return {"id": str(key), "filename": file.filename, "size": size, "url": url, "proxy_url": url}


def walk(components: Iterable[Json]) -> Generator[Json]:
    """Yield the components and all within them, each before what it contains."""
    for component in components:
        yield component
        yield from walk(component.get("components", ()))
        if "accessory" in component:
            yield from walk((component["accessory"],))


def number(components: Iterable[Json]) -> None:
    """Give each component without an id the next free one, as Discord does; 0 counts as none."""
    every = [*walk(components)]
    used = {component["id"] for component in every if component.get("id")}
    free = (number for number in count(1) if number not in used)
    for component in every:
        if not component.get("id"):
            component["id"] = next(free)


def text_of(message: Json) -> str:
    """Return what tells one message from another: its first text display, or its content."""
    texts = (each["content"] for each in walk(message["components"]) if is_text(each))
    return next(texts, message["content"])


def is_text(component: Json) -> bool:
    return component["type"] == TEXT_DISPLAY


def check(message: Json) -> None:
    """Raise what Discord answers to a message that it doesn't take; discord.py checks nothing."""
    if not any(message[name] for name in ("content", "components", "embeds", "attachments")):
        raise ApiError(400, 50006, "Cannot send an empty message")
    if message["content"] and message["flags"] & COMPONENTS_V2:
        raise invalid(content="Not allowed together with the flag IS_COMPONENTS_V2")
    if len(message["content"]) > MAX_CONTENT:
        raise invalid(content=f"Must be {MAX_CONTENT} or fewer in length.")
    check_components([*walk(message["components"])])


def check_components(components: list[Json]) -> None:
    texts = sum(len(each["content"]) for each in components if is_text(each))
    custom_ids = [each["custom_id"] for each in components if "custom_id" in each]
    ids = [each["id"] for each in components if each.get("id")]
    if len(components) > MAX_COMPONENTS:
        raise invalid(components=f"The total number of components exceeds {MAX_COMPONENTS}.")
    if texts > MAX_TEXT_DISPLAYS:
        raise invalid(components=f"The texts together exceed {MAX_TEXT_DISPLAYS} characters.")
    if any(not 1 <= len(custom_id) <= MAX_CUSTOM_ID for custom_id in custom_ids):
        raise invalid(components=f"Custom ids have 1 to {MAX_CUSTOM_ID} characters.")
    if len(set(custom_ids)) < len(custom_ids) or len(set(ids)) < len(ids):
        raise invalid(components="Component ids and custom ids cannot be duplicated.")
