"""Words wherever labels are listed: foreign text made safe and short, counts, and what a filter keeps."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from viewer.errors import escaped

MOST_SHOWN = 300
"""Characters of a text that are painted; what lies beyond could not be read on one line anyway."""
MOST_IN_TIP = 2000
_UNBROKEN = 48
"""Characters without a break after which a tooltip may break a hash or path."""


def shown(text: str, middle: bool = False, most: int = MOST_SHOWN) -> str:
    """`text` as it may be painted: one line, control characters escaped, cut at the end or in the middle."""
    if len(text) > most:
        tail = most // 3 if middle else 0
        text = f"{text[: most - tail - 1]}…{text[len(text) - tail :]}"
    return escaped(text)


def tip(text: str) -> str:
    """`text` as a tooltip that Qt cannot take for markup; empty for nothing."""
    if not text:
        return ""
    cut = text if len(text) <= MOST_IN_TIP else f"{text[:MOST_IN_TIP]}… ({len(text):,} characters)"
    lines = [html.escape(_breakable(escaped(line))) for line in cut.splitlines()]
    return f"<qt>{'<br>'.join(lines)}</qt>"


def _breakable(text: str) -> str:
    """With a place to break, of no width, in long runs without spaces."""
    return re.sub(rf"(\S{{{_UNBROKEN}}})(?=\S)", "\\1\u200b", text)


def counted(number: int, one: str, many: str = "") -> str:
    """'1 label', '2,340 labels'."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def natural(text: str) -> list[tuple[int, int, str]]:
    """Sorting key that counts: image 9 before image 10."""
    parts = re.split(r"([0-9]{1,18})", text[:MOST_SHOWN].casefold())
    return [(0, int(part), "") if at % 2 else (1, 0, part) for at, part in enumerate(parts)]


def filter_words(query: str) -> tuple[str, ...]:
    """Words of a filter field; all of them must occur somewhere in what is kept."""
    return tuple(query.casefold().split())


def holds(words: Iterable[str], text: str) -> bool:
    """Whether every word occurs in `text`, which is casefolded already."""
    return all(word in text for word in words)


def searchable(*texts: str) -> str:
    """Texts joined and casefolded for `holds`, each only so far as someone could mean it."""
    return "\n".join(text[:2000] for text in texts if text).casefold()
