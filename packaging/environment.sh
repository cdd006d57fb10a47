# Sourced by try.sh and test.sh from the top of the checkout: makes .venv and installs the program into it.
# Sets `python` to the interpreter of .venv. Call: prepare_environment [EXTRA], such as prepare_environment test

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
        if command -v "$candidate" >/dev/null 2>&1 && is_new_enough "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    echo "Label Viewer needs Python 3.11 or newer, and none was found. Set PYTHON=/path/to/python3 if it is elsewhere." >&2
    return 1
}

prepare_environment() {
    python=.venv/bin/python
    # A folder that was moved or made by a Python since removed is made anew.
    if ! { [ -x "$python" ] && is_new_enough "$python" && "$python" -m pip --version >/dev/null 2>&1; }; then
        base=$(find_python)
        echo "Making .venv with $base"
        if ! "$base" -m venv --clear .venv; then
            echo "The virtual environment could not be made. On Debian and Ubuntu install: apt-get install -y python3-venv" >&2
            return 1
        fi
    fi
    stamp=.venv/installed${1:+-$1}
    if [ ! -e "$stamp" ] || [ pyproject.toml -nt "$stamp" ]; then
        echo "Installing Label Viewer and what it needs into .venv (some 400 MB the first time)"
        "$python" -m pip install --quiet --disable-pip-version-check --root-user-action ignore --editable ".${1:+[$1]}"
        touch "$stamp"
    fi
}
