"""Moving: from frame to frame, label to label, row to row."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from viewer.app.session import Session
from viewer.app.shown_frames import shown_frames
from viewer.labels.answers import Range
from viewer.labels.records import Instance
from viewer.labels.row import distinct
from viewer.scene.shown import is_hidden


class Moving:
    """What the keys of the Go menu do; each does nothing at the end of its way."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def frames(self) -> Sequence[int]:
        """Numbers of the frames that can be shown, ascending."""
        return shown_frames(self._session)

    def frame_numbers(self) -> NDArray[np.int64]:
        """The same as an array."""
        frames = self.frames()
        if isinstance(frames, range):
            return np.arange(frames.start, frames.stop, frames.step, dtype=np.int64)
        return np.fromiter(frames, dtype=np.int64, count=len(frames))

    def step(self, count: int) -> None:
        """So many frames on, or back; as far as there are any."""
        frames = self.frames()
        if frames:
            place = bisect_left(frames, self._session.state.frame) + count
            self.go_to(frames[min(max(place, 0), len(frames) - 1)])

    def step_to_end(self, direction: int) -> None:
        frames = self.frames()
        if frames:
            self.go_to(frames[-1 if direction > 0 else 0])

    def go_to(self, frame: int) -> None:
        """Show a frame; the selected label stays selected where it is on that frame too."""
        self._session.set(frame=frame)

    def step_labelled(self, direction: int) -> None:
        """To the next frame on which a label is that is not hidden."""
        self._to_next(self.labelled_frames().tolist(), direction)

    def step_unlabelled(self, direction: int) -> None:
        """To the next frame without any label."""
        labelled = set(self.labelled_frames(with_hidden=True).tolist())
        frames = self.frames()
        place = bisect_left(frames, self._session.state.frame) + direction
        while 0 <= place < len(frames):
            if frames[place] not in labelled:
                return self.go_to(frames[place])
            place += direction
        return None

    def stretch(self) -> Range | None:
        """The frames around the present one on which the selected label is without a gap; the next where it is not here."""
        instance = self._session.instance(self._session.state.selected)
        here = self._session.state.frame
        found = [span for span in instance.frames if here <= span[1]] if instance else []
        return found[0] if found else instance.frames[-1] if instance and instance.frames else None

    def step_event(self, direction: int) -> None:
        """To where the selected label starts or ends next, or an answer of it changes."""
        instance = self._session.instance(self._session.state.selected)
        if instance is not None:
            self._to_next(sorted(events(instance)), direction)

    def _to_next(self, frames: list[int], direction: int) -> None:
        here = self._session.state.frame
        place = bisect_right(frames, here) if direction > 0 else bisect_left(frames, here) - 1
        if 0 <= place < len(frames):
            self.go_to(frames[place])

    def labelled_frames(self, *, with_hidden: bool = False) -> NDArray[np.int64]:
        """Frames with a label, ascending; without those on which all labels are hidden, unless asked for."""
        row, unit = self._session.row, self._session.unit
        if row is None or unit is None:
            return np.zeros(0, dtype=np.int64)
        index = row.index_if_ready
        presence = index.presence.get(unit.id) if index else None
        if index is None or presence is None:
            return row.labels[unit.id].frames
        state = self._session.state
        if with_hidden or not (state.hidden_classes or state.hidden_objects or state.hidden_shapes):
            return presence.labelled
        shown = np.array([not is_hidden(instance, state) for instance in index.instances], dtype=np.bool_)
        return distinct(presence.frames[shown[presence.objects]])

    def step_same_class(self, direction: int) -> None:
        """To the next label of the selected one's class, on this frame or another one, in this row or another one."""
        session = self._session
        row, unit, selected = session.row, session.unit, session.instance(session.state.selected)
        index = row.index_if_ready if row else None
        if row is None or unit is None or index is None or selected is None:
            return
        presence = index.presence[unit.id]
        alike = np.array([i.feature_hash == selected.feature_hash for i in index.instances], dtype=np.bool_)
        keep = alike[presence.objects]
        steps = list(zip(presence.frames[keep].tolist(), presence.objects[keep].tolist(), strict=True))
        # labels of sounds and texts are on no frame, they are always here
        here_too = [at for at, i in enumerate(index.instances) if alike[at] and i.unit == unit.id and not i.frames]
        steps = sorted([*steps, *((session.state.frame, at) for at in here_too)])
        here = (session.state.frame, index.instances.index(selected))
        place = bisect_right(steps, here) if direction > 0 else bisect_left(steps, here) - 1
        if 0 <= place < len(steps):
            frame, found = steps[place]
            session.set(frame=frame, selected=index.instances[found].object_hash, stretch=0)
        else:
            session.find_class(selected.feature_hash, direction)

    def step_row(self, row: int | None) -> None:
        if row is not None:
            self._session.go_to(row)


def events(instance: Instance) -> set[int]:
    """Frames on which a label starts, ends, or changes an answer."""
    found = {end for span in instance.frames for end in span}
    present = instance.frames
    for answer in instance.answers.dynamic:
        for first, _ in answer.ranges:
            if any(a <= first <= b for a, b in present):
                found.add(first)
    return found
