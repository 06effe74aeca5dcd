"""`make clean`: take away what make made, and nothing else: `python3 build/clean.py VENV VAR`.

- The environment, the results and caches in VAR, the demo (what is still as it was left), and what Python and its tools
  put into the source. A registry that somebody made or worked in stays, and is named.
- It runs on the system's Python: the environment is what it deletes.
"""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKOUT))

from desktop.demo import folder  # noqa: E402  the checkout's own
from desktop.errors import DesktopError  # noqa: E402  as above

RESULTS = ("cache", "dist", "dist.new", "dist.old", "dist-windows", "dist-windows.new", "dist-windows.old", "freeze")
RESULTS += ("fresh", "windows")
CACHES = {".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".import_linter_cache"}


def main(venv: Path, var: Path) -> int:
    if (venv / "ready").exists() or (venv / "half-made").exists():
        delete(venv)
    elif venv.exists():
        print(f"{venv} stays: it is not an environment that make made.")
    for name in RESULTS:
        delete(var / name)
    clear_demo(var / "demo")
    clear_var(var)
    for path in list(litter(CHECKOUT, {venv.absolute(), var.absolute()})):
        delete(path)
    return 0


def clear_demo(demo: Path) -> None:
    """Take away what is still as the demo left it; the rest keeps its name."""
    try:
        folder.clear(demo, put_aside=False)
    except DesktopError:
        return
    mark = demo / folder.MARK
    if mark.exists() and list(demo.iterdir()) == [mark]:
        mark.unlink()
    if demo.is_dir() and not any(demo.iterdir()):
        demo.rmdir()


def clear_var(var: Path) -> None:
    """Take the folder away when nothing of anybody's is in it, else say what stays."""
    if not var.is_dir():
        return
    mark = var / "made-by-sotram"
    if set(var.iterdir()) <= {mark}:
        mark.unlink(missing_ok=True)
        if not var.is_symlink():
            var.rmdir()
        return
    stays = (path for top in var.iterdir() for path in ([top] if top.name != "demo" else top.iterdir()))
    names = sorted(str(path) for path in stays if path.name not in {mark.name, folder.MARK})
    print("Not made by make, or changed since, and left where it is:", *names, sep="\n  ")


def litter(top: Path, others: set[Path]) -> Iterator[Path]:
    """Yield what Python and its tools leave in a source."""
    for path in top.iterdir():
        if path.name == "__pycache__" or (path.name in CACHES and top == CHECKOUT) or path.suffix == ".egg-info":
            yield path
        elif path.is_dir() and not path.is_symlink() and path.name != ".git" and path not in others:
            yield from litter(path, others)


def delete(path: Path) -> None:
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.is_dir():
        shutil.rmtree(path)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
