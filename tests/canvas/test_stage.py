from __future__ import annotations

import pytest

from tests.canvas.support import Later, blobs, box, mark, noise, plain, run_now, scene
from viewer.canvas import stage as stage_module
from viewer.canvas.build import Exhibit
from viewer.canvas.region import Region
from viewer.canvas.stage import Stage
from viewer.size import Size

FRAME = Size(400, 300)
VIEW = Region(0, 0, 400, 300)


class Watched(Stage):
    def __init__(self, run) -> None:
        self.changes = 0
        super().__init__(run, self._count)

    def _count(self) -> None:
        self.changes += 1


def heavy(seed: int = 1) -> Exhibit:
    return Exhibit(plain(FRAME, seed), FRAME, blobs(400, 10, FRAME, seed))


def light() -> Exhibit:
    return Exhibit(plain(FRAME, 50), FRAME, scene(mark(box(10, 10, 50, 50)), size=FRAME))


def test_light_things_are_there_at_once() -> None:
    later = Later()
    stage = Watched(later)
    stage.wanted = light()
    stage.follow(1.0, VIEW, 1.0)
    assert stage.is_current(1.0, VIEW) and not later.waiting and stage.changes == 1


def test_heavy_things_come_as_a_draft_and_are_drawn_properly_later() -> None:
    later = Later()
    stage = Watched(later)
    stage.wanted = heavy()
    stage.follow(1.0, VIEW, 1.0)
    assert stage.built is None and len(later.waiting) == 1
    later.do_one()
    assert stage.built is not None and stage.built.overlay.draft and not stage.is_current(1.0, VIEW)
    assert stage.refine(1.0, VIEW, 1.0)
    later.do_one()
    assert stage.is_current(1.0, VIEW) and not stage.refine(1.0, VIEW, 1.0)


def test_picture_and_labels_change_together_and_the_last_ones_stay_until_then() -> None:
    later = Later()
    stage = Watched(later)
    first, second = heavy(1), heavy(2)
    stage.wanted = first
    stage.follow(1.0, VIEW, 1.0)
    later.do_one()
    stage.wanted = second
    stage.follow(1.0, VIEW, 1.0)
    assert stage.prepared is not None and stage.prepared.exhibit is first
    later.do_one()
    assert stage.prepared.exhibit is second


def test_in_a_fast_sequence_something_always_arrives_and_the_newest_is_next() -> None:
    later = Later()
    stage = Watched(later)
    for seed in range(1, 6):
        stage.wanted = heavy(seed)
        stage.follow(1.0, VIEW, 1.0)
    assert len(later.waiting) == 1
    later.do_one()
    assert stage.changes == 1
    stage.follow(1.0, VIEW, 1.0)
    later.do_one()
    assert stage.prepared is not None and stage.prepared.exhibit is stage.wanted


def test_panning_within_the_margin_builds_nothing_and_beyond_it_does() -> None:
    stage = Watched(run_now)
    stage.wanted = Exhibit(None, Size(4000, 3000), scene(mark(box(0, 0, 4000, 3000)), size=Size(4000, 3000)))
    stage.follow(1.0, Region(1000, 1000, 400, 300), 1.0)
    stage.follow(1.0, Region(1200, 900, 400, 300), 1.0)
    assert stage.changes == 1
    stage.follow(1.0, Region(1300, 900, 400, 300), 1.0)
    assert stage.changes == 2
    stage.follow(1.1, Region(1300, 900, 400, 300), 1.0)
    assert stage.changes == 3


def test_what_is_the_same_is_not_made_again() -> None:
    stage = Watched(run_now)
    picture, labels = noise(FRAME), blobs(5, 20, FRAME)
    stage.wanted = Exhibit(picture, FRAME, labels)
    stage.follow(1.0, VIEW, 1.0)
    before = stage.prepared
    stage.wanted = Exhibit(picture, FRAME, scene(size=FRAME))
    stage.follow(1.0, VIEW, 1.0)
    assert before is not None and stage.prepared is not None
    assert stage.prepared.levels is before.levels and stage.prepared.outlines is not before.outlines


def test_a_failure_is_raised_on_the_interface_thread_and_the_stage_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    later = Later()
    stage = Watched(later)
    stage.wanted = heavy()

    def fail(job):
        raise MemoryError("no room")

    monkeypatch.setattr(stage_module, "build", fail)
    stage.follow(1.0, VIEW, 1.0)
    with pytest.raises(MemoryError):
        later.do_one()
    assert stage.is_current(1.0, VIEW)
    stage.follow(1.0, VIEW, 1.0)
    assert not later.waiting
    monkeypatch.undo()
    stage.wanted = light()
    stage.follow(1.0, VIEW, 1.0)
    assert stage.prepared is not None and stage.prepared.exhibit is stage.wanted
