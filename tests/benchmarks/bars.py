"""How a figure compares with what is asked of it."""


def at_least(value: float, bar: float, unit: str = "times") -> str:
    """Return the figure with its bar, and whether it is met."""
    return _line(value, bar, unit, "at least", met=value >= bar)


def at_most(value: float, bar: float, unit: str = "times") -> str:
    """Return the figure with its bar, and whether it is met."""
    return _line(value, bar, unit, "at most", met=value <= bar)


def _line(value: float, bar: float, unit: str, side: str, *, met: bool) -> str:
    return f"{value:,.2f} {unit} (bar: {side} {bar:g}): {'met' if met else 'MISSED'}"
