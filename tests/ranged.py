"""Rows of sounds and texts for tests, with their files."""

from __future__ import annotations

import wave
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.rows import Json, answer, row, unit

RATE = 8000
SECONDS = 10
TEXT = (
    "Ada met Grace in the old library.\nThey read a letter from Ada's sister Mary,\r\n"
    "who had moved to Paris 🙂 with her dog.\nNobody else was there.\n"
)
PAGE = "<html><body><h1>News</h1><p>One <b>bold</b> word.</p><p>Two words more.</p></body></html>"
PARAGRAPH = "/html[1]/body[1]/p"


def ranged(
    object_hash: str,
    name: str,
    ranges: Any,
    *,
    shape: str = "audio",
    said: str = "",
    colour: str = "#A4FF00",
    **more: Any,
) -> Json:
    """An object's entry in the answers: `ranged("s1", "Speaker", [[0, 1500]], said="hello")`."""
    answers = [answer(f"t-{name}", "Transcript", said)] if said else []
    made = {
        "objectHash": object_hash,
        "featureHash": f"f-{name}",
        "name": name,
        "value": name.lower(),
        "color": colour,
        "shape": shape,
        "classifications": answers,
        "range": ranges,
        "createdBy": "ann@example.org",
        "createdAt": "Mon, 02 Mar 2026 09:30:00 GMT",
        "manualAnnotation": True,
    }
    return {**made, **more}


def judged(key: str, name: str, said: str, ranges: Sequence[Any] = ()) -> Json:
    """A classification's entry in the answers; without ranges it holds for everything."""
    return {
        "classificationHash": key,
        "featureHash": f"f-{name}",
        "classifications": [answer(f"q-{name}", name, said)],
        "range": list(ranges),
        "createdBy": "ann@example.org",
        "createdAt": "Mon, 02 Mar 2026 09:30:00 GMT",
    }


def found_at(word: str, text: str = TEXT) -> list[int]:
    """The range of a word's first occurrence, end excluded."""
    return [text.index(word), text.index(word) + len(word)]


def position(xpath: str, offset: int) -> Json:
    return {"xpath": xpath, "offset": offset}


def wave_file(path: Path, seconds: float = SECONDS) -> None:
    with wave.open(str(path), "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(RATE)
        made.writeframes(b"\0\1" * round(RATE * seconds))


def sound_row(*labels: Json, judgements: Sequence[Json] = (), **more: Any) -> Json:
    facts = {"data_duration": SECONDS, "audio_sample_rate": RATE}
    return _row("sound", "audio/wav", "audio", "talk", "talk.wav", facts, labels, judgements, more)


def text_row(*labels: Json, judgements: Sequence[Json] = (), **more: Any) -> Json:
    return _row("text", "text/plain", "plain_text", "note", "note.txt", {}, labels, judgements, more)


def page_row(*labels: Json, judgements: Sequence[Json] = (), **more: Any) -> Json:
    return _row("page", "text/html", "plain_text", "page", "page.html", {}, labels, judgements, more)


def _row(
    key: str,
    mime: str,
    data_type: str,
    label_hash: str,
    title: str,
    facts: Json,
    labels: Sequence[Json],
    judgements: Sequence[Json],
    more: Json,
) -> Json:
    """A row of one unit without width and height."""
    one = unit({}, key, mime, data_title=title, **facts)
    for side in ("width", "height"):
        one.pop(side)
    made = row(one, data_type=data_type, data_title=title, label_hash=label_hash, data_hash=key)
    return _answered(made, labels, judgements, more)


def on_page(object_hash: str, name: str, *ends: tuple[Json, Json], **more: Any) -> Json:
    pairs = [{"start": start, "end": end} for start, end in ends]
    return ranged(object_hash, name, [], shape="text", range_html=pairs, **more)


def _answered(made: Json, labels: Sequence[Json], judgements: Sequence[Json], more: Json) -> Json:
    made["object_answers"] = {label["objectHash"]: label for label in labels}
    made["classification_answers"] = {found["classificationHash"]: found for found in judgements}
    return {**made, **more}


def speech() -> Json:
    """Two speakers who overlap once, one of them in three pieces, of which one runs backwards, and a noise."""
    return sound_row(
        ranged("s1", "Speaker", [[500, 2000], [4000, 4500], [7000, 6000]], said="Good morning, is this the library?"),
        ranged("s2", "Speaker", [[1500, 3250]], said="It is. Come in"),
        ranged("n1", "Noise", [[9000, 12000]], colour="#3366FF"),
        judgements=[judged("lang", "Language", "English"), judged("loud", "Loudness", "Loud", [[1000, 5000]])],
    )


def letter() -> Json:
    """Persons, one of them nested in a relation, and places; one range beyond the end."""
    person = {"shape": "text", "colour": "#E05050"}
    return text_row(
        ranged("p1", "Person", [found_at("Ada"), found_at("Ada's")], **person),
        ranged("p2", "Person", [found_at("Grace")], **person),
        ranged("p3", "Person", [found_at("Mary")], **person),
        ranged(
            "r1", "Relation", [found_at("Ada's sister Mary,\r\nwho")], shape="text", colour="#50A0E0", said="sister of"
        ),
        ranged("c1", "Place", [found_at("Paris"), [9000, 9005]], shape="text", colour="#50C060"),
        judgements=[judged("lang", "Language", "English")],
    )


def news() -> Json:
    first = (position(f"{PARAGRAPH}[1]/text()[1]", 0), position(f"{PARAGRAPH}[1]/b[1]/text()[1]", 4))
    gone = (position("/html[1]/body[1]/div[9]/text()[1]", 0), position("/html[1]/body[1]/div[9]/text()[1]", 4))
    return page_row(on_page("w1", "Word", first), on_page("w2", "Word", gone))


def folder_of(folder: Path) -> None:
    """The files of all three."""
    wave_file(folder / "talk.wav")
    (folder / "note.txt").write_text(TEXT, encoding="utf-8", newline="")
    (folder / "page.html").write_text(PAGE, encoding="utf-8")
