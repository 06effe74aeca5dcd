"""An operation has one spelling; whatever else a line says is refused with a reason and nothing else."""

import json
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop.domain.log.operation import (
    LARGEST_INTEGER,
    ChangeKind,
    FieldChange,
    HybridTime,
    Json,
    MalformedOperation,
    Operation,
    OperationId,
    canonical,
    genesis,
    next_head,
    parse_canonical,
    parse_operation,
)

RECORD = "01935000-0000-7000-8000-000000000001"
texts = st.text(max_size=12).map(lambda text: unicodedata.normalize("NFC", text))
any_json = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**54), 2**54) | st.text(max_size=8),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=4), inside, max_size=4),
    max_leaves=12,
)
operation_ids = st.builds(
    OperationId, st.binary(min_size=8, max_size=8).map(bytes.hex), st.integers(1, LARGEST_INTEGER)
)


def is_good(value: Json) -> bool:
    """What canonical JSON may hold, said as plainly as it can be."""
    if isinstance(value, str):
        is_printable = all(ch in "\n\t" or unicodedata.category(ch) not in {"Cc", "Cs", "Zl", "Zp"} for ch in value)
        return is_printable and unicodedata.normalize("NFC", value) == value
    if isinstance(value, dict):
        return all(is_good(key) and is_good(item) for key, item in value.items())
    if isinstance(value, list):
        return all(map(is_good, value))
    return value is None or isinstance(value, bool) or abs(value) <= LARGEST_INTEGER


@settings(deadline=None, max_examples=400)
@given(any_json)
@example("one line\n\u0301 begins with a mark")
@example({"a": "\u0301", "b": ["<", "\u0338"]})
@example("back\\\\slash \\u0041")
def test_canonical_json_is_read_exactly_when_its_texts_and_numbers_are_allowed(value: Json) -> None:
    line = canonical(value) if is_encodable(value) else b"\xff"
    if is_good(value):
        assert parse_canonical(line) == value
    else:
        with pytest.raises(MalformedOperation):
            parse_canonical(line)


def is_encodable(value: Json) -> bool:
    return not any("\ud800" <= ch <= "\udfff" for ch in json.dumps(value, ensure_ascii=False))


@settings(deadline=None, max_examples=200)
@given(any_json, st.sampled_from([" ", "\n", "\ufeff", "x", "{}"]), st.booleans())
def test_canonical_json_and_anything_more_is_refused(value: Json, more: str, is_before: bool) -> None:
    if not (is_encodable(value) and is_good(value)) or isinstance(value, int):
        return
    line = canonical(value)
    with pytest.raises(MalformedOperation):
        parse_canonical(more.encode() + line if is_before else line + more.encode())


@pytest.mark.parametrize(
    "line",
    [
        b'{"a":1,"a":1}',
        b'{"a":1,"a":2}',
        b'{"b":1,"a":1}',
        b'{"a": 1}',
        b"1.0",
        b"1e3",
        b"-0",
        b"01",
        b"NaN",
        b"-Infinity",
        b"9" * 5000,
        b'"\\u0061"',
        b'"\\/"',
        b'"a\\u0000"',
        b'"\\ud83d\\ude00"',
        b"[" * 17 + b"]" * 17,
        b"[" * 100_000,
        b"\xef\xbb\xbf1",
        b"",
        b"nul",
    ],
)
def test_another_spelling_is_refused(line: bytes) -> None:
    with pytest.raises(MalformedOperation):
        parse_canonical(line)


def test_sixteen_containers_in_one_another_are_the_most() -> None:
    assert parse_canonical(b"[" * 16 + b"]" * 16) is not None


operations = st.builds(
    Operation,
    id=operation_ids,
    kind=st.sampled_from(ChangeKind),
    record=st.just(RECORD),
    register=st.from_regex(r"[a-z][a-z0-9_]{0,40}", fullmatch=True),
    definition_version=st.integers(1, 99),
    officer=st.just(RECORD),
    time=st.builds(HybridTime, st.integers(0, 2**50), st.integers(0, 65535)),
    wall=st.integers(0, 2**50),
    fields=st.dictionaries(
        st.from_regex(r"[a-z][a-z0-9_]{0,40}", fullmatch=True),
        st.builds(
            FieldChange,
            any_json.filter(is_good),
            st.lists(operation_ids, max_size=3, unique=True).map(lambda ids: tuple(sorted(ids))),
        ),
        max_size=4,
    ),
    suspect=st.booleans(),
)


@settings(deadline=None, max_examples=150)
@given(operations)
def test_an_operation_comes_back_from_its_line(operation: Operation) -> None:
    assert operation == parse_operation(operation.line())


@settings(deadline=None, max_examples=300)
@given(operations, st.data())
def test_a_changed_line_is_another_operation_or_refused(operation: Operation, data: st.DataObject) -> None:
    line = operation.line()
    offset = data.draw(st.integers(0, len(line) - 1))
    changed = line[:offset] + data.draw(st.binary(max_size=3)) + line[offset + 1 :]
    try:
        found = parse_operation(changed)
    except MalformedOperation:
        return
    assert found.line() == changed


def test_a_head_depends_on_every_line_before_it_and_on_where_the_epoch_began() -> None:
    start = genesis("CAX-03325-7K2M", "a" * 16)
    forked = genesis("CAX-03325-7K2M", "a" * 16, (OperationId("b" * 16, 3), bytes(32)))
    heads = {next_head(next_head(begin, first), b"2") for begin in (start, forked) for first in (b"1", b"x")}
    assert len(heads) == 4
