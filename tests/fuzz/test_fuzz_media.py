"""Damaged sounds, texts, pages and documents: shown, or one sentence, whatever is damaged, and not a word on the
terminal; the long run is `python -m tests.fuzz.media`."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.fuzz.media import KINDS, bent, hold, seeds
from viewer.media.source import Source, file_source


@pytest.mark.parametrize("kind", KINDS)
def test_every_seed_can_be_shown(kind: str) -> None:
    for data in seeds(kind):
        source = Source("x", None, lambda data=data: data, len(data), 0)
        assert hold(kind, source, random.Random(1)), f"{len(data)} bytes"


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_file_is_shown_or_a_sentence(tmp_path: Path, kind: str, capfd: pytest.CaptureFixture[str]) -> None:
    dice, known, shown = random.Random(f"damaged {kind}"), seeds(kind), 0
    for number in range(150):
        path = tmp_path / f"{number}"
        path.write_bytes(bent(kind, dice.choice(known), dice))
        shown += hold(kind, file_source(path, tmp_path), dice)
    assert shown > 30
    assert capfd.readouterr() == ("", "")
