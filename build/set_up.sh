#!/bin/sh
# Make the virtual environment from pins with hashes; name what the system lacks, with the line that brings it.
set -eu
venv=$1
python=${PYTHON:-python3}

command -v "$python" >/dev/null 2>&1 || {
    echo "Python 3.11 or newer is missing. Install it: sudo apt-get install python3 python3-venv" >&2
    exit 1
}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "$("$python" --version) is too old; Sotram needs 3.11 or newer. Install it, then: make PYTHON=python3.11" >&2
    exit 1
}
"$python" -c 'import ensurepip, venv' 2>/dev/null || {
    echo "Python's venv is missing. Install it: sudo apt-get install python3-venv" >&2
    exit 1
}
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
"$venv/bin/python" -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all: -r build/requirements.txt
"$venv/bin/python" -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
"$venv/bin/python" build/check_system.py
