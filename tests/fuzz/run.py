"""A run of mutants in a folder of its own: files written, rules tried, failures told apart by where they happen."""

from __future__ import annotations

import json
import time
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.fuzz.mutate import Mutator
from tests.fuzz.rules import Broken, hold
from tests.fuzz.seeds import Seed


@dataclass(frozen=True)
class Failure:
    """One input that broke a rule."""

    kind: str
    """Failures of one kind have one cause."""
    told: str
    seed: str
    data: bytes
    ontology: Path | None


@dataclass
class Outcome:
    mutants: int = 0
    opened: int = 0
    slowest: float = 0.0
    slowest_data: bytes = b""
    failures: dict[str, Failure] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)


def run(folder: Path, seeds: Sequence[Seed], seed: int, count: int, seconds: float = float("inf")) -> Outcome:
    """Try `count` mutants, or as many as the time allows; of each kind of failure one example is kept."""
    mutator, outcome = Mutator(seeds, seed), Outcome()
    ontologies = _written_ontologies(folder, seeds)
    (folder / "export").mkdir(exist_ok=True)
    path = folder / "export" / "export.json"
    end = time.monotonic() + seconds
    while outcome.mutants < count and time.monotonic() < end:
        origin, data = mutator.mutant()
        ontology = ontologies.get(origin.name)
        started = time.monotonic()
        path.write_bytes(data)
        failure = tried(path, ontology, origin.name, outcome)
        took = time.monotonic() - started
        outcome.mutants += 1
        if took > outcome.slowest:
            outcome.slowest, outcome.slowest_data = took, data
        if failure is not None:
            outcome.failures.setdefault(failure.kind, failure)
            outcome.counts[failure.kind] = outcome.counts.get(failure.kind, 0) + 1
    return outcome


def tried(path: Path, ontology: Path | None, seed: str = "", outcome: Outcome | None = None) -> Failure | None:
    """What the file does to the rules; None where all hold."""
    try:
        was_opened = hold(path, ontology)
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = str(error).partition(":")[0] if isinstance(error, Broken) else f"{Path(last.filename).name} {last.name}"
        kind = f"{type(error).__name__} {where}"
        told = traceback.format_exc(limit=-6).encode("utf-8", "backslashreplace").decode()
        return Failure(kind, told, seed, path.read_bytes(), ontology)
    if outcome is not None:
        outcome.opened += was_opened
    return None


def _written_ontologies(folder: Path, seeds: Sequence[Seed]) -> dict[str, Path]:
    made: dict[str, Path] = {}
    texts: dict[str, Path] = {}
    for seed in seeds:
        if seed.ontology is not None:
            text = json.dumps(seed.ontology)
            if text not in texts:
                texts[text] = folder / f"ontology {len(texts)}.json"
                texts[text].write_text(text)
            made[seed.name] = texts[text]
    return made
