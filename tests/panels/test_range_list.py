"""Rows of ranges: filtered and sorted as if each were looked at by itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.panels.stretched import JUDGED, SPEECH, of_sound, of_text, stretched
from viewer.panels.range_lines import exact_ends, range_line, said_by, summary, table_of
from viewer.panels.range_list import NOWHERE, PLACED, WHOLE, RangeFilter, RangeRows
from viewer.panels.range_words import short_position
from viewer.scene.placed import Placed
from viewer.scene.stretches import stretches_of
from viewer.scene.view_state import ViewState

TEXT = "Straße İstanbul: ada met Ada, and ADA'S dog 🙂 in Rome.\r\nNobody else."


def sound_rows():
    return RangeRows(of_sound(*SPEECH, judgements=JUDGED), end=10_000)


def titles(rows, wanted=RangeFilter()):  # noqa: B008
    return [f"{rows.label(row).title} {rows.places[row] + 1}" for row in rows.kept(wanted).tolist()]


def test_every_range_has_a_row_by_its_start_and_what_has_no_place_comes_last():
    rows = sound_rows()
    assert titles(rows) == [
        "Language 1",
        "Speaker 1 1",
        "Loudness 1",
        "Speaker 2 1",
        "Speaker 1 2",
        "Noise 1 1",
        "Speaker 1 3",
        "Noise 2 1",
    ]
    assert rows.kinds.tolist() == [WHOLE, *[PLACED] * 5, NOWHERE, NOWHERE]
    assert [rows.exported(row) for row in (1, 6, 7)] == [[500, 2000], [7000, 6000], None]


def test_a_row_is_found_by_its_label_and_range():
    rows = sound_rows()
    assert [rows.row_of("s1", place) for place in (0, 1, 2, 99)] == [1, 4, 6, 1]
    assert rows.row_of("lang", 0) == 0
    assert rows.row_of("gone", 0) is None
    for row in range(len(rows)):
        assert rows.row_of(rows.label(row).object_hash, int(rows.places[row])) == row


@pytest.mark.parametrize(
    ("sort", "first", "last"),
    [
        ("end", "Language 1", "Noise 2 1"),
        ("length", "Speaker 1 2", "Noise 2 1"),
        ("class", "Language 1", "Speaker 2 1"),
        ("answers", "Language 1", "Noise 2 1"),
    ],
)
def test_sorted_by(sort, first, last):
    found = titles(sound_rows(), RangeFilter("", sort))
    if sort == "end":
        assert found.index("Speaker 1 1") < found.index("Speaker 2 1") < found.index("Speaker 1 2")
    else:
        assert found[0] == first
    assert found[-1] == last


def test_turned_about_what_has_no_place_stays_last_and_what_is_alike_in_its_order():
    rows = sound_rows()
    by_length = titles(rows, RangeFilter("", "length", True))
    assert by_length[:3] == ["Language 1", "Loudness 1", "Noise 1 1"]
    assert by_length[-2:] == ["Speaker 1 3", "Noise 2 1"]
    by_class = titles(rows, RangeFilter("", "class", True))
    assert by_class == [
        *("Speaker 2 1", "Speaker 1 1", "Speaker 1 2", "Speaker 1 3"),
        *("Noise 2 1", "Noise 1 1", "Loudness 1", "Language 1"),
    ]


def test_a_filter_looks_at_class_answers_and_hash_in_any_case():
    rows = sound_rows()
    assert titles(rows, RangeFilter("ANYBODY speaker")) == ["Speaker 1 1", "Speaker 1 2", "Speaker 1 3"]
    assert titles(rows, RangeFilter("transcript come")) == ["Speaker 2 1"]
    assert titles(rows, RangeFilter("english")) == ["Language 1"]
    assert titles(rows, RangeFilter("n1")) == ["Noise 1 1"]
    assert titles(rows, RangeFilter("nothing like it")) == []


TEXTS = st.text(alphabet="aAbß İ🙂\n", max_size=30)


@settings(max_examples=200)
@given(TEXTS, st.lists(st.tuples(st.integers(0, 32), st.integers(0, 32)).map(sorted), max_size=8), TEXTS)
def test_words_are_found_exactly_where_they_stand(content, pairs, query):
    pairs = [list(pair) for pair in pairs if pair[1] <= len(content)]
    # the class of the label holds none of these letters
    rows = RangeRows(of_text(content, stretched("#", "#", 1, *pairs, unit="characters")), content)
    lower = [content[a:b].replace("İ", "i").lower() for a, b in pairs]
    wanted = query.replace("İ", "i").lower().split()
    expected = {place for place, text in enumerate(lower) if all(word in text for word in wanted)}
    if not pairs:
        expected = set() if wanted else {0}
    assert {int(rows.places[row]) for row in rows.kept(RangeFilter(query)).tolist()} == expected


def test_words_and_class_together_are_found():
    content = TEXT
    at = content.index("Ada")
    rows = RangeRows(
        of_text(content, stretched("p", "Person", 1, [at, at + 3], [0, 6], unit="characters", said="queen")), content
    )
    assert titles(rows, RangeFilter("person ADA queen")) == ["Person 1 1"]
    assert titles(rows, RangeFilter("STRASSE")) == [], "the text is searched letter by letter"
    assert titles(rows, RangeFilter("straße")) == ["Person 1 2"]


def test_sorted_by_words_what_has_none_comes_last():
    ranges = [[11, 12], [0, 4], [5, 10], [90, 95]]
    rows = RangeRows(of_text("walk Alone Be", stretched("p", "P", 1, *ranges, unit="characters")), "walk Alone Be")
    words = [rows.words(row, 99) for row in rows.kept(RangeFilter("", "words")).tolist()]
    assert words == ["Alone", "B", "walk", ""]


def test_lines_say_where_and_how_long_and_what_is_wrong():
    rows = sound_rows()
    lines = [range_line(rows, row, ViewState(), "audio") for row in range(len(rows))]
    assert [(line.text, line.note, line.below) for line in lines] == [
        ("Language", "English", "the whole sound"),
        ("Speaker 1", "Hello, is anybody there?", "0:00.500 – 0:02.000 · 1,500 ms"),
        ("Loudness", "Loud", "0:01.000 – 0:05.000 · 4,000 ms"),
        ("Speaker 2", "It is. Come in", "0:01.500 – 0:03.250 · 1,750 ms"),
        ("Speaker 1", "Hello, is anybody there?", "0:04.000 – 0:04.500 · 500 ms"),
        ("Noise 1", "", "0:09.000 – 0:12.000 · beyond the end"),
        ("Speaker 1", "Hello, is anybody there?", "0:07.000 – 0:06.000 · ends before it starts"),
        ("Noise 2", "", "it has no range"),
    ]
    assert [[cell.icon for cell in line.cells if cell.icon] for line in lines][4:] == [[], *[["warning"]] * 3]
    assert [line.tone for line in lines][5:] == ["strong", "quiet", "quiet"]
    assert "500 – 2,000 ms" in lines[1].tip


def test_hidden_labels_are_quiet():
    rows = sound_rows()
    hidden = ViewState(hidden_classes=frozenset({"f-Speaker"}))
    assert range_line(rows, 1, hidden, "audio").tone == "quiet"
    assert range_line(rows, 2, hidden, "audio").tone == "strong"
    alone = ViewState(selected="s1", solo="instance")
    assert [range_line(rows, row, alone, "audio").tone for row in (1, 2, 3)] == ["strong", "quiet", "quiet"]


def test_line_ends_are_signs_and_copies_are_whole():
    end = TEXT.index("Nobody")
    rows = RangeRows(of_text(TEXT, stretched("p", "P", 1, [end - 7, end + 3], unit="characters")), TEXT)
    assert range_line(rows, 0, ViewState(), "text").note == "Rome.⏎Nob"
    assert said_by(rows, 0) == "Rome.\r\nNob"


def test_positions_in_a_page_are_short_and_whole_in_the_tooltip():
    start = {"xpath": "/html[1]/body[1]/p[2]/text()[1]", "offset": 4}
    last = {"xpath": "/html[1]/body[1]/p[2]/b[1]/text()[2]", "offset": 1}
    rows = RangeRows(
        stretches_of(
            type(
                "Index", (), {"instances": (stretched("w", "W", 1, [start, last], unit="html"),), "classifications": ()}
            )(),
            "u",
            lambda _: Placed(np.array([2.0]), np.array([6.0]), np.array([0], dtype=np.int32)),
        ),
        "a page here",
    )
    line = range_line(rows, 0, ViewState(), "html")
    assert line.below == "p[2] 4 – b[1]/text()[2] 1 · 4 characters"
    assert "/html[1]/body[1]/p[2]/text()[1]" in line.tip
    assert exact_ends(rows, 0) == ("/html[1]/body[1]/p[2]/text()[1] 4", "/html[1]/body[1]/p[2]/b[1]/text()[2] 1")
    assert short_position({"xpath": None, "offset": None}) == "? None"


def test_tables_hold_everything_as_exported():
    rows = sound_rows()
    table = table_of(rows, rows.kept(RangeFilter("anybody")))
    assert table[1] == ["Speaker 1", "Speaker", "1", "500", "2000", "", "Hello, is anybody there?", "s1"]
    assert [line[3:5] for line in table[2:]] == [["4000", "4500"], ["7000", "6000"]]


@pytest.mark.parametrize(
    ("ranges", "end", "words"),
    [
        ([[0, 4100], [4000, 4200]], 10_000, "2 ranges, 42 % covered, 1 overlap in a class"),
        ([[0, 10_000]], 10_000, "1 range, 100 % covered"),
        ([[0, 9_999]], 10_000, "1 range, 99 % covered"),
        ([[0, 1]], 10_000, "1 range, less than 1 % covered"),
        ([[5, 1]], 10_000, "1 range, 0 % covered"),
        ([], 10_000, ""),
    ],
)
def test_the_summary(ranges, end, words):
    assert summary(RangeRows(of_sound(stretched("a", "A", 1, *ranges)), end=end)) == words


def test_what_judges_stretches_does_not_lie_over_labels():
    assert summary(sound_rows()) == "6 ranges, 42 % covered, 1 overlap in a class"


ODD = [
    None,
    "x",
    [1],
    [1, 2, 3],
    ["a", "b"],
    [None, None],
    [True, 3],
    [float("inf"), float("nan")],
    [1e300, 1e301],
    [-5, -3],
]


@pytest.mark.parametrize("odd", ODD, ids=str)
@pytest.mark.parametrize("unit", ["ms", "characters", "html"])
def test_odd_ranges_are_listed_all_the_same(odd, unit):
    content = "some text" if unit != "ms" else None
    made = (
        of_text(content, stretched("o", "O", 1, odd, unit=unit)) if content else of_sound(stretched("o", "O", 1, odd))
    )
    rows = RangeRows(made, content, 9.0)
    line = range_line(rows, 0, ViewState(), "audio")
    assert line.below
    assert len(table_of(rows, rows.kept(RangeFilter()))) == 2


def test_two_hundred_thousand_ranges_are_sorted_and_filtered_without_a_word_for_each(monkeypatch):
    ranges = [[at * 10, at * 10 + 5] for at in range(200_000)]
    rows = RangeRows(of_sound(stretched("s", "Speaker", 1, *ranges, said="hello"), stretched("n", "Noise", 1, [7, 9])))
    asked = []
    monkeypatch.setattr(RangeRows, "words", lambda *_: asked.append(1) or "")
    monkeypatch.setattr(RangeRows, "label", lambda *_: asked.append(1))
    for sort in ("start", "end", "length", "class", "answers"):
        assert len(rows.kept(RangeFilter("", sort, True))) == 200_001
    assert len(rows.kept(RangeFilter("hello"))) == 200_000
    assert len(rows.kept(RangeFilter("noise"))) == 1
    assert rows.row_of("s", 123_456) == 123_457
    assert not asked
