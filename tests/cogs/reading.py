"""Reading what the bot sent, as a member would."""

from collections.abc import Iterator
from typing import Any

from simcord import InteractionResult, ResponseMessage

BUTTON, SELECT, TEXT, GALLERY = 2, 3, 10, 12


def shown(result: InteractionResult) -> ResponseMessage:
    """The one message that answered an interaction."""
    assert result.acknowledged
    assert result.response is not None
    return result.response


def text(message: ResponseMessage) -> str:
    """All text of a message, from its content and its cards."""
    parts = [part["content"] for part in parts_of(message, TEXT)]
    return "\n".join([message.content, *parts])


def labels(message: ResponseMessage) -> list[str]:
    return [part["label"] for part in parts_of(message, BUTTON)]


def custom_ids(message: ResponseMessage) -> list[str]:
    return [part["custom_id"] for part in parts_of(message, BUTTON)]


def parts_of(message: ResponseMessage, kind: int) -> list[dict[str, Any]]:
    return [part for part in walk(message.components) if part["type"] == kind]


def walk(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for component in components:
        yield component
        yield from walk(component.get("components", []))
        if "accessory" in component:
            yield component["accessory"]
