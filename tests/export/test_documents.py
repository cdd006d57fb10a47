from __future__ import annotations

import json

import pytest

from tests.rows import box, image_row
from viewer.errors import Report, ViewerError
from viewer.export.documents import read_document
from viewer.export.loose_json import value

ROW = image_row(box())
TWO = [ROW, image_row(box("obj00002"), label_hash="label002", data_hash="data0002")]


def read(data: bytes | str):
    """(document, [(severity, where, what)])."""
    report = Report("export.json")
    document = read_document(data if isinstance(data, bytes) else data.encode(), report)
    return document, [(p.severity, p.where, p.what) for p in report.problems]


def hashes(document) -> list[str]:
    return [value(row.row.label_hash) for row in document.rows]


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode(),
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
        lambda text: b"\n\t " + text.encode() + b"\r\n",
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16", "utf-16 big end first", "white space around"],
)
def test_a_list_of_rows_in_any_unicode(encode):
    document, said = read(encode(json.dumps([{**ROW, "data_title": "Kühe 牛 🐄"}], ensure_ascii=False)))
    assert hashes(document) == ["label001"] and said == []
    assert value(document.rows[0].row.data_title) == "Kühe 牛 🐄"
    assert document.is_list


def test_one_row_by_itself():
    document, said = read(json.dumps(ROW))
    assert hashes(document) == ["label001"] and document.rows[0].path == "$" and not said


def test_members_keep_their_text_untouched():
    text = json.dumps(ROW, indent=3)
    document, _ = read(text)
    assert json.loads(bytes(document.rows[0].row.data_units)) == ROW["data_units"]
    assert json.loads(document.rows[0].text()) == ROW


def test_a_row_a_line():
    document, said = read("\n".join(json.dumps(row) for row in TWO) + "\n")
    assert hashes(document) == ["label001", "label002"]
    assert [severity for severity, _, _ in said] == ["note"]


@pytest.mark.parametrize("kept", [0.55, 0.7, 0.97])
def test_whole_rows_before_a_cut_are_shown(kept):
    rows = [image_row(box(), label_hash=f"label{n:03}") for n in range(20)]
    text = json.dumps(rows)
    document, said = read(text[: int(len(text) * kept)])
    whole = text[: int(len(text) * kept)].count('"label_status"') - 1
    assert whole - 1 <= len(document.rows) <= whole + 1
    assert hashes(document) == [f"label{n:03}" for n in range(len(document.rows))]
    assert [severity for severity, _, _ in said] == ["error"]
    assert "line" in said[0][2] and "column" in said[0][2]


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity", "1e400", "9" * 5000])
def test_numbers_that_json_has_not_are_read_all_the_same(word):
    text = json.dumps(TWO).replace("0.25", word, 1)
    document, _ = read(text)
    assert hashes(document) == ["label001", "label002"]
    units = value(document.rows[0].row.data_units)
    assert units["data0001"]["labels"]["objects"][0]["boundingBox"]["w"] == 0.5


def test_of_a_key_that_stands_twice_the_last_counts():
    text = json.dumps(ROW).replace('"label_hash": "label001"', '"label_hash": "first", "label_hash": "last"')
    document, _ = read(f"[{text}]")
    assert hashes(document) == ["last"]
    assert b'"first"' in document.rows[0].text()


@pytest.mark.parametrize("levels", [200, 990, 1100, 100_000])
def test_deep_nesting_is_an_error_of_its_row_or_of_the_file(levels):
    deep = "[" * levels + "]" * levels
    text = json.dumps([{**ROW, "extra": "DEEP"}, TWO[1]]).replace('"DEEP"', deep)
    try:
        document, _ = read(text)
    except ViewerError as refused:
        assert "deep" in str(refused) and levels > 900
    else:
        assert hashes(document)[-1] == "label002"


def test_strangers_among_the_rows_are_named_and_left_out():
    document, said = read(json.dumps([None, TWO[0], 7, TWO[1], {"a": 1}, []]))
    assert hashes(document) == ["label001", "label002"]
    assert [row.path for row in document.rows] == ["$[1]", "$[3]"]
    assert [(severity, where) for severity, where, _ in said] == [
        ("warning", f"export.json $[{index}]") for index in (0, 2, 4, 5)
    ]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        ("\ufeff", "empty"),
        ("hello", "JSON"),
        ("[{]", "column"),
        ('[{"a": 1},]', "line"),
        ('{"a": 1 /* no */}', "line"),
        (b"\x89PNG\r\n\x1a\n\x00", "UTF-8"),
        (b"\xff\xfea", "UTF-16"),
    ],
)
def test_what_is_no_json_is_refused_with_its_place(text, named):
    with pytest.raises(ViewerError, match=named):
        read(text)


def test_bytes_that_are_no_utf_8_are_replaced_and_said():
    document, said = read(json.dumps([ROW]).encode().replace(b"photo", b"ph\xffto"))
    assert value(document.rows[0].row.data_title) == "ph\ufffdto.png"
    assert [severity for severity, _, _ in said] == ["warning"] and "UTF-8" in said[0][2]


def test_lone_surrogates_are_replaced():
    document, _ = read(json.dumps([{**ROW, "data_title": "a\ud800b"}]))
    assert value(document.rows[0].row.data_title) == "a\ufffdb"


def test_text_after_the_end_is_said_and_the_rows_shown():
    document, said = read(json.dumps(TWO) + " and more")
    assert hashes(document) == ["label001", "label002"]
    assert [severity for severity, _, _ in said] == ["error"]


@pytest.mark.parametrize(
    ("document", "named"),
    [
        ("7", "number"),
        ('"text"', "text"),
        ("null", "null"),
        ("true", "true"),
        ('{"images": [], "annotations": [], "categories": []}', "COCO"),
        ("{}", "object"),
        ("[1, 2]", "list"),
    ],
)
def test_other_documents_say_what_they_seem_to_be(document, named):
    found, _ = read(document)
    assert found.rows == () and found.ontology is None and named in found.other


def test_an_empty_list_is_an_export_without_rows():
    found, _ = read("[]")
    assert found.is_list and not found.other and found.rows == ()


def test_an_ontology_is_known_for_what_it_is():
    found, _ = read('{"objects": [], "classifications": []}')
    assert found.ontology == {"objects": [], "classifications": []}
    found, _ = read('{"objects": [{"x": NaN}], "classifications": []}')
    assert found.ontology is not None


@pytest.mark.parametrize("odd", ["\u2028", "\u0085", "\x0b"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_of_rows_a_line_only_the_ends_of_lines_part_rows(odd, end):
    rows = [{"label_hash": str(n), "data_units": {}, "data_title": f"a{odd}b"} for n in range(3)]
    text = end.join(json.dumps(r, ensure_ascii=False) for r in rows)
    assert hashes(read(text)[0]) == ["0", "1", "2"]
