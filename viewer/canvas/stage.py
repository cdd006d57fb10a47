"""Stage: what is on show, and the way of what is to come. Light things are built at once, heavy ones in the background.

What is on show changes as a whole: a picture never appears with the labels of another.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from viewer.canvas.build import Built, Exhibit, Job, Prepared, build, has_many_labels, is_heavy_picture
from viewer.canvas.region import Region

Run = Callable[[Hashable, Callable[[], Any], Callable[[Any], None]], None]
"""run(key, work, then): does `work` elsewhere and gives its result to `then` on the interface thread."""

Changed = Callable[[], None]
"""Told on the interface thread that something new is there."""


class Stage:
    """One job at a time is under way, so that in a fast sequence something always arrives."""

    def __init__(self, run: Run, changed: Changed) -> None:
        self.wanted: Exhibit | None = None
        self.built: Built | None = None
        """What is on show."""
        self._run = run
        self._changed = changed
        self._busy = False
        self._given_up: Exhibit | None = None

    @property
    def prepared(self) -> Prepared | None:
        return None if self.built is None else self.built.prepared

    def is_current(self, scale: float, view: Region) -> bool:
        """Whether what is wanted is on show, as sharp as it gets."""
        if self._busy or self.wanted is None:
            return False
        if self.wanted is self._given_up:
            return True
        return self._shows_wanted(scale, view) and self.built is not None and not self.built.overlay.draft

    def follow(self, scale: float, view: Region, unit: float) -> None:
        """Bring what is wanted on show, seen so; labels at first as a draft where there are many."""
        if self._busy or self.wanted is None or self.wanted is self._given_up or self._shows_wanted(scale, view):
            return
        many = has_many_labels(self.wanted, self.prepared, scale, view)
        job = Job(self.wanted, self.prepared, scale, view, unit, draft=many)
        if many or is_heavy_picture(self.wanted, self.prepared):
            self._start(job)
        else:
            self._take(build(job))

    def refine(self, scale: float, view: Region, unit: float) -> bool:
        """Draw again properly what was a draft, now that nothing moves; whether there is anything to wait for."""
        if (
            not self._busy
            and self.wanted is not None
            and self._shows_wanted(scale, view)
            and not self.is_current(scale, view)
        ):
            self._start(Job(self.wanted, self.prepared, scale, view, unit, draft=False))
        return self._busy

    def _shows_wanted(self, scale: float, view: Region) -> bool:
        built = self.built
        return built is not None and built.prepared.exhibit is self.wanted and built.overlay.serves(scale, view)

    def _start(self, job: Job) -> None:
        self._busy = True
        self._run(("canvas", id(self)), lambda: _attempt(job), lambda result: self._landed(job, result))

    def _landed(self, job: Job, result: Built | Exception) -> None:
        self._busy = False
        if isinstance(result, Exception):
            self._given_up = job.exhibit
            self._changed()
            raise result
        self._take(result)

    def _take(self, built: Built) -> None:
        self.built = built
        self._changed()


def _attempt(job: Job) -> Built | Exception:
    """The exception travels to the interface thread and is raised there: a stage that waits for ever shows nothing."""
    try:
        return build(job)
    except Exception as failure:
        return failure
