#!/bin/sh
# What the system lacks, all of it at once and before anything is downloaded: `sh build/check_system.sh TARGET`.
#
# - As root, or with a sudo that asks nothing, it says so and installs it with apt-get; else one line names all of it.
# - It ends non-zero when TARGET cannot do without what is missing. Without the tools of the tests, those are skipped.
# - It takes some 50 ms and needs neither Python nor the packages of Python: it is what comes first.
set -eu
target=${1:-demo}
python=${PYTHON:-python3}
export LC_ALL=C
PATH=$PATH:/usr/sbin:/sbin # where a user's ldconfig is

# library, package; the packages of a line with + are called ...t64 since Debian 13 and Ubuntu 24.04
window="libEGL.so.1 libegl1
libGL.so.1 libgl1
libX11.so.6 libx11-6
libdbus-1.so.3 libdbus-1-3
libfontconfig.so.1 libfontconfig1
libfreetype.so.6 libfreetype6
libglib-2.0.so.0 libglib2.0-0+
libgthread-2.0.so.0 libglib2.0-0+
libgssapi_krb5.so.2 libgssapi-krb5-2
libxkbcommon.so.0 libxkbcommon0
libbrotlidec.so.1 libbrotli1
libstdc++.so.6 libstdc++6
libz.so.1 zlib1g
libzstd.so.1 libzstd1"
screen="libX11-xcb.so.1 libx11-xcb1
libxcb.so.1 libxcb1
libxcb-cursor.so.0 libxcb-cursor0
libxcb-glx.so.0 libxcb-glx0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-image.so.0 libxcb-image0
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-randr.so.0 libxcb-randr0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-render.so.0 libxcb-render0
libxcb-shape.so.0 libxcb-shape0
libxcb-shm.so.0 libxcb-shm0
libxcb-sync.so.1 libxcb-sync1
libxcb-util.so.1 libxcb-util1
libxcb-xfixes.so.0 libxcb-xfixes0
libxcb-xkb.so.1 libxcb-xkb1
libxkbcommon-x11.so.0 libxkbcommon-x11-0"
wayland="libwayland-client.so.0 libwayland-client0
libwayland-cursor.so.0 libwayland-cursor0
libwayland-egl.so.1 libwayland-egl1"
print="libcups.so.2 libcups2+"
tools="age age
pdftotext poppler-utils
ssh-keygen openssh-client
unzip unzip
zstd zstd"

say() { printf '%s\n' "$*" >&2; }

# Sets what is missing: $packages of everything, $names to run, $for_build, $for_tests.
look() {
    packages="" names="" for_build="" for_tests=""
    look_for_python
    look_for_libraries
    command -v objdump >/dev/null 2>&1 && command -v objcopy >/dev/null 2>&1 || lacks_for_build binutils binutils
    while read -r tool package; do
        command -v "$tool" >/dev/null 2>&1 || { for_tests="$for_tests $tool" && add "$package"; }
    done <<END
$tools
END
}

add() {
    case " $packages " in *" $1 "*) ;; *) packages="$packages $1" ;; esac
}

lacks() {
    names="$names $1"
    add "$2"
}

lacks_for_build() {
    for_build="$for_build $1"
    add "$2"
}

look_for_python() {
    library=""
    if ! command -v "$python" >/dev/null 2>&1; then
        [ "$python" = python3 ] || {
            say "PYTHON=$python: there is no such command. Name one that is there, of Python 3.11 or newer."
            exit 1
        }
        lacks python3 python3
        lacks venv python3-venv
        # which version python3 will be, apt knows; libpython3-dev brings its library in any case
        coming=$(apt-cache depends python3 2>/dev/null | sed -n 's/^ *Depends: \(python3\.[0-9]*\)$/lib\1/p' | head -n 1)
        lacks_for_build libpython "${coming:-libpython3-dev}"
        return
    fi
    # version is new enough, venv is there, version, library, its folder
    told=$("$python" -c '
import sys
if sys.version_info < (3, 11):
    print("old", "-", "%d.%d" % sys.version_info[:2], "-", "-")
    sys.exit()
import importlib.util, sysconfig
has_venv = all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))
print("new", "venv" if has_venv else "-", "%d.%d" % sys.version_info[:2],
    sysconfig.get_config_var("INSTSONAME") or "-", sysconfig.get_config_var("LIBDIR") or "-")
') || {
        say "$python does not start; Sotram needs Python 3.11 or newer. Name another: make PYTHON=python3.11"
        exit 1
    }
    IFS=' ' read -r age venv version library folder <<END
$told
END
    [ "$age" = new ] || {
        say "$python is Python $version; Sotram needs 3.11 or newer. Install one, then name it: make PYTHON=python3.11"
        exit 1
    }
    [ "$venv" = venv ] || case $python in
    python3) lacks venv python3-venv ;;
    *) lacks venv "python$version-venv" ;;
    esac
    case $(command -v "$python") in
    /usr/bin/*)
        [ -e "$folder/libpython$version.so.1.0" ] || [ -e "$folder/$library" ] ||
            library="libpython$version.so.1.0 libpython$version"
        ;;
    esac
}

look_for_libraries() {
    # without ldconfig nobody can say what is there; set_up.sh tries the packages themselves
    there=$(ldconfig -p 2>/dev/null) || return 0
    kind="(libc6"
    [ "$(uname -m)" != x86_64 ] || kind="(libc6,x86-64"
    while read -r one package; do
        case $there in
        *"	$one $kind"*) ;;
        *) is_elsewhere "$one" || lacks "$one" "$(debian_name "$package")" ;;
        esac
    done <<END
$window
$screen
$wayland
$print
END
    case $library in
    *" "*) case $there in *"	${library%% *} $kind"*) ;; *) lacks_for_build "${library%% *}" "${library#* }" ;; esac ;;
    esac
}

is_elsewhere() {
    IFS=:
    for folder in ${LD_LIBRARY_PATH:-}; do
        [ -n "$folder" ] && [ -e "$folder/$1" ] && unset IFS && return 0
    done
    unset IFS
    return 1
}

debian_name() {
    case $1 in
    *+)
        [ -n "${has_t64+known}" ] || has_t64=$(dpkg-query -W -f '${Package}\n' 'lib*t64' 2>/dev/null | head -n 1)
        echo "${1%+}${has_t64:+t64}"
        ;;
    *) echo "$1" ;;
    esac
}

# Is what is missing in the way of this target?
stops() {
    [ -n "$names" ] || { case $target in build*) [ -n "$for_build" ] ;; *) false ;; esac }
}

can_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null 2>&1 && sudo -n apt-get --version >/dev/null 2>&1; }
}

as_root() {
    if [ "$(id -u)" = 0 ]; then DEBIAN_FRONTEND=noninteractive "$@"; else sudo -n "$@"; fi
}

install() {
    say "Missing on this system, and installed now with apt-get:$packages"
    # shellcheck disable=SC2086  one word a package
    log=$(as_root apt-get install -y -q --no-install-recommends $packages 2>&1 </dev/null) && return
    # shellcheck disable=SC2086
    log=$(as_root apt-get update -q 2>&1 </dev/null &&
        as_root apt-get install -y -q --no-install-recommends $packages 2>&1 </dev/null) && return
    say "apt-get could not install them:"
    printf '%s\n' "$log" | grep -E '^(E|W|Err):?' | tail -n 5 >&2
    return 1
}

# The one line to type; a machine whose apt was never asked must ask first.
line() {
    words="apt-get install -y --no-install-recommends$packages"
    apt-cache show libegl1 >/dev/null 2>&1 || words="apt-get update && $words"
    if [ "$(id -u)" = 0 ]; then
        echo "$words"
    elif ! command -v sudo >/dev/null 2>&1; then
        echo "su - -c '$words'"
    else
        echo "sudo $words" | sed 's/&& apt-get/\&\& sudo apt-get/'
    fi
}

look
is_wanted="$names$for_build"
[ "$target" != test ] || is_wanted="$is_wanted$for_tests"
[ -n "$is_wanted" ] || exit 0
if can_install && install; then
    packages_before=$packages
    look
    stops || exit 0
    say "Installed were$packages_before, but still not found:$names$for_build."
    exit 1
fi
if stops; then
    if command -v apt-get >/dev/null 2>&1; then
        say "Libraries or programs of the system are missing. This one line installs all of them; then type make again:"
        say "  $(line)"
    else
        say "Missing on this system:$names$for_build. Install what brings them by this system's own means, then type make again."
    fi
    exit 1
fi
[ "$target" = test ] && [ -n "$for_tests" ] || exit 0
say "Tests that need$for_tests are skipped."
! command -v apt-get >/dev/null 2>&1 || say "To run them too: $(line)"
