"""What may be shown of a server's journeys as a table for spreadsheets."""

from collections.abc import Iterable, Iterator, Mapping

from bot.i18n import later
from bot.progress.figures import FEWEST, Career, Part, places
from bot.sheets import tables
from bot.sheets.rows import Shape

SHAPE = Shape(
    one=later("A phase"),
    many=later("phases"),
    names=(
        "career", "ever", "on_the_way", "all_the_way",
        "phases", "titles", "finished", "dropped_off", "median_days",
    ),
)  # fmt: skip
NOT_SHOWN = "not shown"
FEW = f"fewer than {FEWEST}"


def written(careers: Iterable[Career]) -> str:
    """Return a row for each phase, or phases that are put together."""
    return tables.write(_rows(careers), SHAPE)


def _rows(careers: Iterable[Career]) -> Iterator[Mapping[str, str]]:
    for career in careers:
        whole = {
            "career": career.title,
            "ever": FEW if career.ever is None else str(career.ever),
            "on_the_way": _number(career.on_the_way),
            "all_the_way": _number(career.all_the_way),
        }
        if not career.parts:
            yield whole
        for part in career.parts:
            yield whole | _part(part)


def _part(part: Part) -> dict[str, str]:
    return {
        "phases": places(part),
        "titles": " / ".join(part.titles),
        "finished": _number(part.finished),
        "dropped_off": _number(part.dropped),
        "median_days": NOT_SHOWN if part.days is None else f"{part.days:g}",
    }


def _number(value: int | None) -> str:
    return NOT_SHOWN if value is None else str(value)
