"""What whoever runs Waymark meets: starting, stopping, and everything that can be wrong."""

import asyncio
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.e2e.processes import ended, waymark, waymark_on
from tests.standin.discord import TOKEN, DiscordStandIn, discord_standin

pytestmark = pytest.mark.process
SLUG = "ai-trust-safety-policy-specialist"
COMMANDS = [
    "Answer this",
    "ask",
    "block",
    "checkin",
    "checkins",
    "daily",
    "deliveries",
    "faq",
    "interview",
    "journey",
    "leaderboard",
    "milestone",
    "my",
    "phase-roles",
    "practice",
    "progress",
    "questions",
    "remind",
    "role",
    "settings",
    "streak",
    "study",
]


def names_given(discord: DiscordStandIn) -> list[list[str]]:
    return [sorted(each["name"] for each in given) for given in discord.commands_given]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_during_an_interaction_lets_it_be_answered(
    tmp_path: Path, number: signal.Signals
) -> None:
    async with discord_standin() as discord, asyncio.timeout(45):
        discord.callback_delay_s = 1.0
        process = await waymark_on(discord.url, "run", directory=tmp_path, DISCORD_TOKEN=TOKEN)
        await discord.identified.wait()
        await discord.use_command("role", "pay", role=SLUG)
        deferral = await discord.callbacks.get()
        process.send_signal(number)
        code, _, log = await ended(process)
        assert deferral["type"] == 5
        assert "400,000+" in discord.edits.get_nowait()
        assert discord.closed.is_set()
        assert (code, "Traceback" in log) == (0, False)


async def test_an_idle_bot_stops_at_once(tmp_path: Path) -> None:
    async with discord_standin() as discord, asyncio.timeout(30):
        process = await waymark_on(discord.url, "run", directory=tmp_path, DISCORD_TOKEN=TOKEN)
        await discord.identified.wait()
        process.send_signal(signal.SIGTERM)
        code, _, _ = await ended(process, within_s=5)
        assert code == 0


async def test_commands_are_given_to_discord_once_and_again_on_demand(tmp_path: Path) -> None:
    async with discord_standin() as discord, asyncio.timeout(60):
        for _ in range(2):
            discord.identified.clear()
            process = await waymark_on(discord.url, "run", directory=tmp_path, DISCORD_TOKEN=TOKEN)
            await discord.identified.wait()
            process.send_signal(signal.SIGTERM)
            assert (await ended(process))[0] == 0
        assert names_given(discord) == [COMMANDS]
        process = await waymark_on(discord.url, "sync", directory=tmp_path, DISCORD_TOKEN=TOKEN)
        code, out, _ = await ended(process)
        assert (code, f"Discord has the {len(COMMANDS)} commands" in out) == (0, True)
        assert len(discord.commands_given) == 2


async def test_a_development_server_gets_the_commands_at_once(tmp_path: Path) -> None:
    async with discord_standin() as discord, asyncio.timeout(45):
        process = await waymark_on(
            discord.url, "sync", directory=tmp_path, DISCORD_TOKEN=TOKEN, WAYMARK_DEV_GUILD="4321"
        )
        code, _, log = await ended(process)
    assert code == 0
    assert names_given(discord) == [COMMANDS]
    assert "scope=4321" in log


async def test_a_wrong_token_is_one_clear_message_without_the_token(tmp_path: Path) -> None:
    async with discord_standin() as discord:
        wrong = "wrong.token.canary"
        process = await waymark_on(discord.url, "run", directory=tmp_path, DISCORD_TOKEN=wrong)
        code, out, err = await ended(process)
    assert code == 1
    assert "Discord refuses the token" in err
    assert "Traceback" not in err
    assert wrong not in out + err


async def test_no_network_is_one_clear_message(tmp_path: Path) -> None:
    process = await waymark_on("http://127.0.0.1:9", "run", directory=tmp_path, DISCORD_TOKEN=TOKEN)
    code, out, err = await ended(process)
    assert code == 1
    assert "Discord can't be reached" in err
    assert "Traceback" not in err
    assert TOKEN not in out + err


async def test_all_wrong_settings_are_named_at_once(tmp_path: Path) -> None:
    process = await waymark(
        "run",
        directory=tmp_path,
        DISCORD_TOKEN=TOKEN,
        WAYMARK_DATABASE_URL="mysql://root:hunter2@localhost/x",
        WAYMARK_LOG_LEVEL="loud",
        WAYMARK_DEV_GUILD="my server",
    )
    code, out, err = await ended(process)
    assert code == 1
    for name in ("WAYMARK_DATABASE_URL", "WAYMARK_LOG_LEVEL", "WAYMARK_DEV_GUILD"):
        assert name in err
    assert "Traceback" not in err
    assert "hunter2" not in out + err


async def test_an_unwritable_data_directory_is_one_clear_message(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    process = await waymark(
        "run", directory=tmp_path, DISCORD_TOKEN=TOKEN, WAYMARK_DATA_DIR="file/var"
    )
    code, _, err = await ended(process)
    assert code == 1
    assert "can't write to its data directory" in err
    assert "WAYMARK_DATA_DIR" in err
    assert "Traceback" not in err


async def test_a_database_from_the_future_is_one_clear_message(tmp_path: Path) -> None:
    code, _, _ = await ended(await waymark("db", "upgrade", directory=tmp_path))
    assert code == 0
    with closing(sqlite3.connect(tmp_path / "var" / "waymark.sqlite3")) as store:
        store.execute("UPDATE alembic_version SET version_num = '9999'")
        store.commit()
    process = await waymark("run", directory=tmp_path, DISCORD_TOKEN=TOKEN)
    code, _, err = await ended(process)
    assert code == 1
    assert "from a newer Waymark" in err
    assert "Traceback" not in err


async def test_a_broken_pack_is_named_and_the_others_load(tmp_path: Path) -> None:
    broken = tmp_path / "packs" / "diver" / "role.yaml"
    broken.parent.mkdir(parents=True)
    broken.write_text("title: Diver\ncategory: 7\n")
    async with discord_standin() as discord, asyncio.timeout(45):
        process = await waymark_on(
            discord.url,
            "run",
            directory=tmp_path,
            DISCORD_TOKEN=TOKEN,
            WAYMARK_CONTENT_PATH="packs",
        )
        await discord.identified.wait()
        await discord.use_command("role", "info", role=SLUG)
        answer = await discord.callbacks.get()
        process.send_signal(signal.SIGTERM)
        code, _, log = await ended(process)
    assert code == 0
    assert "role.yaml:2: category" in log
    assert answer["type"] == 4


async def test_json_logs_tie_an_interaction_together_without_the_token(tmp_path: Path) -> None:
    async with discord_standin() as discord, asyncio.timeout(45):
        process = await waymark_on(
            discord.url,
            "run",
            directory=tmp_path,
            DISCORD_TOKEN=TOKEN,
            WAYMARK_LOG_FORMAT="json",
            WAYMARK_LOG_LEVEL="debug",
        )
        await discord.identified.wait()
        await discord.use_command("role", "info", role=SLUG)
        await discord.callbacks.get()
        process.send_signal(signal.SIGTERM)
        _, out, err = await ended(process)
    lines = [line for line in err.splitlines() if '"interaction handled"' in line]
    assert len(lines) == 1
    assert '"interaction": "' in lines[0]
    assert TOKEN not in out + err


async def test_without_a_token_run_is_the_sandbox_and_ends_cleanly(tmp_path: Path) -> None:
    process = await waymark("run", directory=tmp_path, WAYMARK_SANDBOX_PORT="0")
    assert process.stdout is not None
    lines: list[str] = []
    async with asyncio.timeout(45):
        while not any("Open  http://127.0.0.1:" in line for line in lines):
            lines.append((await process.stdout.readline()).decode())
    process.send_signal(signal.SIGINT)
    code, out, err = await ended(process)
    assert (code, "Traceback" in err) == (0, False)
    assert "this is the sandbox" in lines[0]
    assert "The sandbox is closed" in out
    assert (tmp_path / "var" / "sandbox.sqlite3").exists()
    assert not (tmp_path / "var" / "waymark.sqlite3").exists()
