"""A short run with a fixed seed; the long one is `python -m tests.fuzz`."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from tests.fuzz.mutate import Mutator
from tests.fuzz.rules import Broken, hold
from tests.fuzz.run import run
from tests.fuzz.seeds import seeds
from tests.fuzz.shrink import shrunk
from tests.rows import box, image_row

SEEDS = seeds()


@pytest.mark.parametrize("seed", range(4))
def test_no_mutant_breaks_a_rule(tmp_path, seed):
    outcome = run(tmp_path, SEEDS, seed, 500)
    assert outcome.mutants == 500 and outcome.opened > 300
    assert not outcome.failures, "\n".join(failure.told for failure in outcome.failures.values())


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_every_seed_holds_as_it_is(tmp_path, seed):
    (tmp_path / "export.json").write_text(json.dumps(seed.document))
    assert hold(tmp_path / "export.json")


def test_nothing_stays_open(tmp_path):
    folder = Path("/proc/self/fd")
    if not folder.exists():
        pytest.skip("this system does not list what a process has open")
    run(tmp_path, SEEDS, 100, 20)
    before = len(list(folder.iterdir())), threading.active_count()
    run(tmp_path, SEEDS, 101, 60)
    assert (len(list(folder.iterdir())), threading.active_count()) == before


def test_the_same_seed_makes_the_same_mutants():
    one, other, third = Mutator(SEEDS, 5), Mutator(SEEDS, 5), Mutator(SEEDS, 6)
    first = [one.mutant()[1] for _ in range(20)]
    assert first == [other.mutant()[1] for _ in range(20)] != [third.mutant()[1] for _ in range(20)]


def test_a_rule_that_is_broken_is_noticed(tmp_path, monkeypatch):
    """Labels that vanish without a word are what the rules are for."""
    from viewer.export import frames

    (tmp_path / "export.json").write_text(json.dumps([image_row(box("a"), box("b"))]))
    assert hold(tmp_path / "export.json")
    whole = frames._annotations
    monkeypatch.setattr(frames, "_annotations", lambda *given: whole(*given)[:1])
    with pytest.raises(Broken, match="lost"):
        hold(tmp_path / "export.json")


def test_a_failing_input_is_made_small():
    data = json.dumps([image_row(*(box(f"o{n}", x=None if n == 3 else 0.5) for n in range(9)))]).encode()

    def fails(text: bytes) -> bool:
        return b'"x": null' in text

    small = shrunk(data, fails)
    assert fails(small) and len(small) < 150
