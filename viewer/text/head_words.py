"""What the bar over a text says: how it was read, how its offsets are read, and whether another reading fits better."""

from __future__ import annotations

from collections.abc import Sequence

from viewer.media.html_page import Page
from viewer.media.text import Text
from viewer.scene.offsets import Reading, Score, better, compared
from viewer.scene.words import counted, shown
from viewer.text.lines import Lines


def facts_of(passage: Text | Page, lines: Lines) -> str:
    """'UTF-8 by its byte order mark · CRLF line ends · 12,400 characters · 310 lines'."""
    is_text = isinstance(passage, Text)
    known = passage.encoding if is_text else "HTML"
    # what says how the encoding was found names it too
    parts = [*passage.notes] if any(note.startswith(known) for note in passage.notes) else [known, *passage.notes]
    parts += passage.warnings
    if is_text and lines.endings:
        parts.append(f"{lines.endings} line ends")
    parts.append(counted(len(lines.content), "character"))
    if is_text:
        parts.append(counted(int(lines.numbers[-1]), "line"))
    return " · ".join(shown(part) for part in parts)


def reading_title(reading: Reading, is_astral: bool) -> str:
    """Units are named only where they make a difference."""
    end = f"end {reading.end}"
    if not is_astral:
        return end.capitalize()
    return f"{'Code points' if reading.units == 'code points' else 'UTF-16 units'}, {end}"


def reading_tip(scores: Sequence[Score], is_astral: bool) -> str:
    """Why there is a choice, and how well each fits."""
    lines = ["The export does not say whether the second number of a range belongs to it, nor what is counted."]
    if not is_astral:
        lines.append("No character of this text has two UTF-16 units, so what is counted makes no difference here.")
    if scores and scores[0].total:
        lines.append(f"{compared(scores)}.".capitalize())
    return "\n".join(lines)


def suggestion(reading: Reading, scores: Sequence[Score]) -> str:
    """'Fits better: end included (128 of 130 at word boundaries, now 3)'; empty where the present reading is good."""
    if not scores:
        return ""
    best = better(scores)
    known = {score.reading: score for score in scores}
    now, then = known[reading], known[best]
    if best == reading or now.fitting >= then.fitting:
        return ""
    changed = [f"end {best.end}"] if best.end != reading.end else []
    if best.units != reading.units:
        changed.append("UTF-16 units" if best.units == "utf-16" else "code points")
    return f"Fits better: {', '.join(changed)} ({then.fitting:,} of {then.total:,} at word boundaries, now {now.fitting:,})"


def found_words(current: int, count: int, most: int) -> str:
    """'3 of 12'."""
    if not count:
        return "not found"
    total = f"{count:,}" if count < most else f"more than {most:,}"
    return f"{current + 1:,} of {total}"
