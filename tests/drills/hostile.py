"""Requests as nobody friendly sends them, for every route of the service: deterministic, from a generator of chances."""

from __future__ import annotations

import io
import json
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from werkzeug.routing import Rule

Environ = dict[str, Any]
NUMBERS = (
    "0", "-1", "1", "2", "3", "007", "+1", " 1", "1_0", "1.5", "-0", "2147483648", "9223372036854775807",
    "9223372036854775808", "18446744073709551616", "9" * 40, "9" * 5000, "1e3", "1e400", "0x1f", "٣", "²", "NaN",
    "Infinity", "-Infinity",
)  # fmt: skip
DATES = (
    "2026-11-23", "9999-12-31", "9999-12-01", "0001-01-01", "2026-02-30", "2026-W48-1", "20261123", "0000-00-00",
    "2026-11-23T00:00", "+12026-01-01", "٢٠٢٦-11-23",
)  # fmt: skip
TEXTS = (
    "", "\0", "a\0b", "\ufffe\uffff", "\u202eevil", "e\u0301" * 50, "😀" * 70, "\r\nSet-Cookie: a=b", "\x1b[2J", "\x7f",
    "../../../etc/passwd", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "<script>alert(1)</script>",
    "' OR 1=1 --", '"; DROP TABLE task; --', "{{7*7}}", "${7*7}", "%s%n%d", "%(x)s", "%", "_", "\\", "(a+)+$", "[",
    "*" * 300, "x" * 256, "y" * 5000, "- " * 3000, "> " * 500 + "x", "[" * 1000, "`" * 999, "https://[::1", "http://[",
    "https://github.com/asso/site", "https://user:pw@github.com/a/b", "https://github.com:99999999/a/b", "git@github.com:a/b",
    "https://gitlab.com/a/b/-/issues/1", "https://xn--\ud7ff.example/a/b", "https://github.com/asso/site/pull/1", "a@b", "@",
    "x@" + "y" * 300 + ".example", "a@b.example\nBcc: c@d.example", "volunteer", "coordinator", "admin", "all", "ready",
    "none", "null", "true", "fr", "en", "system", "csv", "json", "md", "html", "comment", "assign", "github", "gitlab",
    "good first issue",
)  # fmt: skip
HEADERS: Mapping[str, Sequence[str]] = {
    "HTTP_ACCEPT_LANGUAGE": ("fr", "*", "x" * 4000, "fr;q=x,en;q=9999", ";;;,,,", "fr-" * 500, "\xff\xfe", "zh_Hant_TW;q=nan"),
    "HTTP_RANGE": ("bytes=0-", "bytes=-1", "bytes=9-1", "bytes=0-0,1-1,2-2" * 50, "octets=1", "bytes=" + "9" * 50 + "-"),
    "HTTP_IF_RANGE": ("x", '"', "Thu, 01 Jan 1970 00:00:00 GMT"),
    "HTTP_IF_NONE_MATCH": ("*", '"', 'W/"x', "x" * 3000, ",,,"),
    "HTTP_IF_MODIFIED_SINCE": ("Thu, 99 Foo 9999 99:99:99 GMT", "0", "Fri, 31 Dec 99999 23:59:59 GMT", "\xff"),
    "HTTP_HOST": ("", "evil.example", "a b", "[::1", "localhost:99999999", "x" * 3000, "\xff", "a,b", "localhost\0"),
    "HTTP_COOKIE": ("wecena=x", "wecena=" + "y" * 4000, "=;=;", "a\0b=c", "\xff=\xfe", 'wecena="\\777"', "look=dark;look=", ";" * 2000),
    "HTTP_AUTHORIZATION": ("", "Bearer", "Bearer ", "Bearer \xff", "Basic !!!", "Basic Og==", "Digest x", "Bearer " + "x" * 4000, "Bearer a\0b"),
    "HTTP_ORIGIN": ("null", "https://evil.example", "http://localhost", "\xff", "http://["),
    "HTTP_REFERER": ("http://localhost/%00", "http://localhost//evil", "javascript:", "http://localhost/\r\nx", "http://["),
    "HTTP_ACCEPT": ("*/*;q=x", "application/json", ",", "x" * 3000, "text/html;q=-1"),
    "HTTP_X_FORWARDED_FOR": ("127.0.0.1", "x" * 2000, "::1, ::2", "\0"),
    "HTTP_X_FORWARDED_HOST": ("evil.example", "[", "\xff"),
    "HTTP_X_FORWARDED_PROTO": ("https", "javascript", ""),
    "HTTP_TRANSFER_ENCODING": ("chunked", "gzip, chunked", "x"),
    "HTTP_CONTENT_ENCODING": ("gzip", "br", "identity"),
    "HTTP_EXPECT": ("100-continue", "x"),
    "HTTP_X_HTTP_METHOD_OVERRIDE": ("DELETE",),
    "HTTP_USER_AGENT": ("", "x" * 4000, "\xff\0"),
    "HTTP_SEC_FETCH_SITE": ("cross-site", "x"),
    "CONTENT_LENGTH": ("", "-1", "abc", "0", "3", "99999999999999999999", "1e3", "²"),
    "CONTENT_TYPE": (
        "", "text/plain", "application/json", "application/json; charset=utf-99", "application/xml", "x" * 2000, ";;;",
        "application/x-www-form-urlencoded; charset=utf-16", "multipart/form-data", "multipart/form-data; boundary=",
        "multipart/form-data; boundary=" + "b" * 2000, "multipart/mixed; boundary=b", "\xff/\xfe", "application/vnd.x+json",
    ),
    "REMOTE_ADDR": ("", "x", "::1", "127.0.0.1", "fe80::1%eth0"),
}  # fmt: skip
METHODS = ("GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "BREW", "get", "")
STRANGE_PATHS = (
    "", "/", "//", "/%00", "/\0", "/../../etc/passwd", "/static/../app.py", "/static/%2e%2e/x", "/\xff\xfe", "/tasks/",
    "/tasks/9" + "9" * 400, "/tasks/-1", "/tasks/1/", "/tasks/1/claim/", "/a" * 3000, "/api/", "/api/v1/", "/api/v2/tasks",
    "/api/v1/tasks/9223372036854775808", "/webhooks", "/webhooks/", "/webhooks/github", "/webhooks/\0/x", "/webhooks/a/b/c",
    "/webhooks/github/" + "k" * 5000, "/webhooks/github/a\0b", "/webhooks/github/\xff", "/api/v1/openapi.json/", "/;x=y",
    "/http://evil.example/", "/.git/config", "/sign-in/" + "x" * 5000, "/sign-in/\0", "/sign-in/\xe9\x00", "/static/",
    "/static/\0", "/static/a" + "b" * 300, "*", "tasks", "/\u2028".encode().decode("latin-1"),
)  # fmt: skip
_FIELD = re.compile(r"""(?:form|args|query|values)\.get(?:list)?\(\s*"(\w+)\"""")
_SCHEMA_FIELD = re.compile(r"^ {4}(\w+) = (?:String|Integer|Raw|Float|List)\(", re.MULTILINE)


def field_names(package: Path) -> tuple[str, ...]:
    """The names that the service reads from forms, queries and JSON, found in its own code."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(package.rglob("*.py"))]
    found = {name for text in texts for pattern in (_FIELD, _SCHEMA_FIELD) for name in pattern.findall(text)}
    return tuple(sorted(found | {"csrf_token", "unknown", "x" * 300, "\0", ""}))


@dataclass(frozen=True, slots=True)
class Asker:
    """Whose requests these are: what a page and a program of theirs send to be known, and the token of their forms."""

    name: str
    cookie: str = ""
    bearer: str = ""
    form_token: str = ""


@dataclass(slots=True)
class Hostile:
    """Makes requests to the rules of an application."""

    chance: random.Random
    rules: Sequence[Rule]
    names: Sequence[str]
    ids: Sequence[int] = (1, 2, 3)
    doors: Sequence[str] = ()
    _shapes: tuple[Callable[[], str], ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        """Nothing of this is secret: the same seed makes the same requests."""
        self._shapes = (self.number, self.date, self.text, self.noise)

    def requests(self, askers: Sequence[Asker], count: int) -> Iterator[tuple[Asker, Environ]]:
        """So many requests; each rule and each asker comes in turn, so that none is left out."""
        targets: list[Rule | None] = [*self.rules, None, None]
        for number in range(count):
            asker = askers[number // len(targets) % len(askers)]
            yield asker, self.request(targets[number % len(targets)], asker)

    def request(self, rule: Rule | None, asker: Asker) -> Environ:
        """A request to this rule; None: to the door or to an address that is no rule's."""
        path = self._path(rule)
        usual = sorted((rule.methods if rule else None) or {"POST"})
        methods = [name for name in usual if name not in {"HEAD", "OPTIONS"}] or usual
        method = self.chance.choice(METHODS) if self.chance.random() < 0.1 else self.chance.choice(methods)
        environ = self._environ(method, path, asker)
        if method not in {"GET", "HEAD"} or self.chance.random() < 0.05:
            self._add_body(environ, asker)
        for name in self.chance.sample(sorted(HEADERS), self.chance.choice((0, 0, 1, 1, 2, 5))):
            environ[name] = self.chance.choice(HEADERS[name])
        return environ

    # --- pieces ---

    def number(self) -> str:
        """Something like a number."""
        return self.chance.choice(NUMBERS)

    def date(self) -> str:
        """Something like a date."""
        return self.chance.choice(DATES)

    def text(self) -> str:
        """Something that was a problem somewhere."""
        return self.chance.choice(TEXTS)

    def noise(self) -> str:
        """Any characters but surrogates, which no encoded text holds."""
        return "".join(
            chr(self.chance.choice((31, 127, 255, 0xD7FF, 0x10FFFF))) for _ in range(self.chance.randrange(9))
        )

    def value(self) -> str:
        """Any of these."""
        return self.chance.choice(self._shapes)()

    def pairs(self) -> list[tuple[str, str]]:
        """Fields with values, some of them twice."""
        return [(self.chance.choice(self.names), self.value()) for _ in range(self.chance.choice((0, 1, 2, 4, 8, 30)))]

    def json_value(self, depth: int = 0) -> object:
        """Any JSON value, lone surrogates included."""
        pick = self.chance.randrange(9 if depth < 4 else 6)
        match pick:
            case 0:
                return self.chance.choice((None, True, False, 0.5, 1, 0, -1, 1e308, 2**63, 2**64, 10**30))
            case 1:
                return "\ud800" + self.text()
            case 6:
                return [self.json_value(depth + 1) for _ in range(self.chance.randrange(4))]
            case 7 | 8:
                return {name: self.json_value(depth + 1) for name in self.chance.sample(list(self.names), 3)}
            case _:
                return self.value()

    def json_body(self) -> bytes:
        """JSON, or what is nearly so."""
        flat = {name: self.json_value(3) for name in self.chance.sample(list(self.names), self.chance.randrange(5))}
        whole = json.dumps(flat).encode()
        return self.chance.choice(
            (
                whole, whole, whole, json.dumps(self.json_value()).encode(), json.dumps(flat, ensure_ascii=False).encode("utf-8", "surrogatepass"),
                whole[: len(whole) // 2], b"[" * 20_000, b'{"a":' * 5_000 + b"1" + b"}" * 5_000, b'{"days":1,"days":0}',
                b'{"days":NaN}', b'{"days":' + b"9" * 5000 + b"}", b'{"url":"\\ud800"}', b"\xff\xfe{\x00}\x00", b"\xef\xbb\xbf{}", b"null", b'""',
            )
        )  # fmt: skip

    def multipart(self) -> tuple[str, bytes]:
        """Content type and body of a form in parts, often a broken one."""
        parts = [
            f'--b\r\nContent-Disposition: form-data; name="{name}"{extra}\r\n\r\n{value}\r\n'
            for name, value in self.pairs()
            for extra in [self.chance.choice(("", '; filename="../x"', '; filename="a\0"', "; filename*=utf-8''%ff"))]
        ]
        many = self.chance.choice((1, 1, 1, 60))
        end = self.chance.choice(("--b--\r\n", "--b", ""))
        return "multipart/form-data; boundary=b", ("".join(parts * many) + end).encode()

    # --- the whole ---

    def _path(self, rule: Rule | None) -> str:
        if rule is None:
            return self.chance.choice([*STRANGE_PATHS, *self.doors, *self.doors])
        number = self.chance.choice([*map(str, self.ids), *map(str, self.ids), self.number()])
        path = re.sub(r"<int:[^>]+>", lambda _found: number, rule.rule)
        path = re.sub(r"<[^>]+>", lambda _found: self.value(), path)
        return path.encode().decode("latin-1")  # as WSGI wants it

    def _environ(self, method: str, path: str, asker: Asker) -> Environ:
        is_api = path.startswith("/api/")
        query = urlencode(self.pairs()) if self.chance.random() < 0.6 else quote(self.value(), safe="&=%\0")
        environ: Environ = {
            "REQUEST_METHOD": method, "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": query,
            "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "localhost",
            "REMOTE_ADDR": "203.0.113.9", "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(), "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
        }  # fmt: skip
        known = {"HTTP_AUTHORIZATION": f"Bearer {asker.bearer}"} if is_api else {"HTTP_COOKIE": asker.cookie}
        return environ | (known if asker.cookie else {})

    def _add_body(self, environ: Environ, asker: Asker) -> None:
        is_api = environ["PATH_INFO"].startswith(("/api/", "/webhooks"))
        kind = self.chance.choice(
            ("json", "json", "json", "form", "raw") if is_api else ("form",) * 5 + ("json", "multipart", "raw")
        )
        content_type, body = "application/x-www-form-urlencoded", b""
        match kind:
            case "json":
                content_type, body = "application/json", self.json_body()
            case "form":
                body = urlencode([*self.pairs(), ("csrf_token", asker.form_token)]).encode()
            case "multipart":
                content_type, body = self.multipart()
            case _:
                body = self.chance.randbytes(self.chance.choice((0, 1, 100, 5000)))
        length = {"CONTENT_LENGTH": str(len(body))}
        token = {} if is_api or self.chance.random() < 0.1 else {"HTTP_X_CSRFTOKEN": asker.form_token}
        environ |= {"CONTENT_TYPE": content_type, "wsgi.input": io.BytesIO(body), **length, **token}
