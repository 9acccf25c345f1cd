"""A member's rows as one file: JSON for programs, CSV for spreadsheets, a readme for people."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from bot.i18n import _, ngettext
from bot.privacy.model import Sheet
from bot.sheets.tables import RISKY

README, DATA = "readme.txt", "data.json"
EXACT_UP_TO = 2**53
"""Larger whole numbers, such as Discord's ids, are text in JSON: JavaScript would round them."""


def bundle(sheets: Sequence[Sheet], where: str, now: datetime) -> bytes:
    """Return a zip of a readme, all rows as JSON, and a CSV file for each sheet."""
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        archive.writestr(README, readme(sheets, where, now))
        archive.writestr(DATA, as_json(sheets, where, now))
        for sheet in sheets:
            archive.writestr(f"{sheet.name}.csv", as_csv(sheet))
    return packed.getvalue()


def readme(sheets: Sequence[Sheet], where: str, now: datetime) -> str:
    """Return what each file is, in words."""
    lines = [
        _("What Waymark holds on you"),
        f"{where} · {now:%Y-%m-%d %H:%M} UTC",
        "",
        _("{file}: everything below, for programs. Times are in UTC.").format(file=DATA),
        _("The other files open in any spreadsheet program:"),
        "",
    ]
    return "\n".join([*lines, *map(_described, sheets), "", *_small_print()])


def _described(sheet: Sheet) -> str:
    count = ngettext("{count} row", "{count} rows", len(sheet.rows))
    if sheet.total > len(sheet.rows):
        count = _("the newest {count} of {total} rows")
    counted = count.format(count=len(sheet.rows), total=sheet.total)
    title, about = _(sheet.title), _(sheet.about)
    return f"{sheet.name}.csv: {title}. {about} ({counted})"


def _small_print() -> Iterator[str]:
    yield _("Other people's data isn't in here: where a row names somebody else, it is empty.")
    yield _("Your messages on Discord are Discord's: its own settings give you those.")


def as_json(sheets: Sequence[Sheet], where: str, now: datetime) -> str:
    """Return all rows as JSON."""
    data = {
        "exported_at": now.isoformat(),
        "where": where,
        "held": {sheet.name: [_jsonable(row) for row in sheet.rows] for sheet in sheets},
    }
    return json.dumps(data, ensure_ascii=False, indent=1)


def as_csv(sheet: Sheet) -> str:
    """Return a sheet's rows as a table in which no cell runs as a formula."""
    table = io.StringIO(newline="")
    names = [*dict.fromkeys(name for row in sheet.rows for name in row)]
    writer = csv.writer(table)
    writer.writerow(names)
    writer.writerows([_cell(row.get(name)) for name in names] for row in sheet.rows)
    return table.getvalue()


def _jsonable(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in row.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, int) and abs(value) > EXACT_UP_TO:
        return str(value)
    return value


def _cell(value: Any) -> str:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    text = "" if value is None else str(_plain(value))
    return f"'{text}" if isinstance(value, str) and RISKY.match(text) else text
