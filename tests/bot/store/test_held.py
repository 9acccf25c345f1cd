"""Every table says what it holds of members and servers, so that nothing is forgotten there."""

from collections.abc import Iterator
from itertools import chain

import pytest
from sqlalchemy import Column, Table
from sqlalchemy.dialects import sqlite

from bot.store.held import Held, Id
from bot.store.tables import Table as Declared
from bot.store.tables import all_held, load_metadata

TABLES = load_metadata().tables
HELD = all_held()
THINGS = (
    "channel_id", "message_id", "thread_id", "ping_role", "role_id",
    "seed", "subject_id", "wrap_id",
)  # fmt: skip
"""Columns as wide as Discord's ids, but never with a member's or a server's."""


def ids(held: Held) -> Iterator[Id]:
    yield from (*held.theirs, *held.named)
    yield from (each for each in (held.guild, held.channel) if each)
    yield from (Id(held.channel.guild),) if held.channel else ()


def columns(held: Held) -> Iterator[str]:
    for each in ids(held):
        yield from (each.column, *each.where)
    for named in held.named:
        yield from (*named.emptied_too, *named.exported)
    yield from (*held.placed, *held.withheld, *held.texts)
    yield from (held.parent.column,) if held.parent else ()


def holds_discords_ids(column: Column[object]) -> bool:
    return column.type.compile(sqlite.dialect()) == "BIGINT"


def test_every_table_says_what_it_holds() -> None:
    silent = [
        each.class_.__name__
        for each in Declared.registry.mappers
        if not hasattr(each.class_, "__held__")
    ]
    mapped = {each.local_table for each in Declared.registry.mappers}
    assert silent == [], "say what the table holds: give it a `__held__`"
    assert mapped == {*TABLES.values()}


@pytest.mark.parametrize("name", HELD)
def test_what_a_table_says_is_about_its_own_columns(name: str) -> None:
    held, table = HELD[name], TABLES[name]
    assert {*columns(held)} <= {*table.c.keys()}
    assert held.parent is None or held.parent.table in HELD
    emptied = [*held.placed, *(each.column for each in held.named)]
    assert all(table.c[column].nullable for column in emptied)
    of_members = [*held.theirs, *held.named]
    assert all([held.title, held.about]) or not of_members


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_every_id_of_a_member_or_server_is_declared(table: Table) -> None:
    held = HELD.get(table.name, Held())
    declared = {*THINGS, *held.placed, *(each.column for each in ids(held))}
    if table.name == "command_syncs":
        declared.add("application_id")
    undeclared = {each.name for each in table.c if holds_discords_ids(each)} - declared
    assert undeclared == set()


def test_rows_go_with_rows_that_go_too() -> None:
    for name, held in HELD.items():
        if held.parent is not None:
            assert [*TABLES[held.parent.table].primary_key] == [TABLES[held.parent.table].c.id], (
                name
            )


def test_what_is_withheld_or_given_is_somebodys() -> None:
    for held in HELD.values():
        given = chain.from_iterable(named.exported for named in held.named)
        assert not {*given} & {*held.withheld}
