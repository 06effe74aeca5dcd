"""`make build`: the wheel and the frozen program of this checkout, each tried before it is called done.

- They lie in var/dist, on Windows in var/dist-windows; what lies there from before goes when the new one was tried.
- Nothing is written into build/; PyInstaller's own files go to var/freeze.
- The same checkout gives the same bytes: hash seed and dates are fixed (SOURCE_DATE_EPOCH, else the last commit).
- var/dist/SHA256SUMS names every file of the wheel's and the program's; `sha256sum -c` verifies it.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
VAR = Path(os.environ.get("SOTRAM_VAR") or CHECKOUT / "var").absolute()
DIST = VAR / ("dist-windows" if sys.platform == "win32" else "dist")
NEW = DIST.with_name(f"{DIST.name}.new")
WORK = VAR / "freeze"
SECONDS_OPEN = 5
SUFFIX = ".exe" if sys.platform == "win32" else ""


def main() -> int:
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "1",
        "PYTHONUTF8": "1",
        "SOURCE_DATE_EPOCH": commit_time(),
        "PYINSTALLER_CONFIG_DIR": str(VAR / "cache" / "pyinstaller"),
    }
    take_up_broken_swap(DIST)
    shutil.rmtree(NEW, ignore_errors=True)
    NEW.mkdir(parents=True)
    try:
        build_wheel(environment)
        try_program(freeze(environment))
        write_sums(NEW)
    except (subprocess.CalledProcessError, OSError) as error:
        left = f"; {shown(DIST)} still holds the last good one" if DIST.exists() else ""
        print(f"make build stopped: {error}{left}.", file=sys.stderr)
        return 1
    swap(NEW, DIST)
    print(f"done: {shown(DIST)}")
    return 0


def write_sums(folder: Path) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    sums = (
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n" for path in files
    )
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8", newline="\n")


def swap(new: Path, place: Path) -> None:
    """Put a finished folder in the place of the last one, which is deleted only then."""
    old = place.with_name(f"{place.name}.old")
    if place.exists():
        place.rename(old)
    new.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def take_up_broken_swap(place: Path) -> None:
    """After a kill between the two renames the last good one is the old one."""
    old = place.with_name(f"{place.name}.old")
    if old.exists() and not place.exists():
        old.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def shown(path: Path) -> str:
    """Return a path as it is shown: from the checkout, where it lies in it."""
    return str(path.relative_to(CHECKOUT) if path.is_relative_to(CHECKOUT) else path)


def commit_time() -> str:
    """Return the seconds that files are dated with; a checkout without git counts from 1980, where zip begins."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given is not None:
        return given
    if shutil.which("git") is None:
        return "315532800"
    asked = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=CHECKOUT, check=False, capture_output=True, encoding="utf-8"
    )
    return asked.stdout.strip() or "315532800"


def build_wheel(environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(NEW)]
    subprocess.run(command, cwd=CHECKOUT, env=environment, check=True, stdout=subprocess.DEVNULL)
    (wheel,) = NEW.glob("*.whl")
    print(f"{wheel.name}: {megabytes(wheel)}")


def freeze(environment: dict[str, str]) -> Path:
    began = time.monotonic()
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    command += ["--distpath", str(NEW), "--workpath", str(WORK), str(CHECKOUT / "build" / "sotram.spec")]
    subprocess.run(command, cwd=CHECKOUT, env=environment, check=True)
    program = NEW / "sotram"
    print(f"{program.name}/: {megabytes(program)}, frozen in {time.monotonic() - began:.0f} s")
    return program


def try_program(program: Path) -> None:
    """Run the frozen command's own test and open the frozen window: what is shipped is what was tested."""
    began = time.monotonic()
    subprocess.run([program / f"sotram{SUFFIX}", "self-test"], cwd=program, check=True, stdout=subprocess.DEVNULL)
    print(f"self-test of the frozen program: passed in {time.monotonic() - began:.1f} s")
    with tempfile.TemporaryDirectory(prefix="sotram-build-", ignore_cleanup_errors=True) as registry:
        command = [str(program / f"sotram-window{SUFFIX}"), "--registry", registry]
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        with subprocess.Popen(command, cwd=program, env=environment) as window:
            try:
                status = window.wait(timeout=SECONDS_OPEN)
            except subprocess.TimeoutExpired:
                print(f"the frozen window: open for {SECONDS_OPEN} s")
            else:
                raise subprocess.CalledProcessError(status, command)
            finally:
                window.terminate()


def megabytes(path: Path) -> str:
    files = [path] if path.is_file() else [inside for inside in path.rglob("*") if not inside.is_symlink()]
    return f"{sum(inside.stat().st_size for inside in files if inside.is_file()) / 1e6:.1f} MB"


if __name__ == "__main__":
    sys.exit(main())
