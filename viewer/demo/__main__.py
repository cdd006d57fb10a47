"""`python -m viewer.demo FOLDER` writes the demo export into a folder and prints where it is."""

from __future__ import annotations

import sys
from pathlib import Path

from viewer.demo.make import make_demo

if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
    sys.exit("usage: python -m viewer.demo FOLDER")
print(make_demo(Path(sys.argv[1])))
