"""The inspector on labels of sounds and texts: exact ends, words with what stands around them, the way to other ranges."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication

from tests.panels.stretched import judgement, stretched
from tests.panels.support import click, click_cell, list_of
from viewer.errors import Place, Problem
from viewer.labels.ontology import Attribute, OntologyClass
from viewer.panels.inspected_ranges import AROUND, OnStretch
from viewer.panels.inspector_pane import InspectorPane

SPEAKER = stretched("s1", "Speaker", 1, [500, 2000], [4000, 4500], [7000, 6000], said="Good morning")
ON_SOUND = OnStretch("audio", SPEAKER.ranges, "ms", 1, 4000.0, 4500.0, is_placed=True)


@pytest.fixture
def pane(show):
    return show(InspectorPane, 290, 900)


def show_label(pane, label, on, **more):
    pane.show_object(None, label, label.answers, frame=0, on=on, **more)


def told(pane):
    """(name, text, note) of every line; headings without a name."""
    lines = [list_of(pane).line(row) for row in range(list_of(pane).count)]
    return [(line.name.strip(), line.text, line.note) for line in lines]


def test_a_range_of_a_sound_as_time_and_as_exported(pane):
    show_label(pane, SPEAKER, ON_SOUND)
    assert told(pane)[:4] == [
        ("", "Range 2 of 3", ""),
        ("Start", "0:04.000", "4,000 ms"),
        ("End", "0:04.500", "4,500 ms"),
        ("Length", "0:00.500", "500 ms"),
    ]
    assert pane.as_text().startswith("Speaker 1\naudio · 3 ranges")
    assert ("Transcript", "Good morning", "") in told(pane)


def test_fractions_of_a_millisecond_are_not_lost(pane):
    label = stretched("s", "S", 1, [0.25, 1000.5])
    show_label(pane, label, OnStretch("audio", label.ranges, "ms", 0, 0.25, 1000.5, is_placed=True))
    assert told(pane)[1:4] == [
        ("Start", "0:00.000", "0.25 ms"),
        ("End", "0:01.000", "1,000.5 ms"),
        ("Length", "0:01.000", "1,000.25 ms"),
    ]


def test_the_others_are_listed_and_lead_to_theirs(pane, qtbot):
    show_label(pane, SPEAKER, ON_SOUND)
    lines = list_of(pane)
    row = next(at for at, line in enumerate(told(pane)) if line[1] == "0:07.000 – 0:06.000")
    with qtbot.waitSignal(pane.range_requested) as asked:
        click(qtbot, lines, row)
    assert asked.args == [2]
    assert lines.line(row - 1).tone == "strong", "the one that is shown"
    assert lines.line(row).tone == "link"


def test_of_many_ranges_those_around_the_selected_one_are_listed(pane):
    ranges = [[at * 10, at * 10 + 5] for at in range(1000)]
    label = stretched("s", "S", 1, *ranges)
    for place, names in ((0, range(1, 9)), (500, range(497, 505)), (999, range(993, 1001))):
        show_label(pane, label, OnStretch("audio", label.ranges, "ms", place, 1.0, 2.0, is_placed=True))
        listed = [name for name, *_ in told(pane) if name.replace(",", "").isdigit()]
        assert listed == [f"{number:,}" for number in names]
        assert "992 more ranges" in pane.as_text()


def test_words_of_a_text_stand_between_what_is_around_them(pane, qtbot):
    before, words, after = "x" * 100 + " then ", "Ada\r\nGrace", " came. " + "y" * 100
    content = before + words + after
    start = len(before)
    label = stretched("p", "Person", 1, [start, start + len(words)], unit="characters")
    on = OnStretch("text", label.ranges, "characters", 0, start, start + len(words), content, is_placed=True)
    show_label(pane, label, on)
    said = {name: text for name, text, _ in told(pane)}
    assert said["Start"] == str(start)
    assert said["End"] == str(start + len(words))
    assert said["Length"] == "10 characters"
    assert said["Words"] == "Ada⏎Grace"
    assert said["Before"] == "…" + before[-AROUND:]
    assert said["After"] == after[:AROUND] + "…"
    row = next(at for at, line in enumerate(told(pane)) if line[0] == "Words")
    assert list_of(pane).line(row).copy == words


def test_at_the_edges_of_a_text_nothing_stands_around(pane):
    label = stretched("p", "P", 1, [0, 3], unit="characters")
    show_label(pane, label, OnStretch("text", label.ranges, "characters", 0, 0, 3, "Ada", is_placed=True))
    assert {"Before", "After"}.isdisjoint(name for name, *_ in told(pane))


def test_positions_in_a_page_are_short_with_the_whole_path_below(pane, qtbot):
    path = "/html[1]/body[1]/p[2]/text()[1]"
    ends = [{"xpath": path, "offset": 4}, {"xpath": "/html[1]/body[1]/p[3]/b[1]/text()[1]", "offset": 7}]
    label = stretched("w", "W", 1, ends, unit="html")
    show_label(pane, label, OnStretch("html", label.ranges, "html", 0, 10, 14, "some words here", is_placed=True))
    assert told(pane)[1:5] == [
        ("Start", "p[2] 4", ""),
        ("", path, ""),
        ("End", "b[1] 7", ""),
        ("", "/html[1]/body[1]/p[3]/b[1]/text()[1]", ""),
    ]
    click_cell(qtbot, list_of(pane), 2, "copy")
    assert QGuiApplication.clipboard().text() == path


@pytest.mark.parametrize(
    ("kind", "exported", "why"),
    [
        ("audio", [7000, 6000], "ends before it starts"),
        ("audio", [1], "no pair of start and end"),
        ("audio", ["a", 2], "no pair of numbers"),
        ("text", [900, 905], "not inside the text"),
        ("html", [{"xpath": "/p", "offset": 0}, {"xpath": "/p", "offset": 1}], "no place in the page"),
    ],
)
def test_why_a_range_has_no_place(pane, kind, exported, why):
    unit = {"audio": "ms", "text": "characters", "html": "html"}[kind]
    label = stretched("o", "O", 1, exported, unit=unit)
    content = None if kind == "audio" else "some text"
    show_label(pane, label, OnStretch(kind, label.ranges, unit, content=content, is_placed=True))
    assert why in pane.as_text()
    show_label(pane, label, OnStretch(kind, label.ranges, unit))
    assert why not in pane.as_text(), "not before it was looked for"


@pytest.mark.parametrize(("kind", "medium"), [("audio", "sound"), ("text", "text"), ("html", "page")])
def test_nothing_speaks_of_frames(pane, kind, medium):
    unit = {"audio": "ms", "text": "characters", "html": "html"}[kind]
    label = replace(SPEAKER, range_unit=unit)
    asked = OntologyClass("f-Speaker", "Speaker", "#000000", "audio", (Attribute("x", "Mood", "text", required=True),))
    problem = Problem("warning", "export.json", "the range is odd", Place(0, "u", 0, "s1"))
    on = OnStretch(kind, label.ranges, unit, 0, 500.0, 2000.0, is_placed=True)
    show_label(pane, label, on, kind=asked, problems=[problem])
    said = pane.as_text()
    for found, place in (
        (judgement("j", "Language", "English"), OnStretch(kind, (), None, is_whole=True)),
        (judgement("j", "Loud", "Yes", [1, 2]), OnStretch(kind, ([1, 2],), unit, 0, 1.0, 2.0, is_placed=True)),
    ):
        pane.show_classification(found, None, frame=0, on=place)
        said += pane.as_text()
    assert f"Holds for: the whole {medium}" in said
    assert f"classification · the whole {medium}" in said
    assert "classification · 1 range" in said
    assert "not answered, though required" in said
    assert "the range is odd" in said
    assert "frame" not in said.casefold()
