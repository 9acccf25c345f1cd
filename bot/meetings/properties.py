"""Properties of iCalendar's components."""

from collections.abc import Mapping
from typing import Any

from icalendar import Component


def fill(component: Component, properties: Mapping[str, Any]) -> None:
    """Write properties into a component, each as its type wants it, and leave out those of None."""
    untyped: Any = component
    for name, value in properties.items():
        if value is not None:
            untyped.add(name, value)
