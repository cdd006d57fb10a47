"""Shift probe: labels drawn some frames early or late against the picture, while looking; never saved."""

from __future__ import annotations

from viewer.app.session import Session

MOST = 10
"""Frames to either side."""


class ShiftProbe:
    """What the keys do that shift labels."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def shift_by(self, frames: int) -> None:
        """Move the labels so many frames on, or back, as far as it goes."""
        shift = min(max(self._session.state.shift + frames, -MOST), MOST)
        self._session.set(shift=shift)

    def reset(self) -> None:
        self._session.set(shift=0)


def shift_words(shift: int) -> str:
    """'The labels are drawn 2 frames late: those of frame 98 stand on the picture of frame 100.'"""
    frames = f"{abs(shift)} frame{'s' * (abs(shift) != 1)}"
    way = "later" if shift > 0 else "earlier"
    return f"Only for looking: labels are drawn {frames} {way} than exported ({shift:+d})"
