"""Pages are read as a browser reads them: the same text nodes, paths and ranges as Chromium finds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.chromium import CHROMIUM, judged
from tests.media.pages import TRICKY, soup
from viewer.media.html_page import Page, page_of
from viewer.media.html_tree import TEXT

needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium to judge")
SOUPS = 150


def differences(page: Page, found: dict[str, Any]) -> list[str]:
    """What a browser finds otherwise than we do."""
    tree = page.tree
    wrong: list[str] = []
    texts = [node for node, name in enumerate(tree.names) if name == TEXT]
    if [tree.text(node) for node in texts] != [data for _, data in found["texts"]]:
        wrong.append(f"texts {[tree.text(node) for node in texts]} instead of {[data for _, data in found['texts']]}")
    for node, (path, data) in zip(texts, found["texts"], strict=False):
        start, end = page.resolve(path, 0), page.resolve(path, len(data.encode("utf-16-le", "surrogatepass")) // 2)
        if (start.at, end.at, start.what, end.what) != (tree.starts[node], tree.end(node), "", ""):
            wrong.append(f"{path} is {start}, {end}")
    for begin, first, stop, last, words in found["ranges"]:
        start, end = page.resolve(begin, first), page.resolve(stop, last)
        if start.at is None or end.at is None or start.what or end.what or page.content[start.at : end.at] != words:
            wrong.append(f"{begin} {first} to {stop} {last}: {words!r}, {start}, {end}")
    return wrong


@needs_browser
def test_texts_paths_and_ranges_are_those_of_a_browser(tmp_path: Path) -> None:
    found = judged(list(TRICKY.values()), tmp_path)
    wrong = {name: differences(page_of(page), one) for (name, page), one in zip(TRICKY.items(), found, strict=True)}
    assert not {name: what for name, what in wrong.items() if what}
    assert sum(len(one["ranges"]) for one in found) >= 40 * len(TRICKY)


@needs_browser
def test_tag_soup_is_the_tree_of_a_browser(tmp_path: Path) -> None:
    pages = [soup(seed) for seed in range(SOUPS)]
    found = judged(pages, tmp_path, ranges=15)
    wrong = [
        (page.decode(), what)
        for page, one in zip(pages, found, strict=True)
        if (what := differences(page_of(page), one))
    ]
    assert not wrong, f"{len(wrong)} of {SOUPS}; {wrong[:3]}"
