#!/bin/sh
# Whether one command is one command on a bare Debian: `sh build/check_fresh.sh [short | SUITE root|user COMMANDS]`.
#
# - A minimal root of Debian 12 and 13 is made by debootstrap, from the mirror that this machine's apt asks; it gets
#   `make`, which README.md asks for, and a copy of this checkout.
# - As root `make demo` and `make test` are typed once each. As a user the one line that is printed is typed, once.
# - `short`, for CI: Debian 13, the user, `make demo`. Where the rights or debootstrap are missing it is skipped, and says so.
# - Proxy and package index are this machine's own: the environment's and pip's settings.
set -eu
cd "$(dirname "$0")/.."
room=$(mkdir -p "${SOTRAM_VAR:-var}/fresh" && cd "${SOTRAM_VAR:-var}/fresh" && pwd -P)

path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

skip() {
    echo "check-fresh is skipped: $*."
    rmdir "$room" 2>/dev/null || :
    exit 0
}

require_means() {
    [ "$(id -u)" = 0 ] || skip "only root may make a root of a system"
    for tool in debootstrap chroot unshare apt-get apt-config; do
        command -v "$tool" >/dev/null 2>&1 || skip "$tool is not installed"
    done
    unshare -m true 2>/dev/null || skip "nothing may be mounted here"
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 2>/dev/null | head -n 1)
    [ -n "$mirror" ] || skip "this machine's apt knows no mirror of Debian (apt-get update)"
    [ "$(df -Pk "$room" | awk 'NR == 2 { print int($4 / 1024) }')" -gt 6000 ] || skip "it needs 6 GB in $room"
}

# Make the root of a suite, once; nothing of this machine comes in but how to reach mirror and index.
make_root() {
    [ -d "$room/$1" ] && return
    rm -rf "$room/$1.part"
    debootstrap --variant=minbase --include=make "$1" "$room/$1.part" "$mirror" >"$room/$1.log" 2>&1 || {
        tail -n 3 "$room/$1.log" >&2
        return 1
    }
    apt-config dump | grep -E '^Acquire::(https?::|Check-)' >"$room/$1.part/etc/apt/apt.conf.d/00machine" || :
    mv "$room/$1.part" "$room/$1"
}

# Copy a root and put the checkout into it.
fill_root() {
    rm -rf "$room/try"
    cp -a --reflink=auto "$room/$1" "$room/try"
    mkdir -p "$room/try/home/officer/sotram"
    if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
        git ls-files -z --cached --others --exclude-standard | tar --ignore-failed-read -cf - --null -T -
    else
        tar --exclude=./.venv --exclude=./var -cf - .
    fi | tar -xf - --no-same-owner -C "$room/try/home/officer/sotram"
    for file in /etc/resolv.conf /etc/hosts; do [ ! -e "$file" ] || cp -L "$file" "$room/try$file"; done
    env | grep -iE '^(pip_|https?_proxy=|no_proxy=|ssl_cert_file=)' |
        sed "s/'/'\\\\''/g; s/=\(.*\)/='\1'/; s/^/export /" >"$room/try/etc/machine.env" || :
    { echo "[global]" && python3 -m pip config list 2>/dev/null | sed -n "s/^global\.\([a-z-]*\)='\(.*\)'$/\1 = \2/p"; } >"$room/try/etc/pip.conf"
    chroot "$room/try" useradd --create-home --shell /bin/sh officer 2>/dev/null || :
    chroot "$room/try" chown -R officer: /home/officer
}

# In a mount namespace of its own: the folders that pip's settings name, read only, and /proc; then what is to be done.
inside() {
    mount -t proc proc "$room/try/proc"
    mkdir -p "$room/try/dev/shm" && mount -t tmpfs tmpfs "$room/try/dev/shm"
    grep -hoE "(file://)?/[^ ']+" "$room/try/etc/pip.conf" "$room/try/etc/machine.env" | sed 's|^file://||' | sort -u |
        while read -r named; do
            if [ -f "$named" ]; then
                mkdir -p "$room/try/etc/machine" && cp -L "$named" "$room/try/etc/machine/" # apt may write its own there
                sed -i "s|$named|/etc/machine/${named##*/}|g" "$room/try/etc/pip.conf" "$room/try/etc/machine.env"
            elif [ -d "$named" ]; then
                named=$(dirname "$named")/$(basename "$named")
                case $named in */simple) named=${named%/simple} ;; esac # its links lead to the folder beside it
                mkdir -p "$room/try$named" && mount --bind "$named" "$room/try$named" &&
                    mount -o remount,bind,ro "$room/try$named"
            fi
        done
    who=$2
    shift 2
    for goal in "$@"; do "as_$who" "$goal" || return 1; done
}

typed() {
    echo "--- $suite, $1: make $2"
    begun=$(date +%s)
    chroot "$room/try" env -i PATH="$path" su - "$1" -c ". /etc/machine.env; cd /home/officer/sotram && make $2" >"$room/said" 2>&1 </dev/null && status=0 || status=$?
    echo "    status $status after $(($(date +%s) - begun)) s"
    return "$status"
}

told() {
    tail -n 40 "$room/said"
    echo "check-fresh: $*" >&2
    return 1
}

as_root() {
    [ "$1" != demo ] || chroot "$room/try" chown -R root: /home/officer/sotram
    typed root "$1" || told "make $1 as root on a bare $suite failed" || return 1
    tail -n 4 "$room/said"
}

as_user() {
    typed officer "$1" && { tail -n 4 "$room/said" && return; }
    grep -E '^  .*apt-get install' "$room/said" >"$room/line" || told "no line to type was printed on $suite" || return 1
    [ "$(wc -l <"$room/line")" = 1 ] || told "more than one line was printed on $suite" || return 1
    echo "    then the line that it printed, as root:"
    cut -c 1-100 "$room/line"
    begun=$(date +%s)
    # what sudo would do; a bare Debian has none
    chroot "$room/try" env -i PATH="$path" sh -c ". /etc/machine.env; $(sed 's/sudo //g' "$room/line")" >"$room/said" 2>&1 </dev/null || told "that line failed on $suite" || return 1
    echo "    after $(($(date +%s) - begun)) s"
    typed officer "$1" || told "make $1 failed on $suite after its one line" || return 1
    tail -n 4 "$room/said"
}

try() {
    suite=$1
    make_root "$suite" || { echo "check-fresh: debootstrap could not make $suite." >&2 && return 1; }
    fill_root "$suite"
    SOTRAM_FRESH=$suite unshare -m sh build/check_fresh.sh "$@"
}

if [ -n "${SOTRAM_FRESH:-}" ]; then
    suite=$SOTRAM_FRESH
    inside "$@"
    exit
fi
require_means
case ${1:-} in
short) try trixie user demo ;;
"") for suite in bookworm trixie; do try "$suite" root demo test && try "$suite" user demo || exit 1; done ;;
*) try "$@" ;;
esac
rm -rf "$room"
