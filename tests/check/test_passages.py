"""Texts and their ranges through `inspect` and `check`: labelled strings against slices that Python cuts itself."""

from __future__ import annotations

import codecs
import re

import pytest

from tests.rows import Json, answer, label, listed, row, unit

FILES = {
    "mark and CRLF": (codecs.BOM_UTF8, "utf-8", "Alice was\r\nbeginning to get\r\nvery tired — “once” or twice\r\n"),
    "lone CR": (b"", "utf-8", "one\rtwo\r\rthree\n\rfour"),
    "Chinese": (b"", "utf-8", "愛麗絲坐在河邊，開始覺得很累。\n她看了一兩次姐姐的書。"),
    "Arabic": (b"", "utf-8", "بدأت أليس تشعر بالتعب \u202bمن الجلوس\u202c بجانب أختها"),
    "emoji": (b"", "utf-8", "👩\u200d🚀 Ada lands 🚀 on the 🌙, then 🇫🇷 cheers 👍🏽 loudly"),
    "combining": (b"", "utf-8", "cafe\u0301 nai\u0308ve Zu\u0308rich हिन्दी तमिழ் Việt"),
    "UTF-16": (codecs.BOM_UTF16_BE, "utf-16-be", "Zürich 😀 東京\r\nend"),
}


def text_row(*labels: Json, mime: str = "text/plain", **more: object) -> Json:
    answers = {one["objectHash"]: one for one in labels}
    given = unit({}, mime=mime, data_title="note.txt")
    return row(given, data_type="plain_text", object_answers=answers, **more)


def entity(object_hash: str, *ranges: object) -> Json:
    return label("text", {"range": list(ranges), "classifications": []}, object_hash)


def looked_at(tmp_path, raw: bytes, *labels: Json, **more: object) -> Json:
    (tmp_path / "note.txt").write_bytes(raw)
    return listed(tmp_path, text_row(*labels, **more))


def said(document: Json, severity: str) -> list[str]:
    return [problem["what"] for problem in document["problems"] if problem["severity"] == severity]


@pytest.mark.parametrize("name", FILES)
def test_every_labelled_string_is_pythons_own_slice(tmp_path, name):
    mark, codec, content = FILES[name]
    raw = mark + content.encode(codec)
    pairs = [list(found.span()) for found in re.finditer(r"\S+", content)]
    pairs += [[start, len(content)] for start in range(len(content))]
    document = looked_at(tmp_path, raw, entity("all", *pairs), *(entity(f"o{n}", p) for n, p in enumerate(pairs)))
    truth = raw.decode({"utf-8": "utf-8-sig"}.get(codec, "utf-16"))
    objects = document["rows"][0]["objects"]
    assert objects[0]["texts"] == [truth[start:end] for start, end in pairs]
    assert [o["texts"] for o in objects[1:]] == [[truth[start:end]] for start, end in pairs]
    assert not said(document, "warning") + said(document, "error")


def test_ranges_beyond_the_end_are_told_once_a_label(tmp_path):
    document = looked_at(
        tmp_path, b"Paris", entity("a", [2, 900], [0, 2], [7, 8]), entity("b", [0, 5]), entity("c", [5, 6])
    )
    assert [o["texts"] for o in document["rows"][0]["objects"]] == [["ris", "Pa", None], ["Paris"], [None]]
    where = {p["where"].rpartition("$")[2]: p["what"] for p in document["problems"]}
    assert where == {
        "[0].object_answers.a.range[0]": "the range 2 to 900 reaches beyond the end of the text, which has 5 characters; "
        "it is cut there (and 1 more of this label)",
        "[0].object_answers.c.range[0]": "the range 5 to 6 lies beyond the end of the text, which has 5 characters; "
        "it has no place",
    }


def test_numbers_of_any_size_are_cut_and_told(tmp_path):
    huge, past_floats = [1, 10**30], [1, 10**400]
    document = looked_at(tmp_path, b"words", entity("a", huge, past_floats, [True, 3], [2**53, 2**54], [-(10**30), 2]))
    (o,) = document["rows"][0]["objects"]
    assert o["texts"] == ["ords", None, None, None, "wo"]
    where = {problem["where"].partition(".a.")[2]: problem["what"] for problem in document["problems"]}
    assert where["range[0]"] == (
        "the range 1 to 1e+30 reaches beyond the end of the text, which has 5 characters; it is cut there (and 1 more of this label)"
    )
    for place in (1, 2):
        assert where[f"range[{place}]"] == "the range is no pair [first, last]; it has no place"


def test_classifications_with_ranges_are_looked_at_too(tmp_path):
    judged = {
        "classificationHash": "c1", "featureHash": "f1", "range": [[0, 99]], "createdBy": "ann@example.org",
        "classifications": [answer("t", "Mood", "calm")],
    }  # fmt: skip
    document = looked_at(tmp_path, b"Paris", classification_answers={"c1": judged})
    assert document["rows"][0]["classifications"][0]["ranges"] == [[0, 99]]
    assert [p["where"].rpartition("$")[2] for p in document["problems"]] == ["[0].classification_answers.c1.range[0]"]


def test_another_reading_that_fits_is_a_warning(tmp_path):
    pairs = [[0, 4], [6, 7], [9, 12], [14, 16]]
    document = looked_at(tmp_path, b"Paris is here and so on", entity("a", *pairs))
    (what,) = said(document, "warning")
    assert "0 of 4 ranges begin and end at word boundaries when the end is excluded, 4 when it is included" in what


def test_what_emoji_leave_open_is_a_note_with_both_strings(tmp_path):
    document = looked_at(tmp_path, "😀😀 Paris".encode(), entity("a", [3, 8]))
    (what,) = said(document, "note")
    assert "3 to 8 is 'Paris', or '😀 Par'; it would then cut" in what and not said(document, "warning")


def test_what_word_boundaries_settle_needs_no_note(tmp_path):
    content = "😀 the cat sat on a mat"
    pairs = [list(found.span()) for found in re.finditer(r"\w+", content)]
    assert not looked_at(tmp_path, content.encode(), entity("a", *pairs))["problems"]


def test_how_it_was_decoded_is_said_of_the_file(tmp_path):
    document = looked_at(tmp_path, "Köln".encode("latin-1"), entity("a", [0, 4]))
    (problem,) = document["problems"]
    assert (problem["where"], problem["severity"]) == ("note.txt", "warning") and "Windows-1252" in problem["what"]
    assert document["rows"][0]["objects"][0]["texts"] == ["Köln"]


def test_a_declared_encoding_counts(tmp_path):
    document = looked_at(tmp_path, "Москва".encode("koi8-r"), entity("a", [0, 6]), mime="text/plain; charset=koi8-r")
    assert document["rows"][0]["objects"][0]["texts"] == ["Москва"]
    assert "as the export declares" in said(document, "note")[0]


def test_a_text_that_cannot_be_read_is_an_error_and_labels_are_listed(tmp_path, monkeypatch):
    monkeypatch.setattr("viewer.media.text.LARGEST", 3)
    document = looked_at(tmp_path, b"Paris", entity("a", [0, 5]))
    (what,) = said(document, "error")
    assert "note.txt" in what and document["rows"][0]["objects"][0]["texts"] == [None]


def test_without_the_file_nothing_is_known_of_it(tmp_path):
    document = listed(tmp_path, text_row(entity("a", [0, 5], [9, 2])))
    assert document["rows"][0]["objects"][0]["texts"] == [None, None]


def test_texts_on_spaces_have_their_own_files(tmp_path):
    (tmp_path / "a.txt").write_text("Paris is here")
    (tmp_path / "b.txt").write_text("Rome")
    made = {
        key: {"space_type": "text", "child_info": {"layout_key": key, "file_name": f"{name}.txt"}, "labels": {}}
        for key, name in (("S1", "a"), ("S2", "b"))
    }
    places = {key: {"type": "frame", "range": [[0, 5]]} for key in made}
    one = label("text", {"range": [], "classifications": [], "spaces": places}, "o1")
    group = unit({"objects": [], "classifications": []}, mime="group")
    document = listed(tmp_path, row(group, data_type="group", spaces=made, object_answers={"o1": one}))
    found = {o["unit"]: o["texts"] for o in document["rows"][0]["objects"]}
    assert found == {"S1": ["Paris"], "S2": ["Rome"]}
    (problem,) = [p for p in document["problems"] if "range" in p["what"]]
    assert problem["where"].endswith(".object_answers.o1.spaces.S2.range[0]")
