"""Every bad and odd input of the catalogue: no crash, the problem named, the rest listed, the right exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.shared import SHARED
from viewer.__main__ import main
from viewer.errors import SEVERITIES

MAKER = SHARED / "make_bad_input.py"
GROUPS = "ABCDEFGHIJKL"
pytestmark = pytest.mark.skipif(not MAKER.exists(), reason="the maker of bad inputs is not beside this checkout")


def ids() -> list[str]:
    if not MAKER.exists():
        return ["none"]
    table = subprocess.run([sys.executable, str(MAKER), "--table"], capture_output=True, text=True, check=True).stdout
    found = [line.split("|")[1].strip() for line in table.splitlines() if line.startswith("| ")]
    return [name for name in found if name[:1] in GROUPS and name[1:].isdigit()]


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, dict[str, Any]]]:
    folder = tmp_path_factory.mktemp("bad")
    command = [sys.executable, str(MAKER), str(folder)]
    subprocess.run(command, capture_output=True, check=True)
    return {case["id"]: (folder, case) for case in json.loads((folder / "cases.json").read_text())}


@pytest.mark.parametrize("name", ids())
def test_case(name: str, cases: dict[str, tuple[Path, dict[str, Any]]], capsys: pytest.CaptureFixture[str]) -> None:
    if name not in cases:
        pytest.skip("takes much space; made with --big only")
    folder, case = cases[name]
    opened = str(folder / case["open"])
    arguments = [opened, *(["--media", str(folder / case["media"])] if case["media"] else [])]
    status = main(["check", *arguments, "--json"])
    out, err = capsys.readouterr()
    assert status in case["check_exit"], (status, out[-500:], err)
    assert "Traceback" not in err
    problems = json.loads(out) if status != 2 else [{"severity": "error", "where": "", "what": err}]
    if status == 2:
        assert len(err.strip().splitlines()) == 1
    said = [p for p in problems if p["severity"] in SEVERITIES]
    assert said == problems
    worst = min((SEVERITIES.index(p["severity"]) for p in problems), default=len(SEVERITIES))
    allowed = SEVERITIES.index(case["severity"]) if case["severity"] else SEVERITIES.index("note")
    if 1 in case["check_exit"] or status == 2:
        allowed = 0
    assert worst >= allowed, [p for p in problems if SEVERITIES.index(p["severity"]) < allowed]
    text = " ".join(f"{p['where']} {p['what']}" for p in problems).lower()
    assert not case["mention"] or any(word.lower() in text for word in case["mention"]), text[:800]
    inspect_status = main(["inspect", *arguments])
    out, err = capsys.readouterr()
    assert (inspect_status == 2) == (status == 2)
    if inspect_status == 0:
        document = json.loads(out, parse_constant=lambda constant: pytest.fail(f"not finite: {constant}"))
        listed = sum(len(row["objects"]) for row in document["rows"])
        assert listed >= (case["still_objects"] or 0)
        assert "\x1b" not in out and "SECRETTOKEN" not in out
