"""Windowing: which values of a slice are seen from black to white."""

from __future__ import annotations

from viewer.app.session import Session
from viewer.media.grey import Grey, Window, window_between

PRESETS = {
    "lung": Window(-600, 1500, "lung"),
    "bone": Window(480, 2500, "bone"),
    "brain": Window(40, 80, "brain"),
    "abdomen": Window(60, 400, "abdomen"),
    "mediastinum": Window(50, 350, "mediastinum"),
}
"""For CT, in Hounsfield units."""
DRAG_PIXELS = 256
"""View pixels of a drag that change center or width by as much as the range of the picture's values."""
STEEPEST = 1 / 4096
"""Of that range, the narrowest window that a drag makes."""


class Windowing:
    """What keys and the right button do on pictures whose numbers mean something."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._measured: tuple[Grey, float] | None = None

    @property
    def grey(self) -> Grey | None:
        """Of the slice on screen; None where there is none, or one in colour."""
        view = self._session.view
        return view.picture.grey if view is not None and view.picture is not None else None

    @property
    def now(self) -> Window | None:
        """What the slice is seen through."""
        grey = self.grey
        return None if grey is None else self._session.state.window or grey.windows[0]

    def of_file(self) -> tuple[Window, ...]:
        """What the file brings."""
        grey = self.grey
        return () if grey is None else grey.windows

    def preset(self, name: str) -> None:
        self._session.set(window=PRESETS[name])

    def own(self) -> None:
        """Each slice as its file wants it."""
        self._session.set(window=None)

    def next_own(self) -> None:
        """The file's windows one after the other."""
        windows = self.of_file()
        now = self._session.state.window
        place = windows.index(now) if now in windows else 0
        if windows:
            self._session.set(window=windows[(place + 1) % len(windows)])

    def percentiles(self, low: float, high: float, name: str) -> None:
        """Of the slice on screen; stays the same on the others, so that they can be compared."""
        grey = self.grey
        if grey is not None:
            made = grey.between(low, high)
            self._session.set(window=window_between(*made.ends, name))

    def invert(self) -> None:
        self._session.set(inverted=not self._session.state.inverted)

    def set(self, center: float, width: float) -> None:
        """As typed."""
        self._session.set(window=Window(center, max(width, 1.0)))

    def drag(self, right: float, down: float) -> bool:
        """To the right a wider window, down a higher and so a darker one; False where there is no slice."""
        grey, now = self.grey, self.now
        if grey is None or now is None:
            return False
        low, high = now.ends
        span = max(high - low, self._span(grey) * STEEPEST)
        step = max(span, self._span(grey) / 16) / DRAG_PIXELS
        width = max(span + right * step, self._span(grey) * STEEPEST)
        middle = (low + high) / 2 + down * step
        self._session.set(window=window_between(middle - width / 2, middle + width / 2))
        return True

    def stretch_to(self, left: int, top: int, right: int, bottom: int) -> bool:
        """From one percent to ninety-nine of what is in view; False where there is no slice."""
        grey, view = self.grey, self._session.view
        if grey is None or view is None or view.picture is None:
            return False
        part = Grey(
            grey.stored[max(top, 0) : max(bottom, top + 1), max(left, 0) : max(right, left + 1)],
            grey.rescale,
            grey.windows,
            padding=grey.padding,
        )
        if part.stored.size:
            self._session.set(window=window_between(*part.between(1, 99).ends, "visible part"))
        return True

    def _span(self, grey: Grey) -> float:
        """From nearly the least to nearly the largest value; looked for once a slice."""
        if self._measured is None or self._measured[0] is not grey:
            low, high = grey.between(0.5, 99.5).ends
            self._measured = grey, max(high - low, 1e-6)
        return self._measured[1]
