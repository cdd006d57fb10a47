"""Pages nested absurdly deep are cut before they are parsed; all others are left as they are."""

from __future__ import annotations

import pytest

from tests.media.pages import TRICKY, soup
from viewer.media import html_nesting, html_page
from viewer.media.html_encoding import decoded
from viewer.media.html_nesting import ABSURD, cut_nesting
from viewer.media.html_page import page_of
from viewer.media.html_tree import tree_of

DEEP = 50_000
ABSURD_PAGES = {
    "divisions": "<div>" * DEEP + "words" + "</div>" * DEEP,
    "never closed": "<div>words" * 3_000,
    "closed by what is not open": "<span><div></span>" * 3_000,
    "written as if empty": "<div/>" * 3_000,
    "lists": "<ul><li>words" * 3_000,
    "tables": "<table><tr><td>" * 3_000 + "words",
    "drawings": "<svg>" + "<g>" * 3_000 + "<text>words</text>",
    "with odd attributes": "<div title='>' class=\"a'>\" b = c>words" * 3_000,
}
FLAT_PAGES = {
    "paragraphs without an end": "<p>words<span>" * 3_000,
    "items": "<ul>" + "<li>words" * 3_000,
    "terms": "<dl>" + "<dt>a<dd><div>b</div>" * 3_000,
    "cells": "<table>" + "<tr><td><font><td><b>x" * 3_000,
    "empty elements": "<br><img><hr><input>" * 3_000,
    "drawings": "<svg>" + "<path/>" * 3_000 + "</svg>",
    "links": "<a href=x>words" * 3_000,
    "links around paragraphs": "<a href=x><p>words</a></p>" * 3_000,
    "fonts left open": "<div><font><b></div>" * 3_000,
    "fonts around paragraphs": "<b><p>words</b></p>" * 3_000,
    "headings": "<h1>words<h2>" * 3_000,
    "what is no markup": "<script>'"
    + "<div>" * 3_000
    + "'</script><!--"
    + "<div>" * 3_000
    + "--><style>"
    + "<i>" * 3_000,
    "quotes": "<p title='<div>'>" * 3_000,
}


@pytest.mark.parametrize("name", ABSURD_PAGES)
def test_what_is_absurd_is_cut_and_its_words_stay(name):
    page = ABSURD_PAGES[name]
    made = page_of(page.encode())
    assert made.content == "words" * page.count("words")
    assert made.tree.depth < ABSURD
    assert [what for what in made.warnings if "nested more than 2,000 deep" in what]


@pytest.mark.parametrize("name", FLAT_PAGES)
def test_pages_that_only_look_deep_are_left_alone(name):
    page = FLAT_PAGES[name]
    assert cut_nesting(page) is page
    assert tree_of(page).depth < 20, "a parser agrees"


@pytest.mark.parametrize("name", TRICKY)
def test_odd_pages_are_as_deep_as_a_parser_finds(name, monkeypatch):
    text = decoded(TRICKY[name]).content
    monkeypatch.setattr(html_nesting, "ABSURD", tree_of(text).depth)
    assert cut_nesting(text) is text


def test_tag_soup_is_left_alone():
    for seed in range(20):
        text = decoded(soup(seed, 6_000)).content
        if tree_of(text).depth < ABSURD:
            assert cut_nesting(text) is text


def test_what_follows_stands_where_it_stood():
    page = page_of(("<p>before</p>" + ABSURD_PAGES["divisions"] + "<p>after</p>").encode())
    found = page.resolve("/html[1]/body[1]/p[2]/text()[1]", 0)
    assert found.at == len("beforewords")


def test_little_is_done_for_each_tag(monkeypatch):
    """The parser is given no more than browsers nest, and each tag is held against few of the open elements."""
    given: list[str] = []
    looked: list[int] = []

    class Counting(html_nesting._Open):
        def last(self, names):
            looked.append(1)
            return super().last(names)

        def push(self, name, *, is_cut):
            looked.append(1)
            super().push(name, is_cut=is_cut)

    monkeypatch.setattr(html_nesting, "_Open", Counting)
    monkeypatch.setattr(html_page, "tree_of", lambda text: given.append(text) or tree_of(text))
    page_of(ABSURD_PAGES["divisions"].encode())
    assert given[0].count("<div>") <= 512
    assert len(looked) <= 2 * 4 * DEEP
