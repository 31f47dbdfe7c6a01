"""The demonstration, frozen and served on loopback, and Chromium to look at it."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from connector.db import migrate
from connector.demo import content
from connector.demo.application import Demo, demo_wsgi, settings

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the frozen demonstration."""
    chosen = settings(tmp_path_factory.mktemp("demo"), host="127.0.0.1", port=0, is_frozen=True)
    migrate.upgrade(chosen.database_url)
    with Demo(chosen, content.load()):
        server = make_server("127.0.0.1", 0, demo_wsgi(chosen), threaded=True)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A browser without a screen."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


class Window:
    """A browser window of one person: what it complained about is kept."""

    def __init__(self, page: Page, service: str) -> None:
        self.page = page
        self.service = service
        self.complaints: list[str] = []
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note(self, message: object) -> None:
        kind, text = getattr(message, "type", ""), getattr(message, "text", "")
        if kind in {"error", "warning"}:
            self.complaints.append(f"{kind}: {text}")

    def go(self, path: str) -> None:
        """Open a page of the service, the first task on offer, or the first one to be split."""
        if path.startswith("/"):
            self.page.goto(f"{self.service}{path}")
        elif path == "the first split":
            self._follow("/coordinator/split", "main td.end a")
        else:
            self._follow("/", "#found .title a")

    def _follow(self, path: str, link: str) -> None:
        self.page.goto(f"{self.service}{path}")
        with self.page.expect_navigation():
            self.page.locator(link).first.click()

    def be(self, name: str) -> None:
        """Continue as one of the demonstration's people."""
        self.go("/sizing")
        option = self.page.locator("#demo-person option", has_text=name).first
        self.page.select_option("#demo-person", option.get_attribute("value"))
        with self.page.expect_navigation():
            self.page.locator(".quiet button").click()

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        wide: int = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return wide


@pytest.fixture
def open_window(chromium: Browser, service: str) -> Iterator[Callable[..., Window]]:
    """Opens windows: ``open_window(width=375, locale="fr", color_scheme="dark")``."""
    contexts = []

    def open_one(width: int = 1280, **wishes: object) -> Window:
        context = chromium.new_context(viewport={"width": width, "height": 900}, **wishes)
        contexts.append(context)
        return Window(context.new_page(), service)

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The accessibility checker's script."""
    script = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
    if not script.exists():
        pytest.skip("axe-core is not installed (npm ci)")
    return script.read_text(encoding="utf-8")
