"""The sandbox page in a real browser, as a newcomer uses it."""

import asyncio
import os
import re
import shutil
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright, expect

from tests.e2e.processes import ROOT, ended, waymark

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
REQUIRED = "WAYMARK_REQUIRE_BROWSER" in os.environ
SLUG = "ai-trust-safety-policy-specialist"
TITLE = "AI Trust & Safety Policy Specialist"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SCREENSHOTS = ROOT / "build" / "screenshots"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.process,
    pytest.mark.skipif(
        CHROMIUM is None and not REQUIRED,
        reason="no Chromium on this machine (Debian: sudo apt install chromium)",
    ),
]


@pytest.fixture
def place() -> str:
    """The channel that the page shows."""
    return "careers"


@pytest.fixture
async def address(tmp_path: Path, place: str) -> AsyncIterator[str]:
    """The address that a running sandbox prints."""
    process = await waymark(
        "sandbox", "--show", place, directory=tmp_path, WAYMARK_SANDBOX_PORT="0"
    )
    assert process.stdout is not None
    async with asyncio.timeout(45):
        while not (found := re.search(r"http://\S+", (await process.stdout.readline()).decode())):
            assert process.returncode is None
    yield found.group()
    process.send_signal(signal.SIGINT)
    assert (await ended(process))[0] == 0


@pytest.fixture
async def page(address: str) -> AsyncIterator[Page]:
    """The sandbox's page in a window of a laptop's size."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = await browser.new_page(viewport={"width": 1180, "height": 920})
        page.set_default_timeout(15_000)
        await page.goto(address)
        yield page
        await browser.close()


async def use_command(page: Page, command: str, typed: str) -> None:
    """Type a command, pick the role from its autocomplete, and send it."""
    await page.locator("#channel-composer-input").click()
    await page.keyboard.type(command)
    await page.get_by_role("option").filter(has_text=command).first.wait_for()
    await page.keyboard.press("Enter")
    await page.keyboard.type(typed)
    await page.get_by_role("option", name=TITLE, selected=True).wait_for()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("combobox", name="role, required")).to_have_value(SLUG)
    await page.keyboard.press("Enter")


async def take_picture(page: Page, name: str) -> None:
    """Keep a picture of the page with the newest message in view."""
    await page.get_by_role("article").last.evaluate("element => element.scrollIntoView()")
    await page.screenshot(path=SCREENSHOTS / f"{name}.png")


async def test_a_newcomer_reads_a_role_and_its_pay(page: Page) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)

    await use_command(page, "/role info", "ai trust")
    await expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    await expect(page.get_by_text("9.0 out of 10")).to_be_visible()
    await take_picture(page, "overview")

    await page.get_by_role("button", name="A typical day").click()
    await expect(page.get_by_text("10:30")).to_be_visible()
    await take_picture(page, "typical-day")

    await page.get_by_role("button", name="Career & pay").click()
    await expect(page.get_by_text("$65,000\N{EN DASH}$95,000 a year")).to_be_visible()
    await take_picture(page, "career-and-pay")

    await use_command(page, "/role pay", "ai trust")
    picture = page.get_by_role("img", name="Pay by career step")
    await expect(picture).to_be_visible()
    await page.wait_for_function(
        "image => image.complete && image.naturalWidth > 500", arg=await picture.element_handle()
    )
    await take_picture(page, "pay")


@pytest.mark.parametrize("place", ["dm"])
async def test_a_reminder_comes_on_time_and_is_done(page: Page) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    await page.locator("#channel-composer-input").click()
    await page.keyboard.type("/remind me")
    await page.get_by_role("option").filter(has_text="/remind me").first.wait_for()
    await page.keyboard.press("Enter")
    await page.get_by_role("textbox", name="when, required").fill("in 4 seconds")
    await page.get_by_role("textbox", name="what, required").fill("Apply at Acme")
    await send(page)
    await expect(page.get_by_role("heading", name="I'll remind you")).to_be_visible()

    await expect(page.get_by_role("heading", name="Reminder", exact=True)).to_be_visible()
    cards = page.get_by_role("article").filter(has_text="Apply at Acme")
    await expect(cards).to_have_count(2)
    await take_picture(page, "reminder")
    done = page.get_by_role("button", name="Done", exact=True)
    await done.click()
    await expect(done).to_have_count(0)


async def send(page: Page) -> None:
    """Press Enter until the page, which may still be taking in what was typed, has sent it."""
    typing = page.get_by_role("button", name="Exit command mode")
    while await typing.count():
        await page.keyboard.press("Enter")
        await page.wait_for_timeout(300)


async def ask(page: Page, question: str) -> None:
    """Ask in one's own words."""
    await page.locator("#channel-composer-input").click()
    await page.keyboard.type("/ask")
    await page.get_by_role("option").filter(has_text="/ask").first.wait_for()
    await page.keyboard.press("Enter")
    await page.get_by_role("textbox", name="question, required").fill(question)
    await send(page)


async def test_a_question_is_answered_with_its_source_or_passed_on(page: Page) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    await ask(page, "what would an AI policy specialist earn 6 yrs in")
    answer = page.get_by_role("article").filter(has_text="$140,000\N{EN DASH}$190,000 a year")
    await expect(answer).to_be_visible()
    await expect(answer.get_by_text("read 2026-11-24")).to_be_visible()
    await take_picture(page, "answer")

    await answer.get_by_role("button", name="Helpful", exact=True).click()
    await expect(page.get_by_text("Take it back")).to_be_visible()

    await ask(page, "how many weeks of holiday do they get in Warsaw")
    await page.get_by_role("button", name="Ask people here").click()
    await expect(page.get_by_role("button", name="Undo")).to_be_visible()
    await take_picture(page, "passed-on")
