"""S4: what strangers wrote is shown as text, and runs nothing."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from connector.web.markdown import MAX_BYTES, render, render_line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**bold** `code`", "<p><strong>bold</strong> <code>code</code></p>"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("![a cat](https://x.example/cat.png)", '<a href="https://x.example/cat.png" rel="nofollow ugc noopener noreferrer">a cat</a>'),
        ("[ok](https://x.example)", '<a href="https://x.example" rel="nofollow ugc noopener noreferrer">ok</a>'),
        ("| a |\n|---|\n| b |", "<td>b</td>"),
    ],
)  # fmt: skip
def test_plain_markdown_is_kept(text: str, shown: str) -> None:
    assert shown in render(text)


def test_a_note_keeps_code_and_links_in_one_line() -> None:
    assert render_line("Fix `agenda/search.py`\n- see") == "Fix <code>agenda/search.py</code>\n- see"


@pytest.mark.parametrize("render", [render, render_line])
@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](//evil.example)",
        "[x](/\\evil.example)",
        "![x](javascript:alert(1))",
        "<a href='javascript:alert(1)'>x</a>",
        "<svg/onload=alert(1)>",
        "[x](https://a.example \"onmouseover='alert(1)'\")",
        "<style>body{display:none}</style>",
        "```html\n<script>alert(1)</script>\n```",
        "[a]: javascript:alert(1)\n\n[a]",
    ],
)
def test_nothing_of_a_stranger_runs(text: str, render: Callable[[str], str]) -> None:
    html = render(text).lower()
    assert "<script" not in html
    assert "<img" not in html
    assert "<svg" not in html
    assert "<style" not in html
    assert 'href="javascript' not in html
    assert 'href="data' not in html
    assert 'href="/' not in html
    assert re.search(r"<[a-z][^>]*\son[a-z]+\s*=", re.sub(r'"[^"]*"', '""', html)) is None


@pytest.mark.parametrize("render", [render, render_line])
@pytest.mark.parametrize("text", ["x" * (MAX_BYTES + 10), "é" * MAX_BYTES, "> " * 5000, "[" * 20_000, "*a" * 20_000])
def test_long_and_deep_text_ends(text: str, render: Callable[[str], str]) -> None:
    assert len(render(text)) < 10 * MAX_BYTES
