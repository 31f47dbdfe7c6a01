"""S4: what strangers wrote is shown as text, and runs nothing."""

from __future__ import annotations

import pytest

from connector.web.markdown import MAX_BYTES, render


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
def test_nothing_of_a_stranger_runs(text: str) -> None:
    html = render(text).lower()
    assert "<script" not in html
    assert "<img" not in html
    assert "<svg" not in html
    assert "<style" not in html
    assert 'href="javascript' not in html
    assert 'href="data' not in html
    assert 'href="/' not in html
    assert " on" not in html.split("href=", 1)[-1].split(">", 1)[0].split('"')[-1]


@pytest.mark.parametrize("text", ["x" * (MAX_BYTES + 10), "é" * MAX_BYTES, "> " * 5000, "[" * 20_000, "*a" * 20_000])
def test_long_and_deep_text_ends(text: str) -> None:
    assert len(render(text)) < 10 * MAX_BYTES
