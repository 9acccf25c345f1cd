"""Holding what the bot would send against Discord's limits, of which discord.py checks few."""

from collections.abc import Sequence
from typing import Any

from discord import ui

from bot.chat.limits import cost


def check(view: ui.LayoutView) -> None:
    """Hold a message against Discord's limits (components reference, message resource)."""
    items: list[Any] = list(view.walk_children())
    texts: list[str] = [item.content for item in items if isinstance(item, ui.TextDisplay)]
    assert all(text.strip() for text in texts)
    assert sum(map(cost, texts)) <= 4000
    assert sum(len(text.encode()) for text in texts) <= 10_000
    assert len(items) <= 40
    check_ids(items)
    for item in items:
        if isinstance(item, ui.ActionRow):
            check_row(item)
        elif isinstance(item, ui.MediaGallery):
            assert all(0 < len(entry.description or "") <= 1024 for entry in item.items)


def check_ids(items: Sequence[Any]) -> None:
    custom_ids: list[str] = [item.custom_id for item in items if isinstance(item, ui.DynamicItem)]
    assert len(set(custom_ids)) == len(custom_ids)
    assert all(len(custom_id) <= 100 for custom_id in custom_ids)


def check_row(row: Any) -> None:
    controls: list[Any] = [getattr(child, "item", child) for child in row.children]
    buttons: list[Any] = [control for control in controls if isinstance(control, ui.Button)]
    assert len(buttons) <= 5
    assert len(controls) - len(buttons) <= (0 if buttons else 1)
    assert all(0 < len(button.label or "") <= 80 for button in buttons)
    for control in controls:
        if isinstance(control, ui.Select):
            check_select(control)


def check_select(select: Any) -> None:
    assert 1 <= len(select.options) <= 25
    assert len({option.value for option in select.options}) == len(select.options)
    for option in select.options:
        assert 0 < len(option.label) <= 100
        assert option.description is None or 0 < len(option.description) <= 100


def text_of(view: ui.LayoutView) -> str:
    items: list[Any] = list(view.walk_children())
    return "\n".join(item.content for item in items if isinstance(item, ui.TextDisplay))


def check_modal(modal: ui.Modal) -> None:
    """Hold a modal against Discord's limits (modal and text input in the components reference)."""
    data: Any = modal.to_dict()
    assert 1 <= len(data["title"]) <= 45
    assert 1 <= len(data["custom_id"]) <= 100
    assert 1 <= len(data["components"]) <= 5
    for label in data["components"]:
        if label["type"] == 10:
            assert 1 <= len(label["content"]) <= 4000
            continue
        field = label["component"]
        assert 1 <= len(label["label"]) <= 45
        assert len(field.get("placeholder") or "") <= 100
        assert len(field.get("value") or "") <= field["max_length"] <= 4000
