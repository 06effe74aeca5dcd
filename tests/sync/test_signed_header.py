"""outer.txt has one spelling, and every text is either that or refused."""

import contextlib
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.errors import BundleError, BundleHeld
from desktop.sync.signed_header import (
    Blob,
    BundleKind,
    SignedHeader,
    parse_signed_header,
)

digests = st.binary(min_size=32, max_size=32).map(bytes.hex)
numbers = st.integers(0, 2**53 - 1)
stations = st.from_regex(r"[A-Z][A-Z0-9]{1,7}(-[0-9A-Z]{2,8}){1,3}", fullmatch=True)
outers = st.builds(
    SignedHeader,
    kind=st.sampled_from(BundleKind),
    id=st.binary(min_size=16, max_size=16).map(bytes.hex),
    sender=stations,
    fingerprint=st.from_regex(r"SHA256:[A-Za-z0-9+/]{43}", fullmatch=True),
    recipient=stations,
    epoch=st.binary(min_size=8, max_size=8).map(bytes.hex),
    sequence=st.integers(1, 2**53 - 1),
    created=st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(9999, 12, 31)).map(  # noqa: DTZ001  made UTC below
        lambda moment: moment.replace(microsecond=0, tzinfo=dt.UTC)
    ),
    payload_digest=digests,
    payload_size=numbers,
    inner_digest=digests,
    blobs=st.dictionaries(digests, st.integers(0, 2**23), max_size=64).map(
        lambda found: tuple(Blob(digest=digest, size=found[digest]) for digest in sorted(found))
    ),
    previous=digests,
    trust=numbers,
)


@settings(deadline=None, max_examples=150)
@given(outers)
def test_what_is_written_is_read_again(header: SignedHeader) -> None:
    assert header == parse_signed_header(header.text())
    assert len(header.text()) <= 8192


@settings(deadline=None, max_examples=150)
@given(outers, st.data())
def test_a_changed_text_is_refused_or_says_something_else(header: SignedHeader, data: st.DataObject) -> None:
    text = header.text()
    offset = data.draw(st.integers(0, len(text) - 1))
    changed = text[:offset] + data.draw(st.binary(min_size=1, max_size=2)) + text[offset + 1 :]
    found = None
    with contextlib.suppress(BundleError, BundleHeld):
        found = parse_signed_header(changed)
    assert found is None or found.text() == changed


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=300))
def test_any_bytes_at_all_end_in_a_named_refusal(text: bytes) -> None:
    with pytest.raises((BundleError, BundleHeld)):
        parse_signed_header(text)


def test_the_line_that_is_wrong_is_named() -> None:
    with pytest.raises(BundleError) as caught:
        parse_signed_header(b"SOTRAM-BUNDLE 1\nkind sync\nid 0\n")
    assert caught.value.context == {"line": 3}
