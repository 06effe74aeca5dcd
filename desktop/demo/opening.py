"""How to open what the demo made: the two programs as they can be typed where the demo was started."""

import os
import shlex
import sys
from pathlib import Path
from typing import Final

SUFFIX: Final = ".exe" if sys.platform == "win32" else ""


def commands(registry: Path, register: str) -> tuple[str, str]:
    """Return the line that opens a registry in the window, and the one that lists a register of it."""
    folder = _typed(registry)
    window = f"{_program('sotram-window', 'desktop.app')} --registry {folder}"
    return window, f"{_program('sotram', 'desktop.cli')} records list --registry {folder} {register}"


def _program(name: str, module: str) -> str:
    """Return the program beside this Python or in this frozen folder, else the module by this Python."""
    script = Path(sys.executable).with_name(name + SUFFIX)
    return _typed(script) if script.exists() else f"{_typed(Path(sys.executable))} -m {module}"


def _typed(path: Path) -> str:
    """Return a path as one types it: short where it lies under the current folder."""
    absolute = Path(os.path.abspath(path))  # noqa: PTH100  resolve() would leave the environment by its link
    short = absolute.relative_to(Path.cwd()) if absolute.is_relative_to(Path.cwd()) else absolute
    return f'"{short}"' if sys.platform == "win32" else shlex.quote(str(short))
