"""`make build`: the wheel and the frozen program of this checkout, each tried before it is called done.

- They lie in var/dist, on Windows in var/dist-windows.
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
DIST = CHECKOUT / "var" / ("dist-windows" if sys.platform == "win32" else "dist")
WORK = CHECKOUT / "var" / "freeze"
SECONDS_OPEN = 5
SUFFIX = ".exe" if sys.platform == "win32" else ""


def main() -> int:
    environment = {**os.environ, "PYTHONHASHSEED": "1", "PYTHONUTF8": "1", "SOURCE_DATE_EPOCH": commit_time()}
    shutil.rmtree(DIST, ignore_errors=True)
    DIST.mkdir(parents=True)
    build_wheel(environment)
    program = freeze(environment)
    try_program(program)
    files = sorted(path for path in DIST.rglob("*") if path.is_file())
    sums = (f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(DIST).as_posix()}\n" for path in files)
    (DIST / "SHA256SUMS").write_text("".join(sums), encoding="utf-8", newline="\n")
    return 0


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
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(DIST)]
    subprocess.run(command, cwd=CHECKOUT, env=environment, check=True, stdout=subprocess.DEVNULL)
    (wheel,) = DIST.glob("*.whl")
    print(f"{wheel.relative_to(CHECKOUT)}: {megabytes(wheel)}")


def freeze(environment: dict[str, str]) -> Path:
    began = time.monotonic()
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    command += ["--distpath", str(DIST), "--workpath", str(WORK), str(CHECKOUT / "build" / "sotram.spec")]
    subprocess.run(command, cwd=CHECKOUT, env=environment, check=True)
    program = DIST / "sotram"
    print(f"{program.relative_to(CHECKOUT)}: {megabytes(program)}, frozen in {time.monotonic() - began:.0f} s")
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
                sys.exit(f"the frozen window ended with status {status}")
            finally:
                window.terminate()


def megabytes(path: Path) -> str:
    files = [path] if path.is_file() else [inside for inside in path.rglob("*") if not inside.is_symlink()]
    return f"{sum(inside.stat().st_size for inside in files if inside.is_file()) / 1e6:.1f} MB"


if __name__ == "__main__":
    sys.exit(main())
