import json
import logging

import pytest
import structlog

from bot.logs import REDACTED, configure_logging

TOKEN = "canary.token.value"


@pytest.mark.parametrize("log_format", ["auto", "console", "json"])
def test_a_secret_appears_nowhere(log_format: str, capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("debug", log_format, [TOKEN])  # type: ignore[arg-type]
    log = structlog.stdlib.get_logger("test")
    log.info("sent " + TOKEN, header=f"Bot {TOKEN}", nested={"token": [TOKEN]})
    logging.getLogger("library").warning("raw %s", TOKEN)
    log.error("failed", exc_info=ValueError(TOKEN))
    output = capsys.readouterr().err
    assert TOKEN not in output
    assert output.count(REDACTED) >= 5


def test_json_is_one_object_a_line_with_time_level_and_what_is_bound(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logging("info", "json")
    with structlog.contextvars.bound_contextvars(interaction="abc"):
        structlog.stdlib.get_logger("test").info("hello", count=1)
        logging.getLogger("library").error("plain")
    first, second = map(json.loads, capsys.readouterr().err.splitlines())
    assert first.items() >= {
        "event": "hello", "count": 1, "interaction": "abc", "level": "info", "logger": "test",
    }.items()  # fmt: skip
    assert first["timestamp"].endswith("Z")
    assert second["interaction"] == "abc"


def test_a_terminal_format_is_readable_with_its_traceback(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logging("info", "console")
    structlog.stdlib.get_logger("test").error("failed", exc_info=ValueError("boom"))
    output = capsys.readouterr().err
    assert "failed" in output
    assert "ValueError: boom" in output
    assert "\x1b[" not in output


def test_the_level_is_kept_and_libraries_stay_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging("debug", "json")
    logging.getLogger("discord.http").info("body of a message")
    structlog.stdlib.get_logger("test").debug("ours")
    configure_logging("error", "json")
    logging.getLogger("discord.gateway").warning("reconnecting")
    structlog.stdlib.get_logger("test").warning("ours too")
    assert [json.loads(line)["event"] for line in capsys.readouterr().err.splitlines()] == ["ours"]
