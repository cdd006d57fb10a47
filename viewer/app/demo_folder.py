"""The demo export in the user's cache, made at the first time it is asked for."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

import viewer.demo
from viewer import __version__
from viewer.errors import ViewerError


def demo_folder() -> Path:
    """The folder of the demo export. Raises ViewerError where it cannot be written anywhere."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "label-viewer"
    made = cache / f"demo-{__version__}-{_drawn_by()}"
    if (made / "export.json").exists():
        return made
    from viewer.demo.make import make_demo

    try:
        cache.mkdir(parents=True, exist_ok=True)
        half = Path(tempfile.mkdtemp(prefix="demo-", dir=cache))
    except OSError:
        # a home that cannot be written: the system's own place for temporary files will do
        return make_demo(Path(tempfile.mkdtemp(prefix="label-viewer-demo-")))
    try:
        make_demo(half)
        os.replace(half, made)
    except OSError as error:
        shutil.rmtree(half, ignore_errors=True)
        if (made / "export.json").exists():
            return made  # another window was quicker
        raise ViewerError(f"the demo cannot be written ({error.strerror}): {made}") from error
    return made


def _drawn_by() -> str:
    """Changes with the code that draws the demo, so that an older one is not taken for it."""
    sources = sorted(Path(viewer.demo.__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:8]
