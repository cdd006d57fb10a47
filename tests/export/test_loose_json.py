from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.export.loose_json import DEEPEST, NotJson, dumped, is_null, items, loose, members, value

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@given(made=json_values)
def test_what_the_standard_library_writes_is_read_back(made):
    text = json.dumps(made)
    assert value(text.encode()) == loose(text) == json.loads(text)


@given(made=st.dictionaries(st.text(), json_values, max_size=5))
def test_members_are_the_parts_of_an_object(made):
    assert {key: json.loads(bytes(raw)) for key, raw in members(json.dumps(made).encode()).items()} == made


def test_members_and_items_where_the_text_is_not_strict():
    assert {k: bytes(v) for k, v in members(b'{"a": NaN, "b": [1, 2]}').items()} == {"a": b"NaN", "b": b"[1, 2]"}
    assert [bytes(raw) for raw in items(b"[NaN, 1]")] == [b"NaN", b"1"]


@pytest.mark.parametrize("text", [b"5", b"[]", b"null", b'"x"', b"NaN"])
def test_members_of_what_is_no_object(text):
    with pytest.raises(TypeError):
        members(text)


@pytest.mark.parametrize("text", [b"5", b"{}", b"null", b'"x"', b"NaN"])
def test_items_of_what_is_no_list(text):
    with pytest.raises(TypeError):
        items(text)


def test_numbers_of_any_kind():
    nan, huge, endless = value(b"[NaN, 1e400, %s]" % (b"9" * 5000))
    assert math.isnan(nan) and huge == endless == math.inf


def test_nesting_is_read_to_a_bound_that_recursion_can_bear():
    def nested(levels, opened="[", closed="]"):
        return (opened * levels + closed * levels).encode()

    assert value(nested(DEEPEST - 1))
    for levels in (DEEPEST + 1, 400, 5000, 100_000):
        with pytest.raises(NotJson, match="deep"):
            value(nested(levels))
        with pytest.raises(NotJson, match="deep"):
            value(b'{"a":' * levels + b"1" + b"}" * levels)


def test_brackets_in_texts_are_not_nesting():
    text = json.dumps({"a": "[" * 5000, "b": ["]" * 5000, "{" * 300]}).encode()
    assert value(text)["a"] == "[" * 5000


def test_many_brackets_are_not_deep_brackets():
    made = [[[1], {"a": []}]] * 2000
    assert value(json.dumps(made).encode()) == made


def test_lone_surrogates_in_keys_and_texts_become_replacement_characters():
    assert value(rb'{"a\ud800": ["\udfff", "\ud83d\ude00"]}') == {"a\ufffd": ["\ufffd", "\U0001f600"]}
    assert dumped({"a": "\ud800"}) == '{"a": "\ufffd"}'.encode()


@pytest.mark.parametrize("text", [b"", b"{", b"[1,]", b"nul", b"\xff"])
def test_what_is_no_json(text):
    with pytest.raises(NotJson):
        value(text)


def test_absent_and_null():
    assert is_null(b"") and is_null(b"null") and not is_null(b'"null"') and not is_null(b"0")
