"""What is remembered: values that make no sense are dropped."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

import pytest

from viewer.app.settings import RECENT, Recent, Settings
from viewer.scene.view_state import Look


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.ini")


def test_a_look_is_remembered(settings: Settings) -> None:
    look = Look("instance", True, 0.5, 3.0, "answers", "shape", False, 0.1, -0.2, 0.2)
    settings.look = look
    assert settings.look == look


@pytest.mark.parametrize(
    "change",
    [
        {"dim": "colour"},
        {"colour_by": "mood"},
        {"captions": "long"},
        {"fill": 1.5},
        {"line_width": -1.0},
        {"gamma": 0.1},
        {"gamma": 6.0},
    ],
)
def test_a_look_that_makes_no_sense_is_the_default(settings: Settings, change: dict[str, object]) -> None:
    settings._store.setValue("look", json.dumps(asdict(replace(Look(), fill=0.5)) | change))
    assert settings.look == Look()


def test_a_part_of_another_kind_is_dropped_and_the_others_are_kept(settings: Settings) -> None:
    settings._store.setValue("look", json.dumps({"safe_palette": "yes", "gamma": None, "fill": 0.5}))
    assert settings.look == Look(fill=0.5)


def test_only_the_newest_exports_are_listed(settings: Settings) -> None:
    for number in range(RECENT + 3):
        settings.remember(Recent((Path(f"/x/{number}.json"),), datetime(2026, 3, 2)))
    assert [entry.paths[0].stem for entry in settings.recent] == [str(n) for n in range(RECENT + 2, 2, -1)]
