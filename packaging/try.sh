#!/bin/sh
# From a fresh checkout to the viewer on its demo, or on what is named:  sh packaging/try.sh [PATH ...]
# Without a display, pictures of the window and of the demo's labels go to ./demo-pictures.
set -eu
# Paths are those of the caller.
here=$(pwd)
cd "$(dirname "$0")/.."
. packaging/environment.sh
prepare_environment
viewer=$(pwd)/.venv/bin/label-viewer

if "$python" -c 'import sys; from viewer.app.qt_libraries import has_display; sys.exit(not has_display())'; then
    cd "$here"
    [ $# -gt 0 ] || set -- --demo
    exec "$viewer" "$@"
fi

out=$(pwd)/demo-pictures
echo "There is no display to open a window on: pictures go to $out"
mkdir -p "$out"
for theme in dark light; do
    "$viewer" --demo --screenshot "$out/window-$theme.png" --theme "$theme" --size 1440x900
    echo "$out/window-$theme.png"
done
demo=$("$python" -m viewer.demo "$out/demo")
"$viewer" inspect "$demo" |
    "$python" -c 'import json, sys
for row in json.load(sys.stdin)["rows"]:
    if row["objects"] and not row["deleted"]:
        print(row["label_hash"], row["title"].split(".")[0].replace(" ", "-") + ("" if row["branch"] == "main" else "-second"))' |
    while read -r hash name; do
        "$viewer" render "$demo" --row "$hash" -o "$out/$name.png"
        echo "$out/$name.png"
    done
