"""JSON of strangers and times of trackers."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sources.errors import UnreadablePayload
from sources.payload import child, children, decode, decode_carefully, decode_object, digest, flag, integer, text
from sources.times import iso, parse_time


def nested(levels: int) -> bytes:
    return b"[" * levels + b"]" * levels


REFUSED = {
    "empty": b"",
    "two values": b"{} {}",
    "not UTF-8": b'"\xff"',
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "duplicate key": b'{"a": 1, "a": 1}',
    "duplicate key inside": b'[{"b": {"a": 1, "\\u0061": 2}}]',
    "NaN": b"[NaN]",
    "Infinity": b"[-Infinity]",
    "overflowing number": b"[1e999]",
    "21 digits": b"[100000000000000000000]",
    "negative 21 digits": b"[-100000000000000000000]",
    "5,000 digits": b"[" + b"9" * 5000 + b"]",
    "65 levels": nested(65),
    "100,000 levels": nested(100_000),
    "raw NUL": b'"a\x00b"',
    "too many": b"[" + b",".join([b"1"] * 100_000) + b"]",
}


@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED.keys())
def test_beyond_the_limits_a_body_is_unreadable(body: bytes) -> None:
    with pytest.raises(UnreadablePayload) as refusal:
        decode(body)
    assert len(str(refusal.value)) <= 200


TAKEN: list[tuple[bytes, object]] = [
    (b"[99999999999999999999]", [99999999999999999999]),
    (nested(3), [[[]]]),
    (b"\xef\xbb\xbf{}", {}),
    (b'"a\\u0000b"', "a�b"),
    (b'{"\\udc00k": ["\\ud800", "\\ud83d\\ude00"]}', {"�k": ["�", "😀"]}),
    (b'"\\\\u0000"', "\\u0000"),
    (b"[1.5, -0, true, null]", [1.5, 0, True, None]),
]


@pytest.mark.parametrize(("body", "value"), TAKEN)
def test_within_the_limits_a_body_is_decoded(body: bytes, value: object) -> None:
    assert decode(body) == value


def test_64_levels_and_100000_values_are_taken() -> None:
    decode(nested(64))
    decode(b"[" + b",".join([b"1"] * 99_999) + b"]")


# Fragments that, put together at random, often make JSON and often almost.
FRAGMENTS = st.sampled_from([
    "{", "}", "[", "]", ",", ":", '"a"', '"b"', '"a":', '"b":', '"\\u0061":', '"a\\u003a":', '":":', '"\\u003A"', '"{"', '"["',
    '"\\ud800"', '"\\ud83d\\ude00"', '"\\u0000"', '"\\\\u0000"', '"é"', '"\\n"', "1", "-0", "1.5", "1e5", "1e400", "NaN", "true",
    "null", "9" * 20, "9" * 21, "-" + "9" * 20, '"' + "9" * 21 + '"', " ", "\t", "\ufeff", "\x00", "1e-400", "01",
])  # fmt: skip


@st.composite
def texts(draw: st.DrawFn) -> str:
    """JSON with keys that may occur twice, deep or not, in which something may be wrong."""
    inner = st.one_of(FRAGMENTS, st.recursive(FRAGMENTS, lambda value: st.one_of(arrays(value), objects(value))))
    levels = draw(st.sampled_from([0, 0, 0, 1, 60, 62, 63, 64, 65]))
    return "[" * levels + draw(inner) + "]" * levels


def arrays(value: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(value, max_size=4).map(lambda values: f"[{','.join(values)}]")


def objects(value: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    keys = st.sampled_from(['"a"', '"b"', '"\\u0061"', '"a:"', '"a\\u003a"', '"\\ud800"'])
    members = st.lists(st.builds("{}:{}".format, keys, value), max_size=4)
    return members.map(lambda pairs: f"{{{','.join(pairs)}}}")


def outcome(read: Callable[[bytes], object], body: bytes) -> str:
    try:
        return repr(read(body))
    except UnreadablePayload as exc:
        return f"refused: {exc}"


@settings(max_examples=300, deadline=None)
@example('[{"a":1,"a":2},"\\u003a"]')
@example("[" * 63 + "{}" + "]" * 63)
@example("[" * 64 + "{}" + "]" * 64)
@given(st.one_of(texts(), st.lists(FRAGMENTS, max_size=9).map("".join)))
def test_the_fast_way_takes_and_refuses_what_the_careful_one_does(text: str) -> None:
    body = text.encode()
    assert outcome(decode, body) == outcome(decode_carefully, body)


@pytest.mark.parametrize("body", [*REFUSED.values(), *(body for body, _value in TAKEN)])
@pytest.mark.parametrize("most", [1, 2, 3, 4, 5])
def test_both_ways_count_values_alike(body: bytes, most: int) -> None:
    found = [outcome(partial(read, most_nodes=most), body) for read in (decode, decode_carefully)]
    assert found[0] == found[1]


@pytest.mark.parametrize("body", [b"null", b"[]", b"7", b'"text"'])
def test_a_value_that_is_no_object_is_unreadable_where_one_is_needed(body: bytes) -> None:
    with pytest.raises(UnreadablePayload):
        decode_object(body)


def test_the_digest_does_not_depend_on_the_order_of_keys() -> None:
    assert digest({"a": 1, "b": ["é"]}) == digest({"b": ["é"], "a": 1})
    assert digest({"a": 1}) != digest({"a": 2})


def test_reading_trusts_no_shape() -> None:
    data = {"n": None, "i": 7, "t": "7", "b": True, "l": [{"x": 1}, 3, None], "d": {"x": 1}, "f": 1.5}
    assert [text(data, key) for key in "nitblf"] == ["", "7", "7", "", "", "1.5"]
    assert [integer(data, key) for key in "nitblfz"] == [None, 7, 7, None, None, None, None]
    assert [flag(data, key) for key in "nib"] == [None, None, True]
    assert (child(data, "d"), child(data, "l"), child(data, "z")) == ({"x": 1}, {}, {})
    assert (children(data, "l"), children(data, "d"), children(data, "n")) == ([{"x": 1}], [], [])


MOMENT = datetime(2016, 8, 18, 17, 56, 30, tzinfo=UTC)
TIMES: list[tuple[object, datetime | None]] = [
    ("2016-08-18T17:56:30Z", MOMENT),
    ("2016-08-18 17:56:30 UTC", MOMENT),
    ("2016-08-18 17:56:30", MOMENT),
    ("2016-08-18T19:56:30+02:00", MOMENT),
    ("2016-08-18 19:56:30 +0200", MOMENT),
    ("2016-08-18T17:56:30.000Z", MOMENT),
    ("2016-08-18T17:56:30.5Z", MOMENT.replace(microsecond=500_000)),
    ("2016-08-18T17:56:30.123456789Z", MOMENT.replace(microsecond=123_456)),
    ("2016-08-18t17:56:30z", MOMENT),
    (1471542990, MOMENT),
    ("2016-13-18T17:56:30Z", None),
    ("2016-08-18", None),
    ("yesterday", None),
    ("", None),
    (None, None),
    (True, None),
    ([], None),
    (1e300, None),
    ("2016-08-18T17:56:30+99:99", None),
    ("٢٠١٦-08-18T17:56:30Z", None),
]


@pytest.mark.parametrize(("written", "moment"), TIMES)
def test_times_become_utc(written: object, moment: datetime | None) -> None:
    found = parse_time(written)
    assert found == moment
    assert found is None or found.tzinfo is UTC


def test_a_moment_is_written_in_utc() -> None:
    assert iso(MOMENT) == "2016-08-18T17:56:30Z"


def test_commas_inside_texts_divide_nothing() -> None:
    written = ',"\\' * 60_000
    body = json.dumps({"a": written, "b": [written, 1]}).encode()
    assert decode(body) == {"a": written, "b": [written, 1]}


def test_too_many_values_take_no_memory() -> None:
    """R6: they are counted before they are made."""
    body = b"{" + b",".join(b'"%d":{}' % number for number in range(300_000)) + b"}"
    tracemalloc.start()
    try:
        with pytest.raises(UnreadablePayload, match="more than 100000 values"):
            decode(body)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
