"""`python -m tests.fuzz --count 100000 --seed 7`: a long run. Failures are made small and written to a folder."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from pathlib import Path

from tests.fuzz.rules import hold
from tests.fuzz.run import Failure, run, tried
from tests.fuzz.seeds import Seed, rows_of, seeds
from tests.fuzz.shrink import shrunk

LONGEST = 5.0
"""Seconds for one mutant; more counts as a failure."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, help="mutants")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after so many")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("fuzz-failures"), help="folder for inputs that fail")
    parser.add_argument("--demo", action="store_true", help="with the rows of the demo, which takes time to draw")
    options = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="label-viewer-fuzz-") as name:
        folder = Path(name)
        for seed in (known := [*seeds(), *(demo_rows(folder / "demo") if options.demo else [])]):
            _must_hold(folder, seed)
        outcome = run(folder, known, options.seed, options.count, options.seconds)
        took = time.monotonic() - started
        print(f"{outcome.mutants:,} mutants of {len(known)} seeds in {took:,.0f} s; {outcome.opened:,} could be opened")
        print(f"slowest: {outcome.slowest:.2f} s for {len(outcome.slowest_data):,} bytes; {grown()}")
        for kind, failure in outcome.failures.items():
            print(f"\n{outcome.counts[kind]:,} x {kind} (first of {failure.seed})\n{failure.told}")
            print(f"kept as {_kept(failure, folder, options.out)}")
    return 1 if outcome.failures or outcome.slowest > LONGEST else 0


def grown() -> str:
    """How much memory was ever held at once, on systems that tell."""
    try:
        import resource
    except ImportError:
        return "memory not known"
    return f"at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB of memory"


def demo_rows(folder: Path) -> list[Seed]:
    from viewer.demo.make import make_demo

    made = make_demo(folder)
    return list(rows_of(made / "export.json", json.loads((made / "ontology.json").read_text())))


def _must_hold(folder: Path, seed: Seed) -> None:
    """A rule that an unchanged seed breaks is a wrong rule, or a bug to be fixed first."""
    path = folder / "seed.json"
    path.write_text(json.dumps(seed.document))
    try:
        hold(path)
    except Exception as error:
        raise SystemExit(f"{seed.name}: {error}") from error
    path.unlink()


def _kept(failure: Failure, folder: Path, out: Path) -> Path:
    """The failing input, made small, in a file named after what went wrong."""
    path = folder / "export" / "export.json"

    def fails(data: bytes) -> bool:
        path.write_bytes(data)
        again = tried(path, failure.ontology)
        return again is not None and again.kind == failure.kind

    small = shrunk(failure.data, fails)
    out.mkdir(parents=True, exist_ok=True)
    name = "".join(c if c.isalnum() else "-" for c in failure.kind)[:80]
    kept = out / f"{name}.json"
    kept.write_bytes(small)
    return kept


if __name__ == "__main__":
    sys.exit(main())
