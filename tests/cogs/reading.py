"""Reading what the bot sent, as a member would."""

from collections.abc import Iterator
from typing import Any

import discord
from simcord import InteractionResult, ResponseMessage, UserHandle

Message = ResponseMessage | discord.Message
"""A message that answered an interaction, or one that was posted."""

BUTTON, SELECT, TEXT, GALLERY = 2, 3, 10, 12


def shown(result: InteractionResult) -> ResponseMessage:
    """The one message that answered an interaction."""
    assert result.acknowledged
    assert result.response is not None
    return result.response


def told(result: InteractionResult) -> ResponseMessage:
    """What was said beside a message that was to be changed in place."""
    assert result.followups
    return result.followups[-1]


def text(message: Message) -> str:
    """All text of a message, from its content and its cards."""
    parts = [part["content"] for part in parts_of(message, TEXT)]
    return "\n".join([message.content, *parts])


def labels(message: Message) -> list[str]:
    return [part["label"] for part in parts_of(message, BUTTON)]


def custom_ids(message: Message) -> list[str]:
    return [part["custom_id"] for part in parts_of(message, BUTTON)]


def parts_of(message: Message, kind: int) -> list[dict[str, Any]]:
    return [part for part in walk(_components(message)) if part["type"] == kind]


def options(message: Message) -> list[str]:
    """The labels of a message's menus."""
    return [each["label"] for part in parts_of(message, SELECT) for each in part["options"]]


def inbox(user: UserHandle) -> list[discord.Message]:
    """The bot's direct messages to a user, oldest first."""
    return user.dm_channel.history()


def _components(message: Message) -> list[dict[str, Any]]:
    if isinstance(message, ResponseMessage):
        return message.components
    return [dict(component.to_dict()) for component in message.components]


def walk(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for component in components:
        yield component
        yield from walk(component.get("components", []))
        if "accessory" in component:
            yield component["accessory"]
