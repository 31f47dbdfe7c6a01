"""Pictures of every page, to be looked at: ``WECENA_PICTURES=folder pytest tests/in_browser/test_pictures.py``."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.in_browser.conftest import Window
from tests.in_browser.test_pages import PAGES

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not os.environ.get("WECENA_PICTURES"), reason="WECENA_PICTURES is not set"),
    # The browser drops a download it no longer needs; the small server of these tests then leaves the file to the collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.mark.parametrize("person", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("width", [375, 1280])
def test_a_picture_is_taken(
    open_window: Callable[..., Window], width: int, language: str, scheme: str, person: str
) -> None:
    folder = Path(os.environ["WECENA_PICTURES"])
    window = open_window(width, locale=language, color_scheme=scheme)
    window.go(f"/sizing?lang={language}")
    if person:
        window.be(person)
    for path in PAGES[person]:
        window.go(path)
        name = re.sub(r"\W+", "-", path).strip("-") or "tasks"
        picture = folder / f"{name}-{language}-{width}-{scheme}.png"
        window.page.screenshot(path=picture, full_page=True)
        assert picture.stat().st_size > 1000
