import asyncio
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from bot import i18n
from bot.careers import chart
from bot.careers.model import Role
from bot.careers.service import MAX_CACHED_CHARTS, Careers, RoleGone
from bot.careers.slugs import key_of
from bot.errors import MemberError
from bot.pictures.looks import DARK, LIGHT, Look
from tests.bot.careers.samples import paid, step, write_pack

PAID = [step(pay=paid(65_000, 95_000))]


class Painter:
    """Stands in for the drawing, which is slow: counts how often each title is drawn."""

    def __init__(self) -> None:
        self.drawn: Counter[str] = Counter()
        self.go = threading.Event()
        self.go.set()
        self.failing = False

    def draw(self, role: Role, _look: Look) -> bytes:
        self.drawn[role.title] += 1
        assert self.go.wait(10)
        if self.failing:
            raise OSError("no ink")
        return f"{role.title} {self.drawn[role.title]}".encode()


@pytest.fixture
def painter(monkeypatch: pytest.MonkeyPatch) -> Painter:
    stand_in = Painter()
    monkeypatch.setattr(chart, "draw", stand_in.draw)
    return stand_in


@pytest.fixture
def careers(tmp_path: Path) -> Careers:
    write_pack(tmp_path, ladder=PAID)
    return Careers((tmp_path,))


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.001)


def test_the_packs_of_all_directories_are_known(tmp_path: Path) -> None:
    write_pack(tmp_path / "ours")
    write_pack(tmp_path / "theirs", "surveyor", title="Surveyor")
    found = Careers((tmp_path / "ours", tmp_path / "theirs"))
    assert found.registry.titles() == {"cartographer": "Cartographer", "surveyor": "Surveyor"}
    assert found.problems == ()


def test_broken_packs_and_unknown_relations_are_both_told(tmp_path: Path) -> None:
    write_pack(tmp_path, related=[{"slug": "surveyor", "why": "Both measure."}])
    write_pack(tmp_path, "geologist", title="")
    found = Careers((tmp_path,))
    assert [problem.field for problem in found.problems] == ["title", "related.0.slug"]
    assert len(found.registry) == 1


def test_a_key_stands_for_its_role(careers: Careers) -> None:
    assert careers.role_by_key(key_of("cartographer")).slug == "cartographer"


@pytest.mark.parametrize("key", ["", "cartographer", key_of("surveyor")])
def test_an_unknown_key_means_that_the_role_is_gone(careers: Careers, key: str) -> None:
    with pytest.raises(RoleGone, match="`/role list`") as gone:
        careers.role_by_key(key)
    assert isinstance(gone.value, MemberError)


async def test_the_chart_is_a_real_picture(careers: Careers) -> None:
    picture = await careers.pay_chart("cartographer")
    assert picture is not None
    assert picture.startswith(b"\x89PNG")


async def test_there_is_no_chart_of_an_unknown_role(careers: Careers) -> None:
    assert await careers.pay_chart("surveyor") is None


async def test_there_is_no_chart_where_no_pay_is_known(tmp_path: Path, painter: Painter) -> None:
    write_pack(tmp_path)
    assert await Careers((tmp_path,)).pay_chart("cartographer") is None
    assert not painter.drawn


async def test_a_chart_is_drawn_once_for_all_who_ask_at_once(
    careers: Careers, painter: Painter
) -> None:
    pictures = await asyncio.gather(*(careers.pay_chart("cartographer") for _ in range(20)))
    assert set(pictures) == {b"Cartographer 1"}
    assert await careers.pay_chart("cartographer") == b"Cartographer 1"


async def test_drawing_leaves_the_event_loop_free(careers: Careers, painter: Painter) -> None:
    painter.go.clear()
    asking = asyncio.create_task(careers.pay_chart("cartographer"))
    await until(lambda: bool(painter.drawn))
    assert not asking.done()
    painter.go.set()
    assert await asking == b"Cartographer 1"


async def test_each_role_has_a_chart_of_its_own(tmp_path: Path, painter: Painter) -> None:
    for slug in ("a", "b"):
        write_pack(tmp_path, slug, title=slug, ladder=PAID)
    found = Careers((tmp_path,))
    assert await found.pay_chart("a") == b"a 1"
    assert await found.pay_chart("b") == b"b 1"


async def test_a_failure_is_not_kept(careers: Careers, painter: Painter) -> None:
    painter.failing = True
    failures = await asyncio.gather(
        *(careers.pay_chart("cartographer") for _ in range(3)), return_exceptions=True
    )
    assert [str(failure) for failure in failures] == ["no ink"] * 3
    painter.failing = False
    assert await careers.pay_chart("cartographer") == b"Cartographer 2"


async def test_a_failure_that_nobody_waited_for_is_not_kept(
    careers: Careers, painter: Painter
) -> None:
    painter.failing = True
    painter.go.clear()
    asking = asyncio.create_task(careers.pay_chart("cartographer"))
    await until(lambda: bool(painter.drawn))
    asking.cancel()
    await asyncio.wait([asking])
    drawing = asyncio.all_tasks() - {asyncio.current_task()}
    painter.go.set()
    await asyncio.wait(drawing)
    painter.failing = False
    assert await careers.pay_chart("cartographer") == b"Cartographer 2"


async def test_who_stops_waiting_takes_the_chart_from_nobody(
    careers: Careers, painter: Painter
) -> None:
    painter.go.clear()
    first, second = (asyncio.create_task(careers.pay_chart("cartographer")) for _ in range(2))
    await until(lambda: bool(painter.drawn))
    first.cancel()
    await asyncio.wait([first])
    painter.go.set()
    assert await second == b"Cartographer 1"
    assert first.cancelled()


async def test_only_the_charts_asked_for_last_are_kept(tmp_path: Path, painter: Painter) -> None:
    slugs = [f"r{number}" for number in range(MAX_CACHED_CHARTS + 1)]
    for slug in slugs:
        write_pack(tmp_path, slug, title=slug, ladder=PAID)
    found = Careers((tmp_path,))
    for slug in [*slugs[:-1], "r0", slugs[-1]]:
        await found.pay_chart(slug)
    assert set(painter.drawn.values()) == {1}
    assert await found.pay_chart("r0") == b"r0 1"
    assert await found.pay_chart("r2") == b"r2 1"
    assert await found.pay_chart("r1") == b"r1 2"


async def test_a_chart_is_drawn_anew_for_another_language(
    careers: Careers, painter: Painter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "locales" / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "waymark.mo").open("wb") as file:
        write_mo(file, Catalog(locale="de"))
    monkeypatch.setattr(i18n, "LOCALES", tmp_path / "locales")
    assert await careers.pay_chart("cartographer") == b"Cartographer 1"
    with i18n.speaking("de"):
        assert await careers.pay_chart("cartographer") == b"Cartographer 2"
    assert await careers.pay_chart("cartographer") == b"Cartographer 1"


async def test_a_chart_is_drawn_anew_for_another_look(careers: Careers, painter: Painter) -> None:
    assert await careers.pay_chart("cartographer", DARK) == b"Cartographer 1"
    assert await careers.pay_chart("cartographer", LIGHT) == b"Cartographer 2"
    assert await careers.pay_chart("cartographer") == b"Cartographer 1"
