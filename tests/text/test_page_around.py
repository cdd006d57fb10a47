"""What is told as standing before and after a range of a page: what a reader sees, never scripts or styles."""

from __future__ import annotations

import pytest

from viewer.media.html_page import Page, page_of
from viewer.text.page_around import around

PAGE = """<html><head><title>Title</title><style>p { color: red }</style></head><body><style>b { top: 0 }</style>
<h1>Head</h1>
<p>One <b>bold</b>  word
of many.<script>var x = 1</script></p>
<ul><li>a<!-- odd --></li> <li>b<br>c</li><li hidden>d</li></ul><template>e</template></body></html>"""


@pytest.fixture(scope="module")
def page() -> Page:
    return page_of(PAGE.encode())


def around_word(page: Page, word: str, most: int = 60) -> tuple[str, str]:
    start = page.content.index(word)
    return around(page.tree, start, start + len(word), most)


def test_only_what_is_shown_stands_around(page):
    assert around_word(page, "bold") == ("Head\nOne ", " word of many.\na\nb\nc")


def test_paragraphs_are_told_apart_where_a_range_takes_all_of_one(page):
    assert around_word(page, "Head") == ("", "One bold word of many.\na\nb\nc")


def test_no_more_than_wanted(page):
    assert around_word(page, "bold", 5) == ("\nOne ", " word")
    assert around(page.tree, 0, len(page.content), 5) == ("", "")


def test_the_rest_of_a_word_is_there(page):
    start = page.content.index("old")
    before, after = around(page.tree, start, start + 2, 60)
    assert before.endswith("One b") and after.startswith("d word")


def test_as_many_hidden_nodes_as_there_may_be_are_not_all_looked_at():
    made = page_of(b"<p>far</p>" + b"<script>x</script>" * 20_000 + b"<p>here</p>")
    looked: list[int] = []

    class Names(list[str]):
        def __getitem__(self, at):
            looked.append(1)
            return super().__getitem__(at)

    names = Names(made.tree.names)
    object.__setattr__(made.tree, "names", names)
    start = made.content.rindex("here")
    assert around(made.tree, start, start + 4, 60) == ("", "")
    assert len(looked) < 20_000
