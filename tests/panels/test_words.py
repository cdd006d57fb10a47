from __future__ import annotations

import pytest
from PySide6 import QtGui
from PySide6.QtGui import QTextDocument

from tests.panels.support import LONG, NASTY
from viewer.panels.range_words import ends_words, no_place
from viewer.panels.words import dated, ranges_words, stretch_words
from viewer.scene.words import tip


def test_a_tooltip_shows_markup_as_it_stands():
    document = QTextDocument()
    document.setHtml(tip(NASTY))
    assert QtGui.Qt.mightBeRichText(tip(NASTY)), "else Qt would show the escapes themselves"
    assert document.toPlainText() == "<b>bold</b> & <img src=x>\n\\u202eback"


def test_a_tooltip_says_how_much_it_left_out():
    document = QTextDocument()
    document.setHtml(tip(LONG))
    said = document.toPlainText()
    assert said.endswith("… (10,000 characters)")
    assert len(said) < 2200


def test_ranges_are_inclusive_and_cut_with_a_count():
    assert ranges_words([(0, 99), (140, 140)]) == "0–99, 140"
    assert ranges_words([(n, n) for n in range(0, 20, 2)]) == "0, 2, 4, 6 and 6 more"
    assert ranges_words([(1000, 2000)]) == "1,000–2,000"


def test_stretches():
    assert stretch_words([1500, 63000], "ms") == "0:01.500–1:03.000"
    assert stretch_words([12, 4800], "characters") == "12–4,800"
    assert stretch_words({"start": {"xpath": "/p"}}, "html").startswith("{'start'")


def test_a_date_without_a_zone_means_utc():
    assert dated("2026-03-02 09:30:00") == "2026-03-02 09:30:00 UTC"
    for said in ("Mon, 02 Mar 2026 09:30:00 GMT", "2026-03-02T09:30:00Z", "2026-03-02T09:30:00+02:00", ""):
        assert dated(said) == said


@pytest.mark.parametrize("far", [10**400, -(10**400), 1e308, float("inf"), float("nan"), 10**30], ids=range(6))
def test_numbers_that_are_no_times_are_short_words(far: float) -> None:
    """Whole numbers out of a file may be beyond all floats."""
    for unit in ("ms", "characters"):
        ends = ends_words([far, 90], unit)
        assert ends is not None and len(ends[0]) <= 42
        assert no_place([far, 90], unit, medium_known=True)
    assert len(stretch_words([0, far], "ms")) <= 120
