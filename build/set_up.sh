#!/bin/sh
# Make the environment from pins with hashes, or see in a moment that it is whole: `sh build/set_up.sh VENV VAR`.
#
# - VENV/ready says what it was made of and where; when pins, place or Python are others now, it is mended.
# - VENV/half-made stands while it is made: what was broken off is begun again, from what pip keeps in its cache.
# - A folder that holds something else is never touched.
set -eu
venv=$1
var=$2
python=${PYTHON:-python3}
source=$(pwd -P)
pins=build/requirements.txt
need_mb=1700 # 950 in the end; the packages lie beside it while it is made

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "$@"
    exit 1
}

made_of() {
    cat "$pins" pyproject.toml | cksum
    echo "$source"
    "$venv/bin/python" -c 'import sys; print(sys.prefix, *sys.version_info[:2])' 2>/dev/null || echo broken
}

is_empty() { [ -z "$(ls -A "$1" 2>/dev/null)" ]; }

free_mb() { df -Pk "$1" | awk 'NR == 2 { print int($4 / 1024) }'; }

# Make a folder that is ours to fill, or end with a sentence.
own_folder() {
    mkdir -p "$1" 2>/dev/null && [ -w "$1" ] || fail "$1 cannot be written. Say where else to put the environment and the results:
  make SOTRAM_VENV=\"\$HOME/sotram/venv\" SOTRAM_VAR=\"\$HOME/sotram/var\" ${MAKECMDGOALS:-demo}"
}

require_var() {
    [ "$var" != var ] || return 0
    [ ! -e "$var/made-by-sotram" ] || return 0
    is_empty "$var" || fail "SOTRAM_VAR=$var holds files already, which \`make clean\` could take for ours. Name a folder that is empty or new."
    own_folder "$var"
    echo "What make wrote for $source; make clean empties it." >"$var/made-by-sotram"
}

require_venv() {
    is_empty "$venv" || [ -e "$venv/ready" ] || [ -e "$venv/half-made" ] || [ "$venv" = .venv ] ||
        fail "SOTRAM_VENV=$venv is not an environment of Sotram's. Name a folder that is empty or new."
    if [ -e "$venv/half-made" ]; then
        say "The set-up was broken off before its end; it begins again."
        rm -rf "$venv"
    elif ! is_empty "$venv" && ! "$venv/bin/python" -c 'import pip' 2>/dev/null; then
        say "The Python of $venv does not start any more; the environment is made again."
        rm -rf "$venv"
    elif [ -s "$venv/ready" ] && [ "$(sed -n 2p "$venv/ready")" != "$source" ]; then
        say "The clone was moved from $(sed -n 2p "$venv/ready"); its environment is mended."
    fi
    own_folder "$venv"
}

make_venv() {
    [ "$(free_mb "$venv")" -gt "$need_mb" ] ||
        fail "Set-up needs $need_mb MB; where $venv lies $(free_mb "$venv") MB are free. Make room, or name another place: make SOTRAM_VENV=FOLDER"
    say "Setting up, once: some 330 MB are fetched, $venv takes 1 GB in the end, and it lasts 1 to 5 minutes."
    say "1/3 an environment for Python's packages in $venv"
    : >"$venv/half-made"
    "$python" -m venv "$venv" >"$log" 2>&1 || explain "The environment could not be made"
}

# Tell the packages that take long, of what pip says.
told() {
    total=$(grep -c '^[A-Za-z0-9].*==' "$pins")
    count=0
    while read -r word rest; do
        case $word in
        Collecting) count=$((count + 1)) ;;
        Downloading) case $rest in *MB*) say "    $count of $total: $rest" ;; esac ;;
        Installing) say "    unpacking" ;;
        esac
    done
}

pip() {
    rm -f "$venv/installed"
    {
        TMPDIR="$venv/tmp" PYTHONUNBUFFERED=1 "$venv/bin/python" -m pip install --disable-pip-version-check --no-input \
            --progress-bar off "$@" 2>"$log" && : >"$venv/installed"
    } | told
    [ -e "$venv/installed" ] || explain "The packages could not be installed"
    rm -f "$venv/installed"
}

# End with a sentence for what most often is the reason, else with the last lines of what was said.
explain() {
    if grep -q 'No space left' "$log" || [ "$(free_mb "$venv")" -lt 50 ]; then
        fail "$1: the disk is full ($(free_mb "$venv") MB free at $venv). Make room, then type the same again."
    fi
    if grep -qE 'name resolution|NameResolution|unreachable|Connection|timed out|Max retries|ProxyError|No matching distribution' "$log"; then
        fail "$1: no network, or it does not reach the package index. Type the same again when it does;
without a network see \"Pins\" in build/README.md. pip said: $(grep -E 'Could not fetch|ERROR|WARNING' "$log" | sed -n 1p | cut -c 1-300)"
    fi
    say "$1:"
    tail -n 5 "$log" >&2
    exit 1
}

mend_scripts() {
    for script in "$venv"/bin/*; do
        [ -f "$script" ] && [ ! -L "$script" ] && head -c 200 "$script" | head -n 1 | grep -aq '^#!.*/bin/python' &&
            sed -i "1s|^#!.*|#!$(cd "$venv" && pwd -P)/bin/python|" "$script"
    done
    return 0
}

[ ! -s "$venv/ready" ] || [ -e "$venv/half-made" ] || [ "$(cat "$venv/ready")" != "$(made_of)" ] || {
    require_var
    exit 0
}
require_var
require_venv
log=$venv/set-up.log
[ -x "$venv/bin/python" ] && [ ! -e "$venv/half-made" ] || make_venv
: >"$venv/half-made"
mkdir -p "$venv/tmp"
say "2/3 the packages of $pins, by their hashes"
pip --require-hashes --only-binary :all: -r "$pins"
say "3/3 Sotram itself"
mend_scripts
pip --no-deps --no-build-isolation -e .
"$venv/bin/python" -c '
for name in ("PySide6.QtWidgets", "PySide6.QtPdfWidgets", "PySide6.QtPrintSupport", "sqlcipher3", "pyrage", "zstandard"):
    __import__(name)' 2>"$log" || fail "The packages are there, but one cannot be loaded: $(tail -n 1 "$log")"
rm -rf "$venv/tmp" "$log"
made_of >"$venv/ready"
rm -f "$venv/half-made"
