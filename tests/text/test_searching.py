"""Words that are searched: where they are, and which of them is looked at."""

from __future__ import annotations

from viewer.text.searching import CURRENT, OTHERS, Found, found_in

CONTENT = "Ferry, ferry \U0001f600 FERRY and a ferryman"


def test_every_place_is_found_whatever_its_case():
    found = found_in(CONTENT, "ferry")
    assert [CONTENT[at : at + found.length].lower() for at in found.starts] == ["ferry"] * 4
    assert found_in(CONTENT, "") == Found() and found_in(CONTENT, ".*") == Found((), 2)


def test_the_ground_of_the_place_that_is_looked_at_is_the_strongest():
    found = found_in(CONTENT, "ferry")
    last = found.starts[3]
    assert [strength for *_, strength in found.grounds_on(0, len(CONTENT), 1)] == [OTHERS, CURRENT, OTHERS, OTHERS]
    assert found.grounds_on(last + 4, last + 5, 3) == [(last, last + 5, CURRENT)], "its last letter is in view"
    assert found.grounds_on(last + 5, len(CONTENT), 3) == []
    assert {strength for *_, strength in found.grounds_on(0, len(CONTENT), -1)} == {OTHERS}
    assert CURRENT > OTHERS


def test_the_next_place_begins_anew_after_the_last():
    found = found_in(CONTENT, "ferry")
    assert found.near(1) == 1 and found.near(found.starts[3]) == 3 and found.near(len(CONTENT)) == 0
