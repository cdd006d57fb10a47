#!/bin/sh
# Sets up .venv and runs the tests; needs no display:  sh packaging/test.sh [PYTEST ARGUMENTS]
set -eu
cd "$(dirname "$0")/.."
. packaging/environment.sh
prepare_environment test
"$python" -c '
import sys
from viewer.app.qt_libraries import missing_libraries, sentence
missing = missing_libraries(window=False)
sys.exit(sentence(missing) if missing else 0)'
QT_QPA_PLATFORM=offscreen exec "$python" -m pytest "$@"
