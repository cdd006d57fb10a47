"""Ranges on pages through `inspect` and `check`, the odd ones above all: each is said at its place, none is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ranged import PAGE, PARAGRAPH, on_page, page_row, position, ranged
from tests.rows import Json, listed

GOOD = (position(f"{PARAGRAPH}[1]/text()[1]", 0), position(f"{PARAGRAPH}[1]/text()[1]", 3))


def looked_at(folder: Path, *labels: Json) -> Json:
    (folder / "page.html").write_text(PAGE)
    return listed(folder, page_row(*labels))


@pytest.mark.parametrize("odd", [[3, 9], [9, 3], None, 5, "x", [], [1, 2, 3], [None, {}], {"start": 1}])
def test_ranges_that_count_something_else_have_no_place_on_a_page(tmp_path: Path, odd: object) -> None:
    document = looked_at(tmp_path, ranged("t1", "Word", [odd], shape="text"), on_page("w1", "Word", GOOD))
    assert [found["texts"] for found in document["rows"][0]["objects"]] == [[None], ["One"]]
    said = [problem for problem in document["problems"] if "no pair of positions in the page" in problem["what"]]
    assert [(found["severity"], found["where"]) for found in said] == [
        ("warning", "export.json $[0].object_answers.t1.range[0]")
    ]


@pytest.mark.parametrize("offset", [10**400, -(10**400), 1e308, float("nan"), True, "1", None, [], {}], ids=range(9))
@pytest.mark.parametrize("xpath", [GOOD[0]["xpath"], "/" * 5000, None, 7, [], "//*[count(//*)>0]"])
def test_positions_of_any_kind_are_said_or_cut(tmp_path: Path, xpath: object, offset: object) -> None:
    document = looked_at(tmp_path, on_page("w1", "Word", (GOOD[0], {"xpath": xpath, "offset": offset})))
    (found,) = document["rows"][0]["objects"]
    assert found["texts"] in ([None], ["One "], [""])
    where = "export.json $[0].object_answers.w1.range_html[0]"
    assert any(problem["where"] == where for problem in document["problems"])
