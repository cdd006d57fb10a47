"""Ranges of pages as characters of their content."""

from __future__ import annotations

import pytest

from viewer.media.html_page import page_of
from viewer.scene.positions import placed_positions

PAGE = page_of(b"<body><p>One <b>two</b> three</p>")
FIRST, BOLD, LAST = (f"/html[1]/body[1]/p[1]/{step}" for step in ("text()[1]", "b[1]/text()[1]", "text()[2]"))


def at(xpath: str, offset: object) -> dict:
    return {"xpath": xpath, "offset": offset}


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        ([at(FIRST, 0), at(FIRST, 3)], "One"),
        ([at(FIRST, 2), at(LAST, 2)], "e two t"),
        ([at(BOLD, 1), at(BOLD, 1)], ""),
        ([at(FIRST, 4), at(BOLD, 0)], ""),
        ([at(BOLD, 2), at(BOLD, 1)], None),
        ([at(BOLD, 0), at("/html[1]/body[1]/p[2]", 0)], None),
        ([at(BOLD, True), at(BOLD, 2)], None),
        ([at(BOLD, 0), at(BOLD, 2), at(BOLD, 2)], None),
        ([0, 3], None),
        ("text", None),
        (None, None),
    ],
)
def test_a_pair_of_positions_holds_what_stands_between_them(pair, words):
    found = placed_positions([pair, [at(FIRST, 0), at(FIRST, 1)]], PAGE)
    spans = dict(zip(found.places.tolist(), zip(found.starts.tolist(), found.ends.tolist(), strict=True), strict=True))
    assert spans[1] == (0, 1), "one that is odd does no harm to others"
    if words is None:
        assert 0 not in spans
    else:
        start, end = spans[0]
        assert PAGE.content[int(start) : int(end)] == words
