"""Text that people wrote upstream, as safe HTML: no raw HTML, no image, links that lend no weight."""

from __future__ import annotations

from functools import cache, lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markupsafe import Markup

MAX_BYTES = 64 * 1024
MAX_NESTING = 20
TAGS = frozenset(
    {"p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong"}
    | {"s", "a", "table", "thead", "tbody", "tr", "th", "td"}
)
SCHEMES = ("http://", "https://", "mailto:")


@lru_cache(maxsize=256)
def render(text: str) -> Markup:
    """The text as HTML; what comes after 64 KiB is left out. Only absolute links stay links."""
    return _cleaned(_parser().render(_cut(text)))


@lru_cache(maxsize=256)
def render_line(text: str) -> Markup:
    """A note as HTML without blocks: code and links, in one paragraph."""
    return _cleaned(_parser().renderInline(_cut(text)))


def _cleaned(html: str) -> Markup:
    html = nh3.clean(
        html,
        tags=set(TAGS),
        attributes={"a": {"href"}, "ol": {"start"}},
        attribute_filter=_only_absolute,
        link_rel="nofollow ugc noopener noreferrer",
    )
    return Markup(html)  # noqa: S704  (the allow-list above is what makes it safe)


def _cut(text: str) -> str:
    return text.encode("utf-8", "replace")[:MAX_BYTES].decode("utf-8", "ignore")


@cache
def _parser() -> MarkdownIt:
    options = {"html": False, "linkify": False, "maxNesting": MAX_NESTING}
    parser = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    parser.core.ruler.push("images_become_links", _images_become_links)
    return parser


def _images_become_links(state: StateCore) -> None:
    for block in state.tokens:
        if block.children:
            block.children = [part for token in block.children for part in _without_image(token)]


def _without_image(token: Token) -> list[Token]:
    if token.type != "image":
        return [token]
    address = str(token.attrGet("src") or "")
    text = Token("text", "", 0, content=token.content or address)
    return [Token("link_open", "a", 1, attrs={"href": address}), text, Token("link_close", "a", -1)]


def _only_absolute(_tag: str, attribute: str, value: str) -> str | None:
    if attribute == "href" and not value.lower().startswith(SCHEMES):
        return None  # also drops addresses that start with two slashes
    return value
