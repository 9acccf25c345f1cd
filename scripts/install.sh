#!/bin/sh
# Makes .venv and installs what Waymark needs into it, again only when the locks changed.
# Usage: scripts/install.sh run|dev
set -eu
cd "$(dirname "$0")/.."

case "${1:-}" in
run) lock=requirements.lock ;;
dev) lock=requirements-dev.lock ;;
*) echo "usage: scripts/install.sh run|dev" >&2; exit 2 ;;
esac

find_python() {
    for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
}

explain_missing_python() {
    cat >&2 <<'TEXT'
Waymark needs Python 3.11 or newer, and found none.
  Debian 12+, Ubuntu 23.04+:  sudo apt install python3 python3-venv
  Older Ubuntu:               sudo apt install python3.11 python3.11-venv  (deadsnakes has newer ones)
  Fedora:                     sudo dnf install python3
  macOS:                      brew install python
  Windows:                    winget install Python.Python.3.13
If it is installed under another name, say which: PYTHON=/path/to/python make run
TEXT
}

explain_missing_venv() {
    version=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    cat >&2 <<TEXT
Python $version is here, but without its venv module.
  Debian, Ubuntu:  sudo apt install python$version-venv
TEXT
}

fingerprint() {
    cat requirements.lock requirements-dev.lock pyproject.toml | cksum
}

stamp=".venv/.installed-$1"
wanted=$(fingerprint)
if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && .venv/bin/python -c '' 2>/dev/null; then
    exit 0
fi

if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    python=$(find_python)
    [ -n "$python" ] || { explain_missing_python; exit 1; }
    "$python" -c 'import venv, ensurepip' 2>/dev/null || { explain_missing_venv "$python"; exit 1; }
    echo "Making .venv with $("$python" --version) ..."
    "$python" -m venv --clear .venv
fi

echo "Installing from $lock (some 100 MB the first time) ..."
rm -f .venv/.installed-*
# The lock holds everything, so pip need not look for what depends on what (--no-deps).
.venv/bin/python -m pip install --disable-pip-version-check --require-hashes --no-deps \
    --progress-bar off --quiet -r "$lock"
.venv/bin/python -m pip install --disable-pip-version-check --no-deps --no-build-isolation \
    --quiet -e .
echo "$wanted" > "$stamp"
[ "$1" = run ] || echo "$wanted" > .venv/.installed-run
echo "Installed."
